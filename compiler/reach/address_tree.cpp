#include "compiler/reach/address_tree.h"

#include <algorithm>
#include <cassert>

#include "compiler/reach/block_orders.h"

namespace crenel::reach {
namespace {

/// Never 0: a length is told apart from none by the bit above it.
std::uint64_t key_of(const net::Prefix& prefix) {
  return (std::uint64_t{64} | static_cast<std::uint64_t>(prefix.length)) << 32U |
         static_cast<std::uint64_t>(prefix.address.bits);
}

std::size_t hash_of(std::uint64_t key) {
  key ^= key >> 29U;
  key *= 0xBF58476D1CE4E5B9U;
  return static_cast<std::size_t>(key ^ (key >> 32U));
}

/// How many addresses, modulo 2^128.
net::U128 size_of(const net::Prefix& prefix) {
  const int bits = net::bits_of(prefix.address.family) - prefix.length;
  return bits >= 128 ? 0 : net::U128{1} << static_cast<unsigned>(bits);
}

}  // namespace

std::size_t AddressTree::cells() const { return nodes_.size(); }

CellRange AddressTree::range(const estate::Block& block) const {
  Cell cell = 0;
  if (const net::Prefix* known = known_prefix(block)) {
    cell = find(*known);
  } else {
    const auto found =
        std::find_if(symbolic_.begin(), symbolic_.end(), [&](const auto& one) { return one.first == block; });
    assert(found != symbolic_.end());
    cell = found->second;
  }
  return {.first = cell, .end = nodes_[cell].end};
}

net::Family AddressTree::family(Cell cell) const { return nodes_[cell].family; }

const estate::Block& AddressTree::block(Cell cell) const { return nodes_[cell].block; }

std::vector<estate::Block> AddressTree::holes(Cell cell) const {
  std::vector<estate::Block> out;
  for (Cell child = cell + 1; child < nodes_[cell].end; child = nodes_[child].end) out.push_back(nodes_[child].block);
  return out;
}

bool AddressTree::surely_empty(Cell cell) const {
  const net::Prefix* whole = known_prefix(nodes_[cell].block);
  if (whole == nullptr) return false;
  bool any = false;
  net::U128 filled = 0;
  for (Cell inner = cell + 1; inner < nodes_[cell].end;) {
    if (const net::Prefix* known = known_prefix(nodes_[inner].block)) {
      any = true;
      filled += size_of(*known);
      inner = nodes_[inner].end;
    } else {
      ++inner;  // known blocks inside one that is not known
    }
  }
  return any && filled == size_of(*whole);
}

void AddressTree::index_known() {
  std::size_t count = 16;
  while (count < nodes_.size() * 2) count *= 2;
  slots_.assign(count, {});
  for (Cell cell = 0; cell < nodes_.size(); ++cell) {
    const net::Prefix* known = known_prefix(nodes_[cell].block);
    if (known == nullptr) continue;
    if (known->address.family == net::Family::V6) {
      v6_.emplace_back(*known, cell);
      continue;
    }
    const std::uint64_t key = key_of(*known);
    std::size_t at = hash_of(key) & (count - 1);
    while (slots_[at].key != 0) at = (at + 1) & (count - 1);
    slots_[at] = {.key = key, .cell = cell};
  }
  std::sort(v6_.begin(), v6_.end());
}

Cell AddressTree::find(const net::Prefix& prefix) const {
  if (prefix.address.family == net::Family::V6) {
    const auto found = std::lower_bound(v6_.begin(), v6_.end(), std::pair<net::Prefix, Cell>(prefix, 0));
    assert(found != v6_.end() && found->first == prefix);
    return found->second;
  }
  const std::uint64_t key = key_of(prefix);
  std::size_t at = hash_of(key) & (slots_.size() - 1);
  while (slots_[at].key != key) {
    assert(slots_[at].key != 0);
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at].cell;
}

}  // namespace crenel::reach
