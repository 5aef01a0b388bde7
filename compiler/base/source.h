#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/ids.h"

namespace crenel::base {

using SourceId = Id<struct SourceTag>;

/// A stretch of one source text, as byte offsets; `end` is the first byte after it.
/// `begin == end` is a point between two bytes (the place where something is missing).
struct Span {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool valid() const { return source.valid(); }
  bool operator==(const Span&) const = default;
};

/// The smallest span that holds both; an invalid one is ignored. Both are of one source.
[[nodiscard]] Span join(Span a, Span b);

/// A position for people: both count from 1; `column` counts code points, not bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// One text that was read: a file, a module of the library (`std/services`), or a value from the command line.
struct SourceText {
  std::string path;  ///< as messages show it: relative to the root where possible, `/` as the separator
  std::string text;  ///< valid UTF-8, a leading byte order mark removed
};

/// Every text of one compilation. Grows only; ids and references by id stay good.
class Sources {
 public:
  SourceId add(std::string path, std::string text);
  [[nodiscard]] const SourceText& operator[](SourceId id) const { return texts_[id]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] std::vector<SourceId> ids() const { return texts_.ids(); }

  [[nodiscard]] Position position(SourceId id, std::uint32_t offset) const;
  /// The text of line `line` (from 1) without its line end.
  [[nodiscard]] std::string_view line(SourceId id, std::uint32_t line) const;
  [[nodiscard]] std::string_view text(Span span) const;

 private:
  Table<SourceId, SourceText> texts_;
  std::vector<std::vector<std::uint32_t>> line_starts_;  // parallel to texts_
};

}  // namespace crenel::base
