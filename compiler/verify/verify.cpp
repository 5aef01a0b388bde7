#include "compiler/verify/verify.h"

#include <fmt/format.h>

#include "compiler/diagnostics/catalogue/claims.h"
#include "compiler/verify/claims.h"
#include "compiler/verify/invariants/invariants.h"

namespace crenel::verify {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using model::Claim;

void add_steps(Diagnostic& report, const model::Design& design, const Outcome& outcome) {
  for (const Step* step : outcome.steps) {
    const model::FlowStatement& statement = design.statements[step->statement];
    std::string message = !statement.implied   ? "this flow admits it"
                          : step->is_request() ? "this trigger admits it"
                                               : "this forward admits it";
    if (step->past) {
      message = fmt::format(
          "network balancer `{}` keeps the client's address, so this flow lets its clients reach `{}` past it",
          model::name_of(design, *step->past), model::name_of(design, step->to));
    } else if (outcome.steps.size() > 1) {
      message = fmt::format("a step of it: `{}`", statement.text);
    }
    report.notes.push_back({statement.span, std::move(message)});
  }
}

void report_always(const model::Design& design, const Claim& claim, const Outcome& outcome, Diagnostics& diagnostics) {
  auto& report =
      diagnostics.report(diagnostics::kAlwaysBroken, claim.span, claim.text, outcome.witness, outcome.values);
  for (const Step* step : outcome.steps) {
    const bool astray = !passes(step->via, claim.via);
    report.notes.push_back(
        {design.statements[step->statement].span,
         astray ? "this flow takes another way"
                : fmt::format("this flow admits {}",
                              step->is_request() ? model::to_string(step->actions) : net::to_string(step->traffic))});
  }
  report.help = fmt::format("say `{}`, or claim less", outcome.missing);
}

void report_refuted(const model::Design& design, const Claim& claim, const Outcome& outcome, Diagnostics& diagnostics) {
  if (claim.kind == Claim::Kind::Always) return report_always(design, claim, outcome, diagnostics);
  const bool only = claim.kind == Claim::Kind::Only;
  const bool chain = !only && outcome.steps.size() > 1;
  const auto& kind = only ? diagnostics::kOnlyBroken : chain ? diagnostics::kChainFound : diagnostics::kNeverBroken;
  auto& report = diagnostics.report(kind, claim.span, claim.text, outcome.witness, outcome.values);
  add_steps(report, design, outcome);
  if (only) {
    report.help = "narrow the flow, or name its source in the claim";
  } else if (chain) {
    report.help = "take one of the steps out, or let something that mediates stand between them";
  } else {
    report.help = claim.via.empty() ? "narrow the flow, or claim less" : "send the flow that way, or claim less";
  }
}

void report(const model::Design& design, const Claim& claim, const Outcome& outcome, Diagnostics& diagnostics) {
  switch (outcome.verdict) {
    case Verdict::Proved:
      return;
    case Verdict::Refuted:
      return report_refuted(design, claim, outcome, diagnostics);
    case Verdict::Vacuous:
      diagnostics.report(diagnostics::kClaimVacuous, claim.span, claim.text, outcome.witness).help =
          "remove the claim, or name what it is meant to protect";
      return;
    case Verdict::Undecided:
      break;
  }
  auto& undecided = diagnostics.report(diagnostics::kClaimUndecided, claim.span, claim.text, outcome.witness);
  add_steps(undecided, design, outcome);
  for (auto& note : undecided.notes) note.message = "this is the flow";
  undecided.help = "narrow the bounds of the parameters, or bind them";
}

}  // namespace

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Proved:
      return "proved";
    case Verdict::Refuted:
      return "refuted";
    case Verdict::Vacuous:
      return "vacuous";
    case Verdict::Undecided:
      break;
  }
  return "undecided";
}

Report verify(const model::Design& design, Diagnostics& diagnostics) {
  Report out;
  const Relation relation(design);
  for (std::size_t i = 0; i < design.claims.size(); ++i) {
    const Outcome outcome = decide(relation, design.claims[i]);
    out.claims.push_back({.claim = i, .verdict = outcome.verdict, .witness = outcome.witness + outcome.values});
    report(design, design.claims[i], outcome, diagnostics);
  }
  for (const Invariant& invariant : kInvariants) invariant.check(design, diagnostics);
  return out;
}

}  // namespace crenel::verify
