#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

/// Reads JSON and YAML that anybody may have written, keeping where everything stands. Nothing is converted on the way:
/// a scalar is its text, and whoever reads it says what it should be.
namespace crenel::document {

struct Node;
struct Entry;

struct Scalar {
  std::string_view text;
  bool quoted = false;  ///< in quotes, or a block scalar: text and nothing else
  bool operator==(const Scalar&) const = default;
};
struct Sequence {
  std::span<const Node> elements;
};
struct Mapping {
  std::span<const Entry> entries;  ///< in their order; no two with one key
};
struct Null {
  bool operator==(const Null&) const = default;
};

/// A part of a document; good as long as the document is.
struct Node {
  base::Span span;
  std::uint32_t tag_size = 0;
  const char* tag_text = nullptr;
  std::variant<Null, Scalar, Sequence, Mapping> value;

  /// A local YAML tag with its mark ("!Ref", "!GetAtt"); empty for everything else.
  [[nodiscard]] std::string_view tag() const { return {tag_text, tag_size}; }
  [[nodiscard]] const Scalar* scalar() const { return std::get_if<Scalar>(&value); }
  [[nodiscard]] const Sequence* sequence() const { return std::get_if<Sequence>(&value); }
  [[nodiscard]] const Mapping* mapping() const { return std::get_if<Mapping>(&value); }
  /// The elements of a sequence; none when it is none.
  [[nodiscard]] std::span<const Node> elements() const;
  /// The entries of a mapping; none when it is none.
  [[nodiscard]] std::span<const Entry> entries() const;
  /// The value of a mapping's key; nullptr when it is no mapping or has no such key. Looks at one entry after another.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Entry {
  std::string_view key;
  base::Span key_span;
  Node value;
};

/// A text that was read. What stands in it unchanged points into the source: the sources outlive the document (more may
/// be added to them). Moving it leaves its nodes where they are.
class Document {
 public:
  Document(std::unique_ptr<std::pmr::monotonic_buffer_resource> memory, const Node& root)
      : memory_(std::move(memory)), root_(std::make_unique<Node>(root)) {}

  [[nodiscard]] const Node& root() const { return *root_; }

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  std::unique_ptr<Node> root_;
};

/// What a scalar says, as the providers read it: a quoted "true" or "443" counts too (CloudFormation and Resource
/// Manager convert both ways), and a bare YAML 1.1 `yes` or `off`. Nothing when it says no such thing, or not for sure:
/// 010 is eight to one reader of YAML and ten to another.
[[nodiscard]] std::optional<bool> as_bool(const Node& node);
[[nodiscard]] std::optional<std::int64_t> as_integer(const Node& node);
[[nodiscard]] std::optional<std::string> as_text(const Node& node);

/// Reads the text of `source` (JSON when it begins with a brace or a bracket, comments aside, else YAML). JSON may have
/// comments and texts over several lines, as Resource Manager's tools allow. Reports every fault that it can: broken
/// syntax, a key twice in one mapping, an alias or an anchor, a merge key, more than one document, a nesting deeper
/// than 200, text that is no UTF-8. Nothing after an error.
[[nodiscard]] std::optional<Document> read(const base::Sources& sources, base::SourceId source,
                                           diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::document
