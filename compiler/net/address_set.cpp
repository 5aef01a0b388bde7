#include "compiler/net/address_set.h"

#include <algorithm>
#include <cassert>

namespace crenel::net {
namespace {

U128 greatest(Family family) { return whole(family).last().bits; }

/// Whether `next` is the address right after `address`; the end of one family is not before the start of the other.
bool is_next(const Address& address, const Address& next) {
  return address.family == next.family && address.bits != greatest(address.family) && address.bits + 1 == next.bits;
}

Address before(const Address& address) { return {.family = address.family, .bits = address.bits - 1}; }
Address after(const Address& address) { return {.family = address.family, .bits = address.bits + 1}; }

/// The largest block that starts at `first` and does not pass `last`.
Prefix largest_block(const Address& first, const Address& last) {
  const int bits = bits_of(first.family);
  int host_bits = 0;
  while (host_bits < bits) {
    // The low bits of the next wider block; for the widest, 2 << 127 is 0 and less 1 every bit.
    const U128 low = (U128{2} << static_cast<unsigned>(host_bits)) - 1;
    if ((first.bits & low) != 0 || last.bits - first.bits < low) break;
    ++host_bits;
  }
  return {.address = first, .length = bits - host_bits};
}

}  // namespace

AddressSet::AddressSet(const Prefix& prefix) : ranges_{{.first = prefix.first(), .last = prefix.last()}} {}

AddressSet::AddressSet(const std::vector<Prefix>& prefixes) {
  std::vector<Range> sorted;
  sorted.reserve(prefixes.size());
  for (const Prefix& prefix : prefixes) sorted.push_back({.first = prefix.first(), .last = prefix.last()});
  std::sort(sorted.begin(), sorted.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
  for (const Range& range : sorted) {
    if (!ranges_.empty() && (range.first <= ranges_.back().last || is_next(ranges_.back().last, range.first))) {
      ranges_.back().last = std::max(ranges_.back().last, range.last);
    } else {
      ranges_.push_back(range);
    }
  }
}

AddressSet AddressSet::everything() { return everything(Family::V4).united(everything(Family::V6)); }

AddressSet AddressSet::everything(Family family) { return {whole(family)}; }

bool AddressSet::contains(const AddressSet& other) const { return other.without(*this).empty(); }

bool AddressSet::contains(const Address& address) const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [&](const Range& range) { return range.first <= address && address <= range.last; });
}

bool AddressSet::overlaps(const AddressSet& other) const { return !intersected(other).empty(); }

AddressSet AddressSet::united(const AddressSet& other) const {
  AddressSet out;
  out.ranges_.reserve(ranges_.size() + other.ranges_.size());
  auto mine = ranges_.begin();
  auto theirs = other.ranges_.begin();
  while (mine != ranges_.end() || theirs != other.ranges_.end()) {
    const bool take_mine = theirs == other.ranges_.end() || (mine != ranges_.end() && mine->first <= theirs->first);
    const Range& range = take_mine ? *mine++ : *theirs++;
    if (!out.ranges_.empty() &&
        (range.first <= out.ranges_.back().last || is_next(out.ranges_.back().last, range.first))) {
      out.ranges_.back().last = std::max(out.ranges_.back().last, range.last);
    } else {
      out.ranges_.push_back(range);
    }
  }
  return out;
}

AddressSet AddressSet::without(const AddressSet& other) const {
  AddressSet out;
  auto hole = other.ranges_.begin();
  for (Range range : ranges_) {
    while (hole != other.ranges_.end() && hole->last < range.first) ++hole;
    bool left = true;
    // A hole may reach into the next range too, so only holes that end before it are passed for good.
    for (auto cut = hole; left && cut != other.ranges_.end() && cut->first <= range.last; ++cut) {
      if (range.first < cut->first) out.ranges_.push_back({.first = range.first, .last = before(cut->first)});
      left = cut->last < range.last;
      if (left) range.first = after(cut->last);
    }
    if (left) out.ranges_.push_back(range);
  }
  return out;
}

AddressSet AddressSet::intersected(const AddressSet& other) const {
  AddressSet out;
  auto mine = ranges_.begin();
  auto theirs = other.ranges_.begin();
  while (mine != ranges_.end() && theirs != other.ranges_.end()) {
    const Address first = std::max(mine->first, theirs->first);
    const Address last = std::min(mine->last, theirs->last);
    if (first <= last) out.ranges_.push_back({.first = first, .last = last});
    (mine->last < theirs->last ? mine : theirs)++;
  }
  return out;
}

AddressSet AddressSet::only(Family family) const { return intersected(everything(family)); }

U128 AddressSet::count(Family family) const {
  constexpr U128 kMost = U128{1} << 127U;
  U128 total = 0;
  for (const Range& range : ranges_) {
    if (range.first.family != family) continue;
    const U128 steps = range.last.bits - range.first.bits;
    if (steps >= kMost - total) return kMost;
    total += steps + 1;
  }
  return total;
}

std::vector<Prefix> AddressSet::prefixes() const {
  std::vector<Prefix> out;
  for (const Range& range : ranges_) {
    Address first = range.first;
    for (;;) {
      out.push_back(largest_block(first, range.last));
      const Address last = out.back().last();
      if (last == range.last) break;
      first = after(last);
    }
  }
  return out;
}

Address AddressSet::witness() const {
  assert(!ranges_.empty());
  return ranges_.front().first;
}

std::string to_string(const AddressSet& set) {
  std::string out;
  for (const Prefix& prefix : set.prefixes()) {
    if (!out.empty()) out += ", ";
    out += to_string(prefix);
  }
  return out.empty() ? "no address" : out;
}

}  // namespace crenel::net
