#pragma once

#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "backends/document/reader.h"

namespace crenel::document {

inline constexpr int kMostLevels = 200;

/// Puts a document together from its parts in the order of the text: what both readers have in common.
class TreeBuilder {
 public:
  TreeBuilder(base::SourceId source, diagnostics::Diagnostics& diagnostics);

  [[nodiscard]] base::Span span(std::size_t begin, std::size_t end) const;
  /// A copy of the text that lives as long as the document.
  [[nodiscard]] std::string_view keep(std::string_view text);

  /// The key of the next value.
  void key(std::string_view text, base::Span span);
  /// A null or a scalar.
  void leaf(const Node& node);
  /// False, and reported, when it would be nested too deep.
  [[nodiscard]] bool open_sequence(std::size_t begin, std::string_view tag = {});
  [[nodiscard]] bool open_mapping(std::size_t begin, std::string_view tag = {});
  /// Closes the sequence or mapping that was opened last. Reports the keys that a mapping has twice.
  void close(std::size_t end);

  /// The end of the last part of what is open, or its begin when it has none.
  [[nodiscard]] std::size_t last_end() const;
  /// Where the next value can begin at the earliest: after its key, or after the element before it.
  [[nodiscard]] std::size_t next_begin() const;
  [[nodiscard]] Document take();

 private:
  struct Frame {
    bool mapping = false;
    std::size_t first = 0;  ///< of its parts in `nodes_` or `entries_`
    std::size_t begin = 0;
    std::string_view tag;
    std::string_view key;  ///< its own
    base::Span key_span;
  };

  bool open(Frame frame);
  void add(std::string_view key, base::Span key_span, const Node& node);
  template <class T>
  std::span<const T> settle(std::vector<T>& parts, std::size_t first);
  void report_duplicates(std::span<const Entry> entries);

  base::SourceId source_;
  diagnostics::Diagnostics& diagnostics_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  std::vector<Frame> frames_;
  std::vector<Node> nodes_;  // parts of the sequences and mappings that are open, innermost last
  std::vector<Entry> entries_;
  std::vector<const Entry*> by_key_;
  std::string_view key_;
  base::Span key_span_;
  Node root_;
};

}  // namespace crenel::document
