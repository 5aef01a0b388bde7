#pragma once

#include <cstdint>
#include <vector>

#include "compiler/reach/flat_map.h"
#include "compiler/reach/packets.h"

/// Sets of packets by number: equal sets have one number, and every operation on two numbers is done once.
namespace crenel::reach {

using SetId = std::uint32_t;

/// Between what surely is and what may be.
struct Between {
  SetId surely = 0;
  SetId perhaps = 0;  ///< contains `surely`
  bool operator==(const Between&) const = default;
};

class SetPool {
 public:
  static constexpr SetId kNone = 0;
  static constexpr SetId kAll = 1;

  explicit SetPool(const Packets& packets);

  SetId intern(const AtomRanges& ranges);
  [[nodiscard]] const AtomRanges& ranges(SetId id) const { return sets_[id]; }
  [[nodiscard]] bool contains(SetId id, PacketAtom atom) const { return reach::contains(sets_[id], atom); }

  SetId unite(SetId a, SetId b);
  SetId intersect(SetId a, SetId b);
  SetId subtract(SetId a, SetId b);
  Between unite(Between a, Between b) { return {unite(a.surely, b.surely), unite(a.perhaps, b.perhaps)}; }
  Between intersect(Between a, Between b) { return {intersect(a.surely, b.surely), intersect(a.perhaps, b.perhaps)}; }

  /// What one of the kinds matches.
  Between matched(const std::vector<estate::Kind>& kinds);
  Between matched(const estate::Kind& kind);
  /// The conversations whose answers are among these packets.
  Between answered(Between passing);

 private:
  template <class Operation>
  SetId remembered(FlatMap& memo, SetId a, SetId b, Operation operation);

  const Packets& packets_;
  std::vector<AtomRanges> sets_;
  std::vector<std::uint32_t> by_hash_;  ///< open addressing; 0: free
  FlatMap unions_;
  FlatMap intersections_;
  FlatMap differences_;
  FlatMap answered_;
  FlatMap perhaps_answered_;
  FlatMap matched_;  ///< by kind, into the next
  std::vector<Between> matched_values_;
};

inline constexpr Between kEveryPacket = {SetPool::kAll, SetPool::kAll};
inline constexpr Between kNoPacket = {SetPool::kNone, SetPool::kNone};
inline constexpr Between kPerhapsEvery = {SetPool::kNone, SetPool::kAll};

}  // namespace crenel::reach
