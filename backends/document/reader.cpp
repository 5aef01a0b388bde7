#include "backends/document/reader.h"

#include <algorithm>
#include <charconv>

#include "backends/document/diagnostics.h"
#include "backends/document/json_reader.h"
#include "backends/document/tree_builder.h"
#include "backends/document/yaml_reader.h"
#include "compiler/base/text.h"

namespace crenel::document {
namespace {

/// Texts up to here are copied: a short string lies inside the table of sources and moves when that grows.
constexpr std::size_t kShortText = 64;

bool equals_in_any_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

bool is_json(std::string_view text) {
  const std::size_t first = skip_blanks(text, 0);
  return first < text.size() && (text[first] == '{' || text[first] == '[');
}

}  // namespace

std::span<const Node> Node::elements() const {
  const Sequence* self = sequence();
  return self == nullptr ? std::span<const Node>() : self->elements;
}

std::span<const Entry> Node::entries() const {
  const Mapping* self = mapping();
  return self == nullptr ? std::span<const Entry>() : self->entries;
}

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::optional<bool> as_bool(const Node& node) {
  const Scalar* scalar = node.scalar();
  if (scalar == nullptr || !node.tag().empty()) return std::nullopt;
  if (equals_in_any_case(scalar->text, "true")) return true;
  if (equals_in_any_case(scalar->text, "false")) return false;
  if (scalar->quoted) return std::nullopt;
  if (equals_in_any_case(scalar->text, "yes") || equals_in_any_case(scalar->text, "on")) return true;
  if (equals_in_any_case(scalar->text, "no") || equals_in_any_case(scalar->text, "off")) return false;
  return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Node& node) {
  const Scalar* scalar = node.scalar();
  if (scalar == nullptr || !node.tag().empty()) return std::nullopt;
  const std::string_view text = scalar->text;
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> as_text(const Node& node) {
  const Scalar* scalar = node.scalar();
  if (scalar == nullptr || !node.tag().empty()) return std::nullopt;
  return std::string(scalar->text);
}

std::optional<Document> read(const base::Sources& sources, base::SourceId source,
                             diagnostics::Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  const std::string& text = sources[source].text;
  TreeBuilder tree(source, diagnostics);
  if (const auto invalid = base::first_invalid_utf8(text)) {
    diagnostics.report(kNotUnicode, tree.span(*invalid, *invalid + 1), *invalid,
                       unsigned{static_cast<unsigned char>(text[*invalid])});
    return std::nullopt;
  }
  const std::string_view lasting = text.size() > kShortText ? std::string_view(text) : tree.keep(text);
  const bool good = is_json(lasting) ? read_json(lasting, tree, diagnostics) : read_yaml(lasting, tree, diagnostics);
  if (!good || diagnostics.error_count() != errors_before) return std::nullopt;
  return tree.take();
}

}  // namespace crenel::document
