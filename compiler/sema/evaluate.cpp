#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

using Base = Type::Base;

const Type& element_hint(const Type& hint) { return hint.base == Base::List ? hint.element.front() : hint; }

/// The value of a `let`, unless it is in the middle of being found: then the cycle is reported.
std::optional<Value> let_value(Expansion& x, const syntax::Let& let, const Scope* scope, const Context& use,
                               const Type& hint) {
  for (std::size_t i = 0; i < x.evaluating.size(); ++i) {
    if (x.evaluating[i].first != &let) continue;
    std::vector<std::string> names;
    for (std::size_t k = i; k < x.evaluating.size(); ++k) names.push_back(x.evaluating[k].second);
    names.push_back(let.name.text);
    x.diagnostics.report(diagnostics::kValueCycle, let.name.span, base::join(names, " → "));
    return std::nullopt;
  }
  x.evaluating.emplace_back(&let, let.name.text);
  Context context = use;
  context.scope = scope;
  auto value = raw_value(x, context, *let.value, hint);
  x.evaluating.pop_back();
  return value;
}

/// An `addresses` declaration, as values of its module.
std::optional<Value> named_addresses(Expansion& x, DefinitionId id, const Context& use) {
  const Definition& definition = x.program.definitions[id];
  const auto& declared = std::get<syntax::Addresses>(definition.item->node);
  for (const auto& [key, name] : x.evaluating) {
    if (key != &declared) continue;
    x.diagnostics.report(diagnostics::kValueCycle, declared.name.span, declared.name.text + " → " + declared.name.text);
    return std::nullopt;
  }
  x.evaluating.emplace_back(&declared, declared.name.text);
  Type type;
  type.base = Base::Addresses;
  Context context = use;
  context.scope = module_scope(x, definition.module);
  auto value = evaluate(x, context, *declared.value, type);
  x.evaluating.pop_back();
  return value;
}

std::optional<Value> env_value(Expansion& x, const Context& context, const syntax::Path& path) {
  const Instance* instance = nullptr;
  for (const Scope* scope = context.scope; scope != nullptr; scope = scope->outer) {
    if (scope->instance != nullptr) instance = scope->instance;
  }
  const bool in_stack =
      instance != nullptr && x.program.definitions[instance->definition].kind == DefinitionKind::Stack;
  if (!in_stack || !x.environment) {
    x.diagnostics.report(diagnostics::kEnvOutsideStack, path.span).help =
        "give the pattern a parameter, and pass `env.stage` to it from the stack";
    return std::nullopt;
  }
  const std::string& fact = path.names.back().text;
  if (path.names.size() == 2 && fact == "stage") {
    return Value{.node = Word{x.environment->stage}, .span = path.span};
  }
  if (path.names.size() == 2 && fact == "name") {
    return Value{.node = Word{x.environment->origin.path.front()}, .span = path.span};
  }
  x.diagnostics.report(diagnostics::kUnknownFact, path.span, "env", text_of(path)).help =
      "`env.stage` and `env.name` are known";
  return std::nullopt;
}

std::optional<Value> definition_value(Expansion& x, const Context& context, const syntax::Path& path,
                                      const Resolved& resolved, const Type& hint) {
  const DefinitionId id = std::get<DefinitionId>(resolved.meaning);
  const Definition& definition = x.program.definitions[id];
  switch (definition.kind) {
    case DefinitionKind::Let:
      return let_value(x, std::get<syntax::Let>(definition.item->node), resolved.scope, context, hint);
    case DefinitionKind::Addresses:
      return named_addresses(x, id, context);
    case DefinitionKind::Service: {
      auto traffic = service_of(x, id);
      if (!traffic) return std::nullopt;
      return Value{.node = std::move(*traffic), .span = path.span};
    }
    case DefinitionKind::Label:
      return Value{.node = Word{definition.name}, .span = path.span};
    default:
      // A word may be spelled like something that is no value: `stage = prod`.
      if ((hint.base == Base::Words || hint.base == Base::Any) && hint.open) {
        return Value{.node = Word{definition.name}, .span = path.span};
      }
      report_wrong_kind(x, path, resolved, describe(hint));
      return std::nullopt;
  }
}

bool is_word_of(const Type& hint, const syntax::Path& path) {
  return hint.base == Base::Words && !hint.open && path.names.size() == 1 &&
         std::find(hint.words.begin(), hint.words.end(), path.names[0].text) != hint.words.end();
}

std::optional<Value> unknown_value(Expansion& x, const Context& context, const syntax::Path& path, const Type& hint) {
  const bool alone = path.names.size() == 1;
  // A word of an enumeration is judged where its type is known; here it is kept as it is.
  if (alone && (hint.base == Base::Words || (hint.base == Base::Any && hint.open))) {
    return Value{.node = Word{path.names[0].text}, .span = path.span};
  }
  report_unknown(x, context, path.names.front(), describe(hint));
  return std::nullopt;
}

std::optional<Value> path_value(Expansion& x, const Context& context, const syntax::Path& path, const Type& hint) {
  if (is_word_of(hint, path)) return Value{.node = Word{path.names[0].text}, .span = path.span};
  const auto resolved = resolve(x, context, path);
  if (!resolved) return std::nullopt;
  auto value =
      std::visit(base::Overloaded{
                     [&](const Unknown&) { return unknown_value(x, context, path, hint); },
                     [&](const Builtin& builtin) -> std::optional<Value> {
                       if (builtin.name == "none") return Value{.node = None{}, .span = path.span};
                       if (builtin.name == "env") return env_value(x, context, path);
                       report_wrong_kind(x, path, *resolved, describe(hint));
                       return std::nullopt;
                     },
                     [&](ParameterState* parameter) { return value_of(x, context, *parameter, path.span); },
                     [&](LetState* let) { return let_value(x, *let->declaration, resolved->scope, context, hint); },
                     [&](DeclaredId id) { return std::optional<Value>({.node = EntityRef{id}, .span = path.span}); },
                     [&](Instance*) -> std::optional<Value> {
                       report_wrong_kind(x, path, *resolved, describe(hint));
                       return std::nullopt;
                     },
                     [&](DefinitionId) { return definition_value(x, context, path, *resolved, hint); },
                     [&](const FactOf& fact) { return fact_value(x, fact); },
                 },
                 resolved->meaning);
  if (value && hint.base == Base::Label && !std::holds_alternative<Word>(value->node)) {
    report_wrong_kind(x, path, *resolved, describe(hint));
    return std::nullopt;
  }
  return value;
}

std::optional<Value> range_value(Expansion& x, const Context& context, const syntax::RangeExpr& range,
                                 base::Span span) {
  const Type any = any_type();
  const auto first = raw_value(x, context, *range.first, any);
  const auto last = raw_value(x, context, *range.last, any);
  if (!first || !last) return std::nullopt;
  const auto backwards = [&](const std::string& a, const std::string& b) {
    x.diagnostics.report(diagnostics::kBackwardsRange, span, a + ".." + b)
        .fixes.push_back({.title = fmt::format("write `{}..{}`", b, a), .edits = {{span, b + ".." + a}}, .safe = true});
    return std::nullopt;
  };
  const auto* from = std::get_if<std::int64_t>(&first->node);
  const auto* to = std::get_if<std::int64_t>(&last->node);
  if (from != nullptr && to != nullptr) {
    if (*from > *to) return backwards(std::to_string(*from), std::to_string(*to));
    return Value{.node = IntRange{*from, *to}, .span = span};
  }
  const auto* shortest = std::get_if<PrefixLength>(&first->node);
  const auto* longest = std::get_if<PrefixLength>(&last->node);
  if (shortest != nullptr && longest != nullptr) {
    if (shortest->value > longest->value) {
      return backwards(fmt::format("/{}", shortest->value), fmt::format("/{}", longest->value));
    }
    return Value{.node = LengthRange{shortest->value, longest->value}, .span = span};
  }
  x.diagnostics.report(diagnostics::kTypeMismatch, span, "a range of numbers or of prefix lengths",
                       fmt::format("one from {} to {}", describe(*first), describe(*last)));
  return std::nullopt;
}

std::optional<Value> list_value(Expansion& x, const Context& context, const syntax::ListExpr& list, base::Span span,
                                const Type& hint) {
  List out;
  bool good = true;
  for (const auto& item : list.items) {
    auto value = raw_value(x, context, *item, element_hint(hint));
    if (value) {
      out.items.push_back(std::move(*value));
    } else {
      good = false;
    }
  }
  if (!good) return std::nullopt;
  return Value{.node = std::move(out), .span = span};
}

std::optional<Value> call_value(Expansion& x, const Context& context, const syntax::CallExpr& call, base::Span span) {
  const std::string name = text_of(call.callee);
  if (name == "file") {
    const auto* path =
        call.arguments.size() == 1 ? std::get_if<syntax::TextLiteral>(&call.arguments[0].value->node) : nullptr;
    if (path == nullptr) return std::nullopt;  // reported when the module was read
    const Module& module = x.program.modules[context.scope->module];
    const auto text = module.file_texts.find(path->text);
    if (text == module.file_texts.end()) return std::nullopt;
    return Value{.node = text->second, .span = span};
  }
  if (name == "count" && call.arguments.size() == 1) {
    const auto value = raw_value(x, context, *call.arguments[0].value, any_type());
    if (!value) return std::nullopt;
    if (const auto* list = std::get_if<List>(&value->node)) {
      return Value{.node = static_cast<std::int64_t>(list->items.size()), .span = span};
    }
    x.diagnostics.report(diagnostics::kTypeMismatch, value->span, "a list", describe(*value));
    return std::nullopt;
  }
  x.diagnostics.report(diagnostics::kUnknownFunction, call.callee.span, name).help =
      "`count(LIST)` and `file(\"path\")` are the functions";
  return std::nullopt;
}

std::optional<Value> if_value(Expansion& x, const Context& context, const syntax::IfExpr& choice, const Type& hint) {
  const auto condition = evaluate(x, context, *choice.condition, bool_type());
  Context then_context = context;
  Context else_context = context;
  for (auto& text : conditions_of(x, context, *choice.condition, false)) then_context.conditions.push_back(text);
  for (auto& text : conditions_of(x, context, *choice.condition, true)) else_context.conditions.push_back(text);
  // Both are checked, so that what is wrong does not wait for another binding.
  auto yes = raw_value(x, then_context, *choice.then_value, hint);
  auto no = raw_value(x, else_context, *choice.else_value, hint);
  if (!condition || !yes || !no) return std::nullopt;
  if (hint.base != Base::Any) {
    const Type& type = hint;
    const bool taken = std::get<bool>(condition->node);
    if (!coerce(x, taken ? *no : *yes, type, {})) return std::nullopt;
  }
  return std::get<bool>(condition->node) ? yes : no;
}

}  // namespace

std::optional<Value> raw_value(Expansion& x, const Context& context, const syntax::Expr& expr, const Type& hint) {
  auto value =
      std::visit(base::Overloaded{
                     [&](const syntax::PathExpr& path) { return path_value(x, context, path.path, hint); },
                     [&](const syntax::RangeExpr& range) { return range_value(x, context, range, expr.span); },
                     [&](const syntax::ListExpr& list) { return list_value(x, context, list, expr.span, hint); },
                     [&](const syntax::CallExpr& call) { return call_value(x, context, call, expr.span); },
                     [&](const syntax::IfExpr& choice) { return if_value(x, context, choice, hint); },
                     [&](const syntax::NotExpr&) { return operator_value(x, context, expr); },
                     [&](const syntax::BinaryExpr&) { return operator_value(x, context, expr); },
                     [&](const syntax::EveryExpr&) -> std::optional<Value> {
                       x.diagnostics.report(diagnostics::kEveryNotHere, expr.span, "every");
                       return std::nullopt;
                     },
                     [&](const syntax::ExistsExpr&) -> std::optional<Value> {
                       x.diagnostics.report(diagnostics::kEveryNotHere, expr.span, "exists");
                       return std::nullopt;
                     },
                     [&](const auto&) { return literal(expr, x.diagnostics); },
                 },
                 expr.node);
  if (value) value->span = expr.span;
  return value;
}

std::optional<Value> evaluate(Expansion& x, const Context& context, const syntax::Expr& expr, const Type& type) {
  auto value = raw_value(x, context, expr, type);
  if (!value) return std::nullopt;
  base::Span origin;
  if (const auto* path = std::get_if<syntax::PathExpr>(&expr.node)) {
    // Resolved once already without an error, so this says nothing new.
    if (const auto resolved = resolve(x, context, path->path)) origin = resolved->declared;
  }
  return coerce(x, std::move(*value), type, origin);
}

}  // namespace crenel::sema
