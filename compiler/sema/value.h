#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/model/design.h"
#include "compiler/net/prefix.h"
#include "compiler/net/traffic.h"

/// What an expression comes to. Units are in the names; every value knows where it was written.
namespace crenel::sema {

using DeclaredId = base::Id<struct DeclaredTag>;

struct None {
  bool operator==(const None&) const = default;
};
struct Word {
  std::string text;
  bool operator==(const Word&) const = default;
};  ///< a word of an enumeration, typed where it is expected
struct Percent {
  int value = 0;
  bool operator==(const Percent&) const = default;
};
struct Duration {
  std::int64_t seconds = 0;
  bool operator==(const Duration&) const = default;
};
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  auto operator<=>(const Date&) const = default;
};
struct PrefixLength {
  int value = 0;
  bool operator==(const PrefixLength&) const = default;
};
struct IntRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool operator==(const IntRange&) const = default;
};
struct LengthRange {
  int first = 0;
  int last = 0;
  bool operator==(const LengthRange&) const = default;
};
struct Secret {
  bool operator==(const Secret&) const = default;
};  ///< a literal where a secret is expected: its text is dropped at once
struct EntityRef {
  DeclaredId id;
  bool operator==(const EntityRef&) const = default;
};
/// A value left to deployment.
struct Deferred {
  model::ParameterId id;
  bool operator==(const Deferred&) const = default;
};

struct Value;
struct List {
  std::vector<Value> items;
  bool operator==(const List&) const;
};
/// `VALUE by DRIVER(ARGUMENT)`: `2..6 by cpu(70%)`.
struct Driven {
  std::shared_ptr<const Value> value;
  std::string driver;
  std::shared_ptr<const Value> argument;
  bool operator==(const Driven&) const;
};
/// A named or literal set of addresses.
struct AddressBlocks {
  std::vector<model::Late<net::Prefix>> blocks;
  bool operator==(const AddressBlocks&) const = default;
};

struct Value {
  using Node = std::variant<None, bool, std::int64_t, std::string, Word, Percent, Duration, Date, PrefixLength,
                            IntRange, LengthRange, net::Address, net::Prefix, AddressBlocks, net::Traffic, Secret, List,
                            EntityRef, Deferred, Driven>;
  Node node;
  base::Span span;
  bool operator==(const Value& other) const { return node == other.node; }
};
/// A value that nobody wrote: what a rule asks about.
[[nodiscard]] inline Value made(Value::Node node) { return {.node = std::move(node), .span = {}}; }

inline bool List::operator==(const List& other) const { return items == other.items; }
inline bool Driven::operator==(const Driven& other) const {
  return *value == *other.value && driver == other.driver && *argument == *other.argument;
}

}  // namespace crenel::sema
