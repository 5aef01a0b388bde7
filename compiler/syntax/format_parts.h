#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/syntax/concrete.h"

/// The parts of the formatter (format.h), in the order in which they work.
namespace crenel::syntax {

/// No line is made longer than this where there is a way to break it.
inline constexpr std::size_t kLineWidth = 120;
inline constexpr std::uint32_t kNoToken = UINT32_MAX;

// ---- format_comments.cpp -------------------------------------------------------------------------------------------
struct Comment {
  std::string text;
  bool own_line = false;     ///< nothing stands before it on its line
  bool ends_line = false;    ///< nothing may follow on its line
  bool blank_above = false;  ///< an empty line, at least, is between it and what precedes it
};

/// What stands before one token, besides layout.
struct Trivia {
  std::vector<Comment> comments;
  bool blank_above = false;  ///< an empty line between the token and what precedes it
};

/// One for each token. A comment before a comma or an opening brace is put behind it.
[[nodiscard]] std::vector<Trivia> trivia_of(std::string_view text, const TokenList& list);

/// Of a cell, in columns: a code point is one.
[[nodiscard]] inline std::size_t width_of(std::string_view text) { return base::count_code_points(text); }

// ---- format_marks.cpp ----------------------------------------------------------------------------------------------
enum class Gap : std::uint8_t { None, Space, Wide };

/// What makes rows of like lines: their cells are aligned with each other.
enum class LineClass : std::uint8_t {
  None,
  Assignment,
  Parameter,
  Argument,
  Subnet,
  InTier,
  Data,
  Door,
  Provider,
  Flow,
  Claim
};

/// What the layout has to know of a token.
struct Mark {
  Gap gap = Gap::Space;
  bool clause = false;               ///< begins a clause: where a long line breaks first
  bool may_break = false;            ///< a line break here is the author's to decide
  bool must_break = false;           ///< begins a line always
  bool starts_element = false;       ///< of the bracket around it, or of the file
  std::uint8_t deeper = 0;           ///< of an element: how much deeper than the first it stands
  LineClass line = LineClass::None;  ///< of a line that begins with this token
  std::uint32_t cell_of = kNoToken;  ///< begins a cell of the line that begins with that token
};

struct Bracket {
  std::uint32_t open = 0;
  std::uint32_t close = 0;
  bool statements = false;   ///< what it holds are statements, not items between commas
  bool final_comma = false;  ///< the grammar admits a comma behind the last item
  bool fills_lines = false;  ///< several items may share a line
};

struct Marks {
  std::vector<Mark> tokens;
  std::vector<Bracket> brackets;
};

[[nodiscard]] Marks marks_of(const TokenList& list, const Node& file);

// ---- format_lines.cpp ----------------------------------------------------------------------------------------------
struct Line {
  std::size_t indent = 0;
  std::vector<std::string> cells = {""};  ///< with the gap before them; without padding
  LineClass line_class = LineClass::None;
  std::string comment;  ///< at its end
  bool blank_above = false;
  bool interrupts = true;  ///< whether a row of like lines ends here
};

[[nodiscard]] std::vector<Line> lines_of(const TokenList& list, const std::vector<Trivia>& trivia, const Marks& marks);

// ---- format_columns.cpp --------------------------------------------------------------------------------------------
/// Pads the cells of neighbouring lines, and joins everything.
[[nodiscard]] std::string in_columns(std::vector<Line> lines);

}  // namespace crenel::syntax
