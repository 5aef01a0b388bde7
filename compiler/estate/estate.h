#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/estate/basics.h"
#include "compiler/estate/data.h"
#include "compiler/net/prefix.h"
#include "compiler/net/traffic.h"

/// An estate: what a provider would make of a template, as far as it decides which conversations can be opened. It is
/// what a backend's `lift` reads out of a template, in words that both providers share: interfaces, the rule lists
/// that filter them, routes, gateways, balancers. It knows no design, no intent and no provider. It is a value.
///
/// Unknown is never safe: what a lift does not understand is put down as unknown (`Peers::unknown`,
/// `RouteTarget` `UnknownTarget`, `PublicAddress::Unknown`, `Estate::unknowns`), never left out.
namespace crenel::estate {

// ---- packets
// ------------------------------------------------------------------------------------------------------------

/// What a rule matches besides addresses. Numbers of ICMP are type * 256 + code: one type with every code is
/// {type * 256, type * 256 + 255}.
struct Kind {
  /// IANA number; none: every protocol. Then `ports` narrows those that have ports, and when it is narrower than all,
  /// whether the others match is taken as not known.
  std::optional<std::uint8_t> protocol;
  net::Interval ports = {0, 65535};  ///< destination ports, or ICMP numbers
  net::Interval source_ports = {0, 65535};
  bool operator==(const Kind&) const = default;
};

/// Who is at one end of a packet. A packet's end matches when it is in one of these.
struct Peers {
  bool anyone = false;        ///< every address of both families
  std::vector<Block> blocks;  ///< addresses
  std::vector<TagId> tags;    ///< interfaces that carry the tag (a security group, an application security group)
  /// The provider's own machines, by whatever tag: probes, gateway control. They are no part of the Internet here.
  bool platform = false;
  /// Addresses that the provider may or may not count in (the tag VirtualNetwork "might also contain default routes").
  std::vector<Block> perhaps;
  /// Left out of `anyone`, `blocks` and `perhaps` (the tag Internet: everything but the virtual network).
  std::vector<Block> except;
  /// Not understood: may match nobody or everybody.
  bool unknown = false;
  bool operator==(const Peers&) const = default;
};

struct Rule {
  bool allow = true;
  std::vector<Kind> kinds;  ///< one of them matches
  Peers source;             ///< of the packet
  Peers destination;
  Place place;
  std::string name;  ///< for messages: "AllowInDatacenterToAppTcp22-443", "entry 110", "rule of WebSecurityGroup"
};

/// Rules in the order in which they are asked: the first that matches decides; none: denied. A list that only allows
/// (a security group of AWS) is the same thing.
struct RuleList {
  std::string name;  ///< of the resource
  /// Answers to an admitted conversation pass by themselves, in both directions. Otherwise (network ACL) each packet is
  /// asked about on its own.
  bool stateful = true;
  std::vector<Rule> in;
  std::vector<Rule> out;
  Place place;
};

// ---- networks and routes
// -------------------------------------------------------------------------------------------------------

struct Network {
  std::string name;  ///< of the resource
  std::vector<Block> spaces;
  Place place;
};

struct LocalTarget {  ///< inside the network (and, on Azure, to where `VnetLocal` says)
  bool operator==(const LocalTarget&) const = default;
};
struct NowhereTarget {  ///< dropped
  bool operator==(const NowhereTarget&) const = default;
};
struct UnknownTarget {
  std::string why;
  bool operator==(const UnknownTarget&) const = default;
};
/// An interface translates there (a NAT gateway) or hands on (an appliance).
using RouteTarget = std::variant<LocalTarget, NowhereTarget, UnknownTarget, DoorId, InterfaceId, NetworkId /* peer */>;

struct Route {
  Block destination;
  RouteTarget target;
  int rank = 0;  ///< of two routes to equal blocks the greater wins
  /// A propagated route never wins over the network's local route, even when it is longer.
  bool yields_to_local = false;
  /// A route of the gateway that the table's route to this block leads to: it decides among what that one sends there,
  /// and only where that one wins.
  std::optional<Block> within = std::nullopt;
  Place place;
};

/// Longest prefix wins; the lift has put in what the provider adds by itself (local routes, system routes).
struct RouteTable {
  std::string name;
  std::vector<Route> routes;
  Place place;
};

/// Which packets pass between a subnet and the doors of its network to the Internet, whatever rules and routes say.
enum class InternetAccess {
  Open,
  Translated,  ///< what a NAT in the subnet hands on, and what leaves by a door that opens outward only
  Closed,
  Unknown,
};

struct Subnet {
  std::string name;
  NetworkId network;
  std::vector<Block> blocks;
  RouteTableId routes;
  /// Lists asked at the subnet. All must admit. A stateless one is asked only when a packet crosses the subnet's edge;
  /// a stateful one at every interface, neighbours included.
  std::vector<RuleListId> lists;
  /// NAT without a route of its own (Azure's NAT gateway is a property of the subnet): what is routed to the Internet
  /// door leaves by it, and nothing comes in.
  std::optional<InterfaceId> nat;
  Place place;
  std::string stem = {};  ///< the declared path it would come from: the name without its role and its zone ("MainWeb")
  InternetAccess internet = InternetAccess::Open;
};

// ---- doors
// --------------------------------------------------------------------------------------------------------------------
/// The Internet gateway of a network: public addresses only, one to one with an interface's public address.
struct InternetDoor {
  bool outward_only = false;  ///< nothing outside can open a conversation (an egress-only gateway)
  bool operator==(const InternetDoor&) const = default;
};
/// A link to a place outside (VPN, direct connection). It carries what it is told to.
struct LinkDoor {
  std::string name;             ///< of the far end's resource, as people named it: "ToDatacenter"
  std::vector<Block> prefixes;  ///< what can be sent there
  bool learns = false;          ///< prefixes come from the far end too (BGP): anything may be there
  bool operator==(const LinkDoor&) const = default;
};
/// A way in and out of a network. A packet that comes in by a door has an address that the network would answer by the
/// same door, else the conversation does not come about.
struct Door {
  NetworkId network;
  std::variant<InternetDoor, LinkDoor> kind;
  std::string name;  ///< of the resource
  Place place;
};

// ---- interfaces
// ------------------------------------------------------------------------------------------------------------------
enum class PublicAddress { No, Yes, Unknown };

/// What stands behind an interface.
enum class Role {
  Member,     ///< instances: they open and take conversations as the rules let them
  Balancer,   ///< takes what its listeners take, opens only to its targets
  Nat,        ///< hands on what is routed to it, by the route table of its own subnet; takes nothing from outside
  Appliance,  ///< as a member; and hands on what is routed to it, by the route table of its own subnet, its source kept
  Passive,    ///< the provider's own machine that is no party to anything (a VPN gateway)
  Service,    ///< the near end of a private path to services: takes what its rules let in, opens nothing
  Unknown,    ///< may do anything
};

/// All interfaces that a resource makes and that nothing tells apart: instances of one scaling group, nodes of one
/// balancer.
struct Interface {
  std::string name;  ///< of the resource: "WebGroup", "AppScaleSet"
  /// The declared path it would come from, in PascalCase: the resource's name without its role ("Web").
  std::string stem;
  Role role = Role::Member;
  /// Each is in one of them. None: an address outside every subnet (the public frontend of a balancer that only
  /// rewrites).
  std::vector<SubnetId> subnets;
  /// Where in the subnets, when the template says; none: anywhere in their blocks.
  std::vector<Block> addresses;
  PublicAddress public_address = PublicAddress::No;     ///< of IPv4
  PublicAddress public_address_v6 = PublicAddress::No;  ///< true of every interface where IPv6 needs no translation
  bool ipv4_alone = false;  ///< it has no address of IPv6, although a subnet of it has such a block
  /// Of a `Nat`: what it translates (TCP and UDP, say). None: everything.
  std::vector<Kind> translates;
  /// Rule lists on the interface itself: every inner set must admit, by any list in it. AWS: one set of all security
  /// groups. Azure: one set with one list. An empty inner set admits nothing; no set at all admits everything.
  std::vector<std::vector<RuleListId>> lists;
  /// Of an `Appliance`: what it hands on comes and goes in a tunnel, unseen by its lists (those of its subnet see it),
  /// and keeps its source to the end (AWS: a gateway load balancer hands it packets).
  bool tunnelled = false;
  std::vector<TagId> tags;   ///< that rules know it by
  std::optional<int> least;  ///< how many there are; none: not known
  std::optional<int> most;   ///< 0: there is none
  Place place;
};

/// One way through a balancer. A balancer opens `to` and `probe` with its targets and nothing else, so far as the
/// rules let it. Where the target sees the client's address it opens `to` exactly when some client that may reach it
/// would come through.
struct Forward {
  [[nodiscard]] bool is_for(net::Family asked) const { return !family || *family == asked; }

  Kind listen;  ///< a protocol and ports
  InterfaceId target;
  Kind to;                           ///< where conversations are handed to
  std::optional<Kind> probe;         ///< where members are asked how they are, by the balancer itself
  bool probe_from_platform = false;  ///< the probe comes from the provider, not from the balancer's interface
  /// Whose conversations come this way, and in which targets are asked how they are; none: of both families.
  std::optional<net::Family> family = {};
  Place place;
};

struct Balancer {
  InterfaceId interface;
  /// The target sees the client's address, not the balancer's.
  bool keeps_client_address = false;
  /// Where the target sees the client's address: its rules may still name the balancer's tag for such packets (AWS), or
  /// must name the client (Azure).
  bool known_by_tag = false;
  /// The balancer is a rewriting of addresses without a machine (Azure's load balancer): no lists of its own, and
  /// clients reach it exactly when a target takes them. `public_frontend`: from the Internet; else from the network.
  bool rewrites_only = false;
  bool public_frontend = false;
  std::vector<Forward> forwards;
  Place place;
};

/// A name that rules know interfaces by: a security group, an application security group.
struct Tag {
  std::string name;
  Place place;
};

struct Peering {
  NetworkId a;
  NetworkId b;
  Place place;
};

/// What something needs to run, whatever a design says: its packets have to come to another interface. That one is a
/// way for it alone: whoever else's packets come there has no use of it, which `Service::weaknesses` of the needy one
/// answers for.
struct Need {
  InterfaceId from;
  InterfaceId to;
  Kind kind;
  std::string what;  ///< "the storage that it keeps its state in"
  Place place;
};

/// Something that decides about packets and was not understood.
struct Unknown {
  std::string what;  ///< one sentence: "`NetworkInterface` is not read: its address and rules are not known"
  Place place;
};

struct Estate {
  base::Table<SymbolId, Symbol> symbols;
  base::Table<NetworkId, Network> networks;
  base::Table<RouteTableId, RouteTable> route_tables;
  base::Table<RuleListId, RuleList> rule_lists;
  base::Table<SubnetId, Subnet> subnets;
  base::Table<TagId, Tag> tags;
  base::Table<DoorId, Door> doors;
  base::Table<InterfaceId, Interface> interfaces;
  std::vector<Balancer> balancers;
  std::vector<Peering> peerings;
  std::vector<Need> needs;
  base::Table<ServiceId, Service> services;
  base::Table<IdentityId, Identity> identities;
  base::Table<PathId, PrivatePath> private_paths;
  std::vector<Access> accesses;
  std::vector<FlowLog> flow_logs;
  std::vector<Guard> guards;
  std::vector<Unknown> unknowns;
};

/// Whether something needs to come there.
[[nodiscard]] bool is_needed(const Estate& estate, InterfaceId interface);

/// The estate as text, every field, for goldens. Stable: in order, names instead of ids.
[[nodiscard]] std::string dump(const Estate& estate);
/// "10.0.0.0/27, /27 number 1 of <Space>"; "none" without any.
[[nodiscard]] std::string to_text(const Estate& estate, const std::vector<Block>& blocks);

}  // namespace crenel::estate
