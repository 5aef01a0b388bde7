#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "backends/aws/plan.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/model/internet.h"

/// The steps of `legalize`, one file each.
namespace crenel::aws {

/// Shapes, sizes and words that AWS has rules for: blocks, zones, protocols, literals, settings, the Region.
void check_shapes(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// Flows that the design declares in IPv6 too, and that AWS carries in IPv4 alone.
void check_ipv6(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// What stands beside the NAT gateways, where an appliance is before them.
void check_appliances(const model::Design& design, const std::vector<Gateways>& gateways, const DataPlan& data,
                      diagnostics::Diagnostics& diagnostics);

/// A transit gateway for each network with an appliance that others send to. A peering hands nothing on.
[[nodiscard]] std::vector<Transit> plan_transits(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// A gateway load balancer for each appliance of several instances that something is routed to.
[[nodiscard]] std::vector<Fleet> plan_fleets(const model::Design& design, const std::vector<Transit>& transits,
                                             diagnostics::Diagnostics& diagnostics);
/// Whom a gateway load balancer asks how they are: the port that a target group for GENEVE has unless it is told
/// another (elasticloadbalancing/latest/gateway/health-checks.html, checked 2026-11-27).
inline constexpr std::uint16_t kFleetProbePort = 80;
/// Where packets in the tunnel are sent, both ways (elasticloadbalancing/latest/gateway/target-groups.html, "Routing
/// configuration", checked 2026-11-27).
inline constexpr std::uint16_t kGenevePort = 6081;
/// The first free /28 behind the tiers of a network and behind `taken` others, one a zone; none where there is no room
/// for any of its sizes.
[[nodiscard]] std::vector<model::Block> free_blocks(const model::Design& design, model::NetworkId id,
                                                    std::size_t taken);

/// What agents need to be installed.
void check_agents(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// Whom guards leave alone, and whether what they tell can reach their topics.
void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// Whether a guard that blocks public access can: it alone, and with nothing that the block would stop.
void check_blocking(const model::Design& design, const std::vector<Fleet>& fleets,
                    diagnostics::Diagnostics& diagnostics);
/// The guard that blocks public access; none: none does.
[[nodiscard]] std::optional<model::GuardId> blocking_guard(const model::Design& design);
/// The tiers whose subnets have to be excluded from the block, each with whether it is left open both ways. None where
/// no guard blocks.
[[nodiscard]] std::vector<Excluded> plan_exclusions(const model::Design& design);

/// Sizes, versions and zones of databases.
void check_databases(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// Balancers that somebody outside of the design's networks calls, and by whom nobody inside is cut off.
[[nodiscard]] std::vector<model::BalancerId> plan_public_balancers(const model::Design& design,
                                                                   diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::vector<Gateways> plan_gateways(const model::Design& design);
[[nodiscard]] std::vector<Tunnel> plan_tunnels(const model::Design& design, diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::vector<TierRoutes> plan_routes(const model::Design& design, const std::vector<Gateways>& gateways,
                                                  const std::vector<Tunnel>& tunnels);
[[nodiscard]] std::vector<SecurityGroup> plan_groups(const model::Design& design,
                                                     diagnostics::Diagnostics& diagnostics);
/// A rule's description: the statements that ask for it.
[[nodiscard]] std::string text_of(const model::Design& design, const SecurityRule& rule);

/// Rules that one security group has no room for are joined where they touch, and then spread over several groups, as
/// many as an interface takes; where that is not enough they stay, and `count_quotas` says so.
void spread_rules(const model::Design& design, Plan& plan);
/// How many rules of one direction count against the quota. Each family is counted by itself, and what names a group
/// counts for both (vpc/latest/userguide/amazon-vpc-limits.html, "Security groups").
[[nodiscard]] std::size_t counted(const model::Design& design, const std::vector<SecurityRule>& rules);
/// Rules that stand in a member's first group beside the plan's: of private paths and of gateway load balancers.
struct Beside {
  std::size_t ingress = 0;
  std::size_t egress = 0;
};
[[nodiscard]] Beside rules_beside(const model::Design& design, const Plan& plan, const Member& member);
/// How many security groups an interface of the member takes, with rules as many as each may hold.
[[nodiscard]] std::size_t groups_per_interface(const model::Design& design, const Member& member);

[[nodiscard]] DataPlan plan_data(const model::Design& design, diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::vector<Acl> plan_acls(const model::Design& design, const std::vector<Gateways>& gateways,
                                         const std::vector<Fleet>& fleets, const DataPlan& data);

/// The blocks that stand for `internet` in a rule of `member`'s security group: exactly, end to end. None after an
/// error.
[[nodiscard]] std::optional<std::vector<net::Prefix>> internet_blocks(const model::Design& design,
                                                                      const model::Flow& flow, const Member& member,
                                                                      model::Direction direction,
                                                                      diagnostics::Diagnostics& diagnostics);
/// The blocks that a network ACL denies before it allows `internet`.
[[nodiscard]] std::vector<model::Block> denied_blocks(const model::Design& design, model::TierId tier,
                                                      const model::Flow& flow, model::Direction direction);
/// The families in which members of the tier have addresses.
[[nodiscard]] std::vector<net::Family> families_of(const model::Design& design, model::TierId tier);

/// Whether a network balancer hands each family on by itself: to targets that see the client's address in both.
[[nodiscard]] bool parts_families(const model::Design& design, const model::Balancer& balancer);

/// Counts what the plan needs against the quotas, into `plan.quotas`; what exceeds one is an error.
void count_quotas(const model::Design& design, Plan& plan, diagnostics::Diagnostics& diagnostics);

/// The blocks of a site or of a named list that have the family, known ones joined where they touch, parameters after
/// them.
[[nodiscard]] std::vector<model::Late<net::Prefix>> joined(const std::vector<model::Late<net::Prefix>>& blocks,
                                                           net::Family family = net::Family::V4);
/// The member that an endpoint is, if it is one.
[[nodiscard]] std::optional<Member> as_member(const model::Endpoint& endpoint);
[[nodiscard]] model::TierId tier_of(const model::Design& design, const Member& member);
/// "A -> B : S. because", as a rule's description takes it.
[[nodiscard]] std::string describe(const model::Design& design, model::StatementId statement);
/// A text setting or an integer one of `on aws { … }`; nothing when it is not there.
[[nodiscard]] std::optional<std::string> text_setting(const model::ProviderSettings& settings, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> number_setting(const model::ProviderSettings& settings,
                                                         std::string_view name);

}  // namespace crenel::aws
