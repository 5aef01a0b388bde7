#include "compiler/model/public_access.h"

#include <algorithm>
#include <string>

namespace crenel::model {
namespace {

bool says_so(const std::map<std::string, Setting>& settings) {
  const auto found = settings.find(std::string(kBlockPublicAccess));
  const auto* said = found == settings.end() ? nullptr : std::get_if<bool>(&found->second);
  return said != nullptr && *said;
}

class Uses {
 public:
  explicit Uses(const Design& design) : design_(design), uses_(design.tiers.size(), InternetUse::None) {}

  std::vector<InternetUse> run() {
    for (const Flow& flow : design_.flows) {
      const auto from = tier_of(design_, flow.from);
      const auto to = tier_of(design_, flow.to);
      if (from && is_outside(flow.to, *from)) leave(*from);
      if (to && is_outside(flow.from, *to) && is_direct(*to)) need(*to, InternetUse::Both);
    }
    return std::move(uses_);
  }

 private:
  /// It is met over the Internet: no link leads from the tier's network to it.
  [[nodiscard]] bool is_outside(const Endpoint& end, TierId tier) const {
    if (const auto* site = std::get_if<SiteId>(&end)) return !link_between(design_, design_.tiers[tier].network, *site);
    return std::holds_alternative<Internet>(end) || std::holds_alternative<Blocks>(end);
  }

  [[nodiscard]] bool is_direct(TierId tier) const {
    return std::holds_alternative<DirectWayOut>(design_.tiers[tier].way_out);
  }

  void need(TierId tier, InternetUse use) { uses_[tier.index()] = std::max(uses_[tier.index()], use); }

  void leave(TierId id) {
    const Tier& tier = design_.tiers[id];
    if (is_direct(id)) need(id, InternetUse::Both);
    if (const auto* appliance = std::get_if<ApplianceId>(&tier.way_out)) leave(design_.appliances[*appliance].tier);
    if (!std::holds_alternative<NatWayOut>(tier.way_out)) return;
    need(id, InternetUse::Outward);
    const auto& tiers = design_.networks[tier.network].tiers;
    const auto first = std::find_if(tiers.begin(), tiers.end(),
                                    [&](TierId one) { return design_.tiers[one].kind == TierKind::Public; });
    if (first != tiers.end()) need(*first, InternetUse::Both);
  }

  const Design& design_;
  std::vector<InternetUse> uses_;
};

}  // namespace

bool blocks_public_access(const Guard& guard, std::string_view provider) {
  const auto found = guard.settings.find(std::string(provider));
  return found != guard.settings.end() && says_so(found->second);
}

bool blocks_public_access(const Guard& guard) {
  return std::any_of(guard.settings.begin(), guard.settings.end(),
                     [](const auto& each) { return says_so(each.second); });
}

std::vector<InternetUse> internet_use(const Design& design) { return Uses(design).run(); }

}  // namespace crenel::model
