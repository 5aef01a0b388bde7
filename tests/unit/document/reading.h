#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/document/reader.h"

namespace crenel::document::tests {

/// A text and what reading it gave.
struct Reading {
  base::Sources sources;
  base::SourceId source;
  diagnostics::Diagnostics diagnostics;
  std::optional<Document> document;

  explicit Reading(std::string text)
      : source(sources.add("template", std::move(text))), document(read(sources, source, diagnostics)) {}

  [[nodiscard]] const Node& root() const { return document.value().root(); }
  [[nodiscard]] std::string_view text(base::Span span) const { return sources.text(span); }
  /// "CRN3002 at `b`, `b`: message", the notes' places after the first; one a line.
  [[nodiscard]] std::string faults() const {
    std::string all;
    for (const auto& diagnostic : diagnostics.all()) {
      std::string one = std::string(diagnostic.code) + " at `" + std::string(text(diagnostic.span)) + "`";
      for (const auto& note : diagnostic.notes) one += ", `" + std::string(text(note.span)) + "`";
      all += (all.empty() ? "" : "\n") + one + ": " + diagnostic.message;
    }
    return all;
  }
};

/// A node in one line: `{a: [1, "x"], b: !Ref c, d: null}`; quoted scalars in quotes.
inline std::string shown(const Node& node) {
  std::string out = node.tag().empty() ? "" : std::string(node.tag()) + " ";
  if (const Scalar* scalar = node.scalar()) {
    const std::string quote = scalar->quoted ? "\"" : "";
    return out + quote + std::string(scalar->text) + quote;
  }
  const char* separator = "";
  if (node.sequence() != nullptr) {
    out += "[";
    for (const Node& element : node.elements()) {
      out += std::exchange(separator, ", ") + shown(element);
    }
    return out + "]";
  }
  if (node.mapping() == nullptr) return out + "null";
  out += "{";
  for (const Entry& entry : node.entries()) {
    out += std::exchange(separator, ", ") + std::string(entry.key) + ": " + shown(entry.value);
  }
  return out + "}";
}

}  // namespace crenel::document::tests
