#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/syntax/format_parts.h"

namespace crenel::syntax {
namespace {

/// Cells that would be padded by more than this are in another row: a column of blanks helps nobody.
constexpr std::size_t kMostPadding = 16;

using Row = std::vector<std::size_t>;  // numbers of lines

/// How wide each column of the rows must be. The last cell of a line is in no column.
std::vector<std::size_t> columns_of(const std::vector<Line>& lines, const Row& rows) {
  std::vector<std::size_t> widths;
  for (const std::size_t at : rows) {
    const auto& cells = lines[at].cells;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  }
  return widths;
}

bool reads_well(const std::vector<Line>& lines, const Row& rows) {
  const auto widths = columns_of(lines, rows);
  return std::all_of(rows.begin(), rows.end(), [&](std::size_t at) {
    const auto& cells = lines[at].cells;
    std::size_t width = lines[at].indent + width_of(cells.back());
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
      if (widths[i] - width_of(cells[i]) > kMostPadding) return false;
      width += widths[i];
    }
    return width <= kLineWidth;
  });
}

void pad(std::vector<Line>& lines, const Row& rows) {
  const auto widths = columns_of(lines, rows);
  for (const std::size_t at : rows) {
    auto& cells = lines[at].cells;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) cells[i].append(widths[i] - width_of(cells[i]), ' ');
  }
}

void align_cells(std::vector<Line>& lines) {
  Row rows;
  const auto finish = [&] {
    pad(lines, rows);
    rows.clear();
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.blank_above) finish();
    if (!line.interrupts) continue;
    const bool alike =
        !rows.empty() && lines[rows.front()].line_class == line.line_class && lines[rows.front()].indent == line.indent;
    if (!alike) finish();
    if (line.line_class == LineClass::None) continue;
    rows.push_back(i);
    if (reads_well(lines, rows)) continue;
    rows.pop_back();
    finish();
    rows.push_back(i);
  }
  finish();
}

std::string text_of(const Line& line) {
  std::string out;
  for (const auto& cell : line.cells) out += cell;
  return out;
}

/// Comments at the ends of neighbouring lines stand below each other.
void align_comments(std::vector<Line>& lines) {
  constexpr std::size_t kDistance = 2;
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin;
    std::size_t widest = 0;
    std::size_t narrowest = SIZE_MAX;
    for (; end < lines.size() && !lines[end].comment.empty(); ++end) {
      if (end != begin && (lines[end].blank_above || lines[end].indent != lines[begin].indent)) break;
      const std::size_t width = width_of(text_of(lines[end]));
      if (end != begin && std::max(widest, width) - std::min(narrowest, width) > kMostPadding) break;
      widest = std::max(widest, width);
      narrowest = std::min(narrowest, width);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const std::string text = text_of(lines[i]);
      lines[i].cells = {text + std::string(widest - width_of(text) + kDistance, ' ') + lines[i].comment};
    }
    begin = std::max(end, begin + 1);
  }
}

}  // namespace

std::string in_columns(std::vector<Line> lines) {
  align_cells(lines);
  align_comments(lines);
  std::string out;
  for (const Line& line : lines) {
    if (line.blank_above) out += '\n';
    out.append(line.indent, ' ');
    out += text_of(line);
    out += '\n';
  }
  return out;
}

}  // namespace crenel::syntax
