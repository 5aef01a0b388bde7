#include "tests/harness/files.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace crenel::tests {
namespace fs = std::filesystem;
namespace {

constexpr std::array kRooms = {"compiler", "backends", "stdlib", "grammar", "tests", "examples", ".ci"};

bool belongs_to_others(const fs::path& folder) { return folder.filename() == "node_modules"; }

}  // namespace

const fs::path& project_root() {
  static const fs::path root = CRENEL_SOURCE_DIR;
  return root;
}

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<ProjectFile> project_files() {
  std::vector<ProjectFile> files;
  const auto add = [&](const fs::path& path) {
    files.push_back({path.lexically_relative(project_root()).generic_string(), read_text(path)});
  };
  for (const fs::directory_entry& entry : fs::directory_iterator(project_root())) {
    // in a worktree of git's, .git is a file with a path of the machine
    if (entry.is_regular_file() && entry.path().filename() != ".git") add(entry.path());
  }
  for (const char* room : kRooms) {
    fs::recursive_directory_iterator walk(project_root() / room);
    for (const fs::directory_entry& entry : walk) {
      if (entry.is_directory() && belongs_to_others(entry.path())) walk.disable_recursion_pending();
      if (entry.is_regular_file()) add(entry.path());
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "crenel-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + name);
  path_ = fs::canonical(name);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::pair<std::string, std::string>> contents_of(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> contents;
  if (!fs::exists(folder)) return contents;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      contents.emplace_back(entry.path().lexically_relative(folder).generic_string(), read_text(entry.path()));
    }
  }
  std::sort(contents.begin(), contents.end());
  return contents;
}

}  // namespace crenel::tests
