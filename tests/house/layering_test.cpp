#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/harness/files.h"

/// The arrows between the rooms, read off every #include.
namespace {

using crenel::tests::lines_of;
using crenel::tests::project_files;
using crenel::tests::ProjectFile;

using Rooms = std::set<std::string>;

/// What each room may include, besides itself and the standard library.
const std::map<std::string, Rooms>& arrows() {
  static const std::map<std::string, Rooms> table = [] {
    std::map<std::string, Rooms> rooms = {
        {"stdlib", {}},
        {"compiler/base", {}},
        {"compiler/diagnostics", {"compiler/base"}},
        {"compiler/net", {"compiler/base"}},
        {"compiler/syntax", {"compiler/base", "compiler/diagnostics"}},
        {"compiler/model", {"compiler/base", "compiler/net"}},
        {"compiler/sema",
         {"compiler/base", "compiler/diagnostics", "compiler/net", "compiler/syntax", "compiler/model", "stdlib"}},
        {"compiler/estate", {"compiler/base", "compiler/net"}},
        {"compiler/reach", {"compiler/base", "compiler/net", "compiler/estate"}},
        {"compiler/verify",
         {"compiler/base", "compiler/diagnostics", "compiler/net", "compiler/model", "compiler/estate",
          "compiler/reach"}},
        {"compiler/backend", {"compiler/base", "compiler/diagnostics", "compiler/model", "compiler/estate"}},
        {"backends/document", {"compiler/base", "compiler/diagnostics"}},
    };
    Rooms below = {"stdlib"};
    for (const auto& [room, allowed] : rooms) {
      if (room.starts_with("compiler/")) below.insert(room);
    }
    rooms["compiler/driver"] = below;
    below.insert("compiler/driver");
    rooms["compiler/cli"] = below;
    rooms["compiler/lsp"] = below;
    for (const char* provider : {"backends/aws", "backends/azure"}) {
      rooms[provider] = {"compiler/base",   "compiler/diagnostics", "compiler/net",     "compiler/model",
                         "compiler/estate", "compiler/backend",     "backends/document"};
    }
    return rooms;
  }();
  return table;
}

/// The composition root: the one file of `compiler/` that names the backends.
constexpr const char* kCompositionRoot = "compiler/cli/main.cpp";

/// Where a library may be seen at all. Nothing of these in a header: whoever includes one would pay for it.
const std::map<std::string, Rooms>& libraries() {
  static const std::map<std::string, Rooms> table = {
      {"antlr4-runtime.h", {"compiler/syntax/parser.cpp"}},
      {"CrenelLexer.h", {"compiler/syntax/parser.cpp"}},
      {"CrenelParser.h", {"compiler/syntax/parser.cpp"}},
      {"nlohmann/", {"compiler/diagnostics/", "compiler/driver/", "compiler/lsp/", "backends/document/"}},
      {"yaml-cpp/", {"backends/document/"}},
      {"CLI/", {"compiler/cli/"}},
      {"sha2.h", {"compiler/base/"}},
      {"fcntl.h", {"compiler/base/", "compiler/cli/"}},
      {"unistd.h", {"compiler/base/", "compiler/cli/"}},
      {"sys/", {"compiler/base/", "compiler/cli/"}},
      {"spawn.h", {"compiler/base/"}},
  };
  return table;
}

std::optional<std::string> room_of(const std::string& path) {
  for (const auto& [room, allowed] : arrows()) {
    if (path.starts_with(room + "/")) return room;
  }
  return std::nullopt;
}

struct Include {
  std::string path;
  bool quoted = false;
};

std::vector<Include> includes_of(const ProjectFile& file) {
  static const std::regex form(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  std::vector<Include> includes;
  for (const std::string& line : lines_of(file.text)) {
    std::smatch found;
    if (std::regex_search(line, found, form)) includes.push_back({found[2], found[1] == "\""});
  }
  return includes;
}

bool starts_with_one_of(const std::string& path, const Rooms& starts) {
  return std::any_of(starts.begin(), starts.end(), [&](const std::string& start) { return path.starts_with(start); });
}

/// The C++ files of the rooms that have arrows; never empty.
std::vector<ProjectFile> room_files() {
  std::vector<ProjectFile> files;
  for (ProjectFile& file : project_files()) {
    if (file.is_cpp() && room_of(file.path)) files.push_back(std::move(file));
  }
  REQUIRE(files.size() > 20);
  return files;
}

}  // namespace

TEST_CASE("every folder of C++ is a room with arrows") {
  for (const ProjectFile& file : project_files()) {
    const bool in_rooms = file.path.starts_with("compiler/") || file.path.starts_with("backends/");
    if (file.is_cpp() && in_rooms) CHECK_MESSAGE(room_of(file.path), file.path);
  }
}

TEST_CASE("a room includes only what its arrows allow") {
  for (const ProjectFile& file : room_files()) {
    const std::string room = *room_of(file.path);
    for (const Include& include : includes_of(file)) {
      if (!include.quoted || file.path == kCompositionRoot) continue;
      const std::optional<std::string> target = room_of(include.path);
      CHECK_MESSAGE(target, file.path, " includes ", include.path, ", which is in no room");
      if (!target || *target == room) continue;
      CHECK_MESSAGE(arrows().at(room).contains(*target), file.path, " may not include ", include.path);
    }
  }
}

TEST_CASE("the arrows have no cycle") {
  std::map<std::string, Rooms> left = arrows();
  for (bool removed = true; removed && !left.empty();) {
    removed = false;
    for (auto room = left.begin(); room != left.end();) {
      const bool free = std::none_of(room->second.begin(), room->second.end(),
                                     [&](const std::string& target) { return left.contains(target); });
      room = free ? left.erase(room) : std::next(room);
      removed = removed || free;
    }
  }
  CHECK(left.empty());
}

TEST_CASE("the composition root is the only file of the compiler that names the backends") {
  for (const ProjectFile& file : room_files()) {
    if (!file.path.starts_with("compiler/") || file.path == kCompositionRoot) continue;
    for (const Include& include : includes_of(file)) {
      CHECK_MESSAGE(!include.path.starts_with("backends/"), file.path, " includes ", include.path);
    }
  }
}

TEST_CASE("includes are written from the root and name a file that is there") {
  for (const ProjectFile& file : project_files()) {
    if (!file.is_cpp()) continue;
    for (const Include& include : includes_of(file)) {
      if (!include.quoted) {
        CHECK_MESSAGE(!room_of(include.path), file.path, " includes ", include.path, " in angle brackets");
        continue;
      }
      CHECK_MESSAGE(std::filesystem::exists(crenel::tests::project_root() / include.path), file.path, " includes ",
                    include.path);
    }
  }
}

TEST_CASE("a library is seen where it has its place, and in no header") {
  for (const ProjectFile& file : room_files()) {
    for (const Include& include : includes_of(file)) {
      for (const auto& [library, places] : libraries()) {
        if (include.quoted || !include.path.starts_with(library)) continue;
        CHECK_MESSAGE(starts_with_one_of(file.path, places), file.path, " may not include ", include.path);
        CHECK_MESSAGE(!file.path.ends_with(".h"), file.path, " is a header and includes ", include.path);
      }
    }
  }
}

TEST_CASE("one file sees the generated parser") {
  std::set<std::string> seen_by;
  for (const ProjectFile& file : project_files()) {
    for (const Include& include : includes_of(file)) {
      if (include.path.starts_with("antlr4") || include.path.starts_with("Crenel")) seen_by.insert(file.path);
    }
  }
  for (const std::string& path : seen_by) CHECK(path == "compiler/syntax/parser.cpp");
  CHECK(!seen_by.empty());
}

TEST_CASE("the compiler has no provider's words") {
  for (const ProjectFile& file : room_files()) {
    if (!file.path.starts_with("compiler/")) continue;
    CHECK_MESSAGE(file.text.find("AWS::") == std::string::npos, file.path);
    CHECK_MESSAGE(!std::regex_search(file.text, std::regex(R"(Microsoft\.[A-Z])")), file.path);
  }
}

TEST_CASE("the world enters through one door") {
  static const std::regex outside(R"(\b(getenv|setlocale|system_clock|steady_clock|random_device|gmtime|localtime)\b)");
  static const std::regex printing(R"(std::(cout|cerr|clog)\b|\b(printf|puts|fputs|fmt::print)\s*\()");
  static const std::regex files(R"(\bstd::(ifstream|ofstream|fstream|filesystem)\b)");
  for (const ProjectFile& file : room_files()) {
    if (file.path.starts_with("compiler/cli/")) continue;
    std::smatch found;
    CHECK_MESSAGE(!std::regex_search(file.text, found, outside), file.path, ": ", found.str());
    CHECK_MESSAGE(!std::regex_search(file.text, found, printing), file.path, ": ", found.str());
    if (file.path.starts_with("compiler/base/")) continue;
    CHECK_MESSAGE(!std::regex_search(file.text, found, files), file.path, ": ", found.str());
  }
}
