#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/design.h"
#include "compiler/sema/elaboration.h"

/// Typed reading of checked attributes. An attribute that is absent or `none` reads as null, empty or the default.
namespace crenel::sema {

/// The attribute's value, or null.
[[nodiscard]] const Value* attribute(const Declared& declared, std::string_view name);
/// Where the attribute's value stands, or the declaration's name where it has none.
[[nodiscard]] base::Span attribute_span(const Declared& declared, std::string_view name);

template <class T>
[[nodiscard]] const T* attribute_as(const Declared& declared, std::string_view name) {
  const Value* value = attribute(declared, name);
  return value == nullptr ? nullptr : std::get_if<T>(&value->node);
}

[[nodiscard]] bool flag(const Declared& declared, std::string_view name, bool otherwise);
/// The word of an enumeration, or an empty one.
[[nodiscard]] std::string_view word(const Declared& declared, std::string_view name);
[[nodiscard]] std::string text(const Declared& declared, std::string_view name);

/// A value that is known, or left to deployment.
template <class T>
[[nodiscard]] std::optional<model::Late<T>> late_from(const Value& value) {
  if (const auto* known = std::get_if<T>(&value.node)) return model::Late<T>(*known);
  if (const auto* deferred = std::get_if<Deferred>(&value.node)) return model::Late<T>(deferred->id);
  return std::nullopt;
}
template <class T>
[[nodiscard]] std::optional<model::Late<T>> late(const Declared& declared, std::string_view name) {
  const Value* value = attribute(declared, name);
  if (value == nullptr) return std::nullopt;
  return late_from<T>(*value);
}

/// Every word or text of a list.
[[nodiscard]] std::vector<std::string> words(const Declared& declared, std::string_view name);
/// Every block of a list of blocks, addresses and named sets of them.
[[nodiscard]] std::vector<model::Late<net::Prefix>> blocks(const Declared& declared, std::string_view name);
[[nodiscard]] std::vector<model::Late<std::string>> texts(const Declared& declared, std::string_view name);

[[nodiscard]] model::Origin origin_from(const Declared& declared);

}  // namespace crenel::sema
