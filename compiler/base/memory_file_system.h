#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/file_system.h"

namespace crenel::base {

/// A file system that exists only in memory, rooted at `/`: for tests, and for texts that no disk holds. A relative
/// path is relative to `/`. Folders exist as soon as something lies in them.
class MemoryFileSystem : public FileSystem {
 public:
  MemoryFileSystem() = default;
  explicit MemoryFileSystem(const std::map<std::string, std::string>& files);

  /// Puts a file there, in place of any other.
  void put(const std::string& path, std::string text);
  /// A symbolic link; `target` is a path of this file system.
  void link(const std::string& path, const std::string& target);
  /// From now on, reading and writing this file is refused, as if for lack of permission.
  void protect(const std::string& path);

  [[nodiscard]] ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  [[nodiscard]] std::optional<FileError> write_all(
      const std::vector<std::pair<std::string, std::string>>& path_and_text) override;

  /// Every file by its canonical path.
  [[nodiscard]] const std::map<std::string, std::string>& files() const { return files_; }
  /// The files that `write_all` changed or made, in the order written; unchanged ones are not among them.
  [[nodiscard]] const std::vector<std::string>& written() const { return written_; }

 private:
  [[nodiscard]] std::string resolve(const std::string& path) const;
  [[nodiscard]] bool is_folder(const std::string& resolved) const;
  [[nodiscard]] std::optional<FileError> obstacle(const std::string& path, const std::string& resolved) const;

  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> links_;
  std::set<std::string> protected_;
  std::vector<std::string> written_;
};

}  // namespace crenel::base
