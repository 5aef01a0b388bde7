#pragma once

#include <vector>

#include "compiler/reach/rule_profiles.h"

/// One rule list asked about one pair: slower than profiles, for what profiles do not know and for explanations.
namespace crenel::reach {

/// Who is at one end of a packet, as rules see it.
struct Party {
  const End* end = nullptr;              ///< none: the provider's own machines
  std::vector<estate::TagId> also = {};  ///< tags that it is known by besides its own
};

class Deciding {
 public:
  Deciding(const estate::Estate& estate, const Matcher& matcher, SetPool& sets)
      : estate_(estate), matcher_(matcher), sets_(sets) {}

  [[nodiscard]] Between admitted(estate::RuleListId list, Direction direction, const Party& own,
                                 const Party& peer) const;

  /// The rule that decides about one packet.
  struct Verdict {
    Sure admitted = Sure::No;
    const estate::Rule* rule = nullptr;  ///< none: no rule matches, or it is not known which
  };
  [[nodiscard]] Verdict verdict(estate::RuleListId list, Direction direction, const Party& own, const Party& peer,
                                PacketAtom packet) const;

 private:
  [[nodiscard]] Sure matches(const estate::Peers& peers, const Party& party) const;
  template <class Visit>
  void each_match(estate::RuleListId list, Direction direction, const Party& own, const Party& peer, Visit visit) const;

  const estate::Estate& estate_;
  const Matcher& matcher_;
  SetPool& sets_;
};

}  // namespace crenel::reach
