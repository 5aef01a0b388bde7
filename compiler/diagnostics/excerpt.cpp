#include "compiler/diagnostics/excerpt.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diagnostics/printable.h"

namespace crenel::diagnostics {
namespace {

constexpr int kWidest = 110;         // columns of source that an excerpt shows
constexpr int kBeforeMarks = 30;     // columns kept before the marks of a clipped line
constexpr std::size_t kNear = 1024;  // bytes of a line on both sides of the marks that are looked at
constexpr std::string_view kMask = "***";

/// A stretch of a line after edits: its text, and whether it is what the marks are for.
struct Piece {
  std::string text;
  bool marked = false;
};

/// One source line, or of a very long one what is near the marks: where it begins and what it says.
struct Line {
  base::SourceId source;
  std::uint32_t number = 1;
  std::uint32_t begin = 0;
  std::string_view text;

  [[nodiscard]] std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
};

/// The nearest place at or before `at` where a code point begins.
std::size_t boundary(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

/// The line that holds `offset`.
Line line_at(const base::Sources& sources, base::SourceId source, std::uint32_t offset) {
  const std::uint32_t number = sources.position(source, offset).line;
  const std::string_view text = sources.line(source, number);
  const auto begin = static_cast<std::uint32_t>(text.data() - sources[source].text.data());
  Line line{.source = source, .number = number, .begin = begin, .text = text};
  // a program in one line, with a fault in every word, is not to be drawn whole for each of them
  const std::size_t at = std::min<std::size_t>(offset - begin, text.size());
  const std::size_t from = boundary(text, at - std::min(at, kNear));
  line.begin += static_cast<std::uint32_t>(from);
  line.text = text.substr(from, boundary(text, std::min(text.size(), at + kNear)) - from);
  return line;
}

/// The part of a span that lies on the line, as offsets in the line.
std::pair<std::size_t, std::size_t> on_line(const Line& line, base::Span span) {
  const std::uint32_t begin = std::clamp(span.begin, line.begin, line.end());
  const std::uint32_t end = std::clamp(span.end, begin, line.end());
  return {begin - line.begin, end - line.begin};
}

bool touches(const Line& line, base::Span span) {
  return span.source == line.source && span.begin < line.end() && span.end > line.begin;
}

/// Cuts the line at the replaced stretches. Each is (begin, end, what stands there afterwards).
struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  Piece by;
};

std::vector<Piece> pieces_of(std::string_view text, std::vector<Replacement> replacements) {
  std::stable_sort(replacements.begin(), replacements.end(),
                   [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
  std::vector<Piece> out;
  std::size_t done = 0;
  for (Replacement& each : replacements) {
    if (each.begin < done) continue;
    out.push_back({.text = std::string(text.substr(done, each.begin - done)), .marked = false});
    out.push_back(std::move(each.by));
    done = each.end;
  }
  out.push_back({.text = std::string(text.substr(done)), .marked = false});
  return out;
}

/// The glyphs of all pieces in a row, and which of them are marked.
struct Row {
  std::vector<Glyph> glyphs;
  std::vector<bool> marked;
  int width = 0;
  int first_marked = 0;  ///< column; 0 when nothing is marked
};

/// With `mark_points`, an empty marked piece marks the glyph behind it: something is missing there.
Row row_of(const std::vector<Piece>& pieces, bool mark_points) {
  Row row;
  bool point = false;
  bool any = false;
  for (const Piece& piece : pieces) {
    if (piece.marked && !any) row.first_marked = row.width;
    any = any || piece.marked;
    point = point || (piece.marked && piece.text.empty() && mark_points);
    for (Glyph& glyph : glyphs_of(piece.text, row.width)) {
      row.width += glyph.width;
      row.glyphs.push_back(std::move(glyph));
      row.marked.push_back(piece.marked || point);
      point = false;
    }
  }
  if (point) {
    row.glyphs.push_back({.text = " ", .width = 1});
    row.marked.push_back(true);
  }
  return row;
}

/// The pieces as one drawn line. `first_mark` and `mark` are what goes below marked glyphs.
Excerpt draw(const Line& line, const std::vector<Piece>& pieces, char first_mark, char mark) {
  const Row row = row_of(pieces, first_mark == '^');
  const bool clipped = row.width > kWidest;
  const int from = clipped && row.first_marked >= kWidest - kBeforeMarks ? row.first_marked - kBeforeMarks : 0;
  const int to = clipped ? from + kWidest : row.width + 1;
  Excerpt out = {.number = std::to_string(line.number), .text = from > 0 ? "…" : "", .marks = from > 0 ? " " : ""};
  int column = 0;
  bool begun = false;
  for (std::size_t i = 0; i < row.glyphs.size() && column < to; ++i) {
    const int width = row.glyphs[i].width;
    if (column >= from) {
      out.text += row.glyphs[i].text;
      std::string below(static_cast<std::size_t>(width), row.marked[i] ? mark : ' ');
      if (row.marked[i] && !begun && width > 0) {
        below[0] = first_mark;
        begun = true;
      }
      out.marks += below;
    }
    column += width;
  }
  if (clipped && column < row.width) out.text += "…";
  while (out.text.ends_with(' ')) out.text.pop_back();
  while (out.marks.ends_with(' ')) out.marks.pop_back();
  return out;
}

/// Of a replacement of several lines the first that says something shows what is meant; a tool applies all of it.
std::string first_line(const std::string& text) {
  const std::size_t begin = std::min(text.find_first_not_of('\n'), text.size());
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  return text.substr(begin, end - begin) + (text.find_first_not_of(" \n", end) == std::string::npos ? "" : " …");
}

void add_masks(const Line& line, const std::vector<base::Span>& masked, std::vector<Replacement>& replacements) {
  for (const base::Span& span : masked) {
    if (!touches(line, span)) continue;
    const auto [begin, end] = on_line(line, span);
    // what an edit leaves of a secret is masked before and behind the edit
    std::vector<std::pair<std::size_t, std::size_t>> left = {{begin, end}};
    for (const Replacement& each : replacements) {
      std::vector<std::pair<std::size_t, std::size_t>> rest;
      for (const auto& [from, to] : left) {
        if (each.end <= from || to <= each.begin) {
          rest.emplace_back(from, to);
          continue;
        }
        if (from < each.begin) rest.emplace_back(from, each.begin);
        if (each.end < to) rest.emplace_back(each.end, to);
      }
      left = std::move(rest);
    }
    for (const auto& [from, to] : left) {
      replacements.push_back({.begin = from, .end = to, .by = {.text = std::string(kMask)}});
    }
  }
}

}  // namespace

Excerpt excerpt_of(const base::Sources& sources, base::Span span, const std::vector<base::Span>& masked) {
  const Line line = line_at(sources, span.source, span.begin);
  const auto [begin, end] = on_line(line, span);
  std::vector<Replacement> replacements;
  add_masks(line, masked, replacements);
  // A span that a mask reaches into is drawn as the mask: its own text must not come back.
  bool is_masked = false;
  for (Replacement& each : replacements) {
    if (each.begin < std::max(end, begin + 1) && begin < each.end) {
      each.by.marked = true;
      is_masked = true;
    }
  }
  if (!is_masked) {
    std::string text(line.text.substr(begin, end - begin));
    replacements.push_back({.begin = begin, .end = end, .by = {.text = std::move(text), .marked = true}});
  }
  return draw(line, pieces_of(line.text, std::move(replacements)), '^', '~');
}

std::vector<Excerpt> excerpts_of(const base::Sources& sources, const Fix& fix, const std::vector<base::Span>& masked) {
  std::vector<Excerpt> out;
  std::map<std::pair<std::size_t, std::uint32_t>, std::pair<Line, std::vector<Replacement>>> lines;
  for (const Edit& edit : fix.edits) {
    const Line own = line_at(sources, edit.span.source, edit.span.begin);
    const auto key = std::pair(edit.span.source.index(), own.number);
    auto& entry = lines.try_emplace(key, own, std::vector<Replacement>{}).first->second;
    const auto [begin, end] = on_line(entry.first, edit.span);
    std::string text = first_line(edit.text);
    entry.second.push_back({.begin = begin, .end = end, .by = {.text = std::move(text), .marked = true}});
  }
  for (auto& [key, entry] : lines) {
    auto& [line, replacements] = entry;
    add_masks(line, masked, replacements);
    out.push_back(draw(line, pieces_of(line.text, std::move(replacements)), '+', '+'));
  }
  return out;
}

}  // namespace crenel::diagnostics
