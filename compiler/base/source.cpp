#include "compiler/base/source.h"

#include <algorithm>

#include "compiler/base/text.h"

namespace crenel::base {
namespace {

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return starts;
}

}  // namespace

Span join(Span a, Span b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  assert(a.source == b.source);
  return {.source = a.source, .begin = std::min(a.begin, b.begin), .end = std::max(a.end, b.end)};
}

SourceId Sources::add(std::string path, std::string text) {
  assert(text.size() < UINT32_MAX);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  line_starts_.push_back(find_line_starts(text));
  return texts_.add({.path = std::move(path), .text = std::move(text)});
}

Position Sources::position(SourceId id, std::uint32_t offset) const {
  const std::string_view text = texts_[id].text;
  const auto& starts = line_starts_.at(id.index());
  const auto at = std::min(offset, static_cast<std::uint32_t>(text.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), at);
  const std::uint32_t start = *std::prev(after);
  return {.line = static_cast<std::uint32_t>(after - starts.begin()),
          .column = static_cast<std::uint32_t>(count_code_points(text.substr(start, at - start)) + 1)};
}

std::string_view Sources::line(SourceId id, std::uint32_t line) const {
  const std::string_view text = texts_[id].text;
  const auto& starts = line_starts_.at(id.index());
  if (line == 0 || line > starts.size()) return {};
  const std::size_t begin = starts[line - 1];
  const std::size_t end = line < starts.size() ? starts[line] - 1 : text.size();
  std::string_view found = text.substr(begin, end - begin);
  // A carriage return ends the line only together with the line feed that was cut off.
  if (line < starts.size() && found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::string_view Sources::text(Span span) const {
  const std::string_view text = texts_[span.source].text;
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  return text.substr(begin, end - begin);
}

}  // namespace crenel::base
