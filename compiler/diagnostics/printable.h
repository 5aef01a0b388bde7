#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crenel::diagnostics {

/// What a terminal shows for one code point of a text.
struct Glyph {
  std::string text;
  int width = 1;  ///< terminal columns: 0 for a combining mark, 2 for a wide character
};

/// A line as a terminal shows it, one glyph a code point: tabs are spaces up to the next tab stop, and control and
/// bidirectional formatting characters are spelled `\u{1b}`, so that no source text can steer the terminal. `column` is
/// where the line begins.
[[nodiscard]] std::vector<Glyph> glyphs_of(std::string_view line, int column = 0);

/// A text of several lines made safe to print in the same way; line feeds stay.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace crenel::diagnostics
