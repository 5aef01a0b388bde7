#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/harness/files.h"

/// What a house stays habitable by: fixed top level, small files, no leftovers.
namespace {

namespace fs = std::filesystem;
using crenel::tests::lines_of;
using crenel::tests::project_files;
using crenel::tests::project_root;
using crenel::tests::ProjectFile;

constexpr std::size_t kMostLines = 450;

bool is_source(const ProjectFile& file) {
  static const std::vector<std::string> endings = {".h", ".cpp", ".cmake", ".txt", ".in", ".g4", ".sh", ".mjs", "/run"};
  return std::any_of(endings.begin(), endings.end(), [&](const std::string& end) { return file.path.ends_with(end); });
}

/// What a test compares outputs with is as long as the output is.
bool is_golden(const ProjectFile& file) {
  return file.path.starts_with("tests/golden/") && !file.is_cpp() && !file.path.ends_with(".md");
}

}  // namespace

TEST_CASE("the top level is fixed") {
  const std::set<std::string> fixed = {"CMakeLists.txt", "README.md", "LICENSE", "grammar", "compiler",
                                       "backends",       "stdlib",    "tests",   "examples"};
  std::set<std::string> seen;
  for (const fs::directory_entry& entry : fs::directory_iterator(project_root())) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".") || name == "build" || name.starts_with("build-")) continue;
    seen.insert(name);
  }
  for (const std::string& name : seen) CHECK_MESSAGE(fixed.contains(name), name, " has no place at the top");
  for (const std::string& name : fixed) CHECK_MESSAGE(seen.contains(name), name, " is missing");
}

TEST_CASE("every room says what it is in a README") {
  const fs::path root = project_root();
  for (const char* room : {"compiler", "grammar", "stdlib", "tests", "examples", "backends"}) {
    CHECK_MESSAGE(fs::exists(root / room / "README.md"), std::string(room));
  }
  for (const char* folder : {"examples", "backends"}) {
    for (const fs::directory_entry& entry : fs::directory_iterator(root / folder)) {
      if (entry.is_directory()) CHECK_MESSAGE(fs::exists(entry.path() / "README.md"), entry.path().string());
    }
  }
}

TEST_CASE("files stay small") {
  for (const ProjectFile& file : project_files()) {
    if (is_source(file)) CHECK_MESSAGE(lines_of(file.text).size() <= kMostLines, file.path);
  }
}

TEST_CASE("a header is guarded, and opens no namespace for others") {
  for (const ProjectFile& file : project_files()) {
    if (!file.path.ends_with(".h")) continue;
    CHECK_MESSAGE(file.text.starts_with("#pragma once\n"), file.path);
    if (file.path.starts_with("tests/")) continue;
    CHECK_MESSAGE(file.text.find("using namespace") == std::string::npos, file.path);
  }
}

TEST_CASE("file names are words in lower case") {
  static const std::regex form(R"([a-z0-9_]+\.(h|cpp))");
  for (const ProjectFile& file : project_files()) {
    const std::string name = fs::path(file.path).filename().string();
    if (file.is_cpp()) CHECK_MESSAGE(std::regex_match(name, form), file.path);
  }
}

TEST_CASE("nothing is left to do, and no machine's paths are written down") {
  // in pieces, so that this file passes its own test
  const std::vector<std::string> leftovers = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                              std::string("HA") + "CK", std::string("/wo") + "rk/",
                                              std::string("/tm") + "p/"};
  for (const ProjectFile& file : project_files()) {
    for (const std::string& word : leftovers) {
      CHECK_MESSAGE(file.text.find(word) == std::string::npos, file.path, " has ", word);
    }
  }
}

TEST_CASE("texts end in one line end and hold no tabs, carriage returns or blanks before a line's end") {
  for (const ProjectFile& file : project_files()) {
    if (is_golden(file) || file.path == "LICENSE" || file.text.empty()) continue;
    CAPTURE(file.path);
    CHECK(file.text.ends_with("\n"));
    CHECK(!file.text.ends_with("\n\n"));
    CHECK(file.text.find('\t') == std::string::npos);
    CHECK(file.text.find('\r') == std::string::npos);
    const auto lines = lines_of(file.text);
    CHECK(std::none_of(lines.begin(), lines.end(), [](const std::string& line) { return line.ends_with(" "); }));
  }
}

TEST_CASE("unit tests mirror the rooms") {
  for (const fs::directory_entry& entry : fs::directory_iterator(project_root() / "tests" / "unit")) {
    if (!entry.is_directory()) continue;
    const std::string room = entry.path().filename().string();
    const fs::path root = project_root();
    CHECK_MESSAGE((fs::exists(root / "compiler" / room) || fs::exists(root / "backends" / room)), room);
  }
}

TEST_CASE("where the paper's rows can be seen is there") {
  const std::string table = crenel::tests::read_text(project_root() / "tests/paper.md");
  const std::string rules = crenel::tests::read_text(project_root() / "stdlib/policies/paper.crenel");
  const auto each = [&](const char* pattern, const auto& check) {
    const std::regex matcher(pattern);
    std::size_t found = 0;
    for (std::sregex_iterator at(table.begin(), table.end(), matcher), end; at != end; ++at, ++found) check((*at)[1]);
    CHECK(found > 10);
  };
  each("`([a-z]+/[^` ]+)`",
       [&](const std::string& path) { CHECK_MESSAGE(fs::exists(project_root() / path), path, " is not there"); });
  each("rules? `([a-z_]+)`", [&](const std::string& rule) {
    CHECK_MESSAGE(rules.find("rule " + rule + " ") != std::string::npos, rule, " is no rule");
  });
}
