#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/flow_statements.h"

namespace crenel::sema {
namespace {

using model::to_string;

std::string way_name(const model::Design& design, const model::WayOut& way) {
  if (const auto* appliance = std::get_if<model::ApplianceId>(&way)) {
    return fmt::format("`{}`", to_string(design.appliances[*appliance].origin.path));
  }
  const auto* site = std::get_if<model::SiteId>(&way);
  return site == nullptr ? "`nat`" : fmt::format("`{}`", to_string(design.sites[*site].origin.path));
}

bool same_way(const model::WayOut& a, const model::WayOut& b) {
  if (a.index() != b.index()) return false;
  if (const auto* appliance = std::get_if<model::ApplianceId>(&a)) {
    return *appliance == std::get<model::ApplianceId>(b);
  }
  const auto* site = std::get_if<model::SiteId>(&a);
  return site == nullptr || *site == std::get<model::SiteId>(b);
}

model::WayOut way_of(const model::Hop& hop) {
  if (const auto* appliance = std::get_if<model::ApplianceId>(&hop)) return *appliance;
  if (const auto* site = std::get_if<model::SiteId>(&hop)) return *site;
  return model::NatWayOut{};
}

/// Whether the source has a grant of its own for what a forward's target serves.
bool is_granted(const model::Design& design, const model::Endpoint& from, const model::Forward& forward) {
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
    const bool covers = flow.from == from || std::holds_alternative<model::Internet>(flow.from);
    return covers && flow.to == model::Endpoint(forward.target) && flow.traffic.contains(forward.to);
  });
}

/// Whether packets of the flow's source find a way to the target without the balancer.
bool finds_another_way(const model::Design& design, const Passage& passage, const model::Group& target) {
  if (passage.over_internet && target.public_address) return true;
  const auto& routes = design.tiers[target.tier].site_routes;
  return std::any_of(passage.by_link.begin(), passage.by_link.end(),
                     [&](model::SiteId site) { return std::find(routes.begin(), routes.end(), site) != routes.end(); });
}

void report_unused_peering(BuildContext& context, base::Span span, const std::string& first,
                           const std::string& second) {
  context.diagnostics.report(diagnostics::kPeeringUnused, span, first, second).help =
      "the networks would be joined and stay closed: allow a flow between them, or take the peering away";
}

}  // namespace

bool derive_routes(BuildContext& context, const Passage& passage, base::Span span) {
  for (const auto& [id, network] : passage.by_peering) {
    auto& routes = context.design.tiers[id].peer_routes;
    const auto place = std::lower_bound(routes.begin(), routes.end(), network);
    if (place == routes.end() || *place != network) routes.insert(place, network);
  }
  if (!passage.tier) return true;
  model::Tier& tier = context.design.tiers[*passage.tier];
  for (const model::SiteId site : passage.by_link) {
    const auto place = std::lower_bound(tier.site_routes.begin(), tier.site_routes.end(), site);
    if (place == tier.site_routes.end() || *place != site) tier.site_routes.insert(place, site);
  }
  if (passage.via.empty()) return true;
  const model::WayOut way = way_of(passage.via.front());
  if (std::holds_alternative<model::NoWayOut>(tier.way_out)) {
    tier.way_out = way;
    tier.way_out_span = span;
    return true;
  }
  if (same_way(tier.way_out, way)) return true;
  auto& report = context.diagnostics.report(diagnostics::kWaysDisagree, span, to_string(tier.origin.path),
                                            way_name(context.design, tier.way_out), way_name(context.design, way));
  report.notes.push_back({tier.way_out_span, "the other way is named here"});
  report.notes.push_back({tier.origin.span, "the tier is declared here"});
  report.help = "a tier has one way to the Internet: put the groups in two tiers, or name one way";
  return false;
}

void check_bypasses(BuildContext& context, const std::vector<Passage>& passages) {
  const model::Design& design = context.design;
  for (std::size_t i = 0; i < design.flows.size(); ++i) {
    const model::Flow& flow = design.flows[i];
    const auto* id = std::get_if<model::BalancerId>(&flow.to);
    if (id == nullptr || design.balancers[*id].layer != model::Layer::Network) continue;
    for (const model::Forward& forward : design.balancers[*id].forwards) {
      if (!forward.listen.overlaps(flow.traffic) || is_granted(design, flow.from, forward)) continue;
      const model::Group& target = design.groups[forward.target];
      if (!finds_another_way(design, passages[i], target)) continue;
      auto& report = context.diagnostics.report(diagnostics::kBypassed, design.statements[flow.statement].span,
                                                model::name_of(design, flow.from), to_string(target.origin.path),
                                                to_string(design.balancers[*id].origin.path));
      report.notes.push_back({forward.span, "this forward opens the target to the balancer's clients"});
      report.notes.push_back({target.origin.span, "the target has another way in"});
      report.help =
          "take the target's other way in away, allow the flow to the target as well, or use an "
          "application balancer";
      break;
    }
  }
}

void check_unused_links(BuildContext& context) {
  const model::Design& design = context.design;
  for (const model::Link& link : design.links) {
    const auto& tiers = design.networks[link.network].tiers;
    const bool used = std::any_of(tiers.begin(), tiers.end(), [&](model::TierId id) {
      const model::Tier& tier = design.tiers[id];
      const auto* way = std::get_if<model::SiteId>(&tier.way_out);
      return (way != nullptr && *way == link.site) ||
             std::find(tier.site_routes.begin(), tier.site_routes.end(), link.site) != tier.site_routes.end();
    });
    if (used) continue;
    const std::string network = to_string(design.networks[link.network].origin.path);
    const std::string site = to_string(design.sites[link.site].origin.path);
    if (link.kind == model::LinkKind::Peering) {
      report_unused_peering(context, link.origin.span, network, site);
      continue;
    }
    context.diagnostics.report(diagnostics::kLinkUnused, link.origin.span, network, site).help =
        "a gateway would be built and stay closed: allow a flow over the link, or take it away";
  }
}

void check_unused_peerings(BuildContext& context) {
  const model::Design& design = context.design;
  for (const model::Peering& peering : design.peerings) {
    const auto& tiers = design.networks[peering.first].tiers;
    const bool used = std::any_of(tiers.begin(), tiers.end(), [&](model::TierId id) {
      const auto& routes = design.tiers[id].peer_routes;
      return std::find(routes.begin(), routes.end(), peering.second) != routes.end();
    });
    if (used) continue;
    report_unused_peering(context, peering.origin.span, to_string(design.networks[peering.first].origin.path),
                          to_string(design.networks[peering.second].origin.path));
  }
}

}  // namespace crenel::sema
