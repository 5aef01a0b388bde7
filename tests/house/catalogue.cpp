#include "tests/house/catalogue.h"

#include <filesystem>
#include <regex>

#include "tests/harness/files.h"

namespace crenel::tests {
namespace {

bool declares_diagnostics(const std::string& path) {
  static const std::regex form(R"(compiler/diagnostics/catalogue/\w+\.h|backends/\w+/diagnostics\.h)");
  return std::regex_match(path, form);
}

bool is_page(const std::string& path) {
  static const std::regex form(R"((compiler/diagnostics|backends/\w+)/pages/.+)");
  return std::regex_match(path, form);
}

}  // namespace

std::vector<DeclaredDiagnostic> declared_diagnostics() {
  static const std::regex form(
      R"re(DiagnosticKind<[^;{}]*>\s+(k\w+)\s*\{\s*"(\w+)"\s*,\s*Severity::(\w+)\s*,\s*"([^"]*)")re");
  std::vector<DeclaredDiagnostic> all;
  for (const ProjectFile& file : project_files()) {
    if (!declares_diagnostics(file.path)) continue;
    for (std::sregex_iterator at(file.text.begin(), file.text.end(), form), end; at != end; ++at) {
      const std::smatch& found = *at;
      all.push_back({found[1], found[2], found[3], found[4], file.path});
    }
  }
  return all;
}

std::vector<Page> diagnostic_pages() {
  std::vector<Page> pages;
  for (const ProjectFile& file : project_files()) {
    if (!is_page(file.path)) continue;
    const std::string first = file.text.substr(0, file.text.find('\n'));
    pages.push_back({.file = file.path,
                     .code = std::filesystem::path(file.path).stem().string(),
                     .title = first.starts_with("# ") ? first.substr(2) : "",
                     .text = file.text});
  }
  return pages;
}

bool Page::has(const std::string& heading) const { return text.find("\n## " + heading + "\n") != std::string::npos; }

std::vector<std::string> Page::headings(const std::string& begin) const {
  std::vector<std::string> out;
  const std::string mark = "\n## ";
  for (std::size_t at = text.find(mark + begin); at != std::string::npos; at = text.find(mark + begin, at + 1)) {
    const std::size_t from = at + mark.size();
    out.push_back(text.substr(from, text.find('\n', from) - from));
  }
  return out;
}

std::string Page::program(const std::string& heading) const {
  const std::size_t section = text.find("\n## " + heading + "\n");
  if (section == std::string::npos) return {};
  const std::string open = "```crenel\n";
  const std::size_t begin = text.find(open, section);
  const std::size_t next = text.find("\n## ", section + 1);
  if (begin == std::string::npos || begin > next) return {};
  const std::size_t end = text.find("\n```", begin);
  if (end == std::string::npos) return {};
  // the line end before the closing fence is the program's last
  return text.substr(begin + open.size(), end + 1 - begin - open.size());
}

}  // namespace crenel::tests
