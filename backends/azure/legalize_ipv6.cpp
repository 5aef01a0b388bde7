#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/ipv6_links.h"
#include "backends/azure/legalize.h"
#include "backends/azure/lower.h"
#include "compiler/model/appliances.h"

/// What has no IPv6 on Azure would take from a flow the half that the design declares. So it is refused.
/// Sources, checked 2026-11-27: learn.microsoft.com, "What is IPv6 for Azure Virtual Network?", Limitations (gateways
/// of VPN); "Add IPv6 support for private peering" (ExpressRoute, and what it does not do beside a gateway of VPN);
/// "Azure NAT Gateway SKUs" (those of one zone translate IPv4 alone).
namespace crenel::azure {
namespace {

using model::Design;

class Check {
 public:
  Check(const Design& design, model::NetworkId network, diagnostics::Diagnostics& diagnostics)
      : design_(design), id_(network), network_(design.networks[network]), diagnostics_(diagnostics) {}

  void run() {
    check_links();
    for (const model::TierId tier : network_.tiers) check_way_out(tier);
  }

 private:
  /// What a site has of IPv4 alone goes over its link in IPv4 alone, as it is declared.
  void check_links() {
    std::set<model::LinkId> refused;
    for (const OverLink& over : ipv6_over_links(design_, id_)) {
      if (refused.contains(over.link)) continue;
      const model::Link& link = design_.links[over.link];
      const bool vpn = link.kind == model::LinkKind::Vpn;
      if (!vpn && !has_links(design_, id_, model::LinkKind::Vpn)) continue;
      refused.insert(over.link);
      auto& report = refuse_at(over.span, "link", link.origin,
                               (vpn ? "gateways of VPN carry IPv4 alone, and "
                                    : "beside a gateway of VPN one of ExpressRoute carries IPv4 alone, and ") +
                                   over.what);
      report.notes.push_back({link.origin.span, "the link is declared here"});
      report.help = vpn ? "name the addresses of IPv4 alone, link to the place by `direct`, or put who is there in a "
                          "network without IPv6"
                        : "name the addresses of IPv4 alone, or link to the places of the VPN from another network";
    }
    check_gateway_block();
  }

  /// The gateways' /64 is the last one, which the last of very many tiers has too.
  void check_gateway_block() {
    const auto gateways = gateway_ipv6_block(design_, id_);
    for (const model::TierId tier : network_.tiers) {
      const auto block = ipv6_block(design_, design_.tiers[tier]);
      if (!gateways || !block || *block != *gateways) continue;
      refuse(design_.tiers[tier].origin, "tier", "the last /64 of the network is that of the gateways' subnet",
             "put some of the tiers in a network of their own");
    }
  }

  /// NAT is of IPv4 alone in the language, and `internet` is of both families.
  void check_way_out(model::TierId id) {
    const model::Tier& tier = design_.tiers[id];
    if (!tier.ipv6_block) return;
    if (std::holds_alternative<model::NatWayOut>(tier.way_out)) {
      const model::Flow* flow = ipv6_by_nat(design_, id);
      if (flow == nullptr) return;
      auto& report = refuse_at(
          design_.statements[flow->statement].span, "NAT of tier", tier.origin,
          "NAT translates IPv4 alone, and `" + model::name_of(design_, flow->to) + "` has addresses of both families");
      report.help =
          "name addresses of IPv4, give who goes out a public address in a public tier, or put the tier in a network "
          "without IPv6";
      return;
    }
    const auto appliance = model::appliance_out_of(design_, id);
    if (!appliance || model::has_family(design_, design_.appliances[*appliance].tier, net::Family::V6)) return;
    refuse(tier.origin, "way by an appliance out of tier",
           "`" + model::to_string(design_.appliances[*appliance].origin.path) + "` stands in a network without IPv6",
           "say `ipv6 = true` in its network, or put the tier in a network without IPv6");
  }

  void refuse(const model::Origin& origin, const std::string& kind, const std::string& why, const char* help) {
    refuse_at(origin.span, kind, origin, why).help = help;
  }

  diagnostics::Diagnostic& refuse_at(base::Span span, const std::string& kind, const model::Origin& origin,
                                     const std::string& why) {
    auto& report = diagnostics_.report(kNoIpv6, span, kind + " `" + model::to_string(origin.path) + "`", name(), why);
    report.notes.push_back({network_.origin.span, "the network has IPv6 by `ipv6 = true`"});
    return report;
  }

  [[nodiscard]] std::string name() const { return model::to_string(network_.origin.path); }

  const Design& design_;
  model::NetworkId id_;
  const model::Network& network_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace

void check_ipv6(const Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::NetworkId id : design.networks.ids()) {
    if (design.networks[id].ipv6) Check(design, id, diagnostics).run();
  }
}

}  // namespace crenel::azure
