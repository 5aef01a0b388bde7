#include "compiler/reach/set_pool.h"

#include <algorithm>
#include <utility>

namespace crenel::reach {
namespace {

std::uint64_t hash_of(const AtomRanges& ranges) {
  std::uint64_t hash = ranges.size();
  for (const AtomRange& range : ranges) {
    hash = FlatMap::hash(hash ^ (std::uint64_t{range.first} << 32U | range.end));
  }
  return hash;
}

AtomRanges united(const AtomRanges& a, const AtomRanges& b) {
  AtomRanges out;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() || right != b.end()) {
    const bool take_left = right == b.end() || (left != a.end() && left->first <= right->first);
    add(out, take_left ? *left++ : *right++);
  }
  return out;
}

AtomRanges intersected(const AtomRanges& a, const AtomRanges& b) {
  AtomRanges out;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    add(out, {.first = std::max(left->first, right->first), .end = std::min(left->end, right->end)});
    if (left->end < right->end) {
      ++left;
    } else {
      ++right;
    }
  }
  return out;
}

AtomRanges subtracted(const AtomRanges& a, const AtomRanges& b) {
  AtomRanges out;
  auto hole = b.begin();
  for (const AtomRange& range : a) {
    PacketAtom at = range.first;
    while (hole != b.end() && hole->end <= at) ++hole;
    for (auto next = hole; next != b.end() && next->first < range.end; ++next) {
      add(out, {.first = at, .end = next->first});
      at = std::max(at, next->end);
    }
    add(out, {.first = at, .end = range.end});
  }
  return out;
}

/// A number for a kind without a source port; others are rare enough to be worked out each time.
std::uint64_t key_of(const estate::Kind& kind) {
  const std::uint64_t protocol = kind.protocol ? *kind.protocol : 256U;
  return protocol << 32U | std::uint64_t{kind.ports.first} << 16U | kind.ports.last;
}

}  // namespace

SetPool::SetPool(const Packets& packets) : packets_(packets), by_hash_(64) {
  sets_.emplace_back();
  sets_.push_back({{.first = 0, .end = static_cast<PacketAtom>(packets.size())}});
  by_hash_[hash_of(sets_[kAll]) & (by_hash_.size() - 1)] = kAll;
}

SetId SetPool::intern(const AtomRanges& ranges) {
  if (ranges.empty()) return kNone;
  if (sets_.size() * 2 > by_hash_.size()) {
    by_hash_.assign(by_hash_.size() * 2, 0);
    for (SetId id = kAll; id < sets_.size(); ++id) {
      std::size_t at = hash_of(sets_[id]) & (by_hash_.size() - 1);
      while (by_hash_[at] != 0) at = (at + 1) & (by_hash_.size() - 1);
      by_hash_[at] = id;
    }
  }
  std::size_t at = hash_of(ranges) & (by_hash_.size() - 1);
  while (by_hash_[at] != 0 && sets_[by_hash_[at]] != ranges) at = (at + 1) & (by_hash_.size() - 1);
  if (by_hash_[at] == 0) {
    by_hash_[at] = static_cast<SetId>(sets_.size());
    sets_.push_back(ranges);
  }
  return by_hash_[at];
}

template <class Operation>
SetId SetPool::remembered(FlatMap& memo, SetId a, SetId b, Operation operation) {
  bool fresh = false;
  SetId& known = memo.at(std::uint64_t{a} << 32U | b, fresh);
  if (fresh) known = intern(operation(sets_[a], sets_[b]));
  return known;
}

SetId SetPool::unite(SetId a, SetId b) {
  if (a == b || b == kNone || a == kAll) return a;
  if (a == kNone || b == kAll) return b;
  return remembered(unions_, std::min(a, b), std::max(a, b), united);
}

SetId SetPool::intersect(SetId a, SetId b) {
  if (a == b || b == kAll || a == kNone) return a;
  if (a == kAll || b == kNone) return b;
  return remembered(intersections_, std::min(a, b), std::max(a, b), intersected);
}

SetId SetPool::subtract(SetId a, SetId b) {
  if (a == b || a == kNone || b == kAll) return kNone;
  if (b == kNone) return a;
  return remembered(differences_, a, b, subtracted);
}

Between SetPool::matched(const estate::Kind& kind) {
  if (kind.source_ports != net::Interval{.first = 0, .last = 65535}) {
    return {intern(packets_.surely_match(kind)), intern(packets_.may_match(kind))};
  }
  bool fresh = false;
  std::uint32_t& place = matched_.at(key_of(kind), fresh);
  if (fresh) {
    place = static_cast<std::uint32_t>(matched_values_.size());
    matched_values_.push_back({intern(packets_.surely_match(kind)), intern(packets_.may_match(kind))});
  }
  return matched_values_[place];
}

Between SetPool::matched(const std::vector<estate::Kind>& kinds) {
  Between out = kNoPacket;
  for (const estate::Kind& kind : kinds) out = unite(out, matched(kind));
  return out;
}

Between SetPool::answered(Between passing) {
  bool fresh = false;
  SetId& surely = answered_.at(passing.surely, fresh);
  if (fresh) surely = intern(packets_.answered_by(sets_[passing.surely]));
  SetId& perhaps = perhaps_answered_.at(passing.perhaps, fresh);
  if (fresh) perhaps = intern(packets_.perhaps_answered_by(sets_[passing.perhaps]));
  return {surely, perhaps};
}

}  // namespace crenel::reach
