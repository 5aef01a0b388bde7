#include "compiler/reach/deciding.h"

namespace crenel::reach {

Sure Deciding::matches(const estate::Peers& peers, const Party& party) const {
  if (party.end == nullptr) return means_platform(peers);
  Sure out = matcher_.matches(peers, *party.end);
  for (const estate::TagId tag : party.also) out = either(out, matcher_.matches(peers, *party.end, tag));
  return out;
}

/// Every rule that may concern the two, with what of it surely and what perhaps matches.
template <class Visit>
void Deciding::each_match(estate::RuleListId list, Direction direction, const Party& own, const Party& peer,
                          Visit visit) const {
  const estate::RuleList& of = estate_.rule_lists[list];
  const bool in = direction == Direction::In;
  for (const estate::Rule& rule : in ? of.in : of.out) {
    const Sure sure = both(matches(rule.source, in ? peer : own), matches(rule.destination, in ? own : peer));
    if (sure == Sure::No) continue;
    Between packets = sets_.matched(rule.kinds);
    if (sure == Sure::Perhaps) packets.surely = SetPool::kNone;
    visit(rule, packets);
  }
}

Between Deciding::admitted(estate::RuleListId list, Direction direction, const Party& own, const Party& peer) const {
  FirstMatch out(sets_);
  each_match(list, direction, own, peer,
             [&](const estate::Rule& rule, Between packets) { out.ask(rule.allow, packets); });
  return out.admitted();
}

Deciding::Verdict Deciding::verdict(estate::RuleListId list, Direction direction, const Party& own, const Party& peer,
                                    PacketAtom packet) const {
  FirstMatch all(sets_);
  const estate::Rule* first = nullptr;
  each_match(list, direction, own, peer, [&](const estate::Rule& rule, Between packets) {
    if (first == nullptr && sets_.contains(packets.perhaps, packet)) first = &rule;
    all.ask(rule.allow, packets);
  });
  const Between admitted = all.admitted();
  if (sets_.contains(admitted.surely, packet)) return {.admitted = Sure::Yes, .rule = first};
  return {.admitted = sets_.contains(admitted.perhaps, packet) ? Sure::Perhaps : Sure::No, .rule = first};
}

}  // namespace crenel::reach
