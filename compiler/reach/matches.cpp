#include "compiler/reach/matches.h"

#include <algorithm>

namespace crenel::reach {
namespace {

using estate::Peers;

/// `ranges` without `hole`.
std::vector<SpotRange> without(const std::vector<SpotRange>& ranges, SpotRange hole) {
  std::vector<SpotRange> out;
  for (const SpotRange& range : ranges) {
    if (hole.end <= range.first || range.end <= hole.first || hole.first >= hole.end) {
      out.push_back(range);
      continue;
    }
    if (range.first < hole.first) out.push_back({.first = range.first, .end = hole.first});
    if (hole.end < range.end) out.push_back({.first = hole.end, .end = range.end});
  }
  return out;
}

void put(std::vector<SpotRange>& to, SpotRange range) {
  if (range.first < range.end) to.push_back(range);
}

}  // namespace

bool means_everybody(const Peers& peers) { return peers.anyone && peers.except.empty() && !peers.unknown; }

Sure means_platform(const Peers& peers) {
  if (peers.platform) return Sure::Yes;
  return peers.unknown ? Sure::Perhaps : Sure::No;
}

bool Matcher::holds(const std::vector<estate::Block>& blocks, Cell cell) const {
  return std::any_of(blocks.begin(), blocks.end(), [&](const estate::Block& block) {
    const CellRange range = tree_.range(block);
    return range.first <= cell && cell < range.end;
  });
}

Sure Matcher::matches(const Peers& peers, const End& end, std::optional<estate::TagId> also) const {
  const auto carries = [&](estate::TagId tag) {
    if (tag == also) return true;
    if (!end.interface) return false;
    const auto& tags = estate_.interfaces[*end.interface].tags;
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  };
  if (std::any_of(peers.tags.begin(), peers.tags.end(), carries)) return Sure::Yes;
  Sure out = peers.unknown ? Sure::Perhaps : Sure::No;
  if (!peers.except.empty() && holds(peers.except, end.cell)) return out;
  if (peers.anyone || holds(peers.blocks, end.cell)) return Sure::Yes;
  if (!peers.perhaps.empty() && holds(peers.perhaps, end.cell)) out = Sure::Perhaps;
  return out;
}

void Matcher::add(const std::vector<estate::Block>& blocks, std::vector<SpotRange>& to) const {
  for (const estate::Block& block : blocks) {
    const CellRange cells = tree_.range(block);
    put(to, ends_.inside(cells));
    put(to, ends_.outside(cells));
  }
}

void Matcher::spots(const Peers& peers, Spots& to) const {
  to.surely.clear();
  to.perhaps.clear();
  if (peers.anyone) {
    put(to.surely, {.first = 0, .end = ends_.spots()});
  } else {
    add(peers.blocks, to.surely);
  }
  add(peers.perhaps, to.perhaps);
  for (const estate::Block& block : peers.except) {
    const CellRange cells = tree_.range(block);
    for (const SpotRange hole : {ends_.inside(cells), ends_.outside(cells)}) {
      to.surely = without(to.surely, hole);
      to.perhaps = without(to.perhaps, hole);
    }
  }
  for (const auto tag : peers.tags) {
    const auto& carrying = ends_.carrying(tag);
    to.surely.insert(to.surely.end(), carrying.begin(), carrying.end());
  }
  if (peers.unknown) put(to.perhaps, {.first = 0, .end = ends_.spots()});
}

}  // namespace crenel::reach
