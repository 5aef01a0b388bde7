#include "backends/document/yaml_places.h"

#include <algorithm>
#include <optional>

namespace crenel::document {
namespace {

bool is_yaml_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t skip_blanks_and_comments(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_yaml_blank(text[at]) || text[at] == '#')) {
    if (text[at] != '#') {
      ++at;
      continue;
    }
    at = text.find('\n', at);
    if (at == std::string_view::npos) return text.size();
  }
  return at;
}

/// The end of a text in quotes, or nothing when it is not closed.
std::optional<std::size_t> end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;  // a doubled quote stands for one
    }
  }
  return std::nullopt;
}

/// The value's characters stand in the text in their order; only blanks and line ends differ.
std::size_t end_of_folded(std::string_view text, std::size_t at, std::string_view value) {
  std::size_t end = at;
  for (const char c : value) {
    if (is_yaml_blank(c)) continue;
    while (at < text.size() && text[at] != c && is_yaml_blank(text[at])) ++at;
    if (at >= text.size() || text[at] != c) return end;
    end = ++at;
  }
  return end;
}

}  // namespace

ScalarPlace place_of_scalar(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  if (at < text.size() && text[at] == '!') {
    while (at < text.size() && !is_yaml_blank(text[at]) && (value.empty() || text[at] != ',')) ++at;
    const std::size_t end_of_tag = at;
    at = skip_blanks_and_comments(text, at);
    const bool same_line = text.substr(end_of_tag, at - end_of_tag).find('\n') == std::string_view::npos;
    const bool quoted = at < text.size() && (text[at] == '"' || text[at] == '\'');
    if (value.empty() && !(same_line && quoted)) return {.end = end_of_tag, .quoted = false};
  }
  if (at >= text.size()) return {.end = at, .quoted = false};
  if (text[at] == '"' || text[at] == '\'') {
    const std::optional<std::size_t> end = end_of_quoted(text, at);
    return {.end = end.value_or(text.size()), .quoted = true, .closed = end.has_value()};
  }
  if (text[at] == '|' || text[at] == '>') {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    return {.end = end_of_folded(text, line_end, value), .quoted = true};
  }
  return {.end = end_of_folded(text, at, value), .quoted = false};
}

std::size_t end_of_flow(std::string_view text, std::size_t last_end, char closing) {
  std::size_t at = last_end;
  while (true) {
    at = skip_blanks_and_comments(text, at);
    if (at < text.size() && (text[at] == ',' || text[at] == ':' || text[at] == '?')) {
      ++at;
      continue;
    }
    return at < text.size() && text[at] == closing ? at + 1 : last_end;
  }
}

}  // namespace crenel::document
