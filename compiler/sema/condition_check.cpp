#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/fact_tables.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

using syntax::BinaryOp;
using FT = FactType;

/// What is known of an expression's value before there is any.
struct Shape {
  enum class Is : std::uint8_t { Open, None, One, List } is = Is::Open;  ///< Open: found out when it is evaluated
  FT type = FT::Bool;                                                    ///< of One; of List the element's
  std::vector<Kind> kinds;                                               ///< of Thing; none: any
  std::vector<std::string> words;                                        ///< of Word; none: any
  std::string said;                                                      ///< for messages
  /// Names that nobody declares: words, if a word is expected.
  std::vector<syntax::Name> undeclared;
};

using Is = Shape::Is;

/// How the built-in name is called in messages, and known by.
constexpr std::string_view kInternetWord = "`internet`";

Shape one(FT type, std::string said) {
  return {.is = Is::One, .type = type, .kinds = {}, .words = {}, .said = std::move(said), .undeclared = {}};
}
Shape list(FT type, std::string said) {
  Shape shape = one(type, std::move(said));
  shape.is = Is::List;
  return shape;
}

Shape shape_of(const Fact& fact) {
  Shape out = one(fact.type, describe(fact));
  out.kinds = fact.kinds;
  out.words = fact.words;
  const auto listed = [&](FT element) {
    out.is = Is::List;
    out.type = element;
  };
  if (fact.type == FT::Texts) listed(FT::Text);
  if (fact.type == FT::Words) listed(FT::Word);
  if (fact.type == FT::Things) listed(FT::Thing);
  if (fact.type == FT::Ends || fact.type == FT::Ways || fact.type == FT::Actions) listed(fact.type);
  return out;
}

bool has_order(FT type) { return type == FT::Number || type == FT::Duration || type == FT::Date || type == FT::Length; }

/// Whether values of both can be equal.
bool alike(FT a, FT b) {
  const auto class_of = [](FT type) {
    switch (type) {
      case FT::Ends:
      case FT::Thing:
      case FT::Ways:
      case FT::Addresses:
        return 1;
      case FT::Word:
      case FT::Actions:
        return 2;
      default:
        return 10 + static_cast<int>(type);
    }
  };
  // `internet`, `nat`: ends and ways that are words.
  const bool end_or_word =
      (a == FT::Word && (b == FT::Ends || b == FT::Ways)) || (b == FT::Word && (a == FT::Ends || a == FT::Ways));
  return class_of(a) == class_of(b) || end_or_word;
}

class ConditionCheck {
 public:
  explicit ConditionCheck(Expansion& x) : x_(x) {}

  Shape look(const Context& context, const syntax::Expr& expr) {
    return std::visit(base::Overloaded{
                          [&](const syntax::IntLiteral&) { return one(FT::Number, "a number"); },
                          [&](const syntax::BoolLiteral&) { return one(FT::Bool, "true or false"); },
                          [&](const syntax::TextLiteral&) { return one(FT::Text, "a text"); },
                          [&](const syntax::DurationLiteral&) { return one(FT::Duration, "a duration"); },
                          [&](const syntax::DateLiteral&) { return one(FT::Date, "a date"); },
                          [&](const syntax::PrefixLengthLiteral&) { return one(FT::Length, "the length of a prefix"); },
                          [&](const syntax::AddressLiteral&) { return one(FT::Addresses, "an address"); },
                          [&](const syntax::CidrLiteral&) { return one(FT::Addresses, "a block"); },
                          [&](const syntax::ServiceLiteral&) { return one(FT::Actions, "a service"); },
                          [&](const syntax::PathExpr& path) { return path_shape(context, path.path); },
                          [&](const syntax::ListExpr& items) { return list_shape(context, items); },
                          [&](const syntax::CallExpr& call) { return call_shape(context, call); },
                          [&](const syntax::EveryExpr& every) { return every_shape(context, every); },
                          [&](const syntax::ExistsExpr& exists) { return exists_shape(context, exists); },
                          [&](const syntax::NotExpr& negated) {
                            want_bool(context, *negated.operand);
                            return one(FT::Bool, "true or false");
                          },
                          [&](const syntax::BinaryExpr& binary) { return binary_shape(context, binary, expr.span); },
                          [&](const syntax::IfExpr& choice) {
                            want_bool(context, *choice.condition);
                            look(context, *choice.else_value);
                            return look(context, *choice.then_value);
                          },
                          [&](const auto&) { return Shape{}; },
                      },
                      expr.node);
  }

  void want_bool(const Context& context, const syntax::Expr& expr) {
    const Shape shape = look(context, expr);
    if (!shape.undeclared.empty()) return unknown(context, shape.undeclared.front(), "a condition");
    if (shape.is == Is::Open || (shape.is == Is::One && shape.type == FT::Bool)) return;
    x_.diagnostics.report(diagnostics::kTypeMismatch, expr.span, "a condition", said(shape));
  }

  std::optional<Kind> kind_at(const syntax::Name& name) {
    const auto kind = kind_of_keyword(name.text);
    if (kind) return kind;
    std::vector<std::string> known;
    for (const KindFacts& table : all_facts()) known.emplace_back(keyword(table.kind));
    auto& reported = x_.diagnostics.report(diagnostics::kUnknownName, name.span, name.text, "a kind of declaration");
    if (const auto near = base::nearest(name.text, known)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
    }
    return std::nullopt;
  }

 private:
  static std::string said(const Shape& shape) {
    if (!shape.undeclared.empty()) return fmt::format("`{}`", shape.undeclared.front().text);
    return shape.is == Is::None ? "`none`" : shape.said;
  }

  /// An `exists` whose `where` is over, and what stands behind it.
  struct Ended {
    const syntax::ExistsExpr* exists = nullptr;
    base::Span all;
  };

  /// What a condition ends with, when that is an `exists … where …`.
  static const syntax::ExistsExpr* last_exists(const syntax::Expr& expr) {
    if (const auto* binary = std::get_if<syntax::BinaryExpr>(&expr.node)) return last_exists(*binary->right);
    if (const auto* negated = std::get_if<syntax::NotExpr>(&expr.node)) return last_exists(*negated->operand);
    const auto* exists = std::get_if<syntax::ExistsExpr>(&expr.node);
    return exists != nullptr && exists->where != nullptr ? exists : nullptr;
  }

  void unknown(const Context& context, const syntax::Name& name, const std::string& expected) {
    if (ended_.exists == nullptr || ended_.exists->variable.text != name.text) {
      return report_unknown(x_, context, name, expected);
    }
    auto& reported = x_.diagnostics.report(diagnostics::kUnknownName, name.span, name.text, expected);
    base::Span from = ended_.exists->where->span;
    base::Span to = ended_.all;
    from.end = from.begin;
    to.begin = to.end;
    reported.notes.push_back(
        {ended_.exists->variable.span, "it stands for one thing in this `where`, which takes one condition"});
    reported.help = "put all that it is about in parentheses";
    reported.fixes.push_back({"put parentheses around it", {{from, "("}, {to, ")"}}});
  }

  Shape path_shape(const Context& context, const syntax::Path& path) {
    const auto resolved = resolve(x_, context, path);
    if (!resolved) return {};
    return std::visit(base::Overloaded{
                          [&](const Unknown&) {
                            Shape shape = one(FT::Word, fmt::format("`{}`", path.names.front().text));
                            shape.undeclared.push_back(path.names.front());
                            return shape;
                          },
                          [&](const Builtin& builtin) { return builtin_shape(builtin, path, *resolved); },
                          [&](const FactOf& fact) { return fact_shape(fact); },
                          [&](DeclaredId id) {
                            Shape shape = one(FT::Thing, with_article(x_.rows[id].declared.kind));
                            shape.kinds = {x_.rows[id].declared.kind};
                            return shape;
                          },
                          [&](DefinitionId id) { return definition_shape(id, path); },
                          [&](const auto&) { return Shape{}; },
                      },
                      resolved->meaning);
  }

  Shape builtin_shape(const Builtin& builtin, const syntax::Path& path, const Resolved& resolved) {
    if (builtin.name == "none") return {.is = Is::None, .kinds = {}, .words = {}, .said = "`none`", .undeclared = {}};
    if (builtin.name == "internet" || builtin.name == "any" || builtin.name == "inside" || builtin.name == "outside") {
      return list(FT::Ends, fmt::format("`{}`", builtin.name));
    }
    if (builtin.name == "nat") return one(FT::Ways, "`nat`");
    if (builtin.name == "packets" || builtin.name == "icmp") return one(FT::Actions, "a service");
    report_wrong_kind(x_, path, resolved, "a fact or a value");
    return {};
  }

  Shape definition_shape(DefinitionId id, const syntax::Path& path) {
    switch (x_.program.definitions[id].kind) {
      case DefinitionKind::Service:
        return one(FT::Actions, "a service");
      case DefinitionKind::Label:
        return one(FT::Word, "a label");
      case DefinitionKind::Addresses:
        return one(FT::Addresses, "addresses");
      case DefinitionKind::Let:
        return {};
      default: {
        // A word may be spelled like something that is no value: `n.stage == prod`.
        Shape shape = one(FT::Word, fmt::format("`{}`", path.names.front().text));
        shape.undeclared.push_back(path.names.front());
        return shape;
      }
    }
  }

  Shape fact_shape(const FactOf& fact) {
    Shape shape = one(FT::Thing, with_article(fact.variable.kind));
    shape.kinds = {fact.variable.kind};
    std::vector<syntax::Name> names = fact.rest;
    if (!fact.name.text.empty()) names.insert(names.begin(), fact.name);
    for (const auto& name : names) {
      if (shape.is == Is::Open) return shape;
      if (shape.is != Is::One || shape.type != FT::Thing) {
        x_.diagnostics.report(diagnostics::kUnknownMember, name.span, shape.said, name.text);
        return {};
      }
      if (shape.kinds.empty()) return {};
      const Fact* found = nullptr;
      for (const Kind kind : shape.kinds) found = found == nullptr ? find_fact(kind, name.text) : found;
      if (found == nullptr) {
        unknown_fact(shape.kinds.front(), name);
        return {};
      }
      shape = shape_of(*found);
    }
    return shape;
  }

  void unknown_fact(Kind kind, const syntax::Name& name) {
    std::vector<std::string> known;
    for (const Fact& fact : facts_of(kind)) known.emplace_back(fact.name);
    auto& reported = x_.diagnostics.report(diagnostics::kUnknownFact, name.span, with_article(kind), name.text);
    if (const auto near = base::nearest(name.text, known)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
    } else {
      reported.help = fmt::format("std/facts lists them: `{}_facts`", keyword(kind));
    }
  }

  Shape list_shape(const Context& context, const syntax::ListExpr& written) {
    Shape out{.is = Is::List, .kinds = {}, .words = {}, .said = "a list", .undeclared = {}};
    bool open = written.items.empty();
    for (const auto& item : written.items) {
      Shape shape = look(context, *item);
      open = open || shape.is != Is::One;
      out.type = shape.type;
      out.undeclared.insert(out.undeclared.end(), shape.undeclared.begin(), shape.undeclared.end());
    }
    if (open) out.is = Is::Open;
    return out;
  }

  Shape call_shape(const Context& context, const syntax::CallExpr& call) {
    const std::string name = text_of(call.callee);
    if (name == "file") return one(FT::Text, "a text");
    if (name != "count" || call.arguments.size() != 1) {
      x_.diagnostics.report(diagnostics::kUnknownFunction, call.callee.span, name).help =
          "`count(LIST)` and `file(\"path\")` are the functions";
      return {};
    }
    const Shape shape = look(context, *call.arguments[0].value);
    if (shape.is == Is::One || shape.is == Is::None) {
      x_.diagnostics.report(diagnostics::kTypeMismatch, call.arguments[0].span, "a list", said(shape));
    }
    return one(FT::Number, "a number");
  }

  Shape every_shape(const Context& context, const syntax::EveryExpr& every) {
    const auto kind = kind_at(every.kind);
    if (!kind) return {};
    Scope scope;
    if (every.where != nullptr && every.variable) {
      want_bool(with_variable(scope, context, *every.variable, *kind, {}), *every.where);
    }
    Shape shape = list(FT::Thing, "every " + every.kind.text);
    shape.kinds = {*kind};
    return shape;
  }

  Shape exists_shape(const Context& context, const syntax::ExistsExpr& exists) {
    const auto kind = kind_at(exists.kind);
    Scope scope;
    if (kind && exists.where != nullptr) {
      want_bool(with_variable(scope, context, exists.variable, *kind, {}), *exists.where);
    }
    return one(FT::Bool, "true or false");
  }

  /// Words that stand beside a value: of an enumeration, or of nothing.
  void judge_words(const Context& context, const Shape& words, const Shape& beside) {
    for (const auto& name : words.undeclared) {
      if (beside.is == Is::Open || beside.is == Is::None) continue;
      const bool fits = beside.type == FT::Word || beside.type == FT::Actions;
      if (!fits) {
        unknown(context, name, beside.said);
        continue;
      }
      const auto& known = beside.words;
      if (known.empty() || std::find(known.begin(), known.end(), name.text) != known.end()) continue;
      auto& reported =
          x_.diagnostics.report(diagnostics::kTypeMismatch, name.span, beside.said, fmt::format("`{}`", name.text));
      if (const auto near = base::nearest(name.text, known)) {
        reported.help = fmt::format("did you mean `{}`?", *near);
        reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
      }
    }
  }

  Shape binary_shape(const Context& context, const syntax::BinaryExpr& binary, base::Span span) {
    Shape truth = one(FT::Bool, "true or false");
    if (binary.op == BinaryOp::And || binary.op == BinaryOp::Or) {
      want_bool(context, *binary.left);
      const Ended before = ended_;
      if (const auto* exists = last_exists(*binary.left)) ended_ = {.exists = exists, .all = binary.right->span};
      want_bool(context, *binary.right);
      ended_ = before;
      return truth;
    }
    const std::size_t before = x_.diagnostics.error_count();
    const Shape a = look(context, *binary.left);
    const Shape b = look(context, *binary.right);
    if (a.undeclared.empty() || b.undeclared.empty()) {
      judge_words(context, a, b);
      judge_words(context, b, a);
    } else {
      unknown(context, a.undeclared.front(), "a fact or a value");
    }
    if (x_.diagnostics.error_count() != before) return truth;
    if (!fit(binary.op, a, b)) x_.diagnostics.report(diagnostics::kNotComparable, span, said(a), said(b));
    return truth;
  }

  /// The word of an enumeration that is also a name: `f.path == internet`.
  static bool is_word_internet(const Shape& word, const Shape& end) {
    const auto& known = word.words;
    return word.is == Is::One && word.type == FT::Word && end.said == kInternetWord &&
           (known.empty() || std::find(known.begin(), known.end(), "internet") != known.end());
  }

  static bool fit(BinaryOp op, const Shape& a, const Shape& b) {
    if (a.is == Is::Open || b.is == Is::Open) return true;
    if (is_word_internet(a, b) || is_word_internet(b, a)) return op == BinaryOp::Equal || op == BinaryOp::NotEqual;
    switch (op) {
      case BinaryOp::Equal:
      case BinaryOp::NotEqual:
        return a.is == Is::None || b.is == Is::None || (a.is == b.is && alike(a.type, b.type));
      case BinaryOp::In:
        if (a.is != Is::One) return false;
        if (b.is == Is::List) return alike(a.type, b.type);
        return (b.type == FT::Scale && a.type == FT::Number) || (b.type == FT::Addresses && a.type == FT::Addresses);
      case BinaryOp::Within:
      case BinaryOp::Overlaps: {
        const auto set = [](const Shape& shape) {
          return shape.is == Is::List ||
                 (shape.is == Is::One &&
                  (shape.type == FT::Addresses || shape.type == FT::Thing || shape.type == FT::Actions));
        };
        return set(a) && set(b) && alike(a.type, b.type);
      }
      default:
        return a.is == Is::One && b.is == Is::One && a.type == b.type && has_order(a.type);
    }
  }

  Expansion& x_;
  Ended ended_;
};

}  // namespace

bool check_condition(Expansion& x, const Context& context, const syntax::Expr& expr) {
  const std::size_t before = x.diagnostics.error_count();
  ConditionCheck(x).want_bool(context, expr);
  return x.diagnostics.error_count() == before;
}

bool check_every(Expansion& x, const Context& context, const syntax::EveryExpr& every) {
  const std::size_t before = x.diagnostics.error_count();
  ConditionCheck check(x);
  const auto kind = check.kind_at(every.kind);
  Scope scope;
  if (kind && every.where != nullptr && every.variable) {
    check.want_bool(with_variable(scope, context, *every.variable, *kind, {}), *every.where);
  }
  return x.diagnostics.error_count() == before;
}

bool check_require(Expansion& x, const Context& context, const syntax::Require& require) {
  const std::size_t before = x.diagnostics.error_count();
  ConditionCheck check(x);
  Context at = context;
  std::deque<Scope> scopes;
  for (const auto& binder : require.binders) {
    if (const auto kind = check.kind_at(binder.kind)) {
      at = with_variable(scopes.emplace_back(), at, binder.variable, *kind, {});
    }
  }
  if (x.diagnostics.error_count() != before) return false;
  if (require.where != nullptr) check.want_bool(at, *require.where);
  check.want_bool(at, *require.condition);
  return x.diagnostics.error_count() == before;
}

}  // namespace crenel::sema
