#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/ast.h"

namespace crenel::syntax::tests {

/// A text that was parsed, with everything one may ask about it.
struct Parsed {
  base::Sources sources;
  base::SourceId source;
  diagnostics::Diagnostics diagnostics;
  File file;

  explicit Parsed(std::string text);
  /// "LINE:COLUMN CODE message", in the order of the source.
  [[nodiscard]] std::vector<std::string> said() const;
  /// The text of a span.
  [[nodiscard]] std::string at(base::Span span) const;
};

/// A program file and its text.
struct Program {
  std::filesystem::path path;
  std::string text;
};

[[nodiscard]] std::string read(const std::filesystem::path& path);
/// The programs below a folder, sorted by path.
[[nodiscard]] std::vector<Program> programs_in(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path corpus();

/// `text`, `count` times.
[[nodiscard]] std::string repeat(const std::string& text, std::size_t count);

}  // namespace crenel::syntax::tests

/// Lists of messages are shown one a line when a check of them fails.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += "\n    " + line;
    return out.c_str();
  }
};
