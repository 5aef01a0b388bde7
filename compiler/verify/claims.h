#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/verify/relation.h"
#include "compiler/verify/verify.h"

namespace crenel::verify {

/// What came of one claim.
struct Outcome {
  Verdict verdict = Verdict::Proved;
  std::string witness;             ///< Refuted: the packets; Vacuous, Undecided: why
  std::string values;              ///< Refuted: " with `corporate` = 172.16.0.0/12", or empty
  std::vector<const Step*> steps;  ///< Refuted: what admits them, in order; `always`: what nearly does
  std::string missing;             ///< `always`, refuted: the flow that would help
};

/// One side of a claim, for asking which steps it meets.
class Side {
 public:
  Side(const Relation& relation, const std::vector<model::Endpoint>& endpoints);

  /// When the end of a step is on this side.
  [[nodiscard]] Alternatives meet(const Step& step, bool step_from) const;
  /// When it is not.
  [[nodiscard]] Alternatives miss(const Step& step, bool step_from) const;
  [[nodiscard]] bool has_addresses() const { return !places_.empty(); }
  /// Nobody is on it, whatever the parameters: a site without addresses of IPv4.
  [[nodiscard]] bool is_nobody() const;

 private:
  [[nodiscard]] bool holds_member(const model::Endpoint& endpoint) const;

  const Relation& relation_;
  std::set<std::pair<std::size_t, std::size_t>> members_;  ///< kind and number of everything that is no place
  std::vector<model::Endpoint> places_;                    ///< what is known by its addresses
};

/// The traffic of a step that a claim is about.
[[nodiscard]] net::Traffic in_claim(const model::Claim& claim, const net::Traffic& traffic);
/// "203.0.113.7 -> web tcp/22"; addresses are the one of each end.
[[nodiscard]] std::string packet_text(const Relation& relation, const Step& step, const net::Traffic& traffic,
                                      const net::Address& from, const net::Address& to);
/// " with `corporate` = 172.16.0.0/12"; empty when no parameter matters.
[[nodiscard]] std::string values_text(const model::Design& design, const Instance& instance);
/// The outcome when cases were found of which it stayed open whether they can come about.
[[nodiscard]] Outcome undecided(const Relation& relation, const std::vector<const Step*>& steps);

/// Decides one claim over the relation.
[[nodiscard]] Outcome decide(const Relation& relation, const model::Claim& claim);

[[nodiscard]] Outcome decide_never(const Relation& relation, const model::Claim& claim);
[[nodiscard]] Outcome decide_only(const Relation& relation, const model::Claim& claim);
[[nodiscard]] Outcome decide_always(const Relation& relation, const model::Claim& claim);
/// `never A ~> B`: over chains of steps, each but the first from a group or a balancer.
[[nodiscard]] Outcome decide_chain(const Relation& relation, const model::Claim& claim);

}  // namespace crenel::verify
