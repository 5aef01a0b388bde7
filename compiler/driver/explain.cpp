#include "compiler/driver/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/diagnostics/pages.h"

namespace crenel::driver {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

/// The rest of a page's first line after `# CODE: `.
std::string_view title_of(std::string_view page) {
  const std::string_view line = page.substr(0, page.find('\n'));
  const std::size_t colon = line.find(": ");
  return colon == std::string_view::npos ? line : line.substr(colon + 2);
}

}  // namespace

std::optional<std::string> explain(std::string_view code) {
  const auto page = diagnostics::page(upper(code));
  if (!page) return std::nullopt;
  return plain_text(*page);
}

std::optional<std::string> nearest_code(std::string_view code) {
  std::vector<std::string> codes;
  for (const auto known : diagnostics::page_codes()) codes.emplace_back(known);
  return base::nearest(upper(code), codes);
}

std::string explain_all() {
  std::string out;
  for (const auto code : diagnostics::page_codes()) {
    out += fmt::format("{}  {}\n", code, title_of(*diagnostics::page(code)));
  }
  return out;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  bool in_code = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.starts_with("```")) {
      in_code = !in_code;
    } else if (in_code) {
      out += line.empty() ? "\n" : fmt::format("    {}\n", line);
    } else if (line.starts_with("## ")) {
      out += fmt::format("{}:\n", line.substr(3));
    } else if (line.starts_with("# ")) {
      out += fmt::format("{}\n", line.substr(2));
    } else {
      out += fmt::format("{}\n", line);
    }
  }
  return out;
}

}  // namespace crenel::driver
