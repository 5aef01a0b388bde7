#include "compiler/verify/policies.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/verify/claims.h"
#include "compiler/verify/waived.h"

namespace crenel::verify {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using model::Claim;
using model::RuleSeverity;

/// How a claim comes out over these flows.
Verdict verdict_of(const model::Design& design, const Claim& claim) {
  const Relation relation(design);
  return decide(relation, claim).verdict;
}

bool is_open(Verdict verdict) { return verdict == Verdict::Refuted || verdict == Verdict::Undecided; }

/// What an `always` asks for, as something that a waiver could cover.
model::Subject subject_of(const model::Design& design, const Claim& claim) {
  model::Subject out;
  out.kind = "flow";
  for (const auto& end : claim.from) out.from.push_back(model::name_of(design, end));
  for (const auto& end : claim.to) out.to.push_back(model::name_of(design, end));
  out.any_action = !claim.traffic.has_value();
  if (claim.traffic) out.traffic = *claim.traffic;
  for (const model::DataAction action : claim.actions) out.data.emplace_back(model::word(action));
  return out;
}

bool covers_claim(const model::Design& design, const model::Waiver& waiver, const Claim& claim) {
  const model::Subject subject = subject_of(design, claim);
  if (waiver.covers.kind == "flow") return covers(waiver, subject);
  const auto names = [&](const std::vector<std::string>& ends) {
    return ends == std::vector<std::string>{waiver.covers.path};
  };
  return names(subject.from) || names(subject.to);
}

class Enforcement {
 public:
  Enforcement(const model::Design& design, const model::Policies& policies,
              const std::optional<model::WaiverDate>& today, Diagnostics& diagnostics)
      : design_(design), policies_(policies), today_(today), diagnostics_(diagnostics) {
    for (const model::Rule& rule : policies.rules) {
      report_.rules.push_back(rule.cases == 0 ? RuleVerdict::NotApplicable : RuleVerdict::Kept);
    }
    for (const model::Waiver& waiver : policies.waivers) {
      report_.waivers.push_back({.rule = waiver.rule, .span = waiver.span, .used = false, .designs = waiver.designs});
    }
  }

  PolicyReport run() {
    check_waivers();
    for (const model::Finding& finding : policies_.findings) judge(finding);
    for (const model::RuleClaim& claim : policies_.claims) judge(claim);
    return std::move(report_);
  }

 private:
  void check_waivers() {
    for (std::size_t i = 0; i < policies_.waivers.size(); ++i) {
      const model::Waiver& waiver = policies_.waivers[i];
      if (today_ && waiver.until < *today_) {
        diagnostics_.report(diagnostics::kWaiverExpired, waiver.until_span, waiver.rule, model::to_string(waiver.until))
            .help = fmt::format("do what the rule asks, or let {} decide anew", waiver.owner);
      }
      if (!waiver.index || policies_.rules[*waiver.index].severity != RuleSeverity::Mandatory) continue;
      auto& reported = diagnostics_.report(diagnostics::kWaiverOfMandatory, waiver.span, waiver.rule);
      reported.notes.push_back({policies_.rules[*waiver.index].span, "the rule is declared here"});
      reported.help = "do what the rule asks, and remove the waiver";
      report_.waivers[i].used = true;
    }
  }

  /// Those that can waive something of the rule.
  [[nodiscard]] std::vector<std::size_t> waivers_of(std::size_t rule) const {
    std::vector<std::size_t> out;
    if (policies_.rules[rule].severity == RuleSeverity::Mandatory) return out;
    for (std::size_t i = 0; i < policies_.waivers.size(); ++i) {
      if (policies_.waivers[i].index == rule) out.push_back(i);
    }
    return out;
  }

  void note(std::size_t rule, RuleVerdict verdict) {
    const auto weight = [](RuleVerdict each) {
      switch (each) {
        case RuleVerdict::NotApplicable:
          return 0;
        case RuleVerdict::Kept:
          return 1;
        case RuleVerdict::Waived:
          return 2;
        case RuleVerdict::Undecided:
          return 3;
        case RuleVerdict::Broken:
          break;
      }
      return 4;
    };
    if (weight(verdict) > weight(report_.rules[rule])) report_.rules[rule] = verdict;
  }

  /// The diagnostic of the rule's severity, with its reason, its controls and its fix.
  Diagnostic& say(const model::Rule& rule, const std::string& subject, const std::string& facts, bool open) {
    const bool binds = rule.severity == RuleSeverity::Mandatory || rule.severity == RuleSeverity::Error;
    const std::string tail = open && !facts.empty() ? ", or could: " + facts : facts.empty() ? "" : ": " + facts;
    if (open && binds) {
      return finish(rule, diagnostics_.report(diagnostics::kRuleOpen, rule.span, subject, rule.name, facts));
    }
    const auto& kind = binds                                    ? diagnostics::kRuleBroken
                       : rule.severity == RuleSeverity::Warning ? diagnostics::kAdviceNotTaken
                                                                : diagnostics::kRemarkOfRule;
    return finish(rule, diagnostics_.report(kind, rule.span, subject, rule.name, tail));
  }

  static Diagnostic& finish(const model::Rule& rule, Diagnostic& reported) {
    reported.help = rule.fix;
    return reported;
  }

  static void add_reason(const model::Rule& rule, Diagnostic& reported) {
    const std::string controls = rule.controls.empty() ? "" : " (" + base::join(rule.controls, ", ") + ")";
    reported.notes.push_back({{}, fmt::format("the rule's reason: {}{}", rule.because, controls)});
  }

  void judge(const model::Finding& finding) {
    bool waived = false;
    for (const std::size_t i : waivers_of(finding.rule)) {
      const bool covered = std::any_of(finding.culprits.begin(), finding.culprits.end(),
                                       [&](const auto& culprit) { return covers(policies_.waivers[i], culprit); });
      waived = waived || covered;
      report_.waivers[i].used = report_.waivers[i].used || covered;
    }
    if (waived) return note(finding.rule, RuleVerdict::Waived);
    note(finding.rule, finding.undecided ? RuleVerdict::Undecided : RuleVerdict::Broken);
    const model::Rule& rule = policies_.rules[finding.rule];
    auto& reported = say(rule, finding.subject, finding.facts, finding.undecided);
    reported.notes.push_back({finding.span, "it is declared here"});
    for (const base::Span other : finding.others) reported.notes.push_back({other, "and here"});
    add_reason(rule, reported);
  }

  void judge(const model::RuleClaim& claim) {
    const Verdict verdict = verdict_of(design_, claim.claim);
    if (verdict == Verdict::Proved) return note(claim.rule, RuleVerdict::Kept);
    if (verdict == Verdict::Vacuous) return;
    const bool always = claim.claim.kind == Claim::Kind::Always;
    model::Design rest = design_;
    if (always ? waived_always(claim) : waived(claim, rest)) return note(claim.rule, RuleVerdict::Waived);
    report_all(claim, std::move(rest));
  }

  /// A waiver of an `always` covers what it asks for.
  bool waived_always(const model::RuleClaim& claim) {
    bool out = false;
    for (const std::size_t i : waivers_of(claim.rule)) {
      if (!covers_claim(design_, policies_.waivers[i], claim.claim)) continue;
      report_.waivers[i].used = true;
      out = true;
    }
    return out;
  }

  /// Leaves in `rest` what no waiver covers; true when that breaks nothing.
  bool waived(const model::RuleClaim& claim, model::Design& rest) {
    const auto waivers = waivers_of(claim.rule);
    for (const std::size_t i : waivers) rest = cut(rest, policies_.waivers[i], false);
    const bool nothing_left = !is_open(verdict_of(rest, claim.claim));
    for (const std::size_t i : waivers) {
      const model::Waiver& waiver = policies_.waivers[i];
      bool used = is_open(verdict_of(cut(design_, waiver, true), claim.claim));
      if (!used && nothing_left) {
        // A step of a chain breaks nothing by itself.
        model::Design without = design_;
        for (const std::size_t j : waivers) {
          if (j != i) without = cut(without, policies_.waivers[j], false);
        }
        used = is_open(verdict_of(without, claim.claim));
      }
      // While something is left, nobody can tell whether a chain needs this waiver.
      used = used || (!nothing_left && claim.claim.transitive);
      report_.waivers[i].used = report_.waivers[i].used || used;
    }
    return nothing_left;
  }

  /// One diagnostic for each statement that breaks the claim; for chains and what is missing, one.
  void report_all(const model::RuleClaim& claim, model::Design rest) {
    for (std::size_t round = 0; round <= design_.statements.size(); ++round) {
      std::vector<model::StatementId> found;
      {
        const Relation relation(rest);
        const Outcome outcome = decide(relation, claim.claim);
        if (!is_open(outcome.verdict)) return;
        report_one(claim, outcome);
        for (const Step* step : outcome.steps) found.push_back(step->statement);
      }
      if (found.size() != 1 || claim.claim.kind == Claim::Kind::Always) return;
      std::erase_if(rest.flows, [&](const model::Flow& flow) { return flow.statement == found.front(); });
      std::erase_if(rest.data_flows, [&](const model::DataFlow& flow) { return flow.statement == found.front(); });
    }
  }

  void report_one(const model::RuleClaim& claim, const Outcome& outcome) {
    const model::Rule& rule = policies_.rules[claim.rule];
    const bool open = outcome.verdict == Verdict::Undecided;
    note(claim.rule, open ? RuleVerdict::Undecided : RuleVerdict::Broken);
    const std::string subject = open ? "the design" : fmt::format("`{}`{}", outcome.witness, outcome.values);
    auto& reported = say(rule, subject, open ? outcome.witness : "", open);
    for (const Step* step : outcome.steps) {
      const model::FlowStatement& statement = design_.statements[step->statement];
      reported.notes.push_back({statement.span, open ? "this is the flow"
                                                : outcome.steps.size() > 1
                                                    ? fmt::format("a step of it: `{}`", statement.text)
                                                : claim.claim.kind == Claim::Kind::Always ? "this flow nearly does it"
                                                : statement.implied && step->is_request() ? "this trigger admits it"
                                                : statement.implied                       ? "this forward admits it"
                                                                                          : "this flow admits it"});
    }
    add_reason(rule, reported);
  }

  const model::Design& design_;
  const model::Policies& policies_;
  const std::optional<model::WaiverDate>& today_;
  Diagnostics& diagnostics_;
  PolicyReport report_;
};

}  // namespace

std::string_view word(RuleVerdict verdict) {
  switch (verdict) {
    case RuleVerdict::Kept:
      return "kept";
    case RuleVerdict::Broken:
      return "broken";
    case RuleVerdict::Waived:
      return "waived";
    case RuleVerdict::NotApplicable:
      return "not applicable";
    case RuleVerdict::Undecided:
      break;
  }
  return "undecided";
}

PolicyReport enforce(const model::Design& design, const model::Policies& policies,
                     const std::optional<model::WaiverDate>& today, Diagnostics& diagnostics) {
  return Enforcement(design, policies, today, diagnostics).run();
}

}  // namespace crenel::verify
