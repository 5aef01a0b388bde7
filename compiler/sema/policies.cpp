#include <algorithm>

#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

using model::RuleSeverity;

/// The parser has seen to it that it is one.
RuleSeverity severity_of(std::string_view word) {
  for (const auto severity : {RuleSeverity::Mandatory, RuleSeverity::Warning, RuleSeverity::Info}) {
    if (model::to_string(severity) == word) return severity;
  }
  return RuleSeverity::Error;
}

model::Rule rule_of(const std::string& policy, const syntax::Rule& written) {
  model::Rule out;
  out.name = policy + "." + written.name.text;
  out.severity = severity_of(written.severity.text);
  for (const auto& control : written.controls) out.controls.push_back(control.text);
  if (!written.because.empty()) out.because = written.because.front().text;
  if (!written.fixes.empty()) out.fix = written.fixes.front().text;
  out.doc = written.doc;
  out.span = written.name.span;
  return out;
}

class Applying {
 public:
  explicit Applying(Expansion& x) : x_(x) {}

  void name_rules(DefinitionId id) {
    const Definition& definition = x_.program.definitions[id];
    for (const auto& rule : std::get<syntax::Policy>(definition.item->node).rules) {
      x_.policies.rules.push_back(rule_of(definition.name, rule));
      written_.push_back({.rule = &rule, .module = definition.module});
    }
  }

  void ask_rules() {
    for (std::size_t i = 0; i < written_.size(); ++i) {
      const Context context{
          .scope = module_scope(x_, written_[i].module), .conditions = {}, .live = true, .statement = "a rule"};
      for (const auto& assertion : written_[i].rule->assertions) {
        std::visit([&](const auto& node) { at(node, context, i); }, assertion);
      }
    }
  }

 private:
  struct Written {
    const syntax::Rule* rule = nullptr;
    ModuleId module;
  };

  void at(const syntax::Claim& claim, const Context& context, std::size_t rule) {
    Context inner = context;
    add_condition(x_, inner, claim.when.get());
    resolve_claim(x_, inner, claim, base::join(claim.from.span, claim.to.span), rule);
  }

  void at(const syntax::Require& require, const Context& context, std::size_t rule) {
    Asked asked = ask(x_, context, require);
    x_.policies.rules[rule].cases += asked.cases;
    for (auto& finding : asked.findings) {
      finding.rule = rule;
      x_.policies.findings.push_back(std::move(finding));
    }
  }

  Expansion& x_;
  std::vector<Written> written_;
};

}  // namespace

std::vector<DefinitionId> policies_named(Expansion& x, const std::vector<PolicyName>& names) {
  std::vector<DefinitionId> out;
  std::vector<PolicyName> waiting(names.rbegin(), names.rend());
  while (!waiting.empty()) {
    const PolicyName next = waiting.back();
    waiting.pop_back();
    const Context context{
        .scope = module_scope(x, next.module), .conditions = {}, .live = true, .statement = "a policy"};
    const auto resolved = resolve(x, context, *next.path);
    if (!resolved) continue;
    const auto* id = std::get_if<DefinitionId>(&resolved->meaning);
    if (std::holds_alternative<Unknown>(resolved->meaning)) {
      report_unknown(x, context, next.path->names.front(), "a policy");
      continue;
    }
    if (id == nullptr || x.program.definitions[*id].kind != DefinitionKind::Policy) {
      report_wrong_kind(x, *next.path, *resolved, "a policy");
      continue;
    }
    if (std::find(out.begin(), out.end(), *id) != out.end()) continue;
    out.push_back(*id);
    const Definition& definition = x.program.definitions[*id];
    const auto& policy = std::get<syntax::Policy>(definition.item->node);
    for (auto item = policy.under.rbegin(); item != policy.under.rend(); ++item) {
      for (auto path = item->policies.rbegin(); path != item->policies.rend(); ++path) {
        waiting.push_back({.path = &*path, .module = definition.module});
      }
    }
  }
  return out;
}

void apply_policies(Expansion& x, const std::vector<DefinitionId>& policies) {
  Applying applying(x);
  for (const DefinitionId policy : policies) applying.name_rules(policy);
  read_waivers(x);
  applying.ask_rules();
}

}  // namespace crenel::sema
