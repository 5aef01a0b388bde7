#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/estate/estate.h"

/// Values of template expressions as far as they are known before a deployment.
namespace crenel::azure::lifting {

struct Null {
  bool operator==(const Null&) const = default;
};

/// A parameter's whole value.
struct Given {
  std::string parameter;
  bool operator==(const Given&) const = default;
};
/// A part of the block that a parameter gives, or (without `part`) the one address that it gives, as a block.
struct Cut {
  std::string parameter;
  std::optional<estate::Part> part;
  bool operator==(const Cut&) const = default;
};
/// How long the prefix of the block is that a parameter gives.
struct LengthOf {
  std::string parameter;
  bool operator==(const LengthOf&) const = default;
};
/// The number of the `before_last`-th but last part of `length` bits in the block that a parameter gives.
struct NumberFromEnd {
  std::string parameter;
  int length = 0;
  std::uint32_t before_last = 0;
  bool operator==(const NumberFromEnd&) const = default;
};

/// A value that only a deployment knows. Two with one text are the same value.
struct Open {
  std::string text;  ///< what is known of it, and in braces what is not: "net-{parameters('Stage')}"
  std::variant<std::monostate, Given, Cut, LengthOf, NumberFromEnd> meaning;
  std::string why;  ///< where the expression itself is at fault: what is wrong with it
};

struct Value;
struct Field;
using List = std::vector<Value>;
using Fields = std::vector<Field>;

struct Value {
  std::variant<Null, bool, std::int64_t, std::string, Open, List, Fields> is;
  base::Span span;

  [[nodiscard]] bool null() const { return std::holds_alternative<Null>(is); }
  [[nodiscard]] const Open* open() const { return std::get_if<Open>(&is); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&is); }
  [[nodiscard]] const List* list() const { return std::get_if<List>(&is); }
  [[nodiscard]] const Fields* fields() const { return std::get_if<Fields>(&is); }
  /// The member of an object; names are compared without their case. nullptr when there is none.
  [[nodiscard]] const Value* find(std::string_view name) const;
};
struct Field {
  std::string name;
  Value value;
};

[[nodiscard]] Value value_of(std::string text);
[[nodiscard]] Value value_of(std::int64_t number);
[[nodiscard]] Value value_of(bool truth);
[[nodiscard]] Value open_value(std::string text);
[[nodiscard]] Value fault(std::string text, std::string why);

[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);  ///< without their case

/// The value inside a longer text: its own text, digits, or what is open of it in braces. Nothing for lists, objects.
[[nodiscard]] std::optional<std::string> as_text(const Value& value);
[[nodiscard]] std::optional<std::int64_t> as_number(const Value& value);
[[nodiscard]] std::optional<bool> as_truth(const Value& value);

/// The value as it would be written in an expression.
[[nodiscard]] std::string written(const Value& value);
/// Something in it is only known at deployment.
[[nodiscard]] bool has_open(const Value& value);
/// Whether two values are equal; nothing when that is not known.
[[nodiscard]] std::optional<bool> equal(const Value& a, const Value& b);
/// How many values it consists of, or more than `most`.
[[nodiscard]] std::size_t weight(const Value& value, std::size_t most);

/// Splits at `separator` wherever it stands outside of braces.
[[nodiscard]] std::vector<std::string> split_outside_braces(std::string_view text, char separator);

}  // namespace crenel::azure::lifting
