#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/estate/estate.h"

/// What the properties of a template are when its intrinsic functions have been carried out as far as that goes without
/// a deployment. CloudFormation turns numbers and texts into one another, so every scalar is a text here.
namespace crenel::aws::reading {

using estate::Place;

struct Value;
struct Member;

/// Not there, or the pseudo parameter that takes a property away.
struct Absent {
  bool operator==(const Absent&) const = default;
};
struct Text {
  std::string text;
  bool operator==(const Text&) const = default;
};
struct List {
  std::vector<Value> elements;
  bool operator==(const List&) const = default;
};
struct Object {
  std::vector<Member> members;
  bool operator==(const Object&) const = default;
};
/// `Ref` (no attribute) or `Fn::GetAtt` of a resource of the template.
struct Reference {
  std::string resource;
  std::string attribute;
  bool operator==(const Reference&) const = default;
};
/// What only a deployment gives: a parameter's value, an import, what the service chooses. Two with one name are equal.
struct Late {
  std::string name;
  bool parameter = false;
  bool operator==(const Late&) const = default;
};
/// A part of an address block that only a deployment gives.
struct Carved {
  Late base;
  estate::Part part;
  bool operator==(const Carved&) const = default;
};
/// A text of several pieces, not all of which are known.
struct Composed {
  std::vector<Value> pieces;
  bool operator==(const Composed&) const = default;
};
/// One of several: the condition, or the key of a mapping, is not decided by the template.
struct Either {
  std::vector<Value> options;
  std::string why;
  bool operator==(const Either&) const = default;
};
/// Not understood.
struct Unread {
  std::string why;
  bool operator==(const Unread&) const = default;
};

struct Value {
  std::variant<Absent, Text, List, Object, Reference, Late, Carved, Composed, Either, Unread> what;
  Place place;

  bool operator==(const Value& other) const;  ///< wherever they stand

  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&what);
  }
  [[nodiscard]] bool absent() const { return as<Absent>() != nullptr; }
  /// The member of an object; `Absent` when there is none.
  [[nodiscard]] const Value& operator[](std::string_view name) const;
};

struct Member {
  std::string name;
  Value value;
  bool operator==(const Member&) const = default;
};

/// Nothing when the value is not known, or says no such thing.
[[nodiscard]] std::optional<std::string> known_text(const Value& value);
[[nodiscard]] std::optional<std::int64_t> known_number(const Value& value);
[[nodiscard]] std::optional<bool> known_flag(const Value& value);

/// The value in words that are the same for the same value: "${VpcSpace}/16".
[[nodiscard]] std::string words(const Value& value);

/// One value that may stand in a place, and whether it stands there whatever the deployment.
struct Option {
  const Value* value = nullptr;
  bool certain = true;
};
/// What a value may be: itself, or the options of an `Either`, however deep.
[[nodiscard]] std::vector<Option> options_of(const Value& value);
/// What a list may hold, element by element. What is no list counts as a list of one, as CloudFormation has it;
/// `a,b` in one text does too. A list that is not known is one element that is not known.
[[nodiscard]] std::vector<Option> elements_of(const Value& value);

/// Of ASCII letters.
[[nodiscard]] std::string lower_case(std::string text);

}  // namespace crenel::aws::reading
