#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

/// Reads JSON and YAML that anybody may have written, keeping where everything stands. Nothing is converted on the way:
/// a scalar is its text, and whoever reads it says what it should be.
namespace crenel::document {

struct Node;

struct Scalar {
  std::string text;
  bool quoted = false;  ///< in quotes, or a block scalar: text and nothing else
  bool operator==(const Scalar&) const = default;
};
struct Sequence {
  std::vector<Node> elements;
};
struct Entry;
struct Mapping {
  std::vector<Entry> entries;  ///< in their order; no two with one key
};
struct Null {
  bool operator==(const Null&) const = default;
};

struct Node {
  base::Span span;
  std::string tag;  ///< a local YAML tag with its mark ("!Ref", "!GetAtt"); empty for everything else
  std::variant<Null, Scalar, Sequence, Mapping> value;

  [[nodiscard]] const Scalar* scalar() const { return std::get_if<Scalar>(&value); }
  [[nodiscard]] const Sequence* sequence() const { return std::get_if<Sequence>(&value); }
  [[nodiscard]] const Mapping* mapping() const { return std::get_if<Mapping>(&value); }
  /// The value of a mapping's key; nullptr when it is no mapping or has no such key.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  base::Span key_span;
  Node value;
};

/// What a scalar says, as the providers read it: a quoted "true" or "443" counts too (CloudFormation and Resource
/// Manager convert both ways). Nothing when it says no such thing.
[[nodiscard]] std::optional<bool> as_bool(const Node& node);
[[nodiscard]] std::optional<std::int64_t> as_integer(const Node& node);
[[nodiscard]] std::optional<std::string> as_text(const Node& node);

/// Reads the text of `source` (JSON when its first character is a brace or a bracket, else YAML). Reports every fault
/// that it can: broken syntax, a key twice in one mapping, an alias or an anchor, a merge key, more than one document,
/// a nesting deeper than 200, text that is no UTF-8. Nothing after an error.
[[nodiscard]] std::optional<Node> read(const base::Sources& sources, base::SourceId source,
                                       diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::document
