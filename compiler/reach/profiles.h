#pragma once

#include <cstdint>
#include <vector>

#include "compiler/reach/ends.h"
#include "compiler/reach/flat_map.h"
#include "compiler/reach/set_pool.h"

/// What passes, by whom it concerns: sets of packets over spots.
namespace crenel::reach {

struct Piece {
  Spot first = 0;
  Spot end = 0;
  Between packets;
  bool operator==(const Piece&) const = default;
};
/// Sorted and apart; where there is no piece nothing passes; neighbours differ.
using Profile = std::vector<Piece>;

/// Appends a piece that lies behind all others.
void append(Profile& profile, const Piece& piece);

using ProfileId = std::uint32_t;

/// Profiles by number: equal ones have one number, and every operation on two numbers is done once.
class Profiles {
 public:
  static constexpr ProfileId kNothing = 0;
  static constexpr ProfileId kEverything = 1;

  Profiles(SetPool& sets, Spot spots);

  ProfileId intern(Profile profile);
  [[nodiscard]] const Profile& operator[](ProfileId id) const { return profiles_[id]; }
  [[nodiscard]] Between at(ProfileId id, Spot spot) const;

  ProfileId unite(ProfileId a, ProfileId b);
  ProfileId intersect(ProfileId a, ProfileId b);
  /// The conversations whose answers are among these packets.
  ProfileId answered(ProfileId id);
  [[nodiscard]] SetPool& sets() { return sets_; }
  [[nodiscard]] Spot spots() const { return spots_; }

 private:
  SetPool& sets_;
  Spot spots_ = 0;
  std::vector<Profile> profiles_;
  std::vector<ProfileId> by_hash_;  ///< open addressing; `kNothing`: free
  FlatMap unions_;
  FlatMap intersections_;
  FlatMap answered_;
};

}  // namespace crenel::reach
