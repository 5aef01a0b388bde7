#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The syntax of template expressions (learn.microsoft.com, "Syntax and expressions in ARM templates").
namespace crenel::azure::lifting {

struct Expression;

struct Call {
  std::string function;  ///< as written; may hold a dot: "contoso.uniqueName"
  std::vector<Expression> arguments;
};
struct Member {  ///< `of.name`
  std::unique_ptr<Expression> of;
  std::string name;
};
struct Element {  ///< `of[at]`
  std::unique_ptr<Expression> of;
  std::unique_ptr<Expression> at;
};
/// A text, a number, a call, or what is inside another.
struct Expression {
  std::variant<std::string, std::int64_t, Call, Member, Element> is;
};

/// Whether a text of the template is an expression: `[…]`, and not `[[…`.
[[nodiscard]] bool is_expression(std::string_view text);

/// The expression in `[…]`, or what is wrong with it, in a few words.
[[nodiscard]] std::variant<Expression, std::string> parse_expression(std::string_view text);

}  // namespace crenel::azure::lifting
