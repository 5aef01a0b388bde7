#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// A tree of values that keeps the order in which members were added: what the backends build and the writers print.
namespace crenel::document {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;

class Value {
 public:
  Value() = default;                                            ///< null
  Value(bool value) : node_(value) {}                           // NOLINT(google-explicit-constructor)
  Value(int value) : node_(std::int64_t{value}) {}              // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : node_(value) {}                   // NOLINT(google-explicit-constructor)
  Value(std::string value) : node_(std::move(value)) {}         // NOLINT(google-explicit-constructor)
  Value(std::string_view value) : node_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* value) : node_(std::string(value)) {}       // NOLINT(google-explicit-constructor)
  Value(Array value);                                           // NOLINT(google-explicit-constructor)
  Value(Object value);                                          // NOLINT(google-explicit-constructor)

  using Node = std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object>;
  [[nodiscard]] const Node& node() const { return node_; }

  /// Adds a member to an object (a null becomes one). The name is not there yet.
  Value& set(std::string name, Value value);
  /// Adds an element to an array (a null becomes one).
  Value& push(Value value);
  /// The member of an object, or nullptr.
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(node_); }
  bool operator==(const Value&) const = default;

 private:
  Node node_;
};

/// `object({{"Ref", "Vpc"}})`, `array({1, "a"})`.
[[nodiscard]] Value object(std::initializer_list<Member> members);
[[nodiscard]] Value array(std::initializer_list<Value> elements);

/// JSON with two spaces of indentation, members in their order, non-ASCII as it is, and a final newline.
[[nodiscard]] std::string to_json(const Value& value);
/// The same tree as YAML 1.2 that also reads as YAML 1.1 readers do: every string that another type could be read from
/// is quoted.
[[nodiscard]] std::string to_yaml(const Value& value);

}  // namespace crenel::document
