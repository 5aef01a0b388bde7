#pragma once

#include <optional>
#include <vector>

#include "compiler/reach/matches.h"
#include "compiler/reach/profiles.h"

/// Rule lists as profiles: what a list lets pass, by who is at the other end.
namespace crenel::reach {

enum class Direction : std::uint8_t { In, Out };

[[nodiscard]] constexpr Direction opposite(Direction direction) {
  return direction == Direction::In ? Direction::Out : Direction::In;
}

/// The first rule that matches decides; none: denied. Fed with the rules that concern a pair, in their order.
class FirstMatch {
 public:
  explicit FirstMatch(SetPool& sets) : sets_(sets) {}
  void ask(bool allow, Between packets);
  /// True when no further rule can change anything.
  [[nodiscard]] bool decided() const { return open_.perhaps == SetPool::kNone; }
  [[nodiscard]] Between admitted() const { return admitted_; }

 private:
  SetPool& sets_;
  Between open_ = kEveryPacket;  ///< surely not denied, and perhaps not decided, by the rules before
  Between admitted_ = kNoPacket;
};

class RuleProfiles {
 public:
  RuleProfiles(const estate::Estate& estate, const Matcher& matcher, Profiles& profiles);

  /// What the list lets pass, in a direction, between `own` and whoever is at each spot. `key` tells one `own` from
  /// another.
  ProfileId of(estate::RuleListId list, Direction direction, const End& own, std::uint32_t key);

 private:
  /// Whether a list's rules ask about the peer alone, so that it is the same for every `own`.
  enum class Plain : std::uint8_t { Unasked, No, Done };

  /// A rule where it concerns somebody.
  struct Entry {
    bool allow = true;
    Between packets;
  };
  struct Edge {
    Spot at = 0;
    std::uint32_t entry = 0;
    bool opens = true;
  };

  static std::size_t slot(estate::RuleListId list, Direction direction) {
    return list.index() * 2 + (direction == Direction::Out ? 1 : 0);
  }
  ProfileId make(const std::vector<estate::Rule>& rules, Direction direction, const End& own);
  void collect(const std::vector<estate::Rule>& rules, Direction direction, const End& own);
  void add_entry(bool allow, Between packets, const std::vector<SpotRange>& ranges);
  [[nodiscard]] Between decide(const std::vector<std::uint32_t>& active) const;

  const estate::Estate& estate_;
  const Matcher& matcher_;
  Profiles& profiles_;
  std::vector<Plain> plain_;           ///< by slot
  std::vector<ProfileId> plain_made_;  ///< by slot
  FlatMap by_own_;
  // reused from list to list
  std::vector<Entry> entries_;
  std::vector<Edge> edges_;
  Matcher::Spots spots_;
};

}  // namespace crenel::reach
