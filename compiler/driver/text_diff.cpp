#include "compiler/driver/text_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace crenel::driver {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
/// Lines before times lines after that are compared exactly; past it everything counts as changed.
constexpr std::size_t kMostCells = std::size_t{16} * 1000 * 1000;

/// With their line ends, so that a missing last one is a difference.
Lines split(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

struct Step {
  char kind = ' ';  ///< ' ' in both, '-' only before, '+' only after
  std::string_view line;
};

/// By the longest common subsequence of what lies between the common beginning and the common end.
std::vector<Step> steps_between(const Lines& before, const Lines& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  const std::size_t rows = before.size() - head - tail;
  const std::size_t columns = after.size() - head - tail;
  const bool exact = rows == 0 || columns <= kMostCells / rows;

  // common[i][j]: the length of the longest common subsequence from row i and column j on.
  std::vector<std::uint32_t> common(exact ? (rows + 1) * (columns + 1) : 0);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return common[i * (columns + 1) + j]; };
  const auto same = [&](std::size_t i, std::size_t j) { return before[head + i] == after[head + j]; };
  for (std::size_t i = exact ? rows : 0; i-- > 0;)
    for (std::size_t j = columns; j-- > 0;)
      cell(i, j) = same(i, j) ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));

  std::vector<Step> out;
  for (std::size_t i = 0; i < head; ++i) out.push_back({' ', before[i]});
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < columns) {
    if (exact && i < rows && j < columns && same(i, j)) {
      out.push_back({' ', before[head + i++]});
      ++j;
    } else if (j == columns || (i < rows && (!exact || cell(i + 1, j) >= cell(i, j + 1)))) {
      out.push_back({'-', before[head + i++]});
    } else {
      out.push_back({'+', after[head + j++]});
    }
  }
  for (std::size_t k = before.size() - tail; k < before.size(); ++k) out.push_back({' ', before[k]});
  return out;
}

std::string line_range(std::size_t first, std::size_t count) {
  const std::size_t start = count == 0 ? first : first + 1;
  return count == 1 ? fmt::format("{}", start) : fmt::format("{},{}", start, count);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const auto steps = steps_between(split(before), split(after));
  std::string out = fmt::format("--- {}\n+++ {}\n", path, path);
  std::size_t line_before = 0;
  std::size_t line_after = 0;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].kind == ' ') {
      ++line_before;
      ++line_after;
      ++i;
      continue;
    }
    // One hunk: until more than twice the context passes without a change.
    const std::size_t lead = std::min({kContext, i, line_before, line_after});
    std::size_t last_change = i;
    for (std::size_t k = i; k < steps.size() && k <= last_change + 2 * kContext; ++k)
      if (steps[k].kind != ' ') last_change = k;
    const std::size_t end = std::min(steps.size(), last_change + 1 + kContext);
    std::string body;
    std::size_t removed = 0;
    std::size_t added = 0;
    for (std::size_t k = i - lead; k < end; ++k) {
      if (steps[k].kind != '+') ++removed;
      if (steps[k].kind != '-') ++added;
      body += steps[k].kind;
      body += steps[k].line;
      if (!steps[k].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    out += fmt::format("@@ -{} +{} @@\n{}", line_range(line_before - lead, removed),
                       line_range(line_after - lead, added), body);
    line_before += removed - lead;
    line_after += added - lead;
    i = end;
  }
  return out;
}

}  // namespace crenel::driver
