#include "compiler/sema/flow_far_end.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/net/address_set.h"
#include "compiler/sema/overlap_bounds.h"

namespace crenel::sema {
namespace {

using model::Design;
using model::SiteId;

bool is_ipv4(const model::LateBlock& block) {
  const auto* prefix = std::get_if<net::Prefix>(&block);
  return prefix == nullptr || prefix->address.family == net::Family::V4;
}

/// Whether somebody of the network, with IPv6 or without, can meet the addresses.
bool is_met(const model::LateBlock& block, bool ipv6) { return ipv6 || is_ipv4(block); }

class Locator {
 public:
  Locator(const Design& design, model::NetworkId network, bool ipv6)
      : design_(design), network_(network), ipv6_(ipv6) {}

  std::variant<FarEnd, Obstacle> site(SiteId id) {
    const auto addresses = model::addresses_of(design_, id);
    if (addresses.empty()) return Obstacle{.kind = ObstacleKind::SiteWithoutAddresses, .site = id};
    if (meets_none(addresses)) return no_ipv4(id);
    if (const auto link = model::link_between(design_, network_, id)) {
      found_.by_link = {design_.links[*link].site};
      return found_;
    }
    for (const model::LateBlock& block : addresses) {
      if (!is_met(block, ipv6_)) continue;
      if (auto obstacle = over_internet(block, id)) return *obstacle;
    }
    return found_;
  }

  std::variant<FarEnd, Obstacle> blocks(const model::Blocks& blocks) {
    if (meets_none(blocks.blocks)) return no_ipv4(blocks);
    for (const model::LateBlock& block : blocks.blocks) {
      if (!is_met(block, ipv6_)) continue;
      if (auto obstacle = inside_a_network(block)) return *obstacle;
      for (const model::LateBlock& rest : not_linked(block)) {
        if (auto obstacle = over_internet(rest, {})) return *obstacle;
      }
    }
    return found_;
  }

 private:
  static Obstacle no_ipv4(const model::Endpoint& end) { return {.kind = ObstacleKind::NoIpv4, .member = end}; }

  [[nodiscard]] bool meets_none(const std::vector<model::LateBlock>& blocks) const {
    return std::none_of(blocks.begin(), blocks.end(), [this](const auto& block) { return is_met(block, ipv6_); });
  }

  [[nodiscard]] std::optional<Obstacle> inside_a_network(const model::LateBlock& block) const {
    for (const auto id : design_.networks.ids()) {
      const auto spaces = model::spaces_of(design_, id);
      const bool inside = std::any_of(spaces.begin(), spaces.end(), [&](const model::LateBlock& space) {
        return overlap(design_, space, block) == Overlap::Always;
      });
      if (!inside) continue;
      return Obstacle{.kind = ObstacleKind::InsideNetwork, .network = id};
    }
    return std::nullopt;
  }

  /// What of a block lies in no linked site; the sites that hold the rest are noted.
  std::vector<model::LateBlock> not_linked(const model::LateBlock& block) {
    const auto prefix = model::known(block);
    net::AddressSet rest = prefix ? net::AddressSet(*prefix) : net::AddressSet();
    bool gone = false;
    for (const model::Link& link : design_.links) {
      if (link.network != network_) continue;
      for (const model::LateBlock& there : model::addresses_of(design_, link.site)) {
        const auto known_there = model::known(there);
        const bool same = there == block;
        const bool holds =
            same || (known_there && net::AddressSet(*known_there).contains(model::widest(design_, block)));
        gone = gone || holds;
        // What of the block a site has may be known only at deployment: then both ways are taken, each for its part.
        const bool some =
            prefix && known_there ? rest.overlaps(*known_there) : overlap(design_, there, block) != Overlap::Never;
        if (holds || some) note(link.site);
        if (prefix && known_there) rest = rest.without(*known_there);
      }
    }
    if (gone) return {};
    if (!prefix) return {block};
    const auto left = rest.prefixes();
    return {left.begin(), left.end()};
  }

  void note(SiteId site) {
    if (std::find(found_.by_link.begin(), found_.by_link.end(), site) == found_.by_link.end()) {
      found_.by_link.push_back(site);
    }
  }

  /// Only public addresses are reached over the Internet.
  std::optional<Obstacle> over_internet(const model::LateBlock& block, std::optional<SiteId> site) {
    const net::AddressSet private_space(net::private_blocks());
    const auto reach = model::widest(design_, block);
    const bool certain = model::known(block).has_value() || private_space.contains(reach);
    if (certain && reach.overlaps(private_space)) {
      return Obstacle{.kind = ObstacleKind::NotLinked, .network = network_, .site = site, .text = text(block)};
    }
    found_.over_internet = true;
    if (reach.overlaps(private_space)) {
      found_.assumptions.push_back(fmt::format("{} holds public addresses only.", text(block)));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string text(const model::LateBlock& block) const {
    if (const auto prefix = model::known(block)) return net::to_string(*prefix);
    return fmt::format("`{}`", model::to_string(design_.parameters[std::get<model::ParameterId>(block)].origin.path));
  }

  const Design& design_;
  model::NetworkId network_;
  bool ipv6_;
  FarEnd found_;
};

}  // namespace

std::variant<FarEnd, Obstacle> locate(const Design& design, model::NetworkId network, bool ipv6,
                                      const model::Endpoint& end) {
  Locator locator(design, network, ipv6);
  if (const auto* site = std::get_if<SiteId>(&end)) return locator.site(*site);
  if (const auto* blocks = std::get_if<model::Blocks>(&end)) return locator.blocks(*blocks);
  return FarEnd{.by_link = {}, .over_internet = true, .assumptions = {}};
}

}  // namespace crenel::sema
