#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "backends/aws/data_plan.h"
#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

/// A design in AWS's terms, and known to be legal there: what `legalize` makes and `lower` writes down.
namespace crenel::aws {

/// What has interfaces, and so a security group.
using Member = std::variant<model::GroupId, model::BalancerId, model::DatabaseId, model::FunctionId>;

/// What one rule of a provider matches: a protocol with a range of ports, or ICMP with one type or all of them.
struct PacketKind {
  std::optional<net::Protocol> protocol;  ///< none: every protocol
  net::Interval numbers;                  ///< ports; for ICMP one type, or 0..255
  auto operator<=>(const PacketKind&) const = default;

  [[nodiscard]] bool has_ports() const;
  [[nodiscard]] bool all_numbers() const;
  /// Whether packets of the family can be of the kind: each family has an ICMP of its own.
  [[nodiscard]] bool is_of(net::Family family) const;
  /// Everything that `other` matches, this matches.
  [[nodiscard]] bool contains(const PacketKind& other) const;
};
/// The kinds that make up a traffic, in its order. ICMP types come one by one: rules know no ranges of them.
[[nodiscard]] std::vector<PacketKind> kinds_of(const net::Traffic& traffic);
[[nodiscard]] bool is_transport(net::Protocol protocol);  ///< TCP or UDP

/// All addresses of a tier in one family.
struct TierAddresses {
  model::TierId tier;
  net::Family family = net::Family::V4;
  bool operator==(const TierAddresses&) const = default;
};

/// One rule of a security group. Of two equal ones EC2 refuses the second: statements that ask for the same share one.
struct SecurityRule {
  std::variant<Member, model::Late<net::Prefix>, TierAddresses> peer;
  PacketKind kind;
  std::vector<model::StatementId> statements;
  std::string text;      ///< the description, ready for EC2
  std::size_t part = 0;  ///< which of the member's security groups holds it

  [[nodiscard]] bool by_group() const { return std::holds_alternative<Member>(peer); }
};

/// What a member's interfaces may send and take: one security group, or several where one has no room for the rules.
/// Rules of others name the first.
struct SecurityGroup {
  Member member;
  std::vector<SecurityRule> ingress;
  std::vector<SecurityRule> egress;
  std::size_t parts = 1;
};

/// One entry of a network ACL. The lowest number that matches decides.
struct AclEntry {
  bool allow = true;
  PacketKind kind;
  model::Block peer;
  std::optional<model::StatementId> statement;
  std::string text;
};

struct Acl {
  model::TierId tier;
  std::vector<AclEntry> ingress;  ///< in the order of their numbers
  std::vector<AclEntry> egress;
};

/// What the route tables of a tier hold besides the local route.
struct TierRoutes {
  model::TierId tier;
  bool table_per_zone = false;  ///< each zone has its own NAT gateway, or endpoint of several appliances
  bool internet = false;        ///< 0.0.0.0/0, over the tier's way out
  bool ipv6_internet = false;   ///< ::/0, by the Internet gateway; from a private tier the egress-only one, or a line
  bool propagated = false;      ///< everything that the VPN gateway has
  /// Of the tier that holds the NAT gateways: whose answers go back by the appliance that they came by.
  std::vector<model::TierId> handed_back;
  std::vector<model::Late<net::Prefix>> site_prefixes;  ///< static, to the VPN gateway, where not everything is wanted
  std::vector<model::LinkId> peered;                    ///< peerings with networks made elsewhere, to all of each
};

/// A network's gateways.
struct Gateways {
  model::NetworkId network;
  bool internet = false;
  std::optional<model::TierId> nat_tier;  ///< the public tier that holds the NAT gateways
  bool vpn = false;
  bool egress_only = false;  ///< a way out for IPv6 that nothing outside can open
};

/// A transit gateway between the network of an appliance and those whose Internet traffic it is handed.
struct Transit {
  model::NetworkId hub;
  model::ApplianceId appliance;
  std::vector<model::NetworkId> spokes;
  std::vector<model::Block> blocks;  ///< of the hub's subnets for it, one a zone
  [[nodiscard]] bool joins(model::NetworkId a, model::NetworkId b) const;
};

/// Several appliances as one hop: a gateway load balancer hands them what is routed to its endpoints, one in each zone
/// of the appliances' tier.
struct Fleet {
  model::ApplianceId appliance;
  std::vector<model::Block> blocks;  ///< of the balancer's own subnets, one a zone
};

/// The prefixes that a VPN connection is given; over a static one nothing else can be sent. A line brings those of both
/// families.
struct Tunnel {
  model::LinkId link;
  std::vector<model::Late<net::Prefix>> prefixes;
  bool internet = false;  ///< 0.0.0.0/0 as well: some tier's Internet traffic goes this way
};

/// A tier whose subnets VPC Block Public Access spares.
struct Excluded {
  model::TierId tier;
  bool both_ways = false;  ///< else only what goes out by a NAT gateway or an egress-only one
};

struct Plan {
  std::vector<Gateways> gateways;  ///< one a network
  std::vector<TierRoutes> routes;  ///< one a tier
  std::vector<Tunnel> tunnels;     ///< one a link
  std::vector<Transit> transits;
  std::vector<Fleet> fleets;
  std::vector<SecurityGroup> groups;
  std::vector<Acl> acls;
  std::vector<Excluded> excluded;
  DataPlan data;
  std::vector<model::BalancerId> public_balancers;  ///< reached from outside; the others are internal
  std::string region;                               ///< "eu-west-1"; empty where the stack's is free
  std::vector<backend::QuotaUse> quotas;

  [[nodiscard]] const Gateways& gateways_of(model::NetworkId network) const;
  [[nodiscard]] const TierRoutes& routes_of(model::TierId tier) const;
  [[nodiscard]] const Acl* acl_of(model::TierId tier) const;
  [[nodiscard]] const SecurityGroup& group_of(const Member& member) const;
  /// Between two networks, instead of a peering.
  [[nodiscard]] const Transit* transit_between(model::NetworkId a, model::NetworkId b) const;
  /// Null: it is one instance, or nothing is routed to it.
  [[nodiscard]] const Fleet* fleet_of(model::ApplianceId appliance) const;
  [[nodiscard]] bool is_public(model::BalancerId balancer) const;
};

}  // namespace crenel::aws
