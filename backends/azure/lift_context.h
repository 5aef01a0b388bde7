#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/azure/lift_template.h"
#include "compiler/estate/estate.h"

/// What the parts of the lift share: the resources, the estate that grows, and who is who in it.
namespace crenel::azure::lifting {

using estate::Block;
using estate::DoorId;
using estate::InterfaceId;
using estate::NetworkId;
using estate::Place;
using estate::RuleListId;
using estate::SubnetId;
using estate::SymbolId;
using estate::TagId;

/// A value of a resource, with where it stands. Null and absent are alike.
class View {
 public:
  View() = default;
  View(const Value* value, const Resource* resource, std::string path);

  explicit operator bool() const { return value_ != nullptr; }
  [[nodiscard]] View at(std::string_view name) const;
  [[nodiscard]] std::vector<View> elements() const;
  [[nodiscard]] const Value& value() const { return *value_; }
  [[nodiscard]] const Resource& resource() const { return *resource_; }
  [[nodiscard]] Place place() const;

  [[nodiscard]] std::string text() const;  ///< known or open; empty when there is none
  [[nodiscard]] std::optional<std::int64_t> number() const;
  [[nodiscard]] std::optional<bool> truth() const;
  [[nodiscard]] bool open() const { return value_ != nullptr && value_->open() != nullptr; }
  [[nodiscard]] bool says(std::string_view word) const;
  [[nodiscard]] std::optional<ResourceId> id() const;

 private:
  const Value* value_ = nullptr;
  const Resource* resource_ = nullptr;
  std::string path_;
};

[[nodiscard]] View properties_of(const Resource& resource);
[[nodiscard]] View view_of(const Resource& resource, std::string_view member);

struct NetworkInfo {
  DoorId internet;
  std::vector<DoorId> links;
  std::optional<DoorId> default_site;
  std::vector<NetworkId> peers;
  std::vector<DoorId> peers_elsewhere;  ///< doors to peered networks that are in no template
  bool has_gateway = false;
  bool learns = false;  ///< a gateway takes routes from the other side
};

struct SubnetInfo {
  NetworkId network;
  SubnetId id;
  std::optional<SubnetId> without_lists;  ///< the same subnet for interfaces that its lists do not concern
  View properties;
  std::vector<Block> routed;   ///< prefixes of its own routes, but default routes
  bool default_route = false;  ///< an own or a learnt route for everything
  bool is_known = true;        ///< stands in the template
};

/// A route to an address that an appliance has, or may have.
struct Hop {
  estate::RouteTableId table;
  std::size_t route = 0;
  SubnetId from;
  std::string address;
};

struct Context {
  const Template& from;
  const document::Node& root;
  estate::Estate estate;
  std::map<std::string, const Resource*> resources;  ///< by key; the last of one name
  std::map<std::string, NetworkId> networks;
  std::map<std::string, SubnetInfo> subnets;
  std::vector<std::string> subnet_order;  ///< keys of `subnets` as the template has them
  std::map<std::string, TagId> tags;
  std::map<std::string, std::vector<InterfaceId>> pools;  ///< of balancers, by key: who is in them
  std::set<std::string> ipv6_pools;                       ///< by key: those that configurations of IPv6 are in
  std::map<std::string, std::size_t> tag_members;         ///< interfaces in the template, by key of the tag
  std::map<NetworkId, NetworkInfo> network_infos;
  std::map<std::string, SymbolId> symbols;
  std::map<std::string, RuleListId> rule_lists;  ///< by the group's key and what its tags mean
  std::vector<Hop> hops;
  /// Addresses that are an appliance's, as they are written: a known one, or an expression.
  std::map<std::string, std::optional<InterfaceId>> hop_addresses;
  /// Networks that take from another one what is none of its own.
  std::vector<std::pair<NetworkId, NetworkId>> takes_forwarded;
  std::map<std::string, InterfaceId> nats;                        ///< by key of the NAT gateway
  std::map<std::string, std::vector<InterfaceId>> interfaces_of;  ///< by key of the scale set, machine or endpoint

  void unknown(std::string what, Place place);
  /// Puts down everything in an object that is in neither list.
  void check(const View& object, std::string_view what, std::initializer_list<std::string_view> read,
             std::initializer_list<std::string_view> irrelevant);

  [[nodiscard]] const Resource* find(const ResourceId& id) const;
  [[nodiscard]] std::vector<const Resource*> all(std::string_view type) const;

  SymbolId symbol(const std::string& name, bool parameter, bool host, const Place& place);
  /// A block or an address where nothing else can stand. A value that is neither is put down as unknown.
  std::optional<Block> block(const View& value);
  std::vector<Block> blocks(const View& one, const View& many);
};

/// A block that the text is, known.
[[nodiscard]] std::optional<net::Prefix> known_block(std::string_view text);
[[nodiscard]] bool is_everything(const Block& block);
void add_unique(std::vector<Block>& to, const Block& block);
/// Two halves of an address family become the whole of it.
void fold_halves(std::vector<Block>& blocks);
/// The name without the role that its end says: "AppScaleSet" → "App".
[[nodiscard]] std::string stem_of(std::string_view name, std::initializer_list<std::string_view> roles);

// ---- the parts, in their order
void lift_types(Context& context);     ///< types that nobody reads
void lift_networks(Context& context);  ///< networks and their subnets
void lift_doors(Context& context);     ///< the Internet, links
void lift_peerings(Context& context);
void lift_tags(Context& context);
void lift_routes(Context& context);  ///< a table for each subnet, and NAT
void count_tag_members(Context& context);
void lift_subnet_lists(Context& context);
void lift_interfaces(Context& context);  ///< scale sets, machines, interfaces, endpoints
void lift_databases(Context& context);   ///< those with a subnet of their own
void lift_services(Context& context);    ///< gateways, bastions, firewalls
void lift_load_balancers(Context& context);
void lift_application_gateways(Context& context);
void lift_hops(Context& context);  ///< where routes to appliances lead

/// The address of an interface, where an appliance's routes can name it.
void note_hop(Context& context, const View& configuration, InterfaceId interface);
/// Whether a balancer's one frontend hands every packet to the members of one appliance beside it: then it is no party
/// of its own, but an address of theirs.
[[nodiscard]] bool is_hop(Context& context, const Resource& balancer);

/// The network of an id; one that is not in the template is put there as unknown.
NetworkId network_of(Context& context, const ResourceId& id, const Place& place);
/// The subnet of an id; one that is not in the template is put there as unknown.
SubnetInfo& subnet_of(Context& context, const ResourceId& id, const Place& place);
/// The rules of a security group as they are for interfaces of a subnet.
std::optional<RuleListId> rule_list(Context& context, const ResourceId& group, const SubnetInfo& subnet,
                                    const Place& place);

/// Whether there is a public address that a reference (`{"id": …}`) leads to.
estate::PublicAddress referred_address(const Context& context, const View& reference);
/// Whether a configuration of an interface, or a frontend, is of IPv6: by its own version or its public address's.
/// None: only a deployment knows.
[[nodiscard]] std::optional<bool> is_ipv6(const Context& context, const View& configuration);
/// Whether a subnet of the interface has a block of IPv6.
[[nodiscard]] bool meets_ipv6(const Context& context, const estate::Interface& interface);
/// Whether two frontends hand the same to the same, wherever that is said.
[[nodiscard]] bool alike(const std::vector<estate::Forward>& one, const std::vector<estate::Forward>& other);
/// Puts a frontend of IPv6 down that does not do what one of IPv4 does, or of which the family is not known.
void put_down_frontend(Context& context, const Place& place);
/// A standard public address or balancer lets nobody in where no list opens it.
void close_to_internet(Context& context, InterfaceId id);

}  // namespace crenel::azure::lifting
