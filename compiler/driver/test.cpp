#include "compiler/driver/test.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "compiler/diagnostics/catalogue/policies.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;

constexpr std::array<std::string_view, 4> kOfRules = {diagnostics::kRuleBroken.code, diagnostics::kAdviceNotTaken.code,
                                                      diagnostics::kRemarkOfRule.code, diagnostics::kRuleOpen.code};

bool is_of_rule(const Diagnostic& diagnostic) {
  return std::find(kOfRules.begin(), kOfRules.end(), diagnostic.code) != kOfRules.end();
}

/// Whether a rule, or POLICY.RULE, is meant by the name in a test.
bool names_rule(const std::string& expected, const std::string& rule) {
  return rule == expected || rule.ends_with("." + expected);
}

/// What one instance came to.
class Judgement {
 public:
  Judgement(const std::optional<Compiled>& compiled, const Diagnostics& found) : found_(found) {
    if (!compiled) return;
    for (std::size_t i = 0; i < compiled->policies.rules.size(); ++i) {
      const auto verdict = compiled->policy_report.rules.at(i);
      if (verdict == verify::RuleVerdict::Broken || verdict == verify::RuleVerdict::Undecided) {
        broken_.push_back(compiled->policies.rules[i]);
      }
    }
  }

  [[nodiscard]] bool happened(const std::string& expected) const {
    return std::any_of(broken_.begin(), broken_.end(),
                       [&](const model::Rule& rule) { return names_rule(expected, rule.name); }) ||
           std::any_of(found_.all().begin(), found_.all().end(),
                       [&](const Diagnostic& diagnostic) { return diagnostic.code == expected; });
  }

  /// The errors that no expectation names.
  [[nodiscard]] Diagnostics unexpected(const std::vector<sema::Expectation>& fails) const {
    Diagnostics out;
    for (const Diagnostic& diagnostic : found_.all()) {
      const bool expected = std::any_of(fails.begin(), fails.end(), [&](const sema::Expectation& each) {
        return each.name == diagnostic.code || (is_of_rule(diagnostic) && says_rule(diagnostic, each.name));
      });
      if (!expected && diagnostic.severity == diagnostics::Severity::Error) out.append(diagnostic);
    }
    return out;
  }

 private:
  /// A rule's diagnostic stands at the rule's name.
  [[nodiscard]] bool says_rule(const Diagnostic& diagnostic, const std::string& expected) const {
    return std::any_of(broken_.begin(), broken_.end(), [&](const model::Rule& rule) {
      return rule.span == diagnostic.span && names_rule(expected, rule.name);
    });
  }

  const Diagnostics& found_;
  std::vector<model::Rule> broken_;
};

bool passes(Compilation& compilation, const Compilation::Test& test) {
  Diagnostics found;
  const auto compiled = compilation.compile_alone(test.job, found);
  const Judgement judgement(compiled, found);
  bool passed = true;
  for (const sema::Expectation& expectation : test.facts.fails) {
    if (judgement.happened(expectation.name)) continue;
    passed = false;
    compilation.diagnostics()
        .report(diagnostics::kNothingFails, expectation.span, expectation.name)
        .notes.push_back({test.facts.title, "in this test"});
  }
  Diagnostics unexpected = judgement.unexpected(test.facts.fails);
  passed = passed && !unexpected.has_errors();
  for (Diagnostic diagnostic : unexpected.all()) {
    diagnostic.notes.push_back({test.facts.title, "found by this test"});
    compilation.diagnostics().append(std::move(diagnostic));
  }
  return passed;
}

}  // namespace

std::vector<TestResult> test(Compilation& compilation) {
  compilation.load();
  compilation.check_declarations();
  if (compilation.diagnostics().has_errors()) return {};
  std::vector<TestResult> out;
  for (const auto& each : compilation.tests()) {
    out.push_back(
        {.title = each.job.target.name, .providers = each.job.target.providers, .passed = passes(compilation, each)});
  }
  return out;
}

}  // namespace crenel::driver
