#include <algorithm>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/syntax/format_parts.h"

namespace crenel::syntax {
namespace {

constexpr std::size_t kStep = 2;

/// Where lines break, as far as it is decided.
struct Decisions {
  std::vector<bool> broken;  ///< of each bracket: its items have lines of their own
  std::vector<bool> before;  ///< of each token: begins a line although the author put it into another
};

/// What would shorten the lines that are too long.
struct Remedies {
  std::vector<std::uint32_t> tokens;
  std::vector<std::size_t> brackets;
};

/// Lays the tokens out by decisions.
class Laying {
 public:
  Laying(const TokenList& list, const std::vector<Trivia>& trivia, const Marks& marks, const Decisions& decisions)
      : list_(list), trivia_(trivia), marks_(marks), decisions_(decisions), levels_(1) {
    std::size_t next_bracket = 0;
    for (std::uint32_t i = 0; i < list_.tokens.size(); ++i) {
      const bool closes = levels_.back().bracket != nullptr && levels_.back().bracket->close == i;
      if (closes) supply_comma(i);
      comments(i, closes);
      if (list_.tokens[i].kind == TokenKind::End) break;
      if (drops_comma(i)) continue;
      begin(i, closes);
      write(i);
      if (closes) {
        statement_ = levels_.back().statement;
        levels_.pop_back();
      }
      if (next_bracket < marks_.brackets.size() && marks_.brackets[next_bracket].open == i) open(next_bracket++);
    }
    finish_line();
  }

  std::vector<Line> lines;
  Remedies remedies;

 private:
  struct Level {
    const Bracket* bracket = nullptr;  ///< null: the file
    bool broken = true;
    std::size_t inner = 0;      ///< the indentation of what is inside
    std::size_t outer = 0;      ///< of the line that opened it
    std::size_t statement = 0;  ///< of the statement around it
  };
  /// Where an item of a list that fills lines begins on the current line.
  struct FillPoint {
    std::uint32_t token = 0;
    std::size_t column = 0;
  };

  // ---- the final comma: for lists of several lines, and only there
  bool drops_comma(std::uint32_t at) const {
    const Level& level = levels_.back();
    return level.bracket != nullptr && level.bracket->final_comma && !level.broken && list_.tokens[at].is(",") &&
           level.bracket->close == at + 1;
  }
  void supply_comma(std::uint32_t at) {
    const Level& level = levels_.back();
    const bool empty = level.bracket->open + 1 == at;
    if (level.broken && level.bracket->final_comma && !empty && !list_.tokens[at - 1].is(",")) append(",", Gap::None);
  }

  // ---- comments
  void comments(std::uint32_t at, bool closes) {
    const bool before_element = closes || marks_.tokens[at].starts_element;
    for (const Comment& comment : trivia_[at].comments) {
      if (comment.own_line || must_start_) {
        start_line(before_element ? levels_.back().inner : statement_ + kStep,
                   comment.blank_above && before_element && !just_opened_);
        line_.interrupts = false;
        append(comment.text, Gap::None);
      } else if (comment.ends_line) {
        line_.comment += (line_.comment.empty() ? "" : "  ") + comment.text;
      } else {
        append(comment.text, text_ends_with("(") || text_ends_with("[") ? Gap::None : Gap::Space);
        after_comment_ = true;
      }
      must_start_ = comment.ends_line;
      just_opened_ = false;
    }
  }

  // ---- tokens
  bool begins_line(std::uint32_t at, bool closes) const {
    const Mark& mark = marks_.tokens[at];
    const Level& level = levels_.back();
    const bool as_written = list_.tokens[at].starts_line || decisions_.before[at];
    if (must_start_ || (lines.empty() && blank_line())) return true;
    if (!level.broken) return false;
    if (closes || mark.must_break) return true;
    if (mark.starts_element) {
      const bool one_a_line = level.bracket == nullptr || !level.bracket->fills_lines;
      return one_a_line || at == level.bracket->open + 1 || as_written;
    }
    return mark.may_break && as_written;
  }

  void begin(std::uint32_t at, bool closes) {
    const Mark& mark = marks_.tokens[at];
    const Level& level = levels_.back();
    const bool element = (mark.starts_element || mark.must_break) && level.broken && !closes;
    if (element) statement_ = level.inner + mark.deeper;
    if (!begins_line(at, closes)) {
      if (mark.cell_of == line_token_ && line_.line_class != LineClass::None) line_.cells.emplace_back();
      note_places_to_break(at);
      return;
    }
    const bool blank = element && trivia_[at].blank_above && !just_opened_;
    start_line(closes ? level.outer : element ? statement_ : statement_ + kStep, blank);
    line_.interrupts = element || closes;
    must_start_ = false;
    if (!element) return;
    line_.line_class = mark.line;
    line_token_ = at;
  }

  void note_places_to_break(std::uint32_t at) {
    const Mark& mark = marks_.tokens[at];
    const Level& level = levels_.back();
    if (!level.broken) return;
    if (mark.clause) clauses_.push_back(at);
    if (mark.starts_element && level.bracket != nullptr && level.bracket->fills_lines)
      fill_points_.push_back({at, line_width() + 1});
  }

  void write(std::uint32_t at) {
    const Token& token = list_.tokens[at];
    Gap gap = marks_.tokens[at].gap;
    if (after_comment_) gap = token.is(",") || token.is(")") || token.is("]") ? Gap::None : Gap::Space;
    append(token.text, gap);
    after_comment_ = false;
    just_opened_ = false;
  }

  void open(std::size_t index) {
    const Bracket& bracket = marks_.brackets[index];
    const bool broken = decisions_.broken[index];
    levels_.push_back({.bracket = &bracket,
                       .broken = broken,
                       .inner = line_.indent + kStep,
                       .outer = line_.indent,
                       .statement = statement_});
    just_opened_ = true;
    if (!broken && bracket.close > bracket.open + 1) flat_brackets_.push_back(index);
    if (broken && bracket.statements) join_cells();
  }

  // ---- lines
  /// What opens a body of several lines is in no row.
  void join_cells() {
    line_.line_class = LineClass::None;
    std::string joined;
    for (const auto& cell : line_.cells) joined += cell;
    line_.cells = {joined};
  }

  bool blank_line() const { return line_.cells.size() == 1 && line_.cells.front().empty(); }
  bool text_ends_with(std::string_view end) const { return line_.cells.back().ends_with(end); }
  std::size_t line_width() const {
    std::size_t width = line_.indent;
    for (const auto& cell : line_.cells) width += width_of(cell);
    return width;
  }

  void append(std::string_view text, Gap gap) {
    if (!blank_line()) line_.cells.back() += gap == Gap::None ? "" : gap == Gap::Space ? " " : "  ";
    line_.cells.back() += text;
  }

  void start_line(std::size_t indent, bool blank_above) {
    finish_line();
    line_.indent = indent;
    line_.blank_above = blank_above;
  }

  void finish_line() {
    if (!blank_line()) {
      if (line_width() > kLineWidth) find_remedy();
      lines.push_back(std::move(line_));
    }
    line_ = {};
    line_token_ = kNoToken - 1;
    clauses_.clear();
    flat_brackets_.clear();
    fill_points_.clear();
  }

  void find_remedy() {
    if (!fill_points_.empty()) return refill();
    if (!clauses_.empty())
      remedies.tokens.push_back(clauses_.front());
    else if (!flat_brackets_.empty())
      remedies.brackets.push_back(flat_brackets_.front());
  }

  /// As many items to each line as there is room for.
  void refill() {
    std::size_t shift = 0;  // how much further left the current line's items begin
    for (std::size_t i = 0; i < fill_points_.size(); ++i) {
      const std::size_t end = i + 1 < fill_points_.size() ? fill_points_[i + 1].column - 1 : line_width();
      if (end - shift <= kLineWidth) continue;
      remedies.tokens.push_back(fill_points_[i].token);
      shift = fill_points_[i].column - levels_.back().inner;
    }
  }

  const TokenList& list_;
  const std::vector<Trivia>& trivia_;
  const Marks& marks_;
  const Decisions& decisions_;
  std::vector<Level> levels_;
  Line line_;
  std::uint32_t line_token_ = kNoToken - 1;
  std::size_t statement_ = 0;
  std::vector<std::uint32_t> clauses_;
  std::vector<std::size_t> flat_brackets_;
  std::vector<FillPoint> fill_points_;
  bool just_opened_ = false;
  bool must_start_ = false;
  bool after_comment_ = false;
};

/// What the author and the comments decide.
Decisions first_decisions(const TokenList& list, const std::vector<Trivia>& trivia, const Marks& marks) {
  Decisions out{std::vector<bool>(marks.brackets.size()), std::vector<bool>(list.tokens.size())};
  std::vector<std::size_t> around;  // brackets, from the outermost
  const auto break_all = [&] {
    for (const std::size_t index : around) out.broken[index] = true;
  };
  const auto break_bodies = [&] {
    for (const std::size_t index : around)
      if (marks.brackets[index].statements) out.broken[index] = true;
  };
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < list.tokens.size(); ++i) {
    const auto& comments = trivia[i].comments;
    const bool forced = std::any_of(comments.begin(), comments.end(), [](const auto& each) { return each.ends_line; });
    if (forced || marks.tokens[i].must_break) break_all();
    if (!around.empty() && marks.brackets[around.back()].close == i) around.pop_back();
    if (!around.empty() && marks.tokens[i].starts_element && list.tokens[i].starts_line) {
      const Bracket& bracket = marks.brackets[around.back()];
      if (bracket.statements || i == bracket.open + 1) {
        out.broken[around.back()] = true;
        break_bodies();
      }
    }
    if (next < marks.brackets.size() && marks.brackets[next].open == i) around.push_back(next++);
  }
  return out;
}

}  // namespace

std::vector<Line> lines_of(const TokenList& list, const std::vector<Trivia>& trivia, const Marks& marks) {
  Decisions decisions = first_decisions(list, trivia, marks);
  while (true) {
    Laying laying(list, trivia, marks, decisions);
    if (laying.remedies.tokens.empty() && laying.remedies.brackets.empty()) return std::move(laying.lines);
    for (const std::uint32_t token : laying.remedies.tokens) decisions.before[token] = true;
    for (const std::size_t bracket : laying.remedies.brackets) decisions.broken[bracket] = true;
  }
}

}  // namespace crenel::syntax
