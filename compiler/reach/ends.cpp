#include "compiler/reach/ends.h"

#include <algorithm>
#include <numeric>

namespace crenel::reach {
namespace {

using estate::Block;
using estate::Estate;

bool within(CellRange inner, CellRange outer) { return outer.first <= inner.first && inner.end <= outer.end; }

/// Where an interface is in a subnet: at the addresses that the template gives it there, else anywhere.
std::vector<Block> blocks_in(const AddressTree& tree, const estate::Interface& interface,
                             const estate::Subnet& subnet) {
  std::vector<Block> out;
  for (const Block& address : interface.addresses) {
    const bool here = std::any_of(subnet.blocks.begin(), subnet.blocks.end(),
                                  [&](const Block& block) { return within(tree.range(address), tree.range(block)); });
    if (here) out.push_back(address);
  }
  return out;
}

bool is_party(const estate::Interface& interface) {
  return interface.role != estate::Role::Nat && interface.role != estate::Role::Passive && interface.most != 0;
}

std::vector<Block> private_space() {
  std::vector<Block> out;
  for (const net::Prefix& prefix : net::private_blocks()) out.push_back({.base = prefix, .part = std::nullopt});
  return out;
}

void add(std::vector<SpotRange>& to, Spot spot) {
  if (!to.empty() && to.back().end == spot) {
    ++to.back().end;
  } else {
    to.push_back({.first = spot, .end = spot + 1});
  }
}

}  // namespace

Ends::Ends(const Estate& estate, const AddressTree& tree) : cells_(static_cast<Cell>(tree.cells())) {
  empty_.reserve(cells_);
  for (Cell cell = 0; cell < cells_; ++cell) empty_.push_back(tree.surely_empty(cell));
  of_interface_.reserve(estate.interfaces.size());
  for (const auto id : estate.interfaces.ids()) add_interface(estate, tree, id);
  for (const auto id : estate.doors.ids()) add_door(estate, tree, id);
  order(estate);
}

Ends::Cells Ends::cells_in(const AddressTree& tree, const std::vector<Block>& blocks) const {
  std::vector<CellRange> ranges;
  ranges.reserve(blocks.size());
  for (const Block& block : blocks) ranges.push_back(tree.range(block));
  std::sort(ranges.begin(), ranges.end(), [](CellRange a, CellRange b) { return a.first < b.first; });
  Cells out;
  Cell next = 0;
  for (const CellRange& range : ranges) {
    for (Cell cell = std::max(range.first, next); cell < range.end; ++cell) {
      if (!empty_[cell]) out.push_back(cell);
    }
    next = std::max(next, range.end);
  }
  return out;
}

void Ends::add_interface(const Estate& estate, const AddressTree& tree, estate::InterfaceId id) {
  const estate::Interface& interface = estate.interfaces[id];
  const EndId first(table_.size());
  if (is_party(interface)) {
    const auto add_all = [&](bool given) {
      for (const auto subnet : interface.subnets) {
        const std::vector<Block> addresses = blocks_in(tree, interface, estate.subnets[subnet]);
        for (const Cell cell : cells_in(tree, given ? addresses : estate.subnets[subnet].blocks)) {
          if (interface.ipv4_alone && tree.family(cell) == net::Family::V6) continue;
          table_.add({.interface = id, .subnet = subnet, .door = std::nullopt, .cell = cell});
        }
      }
    };
    add_all(!interface.addresses.empty());
    // An address that lies in none of its subnets says nothing about where it is.
    if (table_.size() == first.index()) add_all(false);
    // An address outside every subnet, of each family of which it has one.
    for (const net::Family family : {net::Family::V4, net::Family::V6}) {
      const bool ipv6 = family == net::Family::V6;
      if (!interface.subnets.empty() || (ipv6 && interface.public_address_v6 == estate::PublicAddress::No)) continue;
      const Block everything = {.base = net::whole(family), .part = std::nullopt};
      table_.add({.interface = id, .subnet = std::nullopt, .door = std::nullopt, .cell = tree.range(everything).first});
    }
  }
  of_interface_.push_back({.first = first, .count = table_.size() - first.index()});
}

void Ends::add_door(const Estate& estate, const AddressTree& tree, estate::DoorId id) {
  const estate::Door& door = estate.doors[id];
  const auto* link = std::get_if<estate::LinkDoor>(&door.kind);
  std::vector<bool> taken = empty_;
  const auto leave_out = [&](const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      const CellRange range = tree.range(block);
      std::fill(taken.begin() + range.first, taken.begin() + range.end, true);
    }
  };
  leave_out(estate.networks[door.network].spaces);
  if (link == nullptr) leave_out(private_space());
  const EndId first(table_.size());
  const auto add = [&](Cell cell) {
    if (!taken[cell]) table_.add({.interface = std::nullopt, .subnet = std::nullopt, .door = id, .cell = cell});
  };
  if (link == nullptr || link->learns) {
    for (Cell cell = 0; cell < cells_; ++cell) add(cell);
  } else {
    for (const Cell cell : cells_in(tree, link->prefixes)) add(cell);
  }
  behind_door_.push_back({.first = first, .count = table_.size() - first.index()});
}

void Ends::order(const Estate& estate) {
  for (const auto id : table_.ids()) {
    if (table_[id].interface) by_spot_.push_back(id);
  }
  std::stable_sort(by_spot_.begin(), by_spot_.end(), [&](EndId a, EndId b) { return table_[a].cell < table_[b].cell; });
  spots_.resize(table_.size());
  spots_before_.assign(std::size_t{cells_} + 1, 0);
  by_tag_.resize(estate.tags.size());
  for (Spot spot = 0; spot < by_spot_.size(); ++spot) {
    const End& end = table_[by_spot_[spot]];
    spots_[by_spot_[spot].index()] = spot;
    ++spots_before_[end.cell + 1];
    for (const auto tag : estate.interfaces[*end.interface].tags) add(by_tag_[tag.index()], spot);
  }
  std::partial_sum(spots_before_.begin(), spots_before_.end(), spots_before_.begin());
  for (const auto id : table_.ids()) {
    if (table_[id].door) spots_[id.index()] = inside() + table_[id].cell;
  }
}

}  // namespace crenel::reach
