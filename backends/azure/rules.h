#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "backends/azure/data_plan.h"
#include "backends/azure/expression.h"
#include "compiler/model/design.h"

/// Security rules: what flows come to. Three kinds of security group exist, each closed by its own last rule in both
/// directions, above the defaults 65000 and 65001 that nobody can remove
/// (learn.microsoft.com, "Azure network security groups overview", checked 2026-11-23):
///   a group's, on its members' interfaces; a strict tier's, on its subnet; a gateway tier's, on its subnet.
namespace crenel::azure {

enum class Direction { Inbound, Outbound };
enum class Access { Allow, Deny };

struct AnyAddress {
  bool operator==(const AnyAddress&) const = default;
};
/// One of Azure's names for addresses: "Internet", "AzureLoadBalancer", "GatewayManager".
struct ServiceTag {
  std::string name;
  bool operator==(const ServiceTag&) const = default;
};
/// The interfaces of a group: its application security group.
struct Members {
  model::GroupId group;
  bool operator==(const Members&) const = default;
};
struct Prefixes {
  std::vector<Term> blocks;
  bool operator==(const Prefixes&) const = default;
};
/// The private endpoints of a function's host.
struct HostEnds {
  model::FunctionId function;
  bool operator==(const HostEnds&) const = default;
};
using Side = std::variant<AnyAddress, ServiceTag, Members, Prefixes, PrivateEnd, HostEnds>;

/// The order in which rules are asked, and with it their priorities: what is named is allowed first; then what the tag
/// `Internet` could be taken to contain and `internet` does not is denied; then the Internet; then what Azure's own
/// services need; last, everything is denied.
enum class Band { Named, NotInternet, Internet, Platform, Rest };

struct Rule {
  Direction direction = Direction::Inbound;
  Access access = Access::Allow;
  Band band = Band::Named;
  std::string protocol = "*";
  std::vector<std::string> ports = {"*"};  ///< of the destination
  Side source;
  Side destination;
  std::string name;
  std::string description;
  int priority = 0;
  std::optional<model::StatementId> statement;  ///< the flow that it is for
};

/// Rules in the order of their priorities, names and priorities given. Priorities are stable under order alone.
[[nodiscard]] std::vector<Rule> rules_of_group(const model::Design& design, model::GroupId group);
/// Of a strict tier: those of its groups, each naming the group it is for.
[[nodiscard]] std::vector<Rule> rules_of_tier(const model::Design& design, model::TierId tier);
/// Of a tier with application balancers: what their gateways take from clients and send to targets.
[[nodiscard]] std::vector<Rule> rules_of_gateways(const model::Design& design, model::TierId tier);

/// Whether a rule of the template names the group, so that it needs an application security group.
[[nodiscard]] bool is_named_by_rules(const model::Design& design, model::GroupId group);

/// A side of `forward`: from clients (of the balancer's flows) to the target, as a network balancer passes them on.
struct PassedOn {
  const model::Flow* client;
  const model::Forward* forward;
  model::BalancerId balancer;
};
[[nodiscard]] std::vector<PassedOn> passed_on_to(const model::Design& design, model::GroupId target);

}  // namespace crenel::azure
