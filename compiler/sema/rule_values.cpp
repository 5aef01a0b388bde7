#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/net/address_set.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

using syntax::BinaryOp;
using Outcome = std::optional<std::variant<Value, Undecided>>;
using Truth = std::variant<bool, Undecided>;

Undecided open_until_deployment(const Expansion& x, model::ParameterId id) {
  return {fmt::format("`{}` is known only at deployment", model::to_string(x.parameters[id].origin.path))};
}

/// The addresses that a value stands for: surely, and at most.
struct Extent {
  net::AddressSet least;
  net::AddressSet most;
  std::optional<model::ParameterId> open;  ///< what the two differ by
};

void add_block(const Expansion& x, const model::Late<net::Prefix>& block, Extent& out) {
  if (const auto* known = std::get_if<net::Prefix>(&block)) {
    out.least = out.least.united(*known);
    out.most = out.most.united(*known);
    return;
  }
  const auto id = std::get<model::ParameterId>(block);
  const auto& within = x.parameters[id].within;
  out.open = id;
  out.most = out.most.united(within.empty() ? net::AddressSet::everything() : net::AddressSet(within));
}

std::optional<Extent> extent_of(const Expansion& x, const Value& value) {
  Extent out;
  if (const auto* block = std::get_if<net::Prefix>(&value.node)) {
    add_block(x, *block, out);
  } else if (const auto* address = std::get_if<net::Address>(&value.node)) {
    add_block(x, net::host(*address), out);
  } else if (const auto* blocks = std::get_if<AddressBlocks>(&value.node)) {
    for (const auto& each : blocks->blocks) add_block(x, each, out);
  } else if (const auto* deferred = std::get_if<Deferred>(&value.node)) {
    add_block(x, deferred->id, out);
  } else if (const auto* thing = std::get_if<EntityRef>(&value.node)) {
    const auto& attributes = x.rows[thing->id].declared.attributes;
    const auto addresses = attributes.find("addresses");
    if (x.rows[thing->id].declared.kind != Kind::Site || addresses == attributes.end()) return std::nullopt;
    return extent_of(x, addresses->second);
  } else {
    return std::nullopt;
  }
  return out;
}

bool is_internet(const Value& value) {
  const auto* word = std::get_if<Word>(&value.node);
  return word != nullptr && word->text == "internet";
}

Truth either(bool first, const Extent& a, const Extent& b, const Expansion& x, bool possible) {
  if (first) return true;
  if (!possible) return false;
  return open_until_deployment(x, a.open ? *a.open : b.open.value());
}

/// Whether two elements have something in common.
Truth meet(const Expansion& x, const Value& a, const Value& b) {
  if (a == b) return true;
  const auto* left = std::get_if<net::Traffic>(&a.node);
  const auto* right = std::get_if<net::Traffic>(&b.node);
  if (left != nullptr && right != nullptr) return left->overlaps(*right);
  const auto from = extent_of(x, a);
  const auto to = extent_of(x, b);
  if (is_internet(a) || is_internet(b)) {
    // What a declared site claims is no part of the Internet; of other blocks all that is not private is.
    const Value& other = is_internet(a) ? b : a;
    const auto& extent = is_internet(a) ? to : from;
    if (!extent || std::holds_alternative<EntityRef>(other.node)) return false;
    const net::AddressSet hidden(net::private_blocks());
    return either(!extent->least.without(hidden).empty(), *extent, *extent, x, !extent->most.without(hidden).empty());
  }
  if (!from || !to) return false;
  return either(from->least.overlaps(to->least), *from, *to, x, from->most.overlaps(to->most));
}

/// Whether all of one element is in another.
Truth covers(const Expansion& x, const Value& whole, const Value& part) {
  if (whole == part) return true;
  const auto* left = std::get_if<net::Traffic>(&whole.node);
  const auto* right = std::get_if<net::Traffic>(&part.node);
  if (left != nullptr && right != nullptr) return left->contains(*right);
  const auto outer = extent_of(x, whole);
  const auto inner = extent_of(x, part);
  if (!outer || !inner) return false;
  return either(outer->least.contains(inner->most), *outer, *inner, x, outer->open || inner->open);
}

std::vector<Value> elements(const Value& value) {
  const auto* list = std::get_if<List>(&value.node);
  return list != nullptr ? list->items : std::vector<Value>{value};
}

/// True when one is; open when one could be.
template <class Ask>
Truth any_of(const std::vector<Value>& values, Ask ask) {
  Truth out = false;
  for (const Value& value : values) {
    const Truth truth = ask(value);
    if (const bool* known = std::get_if<bool>(&truth)) {
      if (*known) return true;
    } else {
      out = truth;
    }
  }
  return out;
}

Truth negated(const Truth& truth) {
  const bool* known = std::get_if<bool>(&truth);
  return known != nullptr ? Truth(!*known) : truth;
}

Truth element_of(const Expansion& x, const Value& item, const Value& whole) {
  if (const auto* range = std::get_if<IntRange>(&whole.node)) {
    const auto* number = std::get_if<std::int64_t>(&item.node);
    return number != nullptr && range->first <= *number && *number <= range->last;
  }
  if (const auto* driven = std::get_if<Driven>(&whole.node)) return element_of(x, item, *driven->value);
  if (!std::holds_alternative<List>(whole.node)) return covers(x, whole, item);
  const bool service = std::holds_alternative<net::Traffic>(item.node);
  return any_of(elements(whole),
                [&](const Value& each) { return service ? meet(x, each, item) : Truth(each == item); });
}

Truth within(const Expansion& x, const Value& a, const Value& b) {
  const auto outside = [&](const Value& part) {
    return negated(any_of(elements(b), [&](const Value& whole) { return covers(x, whole, part); }));
  };
  return negated(any_of(elements(a), outside));
}

Truth overlap(const Expansion& x, const Value& a, const Value& b) {
  return any_of(elements(a), [&](const Value& one) {
    return any_of(elements(b), [&](const Value& two) { return meet(x, one, two); });
  });
}

/// `internet` is a set of one; beside a word of an enumeration it is that word.
bool is_that_word(const Value& word, const Value& set) {
  const auto* list = std::get_if<List>(&set.node);
  return std::holds_alternative<Word>(word.node) && list != nullptr && list->items.size() == 1 &&
         list->items.front() == word && is_internet(word);
}

Truth equal(const Expansion& x, const Value& a, const Value& b) {
  if (a == b || is_that_word(a, b) || is_that_word(b, a)) return true;
  const bool none = std::holds_alternative<None>(a.node) || std::holds_alternative<None>(b.node);
  if (none) return false;
  for (const Value* side : {&a, &b}) {
    if (const auto* deferred = std::get_if<Deferred>(&side->node)) return open_until_deployment(x, deferred->id);
  }
  return false;
}

Truth compared(const Expansion& x, BinaryOp op, const Value& a, const Value& b) {
  if (op == BinaryOp::Equal) return equal(x, a, b);
  if (op == BinaryOp::NotEqual) return negated(equal(x, a, b));
  // Nothing is in what is not there, and it is neither more nor less than anything.
  if (std::holds_alternative<None>(a.node) || std::holds_alternative<None>(b.node)) return false;
  if (op == BinaryOp::In) return element_of(x, a, b);
  if (op == BinaryOp::Within) return within(x, a, b);
  if (op == BinaryOp::Overlaps) return overlap(x, a, b);
  const auto order = order_of(a, b);
  if (!order) return equal(x, a, b);
  return op == BinaryOp::Less        ? *order < 0
         : op == BinaryOp::LessEqual ? *order <= 0
         : op == BinaryOp::Greater   ? *order > 0
                                     : *order >= 0;
}

Outcome of_truth(const std::optional<Truth>& truth) {
  if (!truth) return std::nullopt;
  if (const bool* known = std::get_if<bool>(&*truth)) return made(*known);
  return std::get<Undecided>(*truth);
}

class Evaluation {
 public:
  explicit Evaluation(Expansion& x) : x_(x) {}

  Outcome value(const Context& context, const syntax::Expr& expr) {
    return std::visit(base::Overloaded{
                          [&](const syntax::PathExpr& path) { return path_value(context, path.path, expr); },
                          [&](const syntax::ListExpr& list) { return list_value(context, list); },
                          [&](const syntax::CallExpr& call) { return call_value(context, call, expr); },
                          [&](const syntax::EveryExpr& every) { return every_value(context, every); },
                          [&](const syntax::ExistsExpr& exists) { return of_truth(exists_truth(context, exists)); },
                          [&](const syntax::IfExpr& choice) { return if_value(context, choice); },
                          [&](const syntax::NotExpr&) { return of_truth(truth(context, expr)); },
                          [&](const syntax::BinaryExpr&) { return of_truth(truth(context, expr)); },
                          [&](const auto&) { return plain(context, expr); },
                      },
                      expr.node);
  }

  std::optional<Truth> truth(const Context& context, const syntax::Expr& expr) {
    if (const auto* inner = std::get_if<syntax::NotExpr>(&expr.node)) {
      const auto operand = truth(context, *inner->operand);
      return operand ? std::optional(negated(*operand)) : std::nullopt;
    }
    if (const auto* binary = std::get_if<syntax::BinaryExpr>(&expr.node)) {
      if (binary->op == BinaryOp::And || binary->op == BinaryOp::Or) return logical(context, *binary);
      return comparison(context, *binary);
    }
    const Outcome outcome = value(context, expr);
    if (!outcome) return std::nullopt;
    if (const auto* open = std::get_if<Undecided>(&*outcome)) return *open;
    const Value& found = std::get<Value>(*outcome);
    if (const bool* known = std::get_if<bool>(&found.node)) return *known;
    if (std::holds_alternative<None>(found.node)) return false;
    x_.diagnostics.report(diagnostics::kTypeMismatch, expr.span, "a condition", describe(found));
    return std::nullopt;
  }

 private:
  Outcome plain(const Context& context, const syntax::Expr& expr) {
    Type loose = any_type();
    loose.open = true;
    auto found = raw_value(x_, context, expr, loose);
    if (!found) return std::nullopt;
    return std::move(*found);
  }

  Outcome path_value(const Context& context, const syntax::Path& path, const syntax::Expr& expr) {
    const std::string& name = path.names.front().text;
    const auto collective = [&](auto node) {
      Side side;
      side.terms.push_back({.node = node, .span = expr.span});
      return made(List{ends_of(x_, side)});
    };
    if (name == "internet") return collective(InternetEnd{});
    if (name == "any") return collective(AnyEnd{});
    if (name == "inside") return collective(InsideEnd{});
    if (name == "outside") return collective(OutsideEnd{});
    if (name == "nat") return made(Word{"nat"});
    if (name == "packets") return made(net::Traffic::all());
    if (name == "icmp") return made(net::Traffic::of(net::Protocol::Icmp));
    return plain(context, expr);
  }

  Outcome list_value(const Context& context, const syntax::ListExpr& written) {
    List out;
    for (const auto& item : written.items) {
      auto found = value(context, *item);
      if (!found || std::holds_alternative<Undecided>(*found)) return found;
      out.items.push_back(std::get<Value>(std::move(*found)));
    }
    return made(std::move(out));
  }

  Outcome call_value(const Context& context, const syntax::CallExpr& call, const syntax::Expr& expr) {
    if (text_of(call.callee) != "count" || call.arguments.size() != 1) return plain(context, expr);
    Outcome whole = value(context, *call.arguments[0].value);
    if (!whole || std::holds_alternative<Undecided>(*whole)) return whole;
    const Value& found = std::get<Value>(*whole);
    if (std::holds_alternative<None>(found.node)) return made(std::int64_t{0});
    return made(static_cast<std::int64_t>(elements(found).size()));
  }

  Outcome every_value(const Context& context, const syntax::EveryExpr& every) {
    const auto ids = members_of(x_, context, every);
    if (!ids) return std::nullopt;
    List out;
    for (const DeclaredId id : *ids) out.items.push_back(made(EntityRef{id}));
    return made(std::move(out));
  }

  Outcome if_value(const Context& context, const syntax::IfExpr& choice) {
    const auto condition = truth(context, *choice.condition);
    if (!condition) return std::nullopt;
    if (const auto* open = std::get_if<Undecided>(&*condition)) return *open;
    return value(context, std::get<bool>(*condition) ? *choice.then_value : *choice.else_value);
  }

  std::optional<Truth> exists_truth(const Context& context, const syntax::ExistsExpr& exists) {
    const auto kind = kind_of_keyword(exists.kind.text);
    if (!kind) return std::nullopt;
    Truth out = false;
    for (const DeclaredId id : things_of(x_, *kind)) {
      if (exists.where == nullptr) return true;
      Scope scope;
      const auto found = truth(with_variable(scope, context, exists.variable, *kind, id), *exists.where);
      if (!found) return std::nullopt;
      const bool* known = std::get_if<bool>(&*found);
      if (known != nullptr && *known) return true;
      if (known == nullptr) out = *found;
    }
    return out;
  }

  std::optional<Truth> logical(const Context& context, const syntax::BinaryExpr& binary) {
    const bool deciding = binary.op == BinaryOp::Or;
    const auto left = truth(context, *binary.left);
    if (!left) return std::nullopt;
    if (const bool* known = std::get_if<bool>(&*left); known != nullptr && *known == deciding) return deciding;
    const auto right = truth(context, *binary.right);
    if (!right) return std::nullopt;
    if (const bool* known = std::get_if<bool>(&*right); known != nullptr && *known == deciding) return deciding;
    return std::holds_alternative<Undecided>(*left) ? left : right;
  }

  std::optional<Truth> comparison(const Context& context, const syntax::BinaryExpr& binary) {
    const Outcome left = value(context, *binary.left);
    const Outcome right = value(context, *binary.right);
    if (!left || !right) return std::nullopt;
    for (const Outcome* side : {&left, &right}) {
      if (const auto* open = std::get_if<Undecided>(&**side)) return *open;
    }
    return compared(x_, binary.op, std::get<Value>(*left), std::get<Value>(*right));
  }

  Expansion& x_;
};

}  // namespace

std::optional<std::variant<Value, Undecided>> rule_value(Expansion& x, const Context& context,
                                                         const syntax::Expr& expr) {
  return Evaluation(x).value(context, expr);
}

std::optional<std::variant<bool, Undecided>> rule_truth(Expansion& x, const Context& context,
                                                        const syntax::Expr& expr) {
  return Evaluation(x).truth(context, expr);
}

}  // namespace crenel::sema
