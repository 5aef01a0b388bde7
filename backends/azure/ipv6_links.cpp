#include "backends/azure/ipv6_links.h"

#include <algorithm>
#include <variant>

#include "backends/azure/addresses.h"

namespace crenel::azure {
namespace {

using model::Design;
using model::Endpoint;
using model::Flow;
using model::LinkId;
using model::LinkKind;
using model::NetworkId;
using model::SiteId;

/// The blocks of IPv6. Every parameter gives IPv4.
std::vector<net::Prefix> of_ipv6(const std::vector<model::LateBlock>& blocks) {
  std::vector<net::Prefix> out;
  for (const model::LateBlock& block : blocks) {
    const auto* prefix = std::get_if<net::Prefix>(&block);
    if (prefix != nullptr && prefix->address.family == net::Family::V6) out.push_back(*prefix);
  }
  return out;
}

class Finder {
 public:
  Finder(const Design& design, NetworkId network) : design_(design), network_(network) {}

  std::vector<OverLink> find() {
    for (const Flow& flow : design_.flows) {
      if (has_ipv6(flow.from)) look(flow, flow.to, true);
      if (has_ipv6(flow.to)) look(flow, flow.from, false);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool has_ipv6(const Endpoint& near) const {
    const auto tier = model::tier_of(design_, near);
    return tier && design_.tiers[*tier].network == network_ && model::has_family(design_, *tier, net::Family::V6);
  }

  void look(const Flow& flow, const Endpoint& far, bool outbound) {
    if (const auto* site = std::get_if<SiteId>(&far)) {
      const auto there = of_ipv6(model::addresses_of(design_, *site));
      if (!there.empty()) add(flow, *site, said(*site, there.front()));
    }
    const auto* blocks = std::get_if<model::Blocks>(&far);
    const auto named = blocks == nullptr ? std::vector<net::Prefix>() : of_ipv6(blocks->blocks);
    for (const model::Link& link : design_.links) {
      if (link.network == network_) look_in(flow, link.site, named);
    }
    if (!outbound || (named.empty() && !std::holds_alternative<model::Internet>(far))) return;
    for (const model::Hop& hop : flow.via) {
      const auto* site = std::get_if<SiteId>(&hop);
      if (site != nullptr) add(flow, *site, "`" + model::name_of(design_, far) + "` has both families");
    }
  }

  void look_in(const Flow& flow, SiteId site, const std::vector<net::Prefix>& named) {
    for (const net::Prefix& there : of_ipv6(model::addresses_of(design_, site))) {
      const auto meets = [&](const net::Prefix& each) { return each.overlaps(there); };
      if (std::any_of(named.begin(), named.end(), meets)) return add(flow, site, said(site, there));
    }
  }

  void add(const Flow& flow, SiteId site, std::string what) {
    const auto link = model::link_between(design_, network_, site);
    if (!link || design_.links[*link].kind == LinkKind::Peering) return;
    found_.push_back({.link = *link, .span = design_.statements[flow.statement].span, .what = std::move(what)});
  }

  [[nodiscard]] std::string said(SiteId site, const net::Prefix& block) const {
    return "`" + model::to_string(design_.sites[site].origin.path) + "` has " + net::to_string(block);
  }

  const Design& design_;
  NetworkId network_;
  std::vector<OverLink> found_;
};

}  // namespace

std::vector<OverLink> ipv6_over_links(const Design& design, NetworkId network) {
  return Finder(design, network).find();
}

namespace {

/// Whether what the flow sends to NAT leaves the tier for it: from who opens it, or from the appliance before it.
bool passes(const Design& design, const Flow& flow, model::TierId tier) {
  std::optional<model::TierId> last = model::tier_of(design, flow.from);
  const bool ipv6 = last && model::has_family(design, *last, net::Family::V6);
  for (const model::Hop& hop : flow.via) {
    if (const auto* appliance = std::get_if<model::ApplianceId>(&hop)) last = design.appliances[*appliance].tier;
  }
  return ipv6 && last == std::optional(tier);
}

}  // namespace

const Flow* ipv6_by_nat(const Design& design, model::TierId tier) {
  for (const Flow& flow : design.flows) {
    const bool by_nat = std::any_of(flow.via.begin(), flow.via.end(),
                                    [](const model::Hop& hop) { return std::holds_alternative<model::ViaNat>(hop); });
    if (!by_nat || !passes(design, flow, tier)) continue;
    const auto* blocks = std::get_if<model::Blocks>(&flow.to);
    const auto* site = std::get_if<SiteId>(&flow.to);
    const bool both = std::holds_alternative<model::Internet>(flow.to) ||
                      (blocks != nullptr && !of_ipv6(blocks->blocks).empty()) ||
                      (site != nullptr && !of_ipv6(model::addresses_of(design, *site)).empty());
    if (both) return &flow;
  }
  return nullptr;
}

std::optional<net::Prefix> gateway_ipv6_block(const Design& design, NetworkId network) {
  const auto space = ipv6_space(design, design.networks[network]);
  const auto over = ipv6_over_links(design, network);
  const bool direct = std::any_of(
      over.begin(), over.end(), [&](const OverLink& each) { return design.links[each.link].kind == LinkKind::Direct; });
  if (!space || !direct) return std::nullopt;
  constexpr int kLength = 64;
  return space->part(kLength, (std::uint32_t{1} << (kLength - space->length)) - 1);
}

}  // namespace crenel::azure
