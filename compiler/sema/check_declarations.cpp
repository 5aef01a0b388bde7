#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/diagnostics/catalogue/targets.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/target_sources.h"

namespace crenel::sema {
namespace {

/// Checks the items of one module. Each has an expansion of its own, without a target.
class DeclarationCheck {
 public:
  DeclarationCheck(Expansion& x, ModuleId module)
      : x_(x), context_{.scope = module_scope(x, module), .conditions = {}, .live = true, .statement = "a value"} {}

  void at(const syntax::Service&, DefinitionId id) { static_cast<void>(service_of(x_, id)); }
  void at(const syntax::Addresses& addresses, DefinitionId) {
    Type type;
    type.base = Type::Base::Addresses;
    static_cast<void>(evaluate(x_, context_, *addresses.value, type));
  }
  void at(const syntax::Let& let, DefinitionId) {
    // By its name, so that a cycle is noticed. Words are judged where the value is used.
    const syntax::Expr expr{.node = syntax::PathExpr{{.names = {let.name}, .span = let.name.span}},
                            .span = let.name.span};
    Type loose = any_type();
    loose.open = true;
    static_cast<void>(raw_value(x_, context_, expr, loose));
  }
  void at(const syntax::Site&, DefinitionId id) {
    static_cast<void>(module_row(x_, id));
    check_sites(x_);
  }
  void at(const syntax::Agent&, DefinitionId id) { static_cast<void>(module_row(x_, id)); }
  void at(const syntax::Environment& environment, DefinitionId id) {
    static_cast<void>(read_environment(x_, id));
    under(environment.under);
  }
  void at(const syntax::Policy& policy, DefinitionId) {
    under(policy.under);
    std::map<std::string, base::Span> seen;
    for (const auto& rule : policy.rules) {
      const auto [first, added] = seen.emplace(rule.name.text, rule.name.span);
      if (!added) {
        x_.diagnostics.report(diagnostics::kDuplicateRule, rule.name.span, rule.name.text)
            .notes.push_back({first->second, "the first is here"});
      }
      check(rule);
    }
  }
  void at(const syntax::Stack& stack, DefinitionId) { under(stack.under); }
  void at(const syntax::Test& test, DefinitionId id);
  void at(const syntax::Handbook& handbook, DefinitionId);
  void at(const syntax::Waiver& waiver, DefinitionId);
  template <class Other>
  void at(const Other&, DefinitionId) {}

 private:
  /// The declaration of this kind that the path's first name stands for; reports when it does not.
  std::optional<DefinitionId> named(const syntax::Path& path, DefinitionKind kind) {
    const auto resolved = resolve_head(path);
    if (!resolved) return std::nullopt;
    const auto* id = std::get_if<DefinitionId>(&resolved->meaning);
    if (id != nullptr && x_.program.definitions[*id].kind == kind) return *id;
    if (std::holds_alternative<Unknown>(resolved->meaning)) {
      report_unknown(x_, context_, path.names.front(), with_article(kind));
    } else {
      report_wrong_kind(x_, head_of(path), *resolved, with_article(kind));
    }
    return std::nullopt;
  }

  static syntax::Path head_of(const syntax::Path& path) {
    return {.names = {path.names.front()}, .span = path.names.front().span};
  }
  std::optional<Resolved> resolve_head(const syntax::Path& path) { return resolve(x_, context_, head_of(path)); }

  void under(const std::vector<syntax::UnderItem>& items) {
    for (const auto& item : items) {
      for (const auto& policy : item.policies) static_cast<void>(named(policy, DefinitionKind::Policy));
    }
  }

  void check(const Context& at, const syntax::Claim& claim) {
    static_cast<void>(side_of(x_, at, claim.from, true));
    static_cast<void>(side_of(x_, at, claim.to, true));
    static_cast<void>(actions_of(x_, at, claim.actions, claim.to.span));
    static_cast<void>(hops_of(x_, at, claim.via));
  }

  void check(const Context& at, const std::vector<syntax::Assertion>& assertions) {
    for (const auto& assertion : assertions) {
      if (const auto* claim = std::get_if<syntax::Claim>(&assertion)) {
        check(at, *claim);
      } else {
        check_require(x_, at, std::get<syntax::Require>(assertion));
      }
    }
  }

  void check(const syntax::Rule& rule) {
    if (rule.because.size() != 1) {
      auto& reported = x_.diagnostics.report(diagnostics::kRuleClause, rule.name.span, rule.name.text);
      if (rule.because.size() > 1) reported.notes.push_back({rule.because[1].span, "a second one is here"});
    }
    check(context_, rule.assertions);
  }

  void expect(const syntax::Test& test);
  void covered(const syntax::Path& path, const std::string& kind);

  Expansion& x_;
  Context context_;
};

bool is_code(const syntax::Path& path) {
  const std::string& text = path.names.front().text;
  return path.names.size() == 1 && text.size() == 7 && text.starts_with("CRN") &&
         std::all_of(text.begin() + 3, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What a test says that fails is a code, or a rule that the test puts in force.
void DeclarationCheck::expect(const syntax::Test& test) {
  std::vector<PolicyName> names;
  const auto add = [&](const std::vector<syntax::UnderItem>& items, ModuleId module) {
    for (const auto& item : items) {
      for (const auto& policy : item.policies) names.push_back({.path = &policy, .module = module});
    }
  };
  add(test.under, context_.scope->module);
  if (test.environment) {
    const auto id = find(x_.program, context_.scope->module, test.environment->names.front().text);
    const auto* environment = id ? std::get_if<syntax::Environment>(&x_.program.definitions[*id].item->node) : nullptr;
    if (environment != nullptr) add(environment->under, x_.program.definitions[*id].module);
  }
  std::vector<std::string> rules;
  for (const DefinitionId id : policies_named(x_, names)) {
    const Definition& policy = x_.program.definitions[id];
    for (const auto& rule : std::get<syntax::Policy>(policy.item->node).rules) {
      rules.push_back(rule.name.text);
      rules.push_back(policy.name + "." + rule.name.text);
    }
  }
  for (const auto& fails : test.fails) {
    if (is_code(fails.code)) continue;
    const std::string name = text_of(fails.code);
    if (std::find(rules.begin(), rules.end(), name) != rules.end()) continue;
    auto& reported = x_.diagnostics.report(diagnostics::kUnknownName, fails.code.span, name,
                                           "a rule that the test is under, or a code,");
    if (const auto near = base::nearest(name, rules)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{fails.code.span, *near}}});
    } else {
      reported.help = "say `under POLICY` in the test";
    }
  }
}

/// What a waiver covers begins with its stack, or is an environment.
void DeclarationCheck::covered(const syntax::Path& path, const std::string& kind) {
  static_cast<void>(named(path, kind == "environment" ? DefinitionKind::Environment : DefinitionKind::Stack));
}

void DeclarationCheck::at(const syntax::Test& test, DefinitionId) {
  for (const auto& provider : test.providers) {
    const auto& known = x_.program.providers;
    if (std::find(known.begin(), known.end(), provider.text) != known.end()) continue;
    auto& reported = x_.diagnostics.report(diagnostics::kUnknownProvider, provider.span, provider.text);
    if (const auto near = base::nearest(provider.text, known)) reported.help = fmt::format("did you mean `{}`?", *near);
  }
  if (test.environment) static_cast<void>(named(*test.environment, DefinitionKind::Environment));
  under(test.under);
  expect(test);
  const auto id = named(test.pattern, DefinitionKind::Pattern);
  if (!id) return;
  const auto& pattern = std::get<syntax::Pattern>(x_.program.definitions[*id].item->node);
  Instance& instance = x_.instances.emplace_back();
  instance.definition = *id;
  instance.statements = &pattern.statements;
  instance.scope.module = x_.program.definitions[*id].module;
  instance.scope.instance = &instance;
  bind_parameters(x_, instance, pattern, context_, test.arguments);
  declare(x_, instance);
  evaluate_attributes(x_, instance);
  // The pattern's own names first, then those of the file that holds the test.
  instance.scope.module = context_.scope->module;
  Context at = context_;
  at.scope = &instance.scope;
  check(at, test.assertions);
}

void DeclarationCheck::at(const syntax::Handbook& handbook, DefinitionId) {
  if (const auto* property = property_named(handbook.properties, "policies")) {
    const auto* policies = std::get_if<syntax::ListExpr>(&property->value->node);
    for (std::size_t i = 0; policies != nullptr && i < policies->items.size(); ++i) {
      const auto* path = std::get_if<syntax::PathExpr>(&policies->items[i]->node);
      if (path != nullptr) static_cast<void>(named(path->path, DefinitionKind::Policy));
    }
  }
  std::map<std::string, Value> attributes;
  read_properties(x_, context_, handbook.properties, "handbook", "a handbook", handbook.title.span, attributes);
}

void DeclarationCheck::at(const syntax::Waiver& waiver, DefinitionId) {
  const auto once = [&](const auto& clauses, const char* name) {
    if (clauses.size() != 1) x_.diagnostics.report(diagnostics::kWaiverClause, waiver.rule.span, name);
  };
  once(waiver.because, "because");
  once(waiver.owner, "owner");
  once(waiver.ticket, "ticket");
  once(waiver.until, "until");
  for (const auto& [text, span] : waiver.until) {
    const syntax::Expr date{.node = syntax::DateLiteral{text}, .span = span};
    static_cast<void>(literal(date, x_.diagnostics));
  }
  const bool here = std::any_of(x_.program.waiver_files.begin(), x_.program.waiver_files.end(),
                                [&](const auto& file) { return file.second == context_.scope->module; });
  if (!here) x_.diagnostics.report(diagnostics::kWaiverMisplaced, waiver.rule.span).help = std::string(kWaiverHelp);
  if (const auto* thing = std::get_if<syntax::WaivedThing>(&waiver.covers)) {
    if (!kind_of_keyword(thing->kind.text)) {
      x_.diagnostics.report(diagnostics::kUnknownName, thing->kind.span, thing->kind.text, "a kind of declaration");
    }
    covered(thing->path, thing->kind.text);
  } else {
    const auto& flow = std::get<syntax::WaivedFlow>(waiver.covers);
    for (const auto* side : {&flow.from, &flow.to}) {
      for (const auto& term : side->terms) {
        const auto* path = std::get_if<syntax::Path>(&term.node);
        if (path != nullptr && !is_builtin(path->names.front().text) && path->names.size() > 1) covered(*path, "");
        if (std::holds_alternative<syntax::EveryExpr>(term.node)) {
          x_.diagnostics.report(diagnostics::kWaiverEnds, term.span);
        }
      }
      if (!side->except.empty()) x_.diagnostics.report(diagnostics::kWaiverEnds, side->except.front().span);
    }
    static_cast<void>(waived_actions(x_, context_, flow.actions));
  }
  if (waiver.rule.names.size() != 2) {
    x_.diagnostics.report(diagnostics::kWaiverRule, waiver.rule.span, text_of(waiver.rule));
    return;
  }
  const auto policy = named(waiver.rule, DefinitionKind::Policy);
  if (!policy) return;
  std::vector<std::string> rules;
  for (const auto& rule : std::get<syntax::Policy>(x_.program.definitions[*policy].item->node).rules) {
    rules.push_back(rule.name.text);
  }
  const syntax::Name& name = waiver.rule.names[1];
  if (std::find(rules.begin(), rules.end(), name.text) != rules.end()) return;
  auto& reported = x_.diagnostics.report(diagnostics::kUnknownMember, name.span,
                                         fmt::format("policy `{}`", waiver.rule.names[0].text), name.text);
  if (const auto near = base::nearest(name.text, rules)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  }
}

}  // namespace

void check_declarations(World& world, const Program& program, diagnostics::Diagnostics& diagnostics) {
  const std::vector<Binding> none;
  std::vector<ModuleId> modules = program.named;
  for (const auto& [environment, module] : program.waiver_files) {
    if (std::find(modules.begin(), modules.end(), module) == modules.end()) modules.push_back(module);
  }
  for (const ModuleId module : modules) {
    for (const DefinitionId id : program.modules[module].definitions) {
      diagnostics::Diagnostics found;
      Expansion x(world, program, found, none);
      DeclarationCheck check(x, module);
      std::visit([&](const auto& node) { check.at(node, id); }, program.definitions[id].item->node);
      append_new(diagnostics, found);
    }
  }
}

}  // namespace crenel::sema
