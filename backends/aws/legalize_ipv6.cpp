#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

/// What has no IPv6 on AWS would take from a flow the half that the design declares. So it is refused, where a flow
/// needs that half.
/// Sources, checked 2026-11-27, under docs.aws.amazon.com: vpn/latest/s2svpn/how_it_works.html ("A virtual private
/// gateway doesn't support IPv6"); directconnect/latest/UserGuide/add-peer-to-vif.html (a line has a session for each
/// family); vpc/latest/userguide/gateway-route-tables.html (no table is associated with an egress-only gateway).
namespace crenel::aws {
namespace {

using model::Design;
using model::Flow;
using model::SiteId;

bool has_ipv6(const Design& design, const std::vector<model::Late<net::Prefix>>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const auto& block) { return model::family_of(design, block) == net::Family::V6; });
}

/// Some block of IPv6 of the one list meets one of the other.
bool meet_in_ipv6(const std::vector<model::Late<net::Prefix>>& some,
                  const std::vector<model::Late<net::Prefix>>& more) {
  const auto of_ipv6 = [](const std::vector<model::Late<net::Prefix>>& blocks) {
    net::AddressSet set;
    for (const auto& block : blocks) {
      if (const auto prefix = model::known(block)) set = set.united(*prefix);
    }
    return set.only(net::Family::V6);
  };
  return of_ipv6(some).overlaps(of_ipv6(more));
}

constexpr const char* kVpn = "a VPN gateway carries IPv4 alone";

class Check {
 public:
  Check(const Design& design, diagnostics::Diagnostics& diagnostics) : design_(design), diagnostics_(diagnostics) {}

  void run() {
    for (const Flow& flow : design_.flows) {
      const auto from = model::tier_of(design_, flow.from);
      const auto to = model::tier_of(design_, flow.to);
      if (from && to) continue;
      if (from) check(flow, *from, flow.to, true);
      if (to) check(flow, *to, flow.from, false);
    }
  }

 private:
  void check(const Flow& flow, model::TierId tier, const model::Endpoint& far, bool outbound) {
    if (!design_.tiers[tier].ipv6_block || !may_be_ipv6(flow.traffic)) return;
    if (const auto appliance = handed_to(flow); appliance && is_outside_in_ipv6(far)) {
      refuse(flow, tier, design_.appliances[*appliance].origin.span,
             "IPv6 is not translated, and its answers come to the sender past the appliance",
             "say `via nat`, or put the tier in a network without IPv6");
    }
    for (const model::Link& link : design_.links) {
      if (link.network != design_.tiers[tier].network || link.kind != model::LinkKind::Vpn) continue;
      if (leads_there(link, far)) {
        refuse(flow, tier, link.origin.span, kVpn,
               "say `by direct`, name addresses of IPv4 alone, or put the tier in a network without IPv6");
      } else if (outbound && goes_by(flow, link) && is_outside_in_ipv6(far)) {
        refuse(flow, tier, link.origin.span, kVpn,
               "say `via nat`, link the site `by direct`, or put the tier in a network without IPv6");
      }
    }
  }

  static bool may_be_ipv6(const net::Traffic& traffic) {
    const auto kinds = kinds_of(traffic);
    return std::any_of(kinds.begin(), kinds.end(), [](const PacketKind& kind) { return kind.is_of(net::Family::V6); });
  }

  /// Addresses of IPv6 that lie at the far end of the link.
  [[nodiscard]] bool leads_there(const model::Link& link, const model::Endpoint& far) const {
    const auto there = model::addresses_of(design_, link.site);
    if (const auto* site = std::get_if<SiteId>(&far)) {
      return model::root_of(design_, *site) == model::root_of(design_, link.site) &&
             has_ipv6(design_, model::addresses_of(design_, *site));
    }
    const auto* blocks = std::get_if<model::Blocks>(&far);
    return blocks != nullptr && meet_in_ipv6(blocks->blocks, there);
  }

  [[nodiscard]] bool goes_by(const Flow& flow, const model::Link& link) const {
    return std::any_of(flow.via.begin(), flow.via.end(), [&](const model::Hop& hop) {
      const auto* site = std::get_if<SiteId>(&hop);
      return site != nullptr && model::root_of(design_, *site) == model::root_of(design_, link.site);
    });
  }

  [[nodiscard]] bool is_outside_in_ipv6(const model::Endpoint& far) const {
    if (std::holds_alternative<model::Internet>(far)) return true;
    const auto* blocks = std::get_if<model::Blocks>(&far);
    return blocks != nullptr && has_ipv6(design_, blocks->blocks);
  }

  static std::optional<model::ApplianceId> handed_to(const Flow& flow) {
    for (const model::Hop& hop : flow.via) {
      if (const auto* appliance = std::get_if<model::ApplianceId>(&hop)) return *appliance;
    }
    return std::nullopt;
  }

  void refuse(const Flow& flow, model::TierId tier, const base::Span& by, const char* why, const char* help) {
    if (!told_.insert(flow.statement.index()).second) return;
    const model::FlowStatement& statement = design_.statements[flow.statement];
    auto& error = diagnostics_.report(kNoIpv6, statement.span, statement.text, std::string(why));
    error.notes.push_back({by, "it goes by this"});
    const model::Network& network = design_.networks[design_.tiers[tier].network];
    error.notes.push_back({network.origin.span, "the network has IPv6 by `ipv6 = true`"});
    error.help = help;
  }

  const Design& design_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<std::size_t> told_;  ///< statements: one finding for each
};

}  // namespace

bool parts_families(const Design& design, const model::Balancer& balancer) {
  return balancer.layer == model::Layer::Network && design.tiers[balancer.tier].ipv6_block.has_value();
}

void check_ipv6(const Design& design, diagnostics::Diagnostics& diagnostics) { Check(design, diagnostics).run(); }

}  // namespace crenel::aws
