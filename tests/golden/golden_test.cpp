#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/golden/stages.h"
#include "tests/harness/files.h"

/// Every case of this folder, stage by stage, against the files in its folder `expected`. With CRENEL_UPDATE_GOLDENS=1
/// in the environment those are written anew, and the run fails all the same: read the difference, then run again.
namespace {

namespace fs = std::filesystem;
using namespace crenel::tests;

bool is_update() {
  const char* wish = std::getenv("CRENEL_UPDATE_GOLDENS");
  return wish != nullptr && std::string(wish) == "1";
}

std::vector<fs::path> cases() {
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(project_root() / "tests" / "golden")) {
    if (fs::exists(entry.path() / "input.crenel")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

Made expected(const fs::path& folder) {
  Made files;
  for (auto& [name, text] : contents_of(folder / "expected")) files.emplace(name, std::move(text));
  return files;
}

/// The first line in which two texts differ, for a message.
std::string first_difference(const std::string& wanted, const std::string& got) {
  const auto before = lines_of(wanted);
  const auto after = lines_of(got);
  std::size_t at = 0;
  while (at < before.size() && at < after.size() && before[at] == after[at]) ++at;
  const auto line = [&](const std::vector<std::string>& lines) { return at < lines.size() ? lines[at] : "(the end)"; };
  return "line " + std::to_string(at + 1) + "\n  expected: " + line(before) + "\n  made:     " + line(after);
}

void compare(const Made& wanted, const Made& made) {
  for (const auto& [name, text] : made) {
    CAPTURE(name);
    const auto found = wanted.find(name);
    CHECK_MESSAGE(found != wanted.end(), "is made and not expected");
    if (found != wanted.end()) CHECK_MESSAGE(found->second == text, first_difference(found->second, text));
  }
  for (const auto& [name, text] : wanted) CHECK_MESSAGE(made.contains(name), name, " is expected and not made");
}

void rewrite(const fs::path& folder, const Made& made) {
  fs::remove_all(folder / "expected");
  for (const auto& [name, text] : made) write_text(folder / "expected" / name, text);
}

}  // namespace

TEST_CASE("every case makes what it made before") {
  REQUIRE(!cases().empty());
  for (const fs::path& folder : cases()) {
    CAPTURE(folder.filename().string());
    const Made made = compile_case(folder);
    compare(expected(folder), made);
    if (is_update()) rewrite(folder, made);
  }
  CHECK_MESSAGE(!is_update(), "the expected files were written anew: read what changed, and run again without it");
}

TEST_CASE("a case ends in templates or in diagnostics, as its name says") {
  for (const fs::path& folder : cases()) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    const Made files = expected(folder);
    const bool templates = std::any_of(files.begin(), files.end(),
                                       [](const auto& file) { return file.first.ends_with(".certificate.json"); });
    CHECK(templates == !name.starts_with("error_"));
    CHECK((templates || files.contains("diagnostics.txt")));
  }
}
