#include "compiler/model/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "compiler/base/text.h"

namespace crenel::model {
namespace {

bool is_inside(const Design& design, SiteId site, SiteId outer) {
  // A chain longer than the table would be a cycle, which no design has.
  std::optional<SiteId> at = site;
  for (std::size_t step = 0; at && step <= design.sites.size(); ++step) {
    if (*at == outer) return true;
    at = design.sites[*at].inside;
  }
  return false;
}

template <class Id, class T>
std::vector<Id> in_tier(const base::Table<Id, T>& table, TierId tier) {
  std::vector<Id> found;
  for (const Id id : table.ids()) {
    if (table[id].tier == tier) found.push_back(id);
  }
  return found;
}

}  // namespace

std::string to_string(const Path& path) { return base::join(path, "."); }

net::AddressSet widest(const Design& design, const Late<net::Prefix>& block) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block)) return {*prefix};
  const Parameter& parameter = design.parameters[std::get<ParameterId>(block)];
  if (parameter.within.empty()) return net::AddressSet::everything(net::Family::V4);
  return net::AddressSet(parameter.within);
}

net::Family family_of(const Design& design, const Late<net::Prefix>& block) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block)) return prefix->address.family;
  const auto& within = design.parameters[std::get<ParameterId>(block)].within;
  return within.empty() ? net::Family::V4 : within.front().address.family;
}

net::AddressSet widest(const Design& design, const Block& block) {
  if (const auto prefix = known(block)) return {*prefix};
  return widest(design, block.base);
}

net::AddressSet widest(const Design& design, SiteId site) {
  net::AddressSet all;
  for (const auto& block : addresses_of(design, site)) all = all.united(widest(design, block));
  return all;
}

std::optional<net::Prefix> known(const Late<net::Prefix>& block) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block)) return *prefix;
  return std::nullopt;
}

std::optional<net::Prefix> known(const Block& block) {
  const auto* base = std::get_if<net::Prefix>(&block.base);
  if (base == nullptr) return std::nullopt;
  if (!block.part) return *base;
  const Part& part = *block.part;
  if (part.length < base->length) return std::nullopt;
  const net::U128 parts = net::U128{1} << (part.length - base->length);
  if (part.index >= parts) return std::nullopt;
  return base->part(part.length, part.from_end ? parts - 1 - part.index : part.index);
}

std::string_view to_string(LinkKind kind) {
  if (kind == LinkKind::Peering) return "peering";
  return kind == LinkKind::Vpn ? "vpn" : "direct";
}

SiteId root_of(const Design& design, SiteId site) {
  for (std::size_t step = 0; design.sites[site].inside && step < design.sites.size(); ++step) {
    site = *design.sites[site].inside;
  }
  return site;
}

std::vector<Late<net::Prefix>> addresses_of(const Design& design, SiteId site) {
  std::vector<Late<net::Prefix>> all = design.sites[site].addresses;
  for (const SiteId other : design.sites.ids()) {
    if (other == site || !is_inside(design, other, site)) continue;
    const auto& more = design.sites[other].addresses;
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::optional<LinkId> link_between(const Design& design, NetworkId network, SiteId site) {
  // The innermost linked site wins: a host of a branch that has its own link goes over that one.
  std::optional<SiteId> at = site;
  for (std::size_t step = 0; at && step <= design.sites.size(); ++step) {
    for (const LinkId link : design.links.ids()) {
      if (design.links[link].network == network && design.links[link].site == *at) return link;
    }
    at = design.sites[*at].inside;
  }
  return std::nullopt;
}

std::vector<LateBlock> spaces_of(const Design& design, NetworkId network) {
  std::vector<LateBlock> out = {design.networks[network].space.base};
  if (const auto& ipv6 = design.networks[network].ipv6) out.emplace_back(*ipv6);
  return out;
}

std::vector<Block> blocks_of(const Design& design, TierId tier) {
  std::vector<Block> out = {design.tiers[tier].block};
  if (const auto& ipv6 = design.tiers[tier].ipv6_block) out.push_back(*ipv6);
  return out;
}

bool has_family(const Design& design, TierId tier, net::Family family) {
  return family == net::Family::V4 || design.tiers[tier].ipv6_block.has_value();
}

bool has_ipv6(const Design& design) {
  return std::any_of(design.networks.begin(), design.networks.end(),
                     [](const Network& network) { return network.ipv6.has_value(); });
}

std::vector<GroupId> groups_in(const Design& design, TierId tier) { return in_tier(design.groups, tier); }

std::vector<BalancerId> balancers_in(const Design& design, TierId tier) { return in_tier(design.balancers, tier); }

}  // namespace crenel::model
