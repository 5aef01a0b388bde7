#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/source.h"

/// The part of the syntax tree that values are made of; the rest is ast.h.
namespace crenel::syntax {

using base::Span;

struct Name {
  std::string text;
  Span span;
};

/// `a.b.c`; never empty.
struct Path {
  std::vector<Name> names;
  Span span;
};

/// A string literal; `text` has its escapes resolved.
struct Text {
  std::string text;
  Span span;
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// `name: value` or `value` in the parentheses of a call, a `use`, a `test` or a handbook's pattern.
struct Argument {
  std::optional<Name> name;
  ExprPtr value;
  Span span;
};

// ---- expressions ---------------------------------------------------------------------------------------------------
struct IntLiteral {
  std::string digits;
};
struct BoolLiteral {
  bool value = false;
};
struct TextLiteral {
  std::string text;
};
struct PercentLiteral {
  std::string digits;
};
struct DurationLiteral {
  std::string digits;
  char unit = 's';
};  ///< unit: s m h d
struct DateLiteral {
  std::string text;
};  ///< "2027-01-31", not yet checked against the calendar
struct PrefixLengthLiteral {
  std::string digits;
};  ///< `/24`
struct AddressLiteral {
  std::string text;
};  ///< `10.0.0.4` or `::1`, as written
struct CidrLiteral {
  std::string text;
};  ///< `10.0.0.0/16`, as written
struct ServiceLiteral {
  std::string protocol;
  std::string first;
  std::optional<std::string> last;
};  ///< `tcp/1..2`
struct PathExpr {
  Path path;
};
struct RangeExpr {
  ExprPtr first;
  ExprPtr last;
};
struct ListExpr {
  std::vector<ExprPtr> items;
};
struct CallExpr {
  Path callee;
  std::vector<Argument> arguments;
};  ///< count(xs), cpu(70%), file("x"), p(zones: 2)
struct EveryExpr {
  Name kind;
  std::optional<Name> variable;
  ExprPtr where;
};  ///< `every group g where (…)`; where may be null
struct ExistsExpr {
  Name kind;
  Name variable;
  ExprPtr where;
};  ///< where may be null
struct NotExpr {
  ExprPtr operand;
};
enum class BinaryOp { Or, And, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, Within, Overlaps };
struct BinaryExpr {
  BinaryOp op;
  ExprPtr left;
  ExprPtr right;
};
struct IfExpr {
  ExprPtr condition;
  ExprPtr then_value;
  ExprPtr else_value;
};

struct Expr {
  using Node = std::variant<IntLiteral, BoolLiteral, TextLiteral, PercentLiteral, DurationLiteral, DateLiteral,
                            PrefixLengthLiteral, AddressLiteral, CidrLiteral, ServiceLiteral, PathExpr, RangeExpr,
                            ListExpr, CallExpr, EveryExpr, ExistsExpr, NotExpr, BinaryExpr, IfExpr>;
  Node node;
  Span span;
};

}  // namespace crenel::syntax
