#include "compiler/reach/row_collector.h"

#include <algorithm>

namespace crenel::reach {
namespace {

std::uint64_t hash_of(std::size_t admitted, const std::vector<EndRange>& far, bool outward) {
  std::uint64_t hash = FlatMap::hash(admitted * 2 + (outward ? 1 : 0));
  for (const EndRange& range : far) {
    hash = FlatMap::hash(hash ^ (std::uint64_t{range.first.index()} << 32U | range.count));
  }
  return hash;
}

void append(std::vector<EndRange>& to, EndRange range) {
  if (!to.empty() && to.back().first.index() + to.back().count == range.first.index()) {
    to.back().count += range.count;
  } else {
    to.push_back(range);
  }
}

}  // namespace

void RowCollector::Fan::add(Between admitted, EndRange ends) {
  if (admitted == kNoPacket || ends.count == 0) return;
  if (!parts_.empty()) {
    Part& last = parts_.back();
    if (last.admitted == admitted && last.ends.first.index() + last.ends.count == ends.first.index()) {
      last.ends.count += ends.count;
      return;
    }
  }
  parts_.push_back({.admitted = admitted, .ends = ends});
}

std::size_t RowCollector::number(Between admitted) {
  bool fresh = false;
  std::uint32_t& known = numbers_.at(std::uint64_t{admitted.surely} << 32U | admitted.perhaps, fresh);
  if (fresh) {
    known = static_cast<std::uint32_t>(out_.admitted.size());
    out_.admitted.push_back({.surely = packets_.set(sets_.ranges(admitted.surely)),
                             .perhaps = packets_.set(sets_.ranges(admitted.perhaps))});
  }
  return known;
}

void RowCollector::add(EndId near, Fan& fan, bool outward) {
  const auto less = [](const Fan::Part& a, const Fan::Part& b) {
    if (a.admitted.surely != b.admitted.surely) return a.admitted.surely < b.admitted.surely;
    if (a.admitted.perhaps != b.admitted.perhaps) return a.admitted.perhaps < b.admitted.perhaps;
    return a.ends.first < b.ends.first;
  };
  if (!std::is_sorted(fan.parts_.begin(), fan.parts_.end(), less)) {
    std::sort(fan.parts_.begin(), fan.parts_.end(), less);
  }
  far_.clear();
  for (std::size_t i = 0; i < fan.parts_.size(); ++i) {
    append(far_, fan.parts_[i].ends);
    const bool last = i + 1 == fan.parts_.size() || !(fan.parts_[i + 1].admitted == fan.parts_[i].admitted);
    if (!last) continue;
    add_row(near, number(fan.parts_[i].admitted), outward);
    far_.clear();
  }
}

void RowCollector::grow() {
  by_hash_.assign(by_hash_.size() * 2, 0);
  for (std::size_t row = 0; row < out_.rows.size(); ++row) {
    std::size_t at = hashes_[row] & (by_hash_.size() - 1);
    while (by_hash_[at] != 0) at = (at + 1) & (by_hash_.size() - 1);
    by_hash_[at] = static_cast<std::uint32_t>(row + 1);
  }
}

void RowCollector::add_row(EndId near, std::size_t admitted, bool outward) {
  if ((out_.rows.size() + 1) * 2 > by_hash_.size()) grow();
  const std::uint64_t hash = hash_of(admitted, far_, outward);
  std::size_t at = hash & (by_hash_.size() - 1);
  const auto is_other = [&](std::size_t row) {
    const Row& of = out_.rows[row];
    return hashes_[row] != hash || of.admitted != admitted || outward_[row] != outward ||
           (outward ? of.to : of.from) != far_;
  };
  while (by_hash_[at] != 0 && is_other(by_hash_[at] - 1)) at = (at + 1) & (by_hash_.size() - 1);
  if (by_hash_[at] == 0) {
    out_.rows.emplace_back();
    out_.rows.back().admitted = admitted;
    (outward ? out_.rows.back().to : out_.rows.back().from) = far_;
    outward_.push_back(outward);
    hashes_.push_back(hash);
    by_hash_[at] = static_cast<std::uint32_t>(out_.rows.size());
  }
  Row& row = out_.rows[by_hash_[at] - 1];
  append(outward ? row.from : row.to, {.first = near, .count = 1});
}

/// Ends were added in any order.
Rows RowCollector::take() {
  for (std::size_t row = 0; row < out_.rows.size(); ++row) {
    std::vector<EndRange>& near = outward_[row] ? out_.rows[row].from : out_.rows[row].to;
    if (near.size() == 1) continue;
    std::vector<EndRange> sorted;
    std::sort(near.begin(), near.end(), [](const EndRange& a, const EndRange& b) { return a.first < b.first; });
    for (const EndRange& range : near) append(sorted, range);
    near = std::move(sorted);
  }
  return std::move(out_);
}

}  // namespace crenel::reach
