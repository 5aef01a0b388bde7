#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

/// Writes an expression out over the parameters of the target itself: names of parameters and values are replaced by
/// what they stand for. Two expressions with the same text have the same value whatever the target is bound to.
class Canonical {
 public:
  std::string text(const syntax::Expr& expr, const Scope* scope) {
    if (++depth_ > kDeepest) return "";  // a cycle of values, which is reported where it is evaluated
    std::string out = std::visit([&](const auto& node) { return at(node, scope); }, expr.node);
    --depth_;
    return out;
  }

  [[nodiscard]] bool free() const { return free_; }

 private:
  static constexpr int kDeepest = 256;

  static std::string at(const syntax::IntLiteral& x, const Scope*) { return x.digits; }
  static std::string at(const syntax::BoolLiteral& x, const Scope*) { return x.value ? "true" : "false"; }
  static std::string at(const syntax::TextLiteral& x, const Scope*) { return "\"" + x.text + "\""; }
  static std::string at(const syntax::PercentLiteral& x, const Scope*) { return x.digits + "%"; }
  static std::string at(const syntax::DurationLiteral& x, const Scope*) { return x.digits + x.unit; }
  static std::string at(const syntax::DateLiteral& x, const Scope*) { return x.text; }
  static std::string at(const syntax::PrefixLengthLiteral& x, const Scope*) { return "/" + x.digits; }
  static std::string at(const syntax::AddressLiteral& x, const Scope*) { return x.text; }
  static std::string at(const syntax::CidrLiteral& x, const Scope*) { return x.text; }
  static std::string at(const syntax::ServiceLiteral& x, const Scope*) {
    return x.protocol + "/" + x.first + (x.last ? ".." + *x.last : "");
  }
  std::string at(const syntax::PathExpr& x, const Scope* scope) {
    const std::string& first = x.path.names.front().text;
    if (first == "env") free_ = true;
    for (const Scope* in = scope; in != nullptr && x.path.names.size() == 1; in = in->outer) {
      const auto found = in->names.find(first);
      if (found == in->names.end()) continue;
      if (const auto* parameter = std::get_if<ParameterState*>(&found->second.target)) return of(**parameter);
      if (const auto* let = std::get_if<LetState*>(&found->second.target)) {
        return text(*(*let)->declaration->value, in);
      }
      return text_of(x.path);
    }
    return text_of(x.path);
  }
  std::string of(const ParameterState& parameter) {
    if (parameter.free || parameter.argument == nullptr) {
      free_ = true;
      return model::to_string(parameter.path);
    }
    return text(*parameter.argument, parameter.argument_scope);
  }
  std::string at(const syntax::RangeExpr& x, const Scope* scope) {
    return text(*x.first, scope) + ".." + text(*x.last, scope);
  }
  std::string at(const syntax::ListExpr& x, const Scope* scope) {
    std::vector<std::string> items;
    for (const auto& item : x.items) items.push_back(text(*item, scope));
    return "[" + base::join(items, ", ") + "]";
  }
  std::string at(const syntax::CallExpr& x, const Scope* scope) {
    std::vector<std::string> arguments;
    for (const auto& argument : x.arguments) arguments.push_back(text(*argument.value, scope));
    return text_of(x.callee) + "(" + base::join(arguments, ", ") + ")";
  }
  static std::string at(const syntax::EveryExpr& x, const Scope*) { return "every " + x.kind.text; }
  static std::string at(const syntax::ExistsExpr& x, const Scope*) { return "exists " + x.kind.text; }
  std::string at(const syntax::NotExpr& x, const Scope* scope) { return "not " + text(*x.operand, scope); }
  std::string at(const syntax::BinaryExpr& x, const Scope* scope) {
    return fmt::format("({} {} {})", text(*x.left, scope), static_cast<int>(x.op), text(*x.right, scope));
  }
  std::string at(const syntax::IfExpr& x, const Scope* scope) {
    return fmt::format("(if {} then {} else {})", text(*x.condition, scope), text(*x.then_value, scope),
                       text(*x.else_value, scope));
  }

  int depth_ = 0;
  bool free_ = false;
};

/// What the name of a boolean stands for, where it is written elsewhere: the expression and its scope.
std::pair<const syntax::Expr*, const Scope*> behind(const syntax::Expr& expr, const Scope* scope) {
  const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
  for (const Scope* in = scope; path != nullptr && in != nullptr && path->path.names.size() == 1; in = in->outer) {
    const auto found = in->names.find(path->path.names[0].text);
    if (found == in->names.end()) continue;
    if (const auto* parameter = std::get_if<ParameterState*>(&found->second.target)) {
      const ParameterState& state = **parameter;
      if (!state.free && state.argument != nullptr) return {state.argument, state.argument_scope};
    }
    if (const auto* let = std::get_if<LetState*>(&found->second.target)) return {(*let)->declaration->value.get(), in};
    break;
  }
  return {nullptr, nullptr};
}

void collect(Expansion& x, const Context& context, const syntax::Expr& expr, const Scope* scope, bool negated,
             int depth, Conditions& out) {
  if (const auto* negation = std::get_if<syntax::NotExpr>(&expr.node)) {
    collect(x, context, *negation->operand, scope, !negated, depth, out);
    return;
  }
  const auto joining = negated ? syntax::BinaryOp::Or : syntax::BinaryOp::And;
  if (const auto* binary = std::get_if<syntax::BinaryExpr>(&expr.node); binary != nullptr && binary->op == joining) {
    collect(x, context, *binary->left, scope, negated, depth, out);
    collect(x, context, *binary->right, scope, negated, depth, out);
    return;
  }
  constexpr int kDeepest = 64;
  if (const auto [value, where] = behind(expr, scope); value != nullptr && depth < kDeepest) {
    collect(x, context, *value, where, negated, depth + 1, out);
    return;
  }
  Canonical canonical;
  std::string text = canonical.text(expr, scope);
  if (canonical.free()) {
    out.push_back(negated ? "not " + text : text);
    return;
  }
  Context at = context;
  at.scope = scope;
  const auto value = evaluate(x, at, expr, bool_type());
  if (value && std::get<bool>(value->node) == negated) out.emplace_back("false");
}

}  // namespace

Conditions conditions_of(Expansion& x, const Context& context, const syntax::Expr& expr, bool negated) {
  Conditions out;
  collect(x, context, expr, context.scope, negated, 0, out);
  return out;
}

void add_condition(Expansion& x, Context& context, const syntax::Expr* when) {
  if (when == nullptr) return;
  Context deciding = context;
  deciding.statement = "a condition";
  const auto value = evaluate(x, deciding, *when, bool_type());
  // After an error the statement is taken as there: less of what follows looks wrong.
  const bool holds = !value || std::get<bool>(value->node);
  for (auto& text : conditions_of(x, context, *when, false)) context.conditions.push_back(std::move(text));
  context.live = context.live && holds;
}

bool implied(const Conditions& wanted, const Conditions& given) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& condition) {
    return std::find(given.begin(), given.end(), condition) != given.end();
  });
}

}  // namespace crenel::sema
