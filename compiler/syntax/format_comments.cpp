#include <algorithm>
#include <utility>

#include "compiler/syntax/format_parts.h"

namespace crenel::syntax {
namespace {

/// Without carriage returns, and without blanks at the ends of its lines.
std::string tidy(std::string_view comment) {
  std::string out;
  for (const char c : comment) {
    if (c == '\r') continue;
    if (c == '\n')
      while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    out.push_back(c);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
  return out;
}

std::size_t end_of_comment(std::string_view gap, std::size_t begin) {
  const bool block = gap[begin + 1] == '*';
  const std::size_t end = block ? gap.find("*/", begin + 2) : gap.find('\n', begin);
  if (end == std::string_view::npos) return gap.size();
  return block ? end + 2 : end;
}

/// The comments in the text between two tokens.
Trivia read(std::string_view gap, bool file_begins) {
  Trivia out;
  std::size_t newlines = file_begins ? 1 : 0;
  bool anything_before = !file_begins;
  for (std::size_t at = 0; at < gap.size();) {
    if (gap[at] == '\n') ++newlines;
    if (gap[at] != '/') {
      ++at;
      continue;
    }
    const std::size_t end = end_of_comment(gap, at);
    Comment comment;
    comment.text = tidy(gap.substr(at, end - at));
    comment.own_line = newlines > 0;
    comment.blank_above = newlines > 1 && anything_before;
    comment.ends_line = gap[at + 1] == '/' || comment.own_line || comment.text.find('\n') != std::string::npos;
    out.comments.push_back(std::move(comment));
    anything_before = true;
    newlines = 0;
    at = end;
  }
  out.blank_above = newlines > 1 && anything_before;
  return out;
}

}  // namespace

std::vector<Trivia> trivia_of(std::string_view text, const TokenList& list) {
  std::vector<Trivia> out(list.tokens.size());
  std::size_t from = 0;
  for (std::size_t i = 0; i < list.tokens.size(); ++i) {
    const Token& token = list.tokens[i];
    out[i] = read(text.substr(from, token.span.begin - from), i == 0);
    from = token.span.end;
  }
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const Token& token = list.tokens[i];
    if (!token.is(",") && !token.is("{")) continue;
    auto& behind = out[i + 1].comments;
    behind.insert(behind.begin(), std::make_move_iterator(out[i].comments.begin()),
                  std::make_move_iterator(out[i].comments.end()));
    out[i].comments.clear();
  }
  return out;
}

}  // namespace crenel::syntax
