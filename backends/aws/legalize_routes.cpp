#include <algorithm>
#include <iterator>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/model/appliances.h"
#include "compiler/model/internet.h"

namespace crenel::aws {
namespace {

using model::NetworkId;
using model::SiteId;
using model::TierId;

bool leaves_by(const model::Tier& tier, SiteId site) {
  const auto* way = std::get_if<SiteId>(&tier.way_out);
  return way != nullptr && *way == site;
}

/// Outside callers come with public addresses: the Internet, named blocks, and sites that no link leads to.
bool from_outside(const model::Design& design, const model::Flow& flow, NetworkId network) {
  if (const auto* site = std::get_if<SiteId>(&flow.from)) return !model::link_between(design, network, *site);
  return !as_member(flow.from);
}

void report_inside(const model::Design& design, const model::Flow& inside, const model::Flow& outside,
                   model::BalancerId balancer, diagnostics::Diagnostics& diagnostics) {
  const model::FlowStatement& statement = design.statements[inside.statement];
  auto& error = diagnostics.report(kPublicBalancerInside, statement.span, statement.text,
                                   model::to_string(design.balancers[balancer].origin.path));
  const model::FlowStatement& other = design.statements[outside.statement];
  error.notes.push_back({other.span, "`" + other.text + "` makes it public"});
  error.help = "declare a second balancer for callers inside, or let them call the group behind it";
}

/// The others are peerings, with routes of their own.
bool ends_at_gateway(const model::Link& link) { return link.kind != model::LinkKind::Peering; }

bool wants(const model::Tier& tier, SiteId site) {
  return leaves_by(tier, site) ||
         std::find(tier.site_routes.begin(), tier.site_routes.end(), site) != tier.site_routes.end();
}

/// The families that leave a tier by a default route: IPv6 is handed to no appliance, and carried by no VPN.
bool leaves_in_ipv6(const model::Design& design, const model::Tier& tier) {
  if (!tier.ipv6_block || std::holds_alternative<model::ApplianceId>(tier.way_out)) return false;
  const auto* site = std::get_if<SiteId>(&tier.way_out);
  if (site == nullptr) return true;
  const auto link = model::link_between(design, tier.network, *site);
  return link && design.links[*link].kind == model::LinkKind::Direct;
}

/// A tier may have the VPN gateway's routes handed on when it wants every one of them.
bool wants_all(const model::Design& design, const model::Tier& tier, const std::vector<Tunnel>& tunnels) {
  return std::all_of(tunnels.begin(), tunnels.end(), [&](const Tunnel& tunnel) {
    const model::Link& link = design.links[tunnel.link];
    if (link.network != tier.network) return true;
    return wants(tier, link.site) && (!tunnel.internet || leaves_by(tier, link.site));
  });
}

TierRoutes routes_of(const model::Design& design, TierId id, const std::vector<Tunnel>& tunnels) {
  const model::Tier& tier = design.tiers[id];
  TierRoutes routes{.tier = id,
                    .table_per_zone = false,
                    .internet = false,
                    .ipv6_internet = false,
                    .propagated = false,
                    .handed_back = {},
                    .site_prefixes = {},
                    .peered = {}};
  routes.internet = !std::holds_alternative<model::NoWayOut>(tier.way_out);
  const auto appliance = model::appliance_out_of(design, id);
  const bool several = appliance && design.appliances[*appliance].count > 1 &&
                       design.tiers[design.appliances[*appliance].tier].network == tier.network;
  routes.table_per_zone =
      (std::holds_alternative<model::NatWayOut>(tier.way_out) || several) && design.networks[tier.network].zones > 1;
  routes.ipv6_internet = routes.internet && leaves_in_ipv6(design, tier);
  for (const model::LinkId link : design.links.ids()) {
    const model::Link& each = design.links[link];
    if (each.network == tier.network && !ends_at_gateway(each) && wants(tier, each.site)) routes.peered.push_back(link);
  }
  const bool any_site = tier.site_routes.size() > routes.peered.size() || std::holds_alternative<SiteId>(tier.way_out);
  if (any_site && wants_all(design, tier, tunnels)) {
    routes.propagated = true;
    // 0.0.0.0/0 comes with the rest, and ::/0 with what a line brings.
    if (std::holds_alternative<SiteId>(tier.way_out)) routes.internet = routes.ipv6_internet = false;
    return routes;
  }
  for (const Tunnel& tunnel : tunnels) {
    const model::Link& link = design.links[tunnel.link];
    if (link.network != tier.network || !wants(tier, link.site)) continue;
    std::copy_if(
        tunnel.prefixes.begin(), tunnel.prefixes.end(), std::back_inserter(routes.site_prefixes),
        [&](const auto& prefix) { return tier.ipv6_block || model::family_of(design, prefix) == net::Family::V4; });
  }
  return routes;
}

}  // namespace

std::vector<model::BalancerId> plan_public_balancers(const model::Design& design,
                                                     diagnostics::Diagnostics& diagnostics) {
  std::vector<model::BalancerId> found;
  for (const model::BalancerId id : design.balancers.ids()) {
    const NetworkId network = design.tiers[design.balancers[id].tier].network;
    const model::Flow* outside = nullptr;
    const model::Flow* inside = nullptr;
    for (const model::Flow& flow : design.flows) {
      const auto* called = std::get_if<model::BalancerId>(&flow.to);
      if (called == nullptr || *called != id) continue;
      const model::Flow*& first = from_outside(design, flow, network) ? outside : inside;
      if (first == nullptr) first = &flow;
    }
    if (outside != nullptr) found.push_back(id);
    if (outside != nullptr && inside != nullptr) report_inside(design, *inside, *outside, id, diagnostics);
  }
  return found;
}

std::vector<Gateways> plan_gateways(const model::Design& design) {
  std::vector<Gateways> all;
  for (const NetworkId id : design.networks.ids()) {
    Gateways one{.network = id, .internet = false, .nat_tier = {}, .vpn = false, .egress_only = false};
    const auto& tiers = design.networks[id].tiers;
    const auto by_nat = [&](TierId tier) {
      return std::holds_alternative<model::NatWayOut>(design.tiers[tier].way_out);
    };
    const auto first_public = model::first_public_tier(design, id);
    one.internet = first_public.has_value();
    if (std::any_of(tiers.begin(), tiers.end(), by_nat)) one.nat_tier = first_public;
    one.egress_only = std::any_of(tiers.begin(), tiers.end(),
                                  [&](TierId tier) { return by_nat(tier) && design.tiers[tier].ipv6_block; });
    one.vpn = std::any_of(design.links.begin(), design.links.end(),
                          [&](const model::Link& link) { return link.network == id && ends_at_gateway(link); });
    all.push_back(one);
  }
  return all;
}

std::vector<Tunnel> plan_tunnels(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  std::vector<Tunnel> tunnels;
  for (const model::LinkId id : design.links.ids()) {
    const model::Link& link = design.links[id];
    if (!ends_at_gateway(link)) continue;
    const auto addresses = model::addresses_of(design, link.site);
    Tunnel tunnel{.link = id, .prefixes = joined(addresses), .internet = false};
    if (link.kind == model::LinkKind::Direct && design.networks[link.network].ipv6) {
      const auto ipv6 = joined(addresses, net::Family::V6);
      tunnel.prefixes.insert(tunnel.prefixes.end(), ipv6.begin(), ipv6.end());
    }
    tunnel.internet = std::any_of(design.tiers.begin(), design.tiers.end(), [&](const model::Tier& tier) {
      return tier.network == link.network && leaves_by(tier, link.site);
    });
    for (const Tunnel& other : tunnels) {
      const model::Link& first = design.links[other.link];
      if (!tunnel.internet || !other.internet || first.network != link.network) continue;
      auto& error =
          diagnostics.report(kTwoWaysOut, link.origin.span, model::to_string(design.sites[first.site].origin.path),
                             model::to_string(design.sites[link.site].origin.path));
      error.notes.push_back({first.origin.span, "the other link is here"});
      error.help =
          "send all Internet traffic of a network over one site, or give the other tiers a network of their own";
    }
    tunnels.push_back(std::move(tunnel));
  }
  return tunnels;
}

std::vector<TierRoutes> plan_routes(const model::Design& design, const std::vector<Gateways>& gateways,
                                    const std::vector<Tunnel>& tunnels) {
  std::vector<TierRoutes> all;
  for (const TierId tier : design.tiers.ids()) all.push_back(routes_of(design, tier, tunnels));
  for (const Gateways& one : gateways) {
    if (!one.nat_tier) continue;
    TierRoutes& of_nat = all[one.nat_tier->index()];
    for (const TierId tier : design.tiers.ids()) {
      const auto appliance = model::appliance_out_of(design, tier);
      if (!appliance || design.tiers[design.appliances[*appliance].tier].network != one.network) continue;
      const model::Tier& its = design.tiers[design.appliances[*appliance].tier];
      if (!std::holds_alternative<model::NatWayOut>(its.way_out)) continue;
      of_nat.handed_back.push_back(tier);
      // Which zone another network's packets came through their answers do not tell, but the NAT gateway's is the same.
      const bool across = design.tiers[tier].network != one.network;
      if (across && design.appliances[*appliance].count > 1 && design.networks[one.network].zones > 1) {
        of_nat.table_per_zone = true;
      }
    }
  }
  return all;
}

}  // namespace crenel::aws
