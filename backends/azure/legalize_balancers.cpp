#include <algorithm>
#include <set>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"
#include "backends/azure/rules.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Balancer;
using model::BalancerId;
using model::Design;
using model::Endpoint;
using model::Flow;

std::string kind_word(model::TierKind kind) {
  return kind == model::TierKind::Public ? "public" : kind == model::TierKind::Private ? "private" : "isolated";
}

/// Whether some of the addresses may be of a site that is linked to the network.
bool are_linked(const Design& design, const model::Blocks& blocks, model::NetworkId network) {
  return std::any_of(design.links.begin(), design.links.end(), [&](const model::Link& link) {
    return link.network == network && std::any_of(blocks.blocks.begin(), blocks.blocks.end(), [&](const auto& block) {
             return model::widest(design, link.site).overlaps(model::widest(design, block));
           });
  });
}

/// A group, a function, or a site that is linked to the network: its packets arrive inside, with their own addresses.
bool comes_from_inside(const Design& design, const Endpoint& end, model::NetworkId network) {
  if (const auto* blocks = std::get_if<model::Blocks>(&end)) return are_linked(design, *blocks, network);
  if (std::holds_alternative<model::GroupId>(end) || std::holds_alternative<model::FunctionId>(end)) return true;
  const auto* site = std::get_if<model::SiteId>(&end);
  return site != nullptr && model::link_between(design, network, *site).has_value();
}

void check_place(const Design& design, const Balancer& balancer, Diagnostics& diagnostics) {
  const model::TierKind kind = design.tiers[balancer.tier].kind;
  if (balancer.layer != model::Layer::Application || kind == model::TierKind::Public) return;
  auto& report = diagnostics.report(kPrivateApplicationBalancer, balancer.origin.span,
                                    model::to_string(balancer.origin.path), kind_word(kind));
  report.notes.push_back({design.tiers[balancer.tier].origin.span, "the tier is declared here"});
  report.help = "say `layer = network`, or put it in a public tier";
}

void check_shared_tier(const Design& design, BalancerId id, Diagnostics& diagnostics) {
  const Balancer& balancer = design.balancers[id];
  if (balancer.layer != model::Layer::Application) return;
  for (const BalancerId other_id : model::balancers_in(design, balancer.tier)) {
    const Balancer& other = design.balancers[other_id];
    if (!(other_id < id) || other.layer != model::Layer::Application) continue;
    auto& report = diagnostics.report(kBalancersShareTier, balancer.origin.span, model::to_string(other.origin.path),
                                      model::to_string(balancer.origin.path),
                                      model::to_string(design.tiers[balancer.tier].origin.path));
    report.notes.push_back({other.origin.span, "the other one is declared here"});
    report.help = "give each a tier of its own: Azure's rules know a gateway by its tier's addresses";
    return;
  }
}

void check_clients(const Design& design, BalancerId id, Diagnostics& diagnostics) {
  const Balancer& balancer = design.balancers[id];
  const model::Tier& tier = design.tiers[balancer.tier];
  if (tier.kind != model::TierKind::Public) return;
  for (const Flow& flow : design.flows) {
    if (flow.to != Endpoint(id) || !comes_from_inside(design, flow.from, tier.network)) continue;
    const model::FlowStatement& statement = design.statements[flow.statement];
    diagnostics
        .report(kClientFromInside, statement.span, statement.text, model::name_of(design, flow.from),
                model::to_string(balancer.origin.path))
        .help = "let it call the target itself, or through a network balancer in a private tier";
  }
}

/// Whether a packet of the client can come to the target other than through the balancer.
bool can_come_directly(const Design& design, const Endpoint& client, model::GroupId target) {
  const model::Group& group = design.groups[target];
  return group.public_address || comes_from_inside(design, client, design.tiers[group.tier].network);
}

bool is_allowed(const Design& design, const Endpoint& from, model::GroupId to, const net::Traffic& traffic) {
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const Flow& flow) {
    return flow.from == from && flow.to == Endpoint(to) && flow.traffic.contains(traffic);
  });
}

/// Behind a network balancer the rule at the target admits the client's own address (language: exactness).
void check_ways_past(const Design& design, Diagnostics& diagnostics) {
  for (const model::GroupId target : design.groups.ids()) {
    for (const PassedOn& passed : passed_on_to(design, target)) {
      const Endpoint& client = passed.client->from;
      if (!can_come_directly(design, client, target)) continue;
      if (is_allowed(design, client, target, passed.forward->to)) continue;
      const model::FlowStatement& statement = design.statements[passed.client->statement];
      const std::string group = model::to_string(design.groups[target].origin.path);
      const std::string name = model::name_of(design, client);
      auto& report = diagnostics.report(kPastTheBalancer, statement.span, statement.text, name, group,
                                        net::to_string(passed.forward->to));
      report.notes.push_back({passed.forward->span, "forwarded here"});
      report.help = design.groups[target].public_address
                        ? "take `public_address` from `" + group + "`, or use an application balancer"
                        : "allow `" + name + " -> " + group + "` as well, where that is meant";
    }
  }
}

/// Whether packets of the client come to the balancer, whatever rules say: a load balancer has none of its own. What
/// leaves a member of the design is held to the balancer that its rules name.
bool can_come_to(const Design& design, const Endpoint& client, const Balancer& balancer) {
  if (model::tier_of(design, client)) return false;
  const model::Tier& tier = design.tiers[balancer.tier];
  return (tier.kind == model::TierKind::Public) != comes_from_inside(design, client, tier.network);
}

/// The forward of another network balancer that hands on to the target what the rule for this client admits there.
const model::Forward* other_way(const Design& design, const PassedOn& passed) {
  for (const BalancerId id : design.balancers.ids()) {
    const Balancer& other = design.balancers[id];
    const Endpoint& client = passed.client->from;
    if (id == passed.balancer || other.layer != model::Layer::Network || !can_come_to(design, client, other)) continue;
    for (const model::Forward& forward : other.forwards) {
      const bool same = forward.target == passed.forward->target && forward.to.overlaps(passed.forward->to);
      const bool allowed = std::any_of(design.flows.begin(), design.flows.end(), [&](const Flow& flow) {
        const bool from = flow.from == client || std::holds_alternative<model::Internet>(flow.from);
        return from && flow.to == Endpoint(id) && flow.traffic.contains(forward.listen);
      });
      if (same && !allowed) return &forward;
    }
  }
  return nullptr;
}

void check_other_balancers(const Design& design, Diagnostics& diagnostics) {
  for (const model::GroupId target : design.groups.ids()) {
    for (const PassedOn& passed : passed_on_to(design, target)) {
      const model::Forward* other = other_way(design, passed);
      if (other == nullptr) continue;
      const model::FlowStatement& statement = design.statements[passed.client->statement];
      auto& report = diagnostics.report(
          kThroughAnotherBalancer, statement.span, statement.text, model::name_of(design, passed.client->from),
          model::to_string(design.groups[target].origin.path), net::to_string(passed.forward->to));
      report.notes.push_back({passed.forward->span, "forwarded here"});
      report.notes.push_back({other->span, "and here by the other one"});
      report.help = "let them forward to other ports, or allow this client to both";
    }
  }
}

/// Answers to the balancer's clients leave by the tier's own way to the Internet.
void check_answers(const Design& design, Diagnostics& diagnostics) {
  std::set<std::size_t> reported;
  for (const Balancer& balancer : design.balancers) {
    const bool is_public = design.tiers[balancer.tier].kind == model::TierKind::Public;
    if (balancer.layer != model::Layer::Network || !is_public) continue;
    for (const model::Forward& forward : balancer.forwards) {
      const model::Group& group = design.groups[forward.target];
      const model::Tier& tier = design.tiers[group.tier];
      const bool by_site = std::holds_alternative<model::SiteId>(tier.way_out);
      const bool by_appliance = std::holds_alternative<model::ApplianceId>(tier.way_out);
      if (!by_site && !by_appliance) continue;
      if (!reported.insert(forward.target.index()).second) continue;
      const std::string way = by_site ? "site" : "appliance";
      auto& report = diagnostics.report(kAnswersLeaveElsewhere, forward.span, model::to_string(group.origin.path),
                                        model::to_string(balancer.origin.path), by_site ? "a site" : "an appliance");
      report.notes.push_back({tier.way_out_span, "this flow sends them there"});
      report.help = "use an application balancer, or another tier for what goes through the " + way;
    }
  }
}

}  // namespace

void check_balancers(const Design& design, Diagnostics& diagnostics) {
  for (const BalancerId id : design.balancers.ids()) {
    check_place(design, design.balancers[id], diagnostics);
    check_shared_tier(design, id, diagnostics);
    check_clients(design, id, diagnostics);
  }
  check_ways_past(design, diagnostics);
  check_other_balancers(design, diagnostics);
  check_answers(design, diagnostics);
}

}  // namespace crenel::azure
