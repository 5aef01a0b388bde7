#include <array>
#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {
namespace {

template <class T>
ExprPtr make(T node, Span span) {
  return std::make_unique<Expr>(Expr{std::move(node), span});
}

ExprPtr binary(BinaryOp op, ExprPtr left, ExprPtr right) {
  const Span span = base::join(left->span, right->span);
  return make(BinaryExpr{op, std::move(left), std::move(right)}, span);
}

BinaryOp comparison(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, BinaryOp>, 9> kOperators = {{{"==", BinaryOp::Equal},
                                                                                {"!=", BinaryOp::NotEqual},
                                                                                {"<", BinaryOp::Less},
                                                                                {"<=", BinaryOp::LessEqual},
                                                                                {">", BinaryOp::Greater},
                                                                                {">=", BinaryOp::GreaterEqual},
                                                                                {"in", BinaryOp::In},
                                                                                {"within", BinaryOp::Within},
                                                                                {"overlaps", BinaryOp::Overlaps}}};
  for (const auto& [word, op] : kOperators)
    if (word == text) return op;
  assert(false && "compareOp of the grammar and comparison() list the same operators");
  return BinaryOp::Equal;
}

std::string without_last(std::string_view text) { return std::string(text.substr(0, text.size() - 1)); }

}  // namespace

ExprPtr Lowering::expression(const Node& lone) const { return lone.broken ? nullptr : expr_in(lone); }

ExprPtr Lowering::expr_in(const Node& node, std::size_t nth) const {
  const Node* part = child(node, NodeKind::Expr, nth);
  return part == nullptr ? nullptr : expr(*part);
}

ExprPtr Lowering::expr(const Node& node) const {
  if (node.kind == NodeKind::Token) return literal(node);
  const Node& first = node.children.front();
  switch (node.kind) {
    case NodeKind::IfExpr:
      return make(IfExpr{expr_in(node, 0), expr_in(node, 1), expr_in(node, 2)}, span(node));
    case NodeKind::OrExpr:
      return chain(node, BinaryOp::Or);
    case NodeKind::AndExpr:
      return chain(node, BinaryOp::And);
    case NodeKind::NotExpr:
      return make(NotExpr{expr(node.children[1])}, span(node));
    case NodeKind::ExistsExpr:
      return exists(node);
    case NodeKind::Compare:
      return compare(node);
    case NodeKind::Call:
      return make(CallExpr{path(first), arguments(node.children[1])}, span(node));
    case NodeKind::Range: {
      if (node.children.size() == 1) return bound(first);
      return make(RangeExpr{bound(first), bound(node.children[2])}, span(node));
    }
    case NodeKind::List:
      return list(node);
    case NodeKind::EveryExpr:
      return make(every(node), span(node));
    case NodeKind::ServiceLiteral:
      return service(node);
    case NodeKind::Parens: {
      // The parentheses count to the span, so that a caret covers what was written.
      ExprPtr inner = expr_in(node);
      inner->span = span(node);
      return inner;
    }
    default:
      return expr(first);  // expr, unary, primary: they only choose
  }
}

ExprPtr Lowering::chain(const Node& node, BinaryOp op) const {
  ExprPtr out = expr(node.children.front());
  for (std::size_t i = 2; i < node.children.size(); i += 2) out = binary(op, std::move(out), expr(node.children[i]));
  return out;
}

ExprPtr Lowering::compare(const Node& node) const {
  ExprPtr left = expr(node.children.front());
  if (node.children.size() == 1) return left;
  if (node.children.size() > 3)
    diagnostics_.report(diagnostics::kChainedComparison, span(node.children[3])).help =
        "put one of the two in parentheses, or join two comparisons by `and`";
  return binary(comparison(token(node.children[1]).text), std::move(left), expr(node.children[2]));
}

ExprPtr Lowering::exists(const Node& node) const {
  const Binder bound_name = binder(*child(node, NodeKind::Binder));
  const Node* where = child(node, NodeKind::Unary);
  return make(ExistsExpr{bound_name.kind, bound_name.variable, where == nullptr ? nullptr : expr(*where)}, span(node));
}

ExprPtr Lowering::bound(const Node& node) const {
  const Node& part = node.children.front();
  return part.kind == NodeKind::Path ? make(PathExpr{path(part)}, span(part)) : literal(part);
}

ExprPtr Lowering::literal(const Node& leaf) const {
  const Token& token = this->token(leaf);
  const std::string whole(token.text);
  switch (token.kind) {
    case TokenKind::Int:
      return make(IntLiteral{whole}, token.span);
    case TokenKind::Percent:
      return make(PercentLiteral{without_last(whole)}, token.span);
    case TokenKind::Duration:
      return make(DurationLiteral{without_last(whole), whole.back()}, token.span);
    case TokenKind::Date:
      return make(DateLiteral{whole}, token.span);
    case TokenKind::PrefixLength:
      return make(PrefixLengthLiteral{whole.substr(1)}, token.span);
    case TokenKind::Ip:
      return make(AddressLiteral{whole}, token.span);
    case TokenKind::Cidr:
      return make(CidrLiteral{whole}, token.span);
    case TokenKind::String:
      return make(TextLiteral{text(leaf).text}, token.span);
    default:
      return make(BoolLiteral{token.text == "true"}, token.span);
  }
}

ServiceLiteral Lowering::service_literal(const Node& node) const {
  const std::string_view whole = token(node).text;
  const std::size_t slash = whole.find('/');
  ServiceLiteral out{std::string(whole.substr(0, slash)), std::string(whole.substr(slash + 1)), std::nullopt};
  if (const Node* last = leaf(node, TokenKind::Int)) out.last = std::string(token(*last).text);
  return out;
}

ExprPtr Lowering::service(const Node& node) const { return make(service_literal(node), span(node)); }

ExprPtr Lowering::list(const Node& node) const {
  ListExpr out;
  for (const Node* item : children(node, NodeKind::Expr)) out.items.push_back(expr(*item));
  return make(std::move(out), span(node));
}

EveryExpr Lowering::every(const Node& node) const {
  EveryExpr out{name_in(node), std::nullopt, nullptr};
  if (child(node, NodeKind::Name, 1) != nullptr) out.variable = name_in(node, 1);
  if (const Node* parens = child(node, NodeKind::Parens))
    out.where = expr(*parens);
  else
    out.where = expr_in(node);
  check_kind(out.kind, "a kind of declaration", declaration_kinds());
  return out;
}

std::vector<Argument> Lowering::arguments(const Node& node) const {
  std::vector<Argument> out;
  for (const Node* part : children(node, NodeKind::Argument)) {
    Argument argument;
    if (child(*part, NodeKind::Name) != nullptr) argument.name = name_in(*part);
    argument.value = expr_in(*part);
    argument.span = span(*part);
    out.push_back(std::move(argument));
  }
  return out;
}

}  // namespace crenel::syntax
