#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crenel::base {

/// What lies in folders: for whoever must know files that nobody named. A parameter, as the file system is.
class Folders {
 public:
  virtual ~Folders() = default;

  /// Every regular file below `folder` whose name ends in `ending`, as an absolute path, sorted. Links are not
  /// followed, and what is in a folder whose name starts with a dot is left out. At most `kMostFiles` are looked at.
  [[nodiscard]] virtual std::vector<std::string> files_below(const std::string& folder,
                                                             std::string_view ending) const = 0;

  static constexpr std::size_t kMostFiles = 100'000;
};

/// A machine without any.
class NoFolders : public Folders {
 public:
  [[nodiscard]] std::vector<std::string> files_below(const std::string& /*folder*/,
                                                     std::string_view /*ending*/) const override {
    return {};
  }
};

/// The folders of this machine.
class DiskFolders : public Folders {
 public:
  [[nodiscard]] std::vector<std::string> files_below(const std::string& folder, std::string_view ending) const override;
};

}  // namespace crenel::base
