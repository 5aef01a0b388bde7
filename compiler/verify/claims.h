#pragma once

#include <optional>
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

/// Of a claim with `always` that is about nothing.
[[nodiscard]] Outcome joins_nobody();

/// One side of a claim, for asking which steps it meets.
class Side {
 public:
  Side(const Relation& relation, const std::vector<model::Endpoint>& endpoints);

  /// When the end of a step is on this side.
  [[nodiscard]] Alternatives meet(const Step& step, bool step_from) const;
  /// When it is if two identities turn out to be one.
  [[nodiscard]] Alternatives may_meet(const Step& step, bool step_from) const;
  /// When it is not.
  [[nodiscard]] Alternatives miss(const Step& step, bool step_from) const;
  /// Nobody is on it, whatever the parameters: a site without addresses of IPv4; and, where it would act (`acts`), with
  /// no identities either.
  [[nodiscard]] bool is_nobody(bool acts) const;

 private:
  [[nodiscard]] bool holds_member(const model::Endpoint& endpoint) const;

  const Relation& relation_;
  std::set<std::pair<std::size_t, std::size_t>> members_;  ///< kind and number of everything that is no place
  std::vector<model::Endpoint> places_;                    ///< what is known by its addresses
};

/// What of a step a claim is about: the step with less traffic, or fewer actions; nothing when it is about none of it.
[[nodiscard]] std::optional<Step> in_claim(const model::Claim& claim, const Step& step);
/// The data actions that a claim is about, of those that a destination takes.
[[nodiscard]] model::DataActions claimed_actions(const model::Claim& claim, const model::Endpoint& to);

/// An address for each end of a step, where it is known by one.
struct Witness {
  net::Address from;
  net::Address to;
  bool at_address = true;  ///< of a request from outside: its address matters
};
/// "203.0.113.7 -> web tcp/22"; "office as `clerk` from 198.51.100.7 -> inbox : write"; "worker -> jobs : receive by
/// endpoint data".
[[nodiscard]] std::string step_text(const Relation& relation, const Step& step, const Witness& witness);
/// " with `corporate` = 172.16.0.0/12"; empty when no parameter matters.
[[nodiscard]] std::string values_text(const model::Design& design, const Instance& instance);
/// A case of which it stays open whether it can come about.
[[nodiscard]] bool is_open(const Step& step, Feasible feasible);
/// The outcome when cases were found of which it stayed open whether they can come about.
[[nodiscard]] Outcome undecided(const Relation& relation, const std::vector<const Step*>& steps);

/// Decides one claim over the relation.
[[nodiscard]] Outcome decide(const Relation& relation, const model::Claim& claim);

[[nodiscard]] Outcome decide_never(const Relation& relation, const model::Claim& claim);
[[nodiscard]] Outcome decide_only(const Relation& relation, const model::Claim& claim);
[[nodiscard]] Outcome decide_always(const Relation& relation, const model::Claim& claim);
/// The part of `always` that is about packets, and the one about data actions. Vacuous where there are no two ends that
/// it could join.
[[nodiscard]] Outcome decide_always_packets(const Relation& relation, const model::Claim& claim);
[[nodiscard]] Outcome decide_always_requests(const Relation& relation, const model::Claim& claim);
/// `never A ~> B`: over chains of steps, each but the first from something that runs code. Packets lead on, and so does
/// calling a function; no other request does.
[[nodiscard]] Outcome decide_chain(const Relation& relation, const model::Claim& claim);

}  // namespace crenel::verify
