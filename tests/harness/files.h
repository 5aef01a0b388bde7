#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Files and folders, for tests that look at the project itself or drive the built program.
namespace crenel::tests {

/// The root of the project's sources.
[[nodiscard]] const std::filesystem::path& project_root();

/// The whole file; a file that cannot be read fails the test that asked.
[[nodiscard]] std::string read_text(const std::filesystem::path& path);
/// Writes the file and makes its folders.
void write_text(const std::filesystem::path& path, std::string_view text);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// One file of the project.
struct ProjectFile {
  std::string path;  ///< from the root, with `/`
  std::string text;
  [[nodiscard]] bool is_cpp() const { return path.ends_with(".h") || path.ends_with(".cpp"); }
};

/// Every file of the project's rooms, sorted by path; no build folder, nothing installed by another program.
[[nodiscard]] std::vector<ProjectFile> project_files();

/// An empty folder that lives as long as this object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Every file below a folder with its bytes, by its path from there: to compare what two runs left behind.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> contents_of(const std::filesystem::path& folder);

}  // namespace crenel::tests
