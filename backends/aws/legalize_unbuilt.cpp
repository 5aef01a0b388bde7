#include <algorithm>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

namespace crenel::aws {
namespace {

using model::NetworkId;

void refuse(const model::Origin& origin, const model::Network& network, const std::string& construct,
            diagnostics::Diagnostics& diagnostics) {
  auto& error = diagnostics.report(kUnbuilt, origin.span, construct);
  error.notes.push_back({network.origin.span, "the network has IPv6 by `ipv6 = true`"});
  error.help = "put it in a network without IPv6";
}

/// What stands in, or leads from, a network with IPv6 and has no addresses of that family here.
void check_ipv6(const model::Design& design, NetworkId id, const std::vector<model::BalancerId>& public_balancers,
                diagnostics::Diagnostics& diagnostics) {
  const model::Network& network = design.networks[id];
  const auto is_here = [&](model::TierId tier) { return design.tiers[tier].network == id; };
  for (const model::Link& link : design.links) {
    if (link.network == id) refuse(link.origin, network, "link of a network with IPv6", diagnostics);
  }
  for (const model::Appliance& appliance : design.appliances) {
    if (is_here(appliance.tier)) refuse(appliance.origin, network, "appliance with IPv6", diagnostics);
  }
  for (const model::BalancerId balancer : design.balancers.ids()) {
    const model::Balancer& one = design.balancers[balancer];
    if (!is_here(one.tier)) continue;
    if (one.layer == model::Layer::Network) {
      refuse(one.origin, network, "network balancer with IPv6", diagnostics);
    } else if (std::find(public_balancers.begin(), public_balancers.end(), balancer) == public_balancers.end()) {
      refuse(one.origin, network, "internal balancer with IPv6", diagnostics);
    }
  }
}

/// Who hands packets to an appliance of another network does so with those of IPv4 alone.
void check_handed_on(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Tier& tier : design.tiers) {
    if (!tier.ipv6_block || !std::holds_alternative<model::ApplianceId>(tier.way_out)) continue;
    refuse(tier.origin, design.networks[tier.network], "IPv6 by way of an appliance", diagnostics);
  }
}

}  // namespace

void check_built(const model::Design& design, const std::vector<model::BalancerId>& public_balancers,
                 diagnostics::Diagnostics& diagnostics) {
  for (const NetworkId id : design.networks.ids()) {
    if (design.networks[id].ipv6) check_ipv6(design, id, public_balancers, diagnostics);
  }
  for (const model::Peering& peering : design.peerings) {
    const model::Network& first = design.networks[peering.first];
    if (!first.ipv6 || !design.networks[peering.second].ipv6) continue;
    refuse(peering.origin, first, "peering of two networks with IPv6", diagnostics);
  }
  check_handed_on(design, diagnostics);
}

}  // namespace crenel::aws
