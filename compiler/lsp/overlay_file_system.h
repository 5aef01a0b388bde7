#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/base/folders.h"

namespace crenel::lsp {

/// Another file system with the texts of open documents laid over it: what an editor shows is what is compiled, saved
/// or not. Nothing is ever written.
class OverlayFileSystem : public base::FileSystem {
 public:
  explicit OverlayFileSystem(const base::FileSystem& files) : files_(files) {}

  void open(const std::string& path, std::string text) { texts_[path] = std::move(text); }
  void close(const std::string& path) { texts_.erase(path); }
  [[nodiscard]] const std::string* text_of(const std::string& path) const {
    const auto found = texts_.find(path);
    return found == texts_.end() ? nullptr : &found->second;
  }
  /// Every open document's path.
  [[nodiscard]] std::vector<std::string> open_paths() const;

  [[nodiscard]] base::ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  [[nodiscard]] std::optional<base::FileError> write_all(
      const std::vector<std::pair<std::string, std::string>>& path_and_text) override;

 private:
  const base::FileSystem& files_;
  std::map<std::string, std::string> texts_;
};

/// The folders of another machine with the open documents in them.
class OverlayFolders : public base::Folders {
 public:
  OverlayFolders(const base::Folders& folders, const OverlayFileSystem& files) : folders_(folders), files_(files) {}

  [[nodiscard]] std::vector<std::string> files_below(const std::string& folder, std::string_view ending) const override;

 private:
  const base::Folders& folders_;
  const OverlayFileSystem& files_;
};

}  // namespace crenel::lsp
