#include "backends/azure/addresses.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

/// What has no IPv6 on Azure would take from a flow the half that the design declares. So it is refused.
/// Sources, checked 2026-11-27: learn.microsoft.com, "What is IPv6 for Azure Virtual Network?", Limitations (gateways
/// of VPN; standard load balancers have a frontend, a rule and a pool for each family); "Application Gateway: IPv6
/// frontend" (no addresses of IPv6 behind it); "Azure NAT Gateway SKUs" (those of one zone translate IPv4 alone).
namespace crenel::azure {
namespace {

using model::Design;

class Check {
 public:
  Check(const Design& design, model::NetworkId network, diagnostics::Diagnostics& diagnostics)
      : design_(design), id_(network), network_(design.networks[network]), diagnostics_(diagnostics) {}

  void run() {
    if (!ipv6_space(design_, network_)) return several();
    for (const model::Link& link : design_.links) {
      if (link.network == id_) refuse_link(link);
    }
    for (const model::Balancer& balancer : design_.balancers) {
      if (is_here(balancer.tier)) refuse_balancer(balancer);
    }
    for (const model::Appliance& appliance : design_.appliances) {
      if (!is_here(appliance.tier)) continue;
      refuse(appliance.origin, "appliance", "the balancer before it takes what is routed to it in IPv4 alone",
             "put it in a network without IPv6");
    }
    for (const model::TierId tier : network_.tiers) check_way_out(design_.tiers[tier]);
  }

 private:
  [[nodiscard]] bool is_here(model::TierId tier) const { return design_.tiers[tier].network == id_; }

  void several() {
    auto& report = diagnostics_.report(kIpv6ForSeveral, design_.parameters[*network_.ipv6].origin.span, name());
    report.help = "compile it for Azure by itself, with `--provider azure`: then the block is the network's own";
  }

  void refuse_link(const model::Link& link) {
    const bool peering = link.kind == model::LinkKind::Peering;
    refuse(link.origin, peering ? "peering" : "link",
           peering ? "which addresses of it the other network has is not said" : "gateways carry IPv4 alone",
           "join a network without IPv6");
  }

  void refuse_balancer(const model::Balancer& balancer) {
    const bool application = balancer.layer == model::Layer::Application;
    refuse(balancer.origin, "balancer",
           application ? "an application gateway has IPv4 alone towards its targets"
                       : "the balancer that is made has a frontend of IPv4",
           "put it, and its targets, in a network without IPv6");
  }

  /// `internet` through NAT is declared in both families.
  void check_way_out(const model::Tier& tier) {
    if (!tier.ipv6_block) return;
    if (std::holds_alternative<model::NatWayOut>(tier.way_out)) {
      refuse(tier.origin, "NAT of tier", "the NAT gateway that is made has addresses of IPv4 alone",
             "give who goes out a public address in a public tier, or put the tier in a network without IPv6");
    } else if (std::holds_alternative<model::ApplianceId>(tier.way_out)) {
      refuse(tier.origin, "way by an appliance out of tier", "it is handed what is sent in IPv4 alone",
             "put the tier in a network without IPv6");
    }
  }

  void refuse(const model::Origin& origin, const std::string& kind, const std::string& why, const char* help) {
    auto& report =
        diagnostics_.report(kNoIpv6, origin.span, kind + " `" + model::to_string(origin.path) + "`", name(), why);
    report.notes.push_back({network_.origin.span, "the network has IPv6 by `ipv6 = true`"});
    report.help = help;
  }

  [[nodiscard]] std::string name() const { return model::to_string(network_.origin.path); }

  const Design& design_;
  model::NetworkId id_;
  const model::Network& network_;
  diagnostics::Diagnostics& diagnostics_;
};

void check_peering(const Design& design, const model::Peering& peering, diagnostics::Diagnostics& diagnostics) {
  const model::Network& first = design.networks[peering.first];
  const model::Network& second = design.networks[peering.second];
  if (!first.ipv6 || !second.ipv6) return;
  auto& report = diagnostics.report(
      kNoIpv6, peering.origin.span, "peering with `" + model::to_string(second.origin.path) + "`",
      model::to_string(first.origin.path), std::string("groups of another network are known by their tier in IPv4"));
  report.help = "take IPv6 from one of the two networks";
}

}  // namespace

void check_ipv6(const Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::NetworkId id : design.networks.ids()) {
    if (design.networks[id].ipv6) Check(design, id, diagnostics).run();
  }
  for (const model::Peering& peering : design.peerings) check_peering(design, peering, diagnostics);
}

}  // namespace crenel::azure
