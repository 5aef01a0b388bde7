#include "tests/unit/syntax/support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "compiler/syntax/parser.h"

namespace crenel::syntax::tests {

Parsed::Parsed(std::string text) : source(sources.add("test.crenel", std::move(text))) {
  file = parse(sources, source, diagnostics);
}

std::vector<std::string> Parsed::said() const {
  auto all = diagnostics.all();
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::vector<std::string> out;
  for (const auto& one : all) {
    const auto position = sources.position(one.span.source, one.span.begin);
    out.push_back(std::to_string(position.line) + ":" + std::to_string(position.column) + " " + std::string(one.code) +
                  " " + one.message);
  }
  return out;
}

std::string Parsed::at(base::Span span) const { return std::string(sources.text(span)); }

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<Program> programs_in(const std::filesystem::path& folder) {
  std::vector<Program> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".crenel") out.push_back({entry.path(), read(entry.path())});
  std::sort(out.begin(), out.end(), [](const Program& a, const Program& b) { return a.path < b.path; });
  return out;
}

std::filesystem::path corpus() { return std::filesystem::path(CRENEL_SOURCE_DIR) / "tests/unit/syntax/corpus"; }

std::string repeat(const std::string& text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace crenel::syntax::tests
