#include "compiler/reach/profiles.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crenel::reach {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint64_t hash_of(const Profile& profile) {
  std::uint64_t hash = profile.size();
  for (const Piece& piece : profile) {
    hash = FlatMap::hash(hash ^ (std::uint64_t{piece.first} << 32U | piece.end));
    hash = FlatMap::hash(hash ^ (std::uint64_t{piece.packets.surely} << 32U | piece.packets.perhaps));
  }
  return hash;
}

/// `combine` of two profiles, over every interval on which both are constant.
template <class Combine>
Profile combined(const Profile& a, const Profile& b, Combine combine) {
  Profile out;
  auto left = a.begin();
  auto right = b.begin();
  Spot at = 0;
  const auto next_edge = [](const Profile& profile, Profile::const_iterator piece, Spot from) {
    if (piece == profile.end()) return ~Spot{0};
    return piece->first > from ? piece->first : piece->end;
  };
  while (left != a.end() || right != b.end()) {
    const Spot until = std::min(next_edge(a, left, at), next_edge(b, right, at));
    const bool in_left = left != a.end() && left->first <= at;
    const bool in_right = right != b.end() && right->first <= at;
    append(out, {.first = at,
                 .end = until,
                 .packets = combine(in_left ? left->packets : kNoPacket, in_right ? right->packets : kNoPacket)});
    at = until;
    if (left != a.end() && left->end == at) ++left;
    if (right != b.end() && right->end == at) ++right;
  }
  return out;
}

}  // namespace

void append(Profile& profile, const Piece& piece) {
  if (piece.first >= piece.end || piece.packets == kNoPacket) return;
  if (!profile.empty() && profile.back().end == piece.first && profile.back().packets == piece.packets) {
    profile.back().end = piece.end;
  } else {
    profile.push_back(piece);
  }
}

Profiles::Profiles(SetPool& sets, Spot spots) : sets_(sets), spots_(spots), by_hash_(kFirstSlots) {
  profiles_.emplace_back();
  profiles_.push_back({{.first = 0, .end = spots, .packets = kEveryPacket}});
  by_hash_[hash_of(profiles_[kEverything]) & (by_hash_.size() - 1)] = kEverything;
}

ProfileId Profiles::intern(Profile profile) {
  if (profile.empty()) return kNothing;
  if (profiles_.size() * 2 > by_hash_.size()) {
    by_hash_.assign(by_hash_.size() * 2, kNothing);
    for (ProfileId id = kEverything; id < profiles_.size(); ++id) {
      std::size_t at = hash_of(profiles_[id]) & (by_hash_.size() - 1);
      while (by_hash_[at] != kNothing) at = (at + 1) & (by_hash_.size() - 1);
      by_hash_[at] = id;
    }
  }
  std::size_t at = hash_of(profile) & (by_hash_.size() - 1);
  while (by_hash_[at] != kNothing && profiles_[by_hash_[at]] != profile) at = (at + 1) & (by_hash_.size() - 1);
  if (by_hash_[at] == kNothing) {
    by_hash_[at] = static_cast<ProfileId>(profiles_.size());
    profiles_.push_back(std::move(profile));
  }
  return by_hash_[at];
}

Between Profiles::at(ProfileId id, Spot spot) const {
  const Profile& profile = profiles_[id];
  const auto after = std::upper_bound(profile.begin(), profile.end(), spot,
                                      [](Spot one, const Piece& piece) { return one < piece.first; });
  if (after == profile.begin() || spot >= std::prev(after)->end) return kNoPacket;
  return std::prev(after)->packets;
}

ProfileId Profiles::unite(ProfileId a, ProfileId b) {
  if (a == b || b == kNothing || a == kEverything) return a;
  if (a == kNothing || b == kEverything) return b;
  bool fresh = false;
  std::uint32_t& known = unions_.at(std::uint64_t{std::min(a, b)} << 32U | std::max(a, b), fresh);
  if (fresh) {
    known = intern(combined(profiles_[a], profiles_[b], [&](Between x, Between y) { return sets_.unite(x, y); }));
  }
  return known;
}

ProfileId Profiles::intersect(ProfileId a, ProfileId b) {
  if (a == b || b == kEverything || a == kNothing) return a;
  if (a == kEverything || b == kNothing) return b;
  bool fresh = false;
  std::uint32_t& known = intersections_.at(std::uint64_t{std::min(a, b)} << 32U | std::max(a, b), fresh);
  if (fresh) {
    known = intern(combined(profiles_[a], profiles_[b], [&](Between x, Between y) { return sets_.intersect(x, y); }));
  }
  return known;
}

ProfileId Profiles::answered(ProfileId id) {
  bool fresh = false;
  std::uint32_t& known = answered_.at(id, fresh);
  if (!fresh) return known;
  // What has no answer is answered by nothing, so where nothing passes some packets are answered all the same.
  Profile out;
  Spot at = 0;
  for (const Piece& piece : profiles_[id]) {
    append(out, {.first = at, .end = piece.first, .packets = sets_.answered(kNoPacket)});
    append(out, {.first = piece.first, .end = piece.end, .packets = sets_.answered(piece.packets)});
    at = piece.end;
  }
  append(out, {.first = at, .end = spots_, .packets = sets_.answered(kNoPacket)});
  known = intern(std::move(out));
  return known;
}

}  // namespace crenel::reach
