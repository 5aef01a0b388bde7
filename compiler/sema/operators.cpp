#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/net/address_set.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

using syntax::BinaryOp;

Type loose_type() {
  Type type;
  type.open = true;
  return type;
}

/// The value, unless it is left to deployment: nothing at compile time may depend on it.
std::optional<Value> known_now(Expansion& x, std::optional<Value> value) {
  if (!value) return std::nullopt;
  if (const auto* deferred = std::get_if<Deferred>(&value->node)) {
    const auto& parameter = x.parameters[deferred->id];
    const std::string name = model::to_string(parameter.origin.path);
    auto& reported = x.diagnostics.report(diagnostics::kDeferredStructure, value->span, name);
    reported.notes.push_back({parameter.origin.span, "the parameter is declared here"});
    reported.help = fmt::format("bind it: `--set {}=VALUE`, or an argument where the pattern is used", name);
    return std::nullopt;
  }
  return value;
}

/// Addresses, where a value stands for some.
std::optional<net::AddressSet> addresses_of(const Value& value) {
  if (const auto* block = std::get_if<net::Prefix>(&value.node)) return net::AddressSet(*block);
  if (const auto* address = std::get_if<net::Address>(&value.node)) return net::AddressSet(net::host(*address));
  if (const auto* set = std::get_if<AddressBlocks>(&value.node)) {
    std::vector<net::Prefix> blocks;
    for (const auto& block : set->blocks) {
      const auto* known = std::get_if<net::Prefix>(&block);
      if (known == nullptr) return std::nullopt;
      blocks.push_back(*known);
    }
    return net::AddressSet(blocks);
  }
  return std::nullopt;
}

std::optional<bool> element_of(const Value& item, const Value& whole) {
  if (const auto* list = std::get_if<List>(&whole.node)) {
    return std::find(list->items.begin(), list->items.end(), item) != list->items.end();
  }
  if (const auto* range = std::get_if<IntRange>(&whole.node)) {
    const auto* number = std::get_if<std::int64_t>(&item.node);
    if (number != nullptr) return range->first <= *number && *number <= range->last;
  }
  if (const auto* address = std::get_if<net::Address>(&item.node)) {
    if (const auto set = addresses_of(whole)) return set->contains(*address);
  }
  return std::nullopt;
}

/// `a within b`, or with `some` whether they share anything.
std::optional<bool> subset(const Value& a, const Value& b, bool some) {
  const auto* left = std::get_if<List>(&a.node);
  const auto* right = std::get_if<List>(&b.node);
  if (left != nullptr && right != nullptr) {
    const auto held = [&](const Value& item) {
      return std::find(right->items.begin(), right->items.end(), item) != right->items.end();
    };
    return some ? std::any_of(left->items.begin(), left->items.end(), held)
                : std::all_of(left->items.begin(), left->items.end(), held);
  }
  const auto from = addresses_of(a);
  const auto to = addresses_of(b);
  if (!from || !to) return std::nullopt;
  return some ? from->overlaps(*to) : to->contains(*from);
}

std::optional<bool> compared(BinaryOp op, const Value& a, const Value& b) {
  const auto order = order_of(a, b);
  switch (op) {
    case BinaryOp::Equal:
    case BinaryOp::NotEqual: {
      const bool comparable = a.node.index() == b.node.index() || std::holds_alternative<None>(a.node) ||
                              std::holds_alternative<None>(b.node);
      if (!comparable) return std::nullopt;
      return (a == b) == (op == BinaryOp::Equal);
    }
    case BinaryOp::Less:
      return order ? std::optional(*order < 0) : std::nullopt;
    case BinaryOp::LessEqual:
      return order ? std::optional(*order <= 0) : std::nullopt;
    case BinaryOp::Greater:
      return order ? std::optional(*order > 0) : std::nullopt;
    case BinaryOp::GreaterEqual:
      return order ? std::optional(*order >= 0) : std::nullopt;
    case BinaryOp::In:
      return element_of(a, b);
    case BinaryOp::Within:
      return subset(a, b, false);
    case BinaryOp::Overlaps:
      return subset(a, b, true);
    case BinaryOp::Or:
    case BinaryOp::And:
      break;
  }
  return std::nullopt;
}

std::optional<Value> logical(Expansion& x, const Context& context, const syntax::BinaryExpr& expr, base::Span span) {
  const auto left = evaluate(x, context, *expr.left, bool_type());
  Context right_context = context;
  const bool is_and = expr.op == BinaryOp::And;
  for (auto& text : conditions_of(x, context, *expr.left, !is_and)) right_context.conditions.push_back(text);
  const auto right = evaluate(x, right_context, *expr.right, bool_type());
  if (!left || !right) return std::nullopt;
  const bool a = std::get<bool>(left->node);
  const bool b = std::get<bool>(right->node);
  return Value{.node = is_and ? a && b : a || b, .span = span};
}

std::optional<Value> comparison(Expansion& x, const Context& context, const syntax::BinaryExpr& expr, base::Span span) {
  // What one side is known to be tells which words the other may use.
  const Type left_hint = hint_of(x, context, *expr.left);
  const Type right_hint = hint_of(x, context, *expr.right);
  const bool typed = expr.op != BinaryOp::In && expr.op != BinaryOp::Within && expr.op != BinaryOp::Overlaps;
  const bool words = left_hint.base == Type::Base::Words && expr.op == BinaryOp::In;
  auto left = known_now(x, raw_value(x, context, *expr.left, typed ? right_hint : loose_type()));
  auto right = known_now(x, raw_value(x, context, *expr.right, typed || words ? left_hint : loose_type()));
  if (!left || !right) return std::nullopt;
  if (left_hint.base == Type::Base::Words && typed) {
    right = coerce(x, std::move(*right), left_hint, {});
  } else if (right_hint.base == Type::Base::Words && typed) {
    left = coerce(x, std::move(*left), right_hint, {});
  }
  if (!left || !right) return std::nullopt;
  const auto verdict = compared(expr.op, *left, *right);
  if (!verdict) {
    x.diagnostics.report(diagnostics::kNotComparable, span, describe(*left), describe(*right));
    return std::nullopt;
  }
  return Value{.node = *verdict, .span = span};
}

}  // namespace

std::optional<int> order_of(const Value& a, const Value& b) {
  const auto three_way = [](auto left, auto right) { return left < right ? -1 : left > right ? 1 : 0; };
  if (a.node.index() != b.node.index()) return std::nullopt;
  return std::visit(
      base::Overloaded{
          [&](std::int64_t n) { return std::optional(three_way(n, std::get<std::int64_t>(b.node))); },
          [&](const Percent& n) { return std::optional(three_way(n.value, std::get<Percent>(b.node).value)); },
          [&](const Duration& n) { return std::optional(three_way(n.seconds, std::get<Duration>(b.node).seconds)); },
          [&](const Date& n) { return std::optional(three_way(n, std::get<Date>(b.node))); },
          [&](const PrefixLength& n) {
            return std::optional(three_way(n.value, std::get<PrefixLength>(b.node).value));
          },
          [](const auto&) { return std::optional<int>(); },
      },
      a.node);
}

Type hint_of(Expansion& x, const Context& context, const syntax::Expr& expr) {
  const auto* written = std::get_if<syntax::PathExpr>(&expr.node);
  if (written == nullptr) return loose_type();
  const auto& names = written->path.names;
  if (names.size() == 2 && names[0].text == "env" && !x.stages.empty()) {
    Type type;
    type.base = Type::Base::Words;
    type.words = names[1].text == "stage" ? x.stages : std::vector<std::string>();
    if (!type.words.empty()) return type;
  }
  for (const Scope* scope = context.scope; scope != nullptr && names.size() == 1; scope = scope->outer) {
    const auto found = scope->names.find(names[0].text);
    if (found == scope->names.end()) continue;
    if (const auto* parameter = std::get_if<ParameterState*>(&found->second.target)) {
      Type type = (*parameter)->type;
      // Only what kind of thing it is compared with, not how large that may be.
      if (type.base != Type::Base::Words) type = loose_type();
      return type;
    }
  }
  return loose_type();
}

std::optional<Value> operator_value(Expansion& x, const Context& context, const syntax::Expr& expr) {
  if (const auto* negated = std::get_if<syntax::NotExpr>(&expr.node)) {
    const auto operand = evaluate(x, context, *negated->operand, bool_type());
    if (!operand) return std::nullopt;
    return Value{.node = !std::get<bool>(operand->node), .span = expr.span};
  }
  const auto& binary = std::get<syntax::BinaryExpr>(expr.node);
  if (binary.op == BinaryOp::And || binary.op == BinaryOp::Or) return logical(x, context, binary, expr.span);
  return comparison(x, context, binary, expr.span);
}

}  // namespace crenel::sema
