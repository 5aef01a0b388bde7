#include "compiler/reach/rule_profiles.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace crenel::reach {
namespace {

const std::vector<estate::Rule>& rules_of(const estate::RuleList& list, Direction direction) {
  return direction == Direction::In ? list.in : list.out;
}

const estate::Peers& own_side(const estate::Rule& rule, Direction direction) {
  return direction == Direction::In ? rule.destination : rule.source;
}

const estate::Peers& far_side(const estate::Rule& rule, Direction direction) {
  return direction == Direction::In ? rule.source : rule.destination;
}

}  // namespace

void FirstMatch::ask(bool allow, Between packets) {
  if (allow) {
    admitted_ = sets_.unite(admitted_, sets_.intersect(open_, packets));
  } else {
    open_.surely = sets_.subtract(open_.surely, packets.perhaps);
  }
  open_.perhaps = sets_.subtract(open_.perhaps, packets.surely);
}

RuleProfiles::RuleProfiles(const estate::Estate& estate, const Matcher& matcher, Profiles& profiles)
    : estate_(estate), matcher_(matcher), profiles_(profiles) {
  plain_.resize(estate.rule_lists.size() * 2, Plain::Unasked);
  plain_made_.resize(plain_.size());
}

ProfileId RuleProfiles::of(estate::RuleListId list, Direction direction, const End& own, std::uint32_t key) {
  const std::size_t at = slot(list, direction);
  const std::vector<estate::Rule>& rules = rules_of(estate_.rule_lists[list], direction);
  if (plain_[at] == Plain::Done) return plain_made_[at];
  if (plain_[at] == Plain::Unasked) {
    const bool plain = std::all_of(rules.begin(), rules.end(), [&](const estate::Rule& rule) {
      // what is read next lies all over the memory; a million rules wait for little else
      __builtin_prefetch(rule.kinds.data());
      __builtin_prefetch(far_side(rule, direction).blocks.data());
      __builtin_prefetch(far_side(rule, direction).tags.data());
      return means_everybody(own_side(rule, direction));
    });
    plain_[at] = plain ? Plain::Done : Plain::No;
    if (plain) {
      plain_made_[at] = make(rules, direction, own);
      return plain_made_[at];
    }
  }
  bool fresh = false;
  std::uint32_t& known = by_own_.at(std::uint64_t{at} << 32U | key, fresh);
  if (fresh) known = make(rules, direction, own);
  return known;
}

void RuleProfiles::add_entry(bool allow, Between packets, const std::vector<SpotRange>& ranges) {
  if (ranges.empty() || packets.perhaps == SetPool::kNone) return;
  const auto entry = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({.allow = allow, .packets = packets});
  for (const SpotRange& range : ranges) {
    edges_.push_back({.at = range.first, .entry = entry, .opens = true});
    edges_.push_back({.at = range.end, .entry = entry, .opens = false});
  }
}

void RuleProfiles::collect(const std::vector<estate::Rule>& rules, Direction direction, const End& own) {
  entries_.clear();
  edges_.clear();
  for (const estate::Rule& rule : rules) {
    const Sure mine = matcher_.matches(own_side(rule, direction), own);
    if (mine == Sure::No) continue;
    Between packets = profiles_.sets().matched(rule.kinds);
    if (mine == Sure::Perhaps) packets.surely = SetPool::kNone;
    matcher_.spots(far_side(rule, direction), spots_);
    add_entry(rule.allow, packets, spots_.surely);
    add_entry(rule.allow, {.surely = SetPool::kNone, .perhaps = packets.perhaps}, spots_.perhaps);
  }
}

Between RuleProfiles::decide(const std::vector<std::uint32_t>& active) const {
  FirstMatch out(profiles_.sets());
  for (const std::uint32_t entry : active) {
    out.ask(entries_[entry].allow, entries_[entry].packets);
    if (out.decided()) break;
  }
  return out.admitted();
}

ProfileId RuleProfiles::make(const std::vector<estate::Rule>& rules, Direction direction, const End& own) {
  collect(rules, direction, own);
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });
  Profile out;
  std::vector<std::uint32_t> active;  // in the order of the rules; twice where two ranges of one rule overlap
  Spot at = 0;
  for (std::size_t i = 0; i < edges_.size();) {
    if (!active.empty()) append(out, {.first = at, .end = edges_[i].at, .packets = decide(active)});
    at = edges_[i].at;
    for (; i < edges_.size() && edges_[i].at == at; ++i) {
      const auto place = std::lower_bound(active.begin(), active.end(), edges_[i].entry);
      if (edges_[i].opens) {
        active.insert(place, edges_[i].entry);
      } else if (place != active.end() && *place == edges_[i].entry) {
        active.erase(place);
      } else {
        assert(false);
      }
    }
  }
  return profiles_.intern(std::move(out));
}

}  // namespace crenel::reach
