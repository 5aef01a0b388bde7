#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/aws/lift_evaluate.h"
#include "backends/aws/lift_template.h"
#include "backends/aws/lift_value.h"
#include "compiler/estate/estate.h"

namespace crenel::aws::reading {

/// A resource that is made, or may be.
struct Item {
  const Resource* resource = nullptr;
  Value properties;
  bool certain = true;  ///< its condition holds for every deployment

  [[nodiscard]] const std::string& id() const { return resource->id; }
  [[nodiscard]] const Place& place() const { return properties.place; }
  [[nodiscard]] const Value& operator[](std::string_view name) const { return properties[name]; }
};

/// A security group, as rules and interfaces know it.
struct Group {
  estate::RuleListId list;
  estate::TagId tag;
};

/// A gateway that is attached; `certain`: whatever the deployment.
struct InternetGateway {
  estate::DoorId door;
  bool certain = true;
};
struct LinkGateway {
  std::vector<estate::DoorId> doors;  ///< one for each connection
  bool certain = true;
  bool carries_ipv6 = false;  ///< a line may; a VPN connection of the gateway does not
};
struct PeeredNetworks {
  estate::NetworkId near;
  estate::NetworkId far;  ///< not valid: somebody else's, behind `door`
  estate::DoorId door;
  bool certain = true;
};

/// What several steps of the lift share: the template's resources, and the estate as far as it is built. Things that
/// the template names and does not make (a parameter, an import, the account's default) are put into the estate when
/// they are first asked for, with everything about them unknown.
class Reading {
 public:
  Reading(const Template& read_from, Evaluator& evaluator);

  estate::Estate estate;

  [[nodiscard]] std::vector<const Item*> of(std::string_view type) const;
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }
  /// The resource of that name; nothing when there is none, or it is not made.
  [[nodiscard]] const Item* find(std::string_view id) const;
  /// The resource of that type that a value names by `Ref` or one of its identifying attributes.
  [[nodiscard]] const Item* target(const Value& value, std::string_view type) const;

  void unknown(const Place& place, std::string what);

  void put_network(const std::string& id, estate::NetworkId network) { networks_[id] = network; }
  void put_subnet(const std::string& id, estate::SubnetId subnet) { subnets_[id] = subnet; }
  void put_table(const std::string& id, estate::RouteTableId table, estate::NetworkId network);
  void put_group(const std::string& id, Group group) { groups_[id] = group; }

  [[nodiscard]] estate::NetworkId network(const Value& value);
  [[nodiscard]] estate::SubnetId subnet(const Value& value);
  /// Every option of every element.
  [[nodiscard]] std::vector<estate::SubnetId> subnets(const Value& values);
  [[nodiscard]] estate::RouteTableId table(const Value& value);
  /// The network of a table that the template makes; not valid for others.
  [[nodiscard]] estate::NetworkId network_of(estate::RouteTableId table) const;
  [[nodiscard]] Group group(const Value& value);
  [[nodiscard]] Group group_of(const Item& item) const { return groups_.at(item.id()); }
  /// True when everybody who carries the tag is in the template.
  [[nodiscard]] bool is_ours(estate::TagId tag) const { return !outside_tags_.contains(tag); }
  /// The group that interfaces of a network have where none is listed.
  [[nodiscard]] Group default_group(estate::NetworkId network);
  /// The lists of an interface, and its tags, from a list of groups; the default group where there is none.
  void apply_groups(estate::Interface& interface, const Value& groups);
  /// What `MapPublicIpOnLaunch` says of a subnet.
  void put_default_address(estate::SubnetId subnet, estate::PublicAddress address) { addresses_[subnet] = address; }
  [[nodiscard]] estate::PublicAddress default_address(const std::vector<estate::SubnetId>& subnets) const;

  /// A list of which nothing is known but its name.
  [[nodiscard]] estate::RuleListId unknown_list(const std::string& name, bool stateful, const Place& place);

  std::map<std::string, InternetGateway> internet_doors;  ///< by gateway
  std::map<std::string, LinkGateway> link_gateways;       ///< by VPN gateway
  /// The blocks that a table has routes for, each with the route's resource.
  std::map<estate::RouteTableId, std::vector<std::pair<estate::Block, std::string>>> routed;
  std::map<std::string, PeeredNetworks> peerings;  ///< by peering
  /// Subnets whose interfaces are given an address of IPv6, or may be.
  std::map<estate::SubnetId, estate::PublicAddress> v6_subnets;
  std::map<std::string, estate::InterfaceId> interfaces;  ///< by resource

 private:
  [[nodiscard]] estate::NetworkId outside_network(const std::string& name, const Place& place);
  [[nodiscard]] estate::SubnetId outside_subnet(const std::string& name, const Value& value);

  std::vector<Item> items_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_type_;
  std::map<std::string, estate::NetworkId> networks_;
  std::map<std::string, estate::NetworkId> outside_networks_;
  std::map<std::string, estate::SubnetId> subnets_;
  std::map<std::string, estate::RouteTableId> tables_;
  std::map<estate::RouteTableId, estate::NetworkId> networks_of_tables_;
  std::map<std::string, Group> groups_;
  std::set<estate::TagId> outside_tags_;
  std::map<estate::NetworkId, Group> default_groups_;
  std::map<estate::SubnetId, estate::PublicAddress> addresses_;
};

/// Peers in every place at once: everybody; and nobody knows who.
[[nodiscard]] estate::Peers anyone();
[[nodiscard]] estate::Peers nobody_knows();
/// A packet of any kind.
[[nodiscard]] estate::Kind any_kind();
/// A target of which is known why it is not known.
[[nodiscard]] estate::Route unknown_route(net::Prefix destination, std::string why, const Place& place);

// ---- the steps, in their order ----
void read_networks(Reading& reading);  ///< networks and their blocks
void read_doors(Reading& reading);     ///< gateways, links, peerings
void read_security_groups(Reading& reading);
void read_subnets(Reading& reading);     ///< with route tables, still empty, and network ACLs
void read_interfaces(Reading& reading);  ///< of gateways, instances, scaling groups, endpoints, balancers
void read_routes(Reading& reading);
void read_public_access(Reading& reading);      ///< what keeps subnets from the Internet; after their routes
void read_balancers(Reading& reading);          ///< what they hand on
void read_classic_balancers(Reading& reading);  ///< those of the first generation
void check_databases(Reading& reading);         ///< what they hold, and how they are spoken to
void read_data(Reading& reading);               ///< services, who acts, who may do what: after the interfaces
void read_the_rest(const Template& read_from, Reading& reading);  ///< what no other step reads

}  // namespace crenel::aws::reading
