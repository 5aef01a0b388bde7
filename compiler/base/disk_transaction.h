#pragma once

#include <string>
#include <vector>

#include "compiler/base/file_system.h"

namespace crenel::base {

/// Several files that appear together or not at all. Whatever was prepared and not committed is gone when the
/// transaction ends: temporary files, backups, and the folders that were made for them.
class DiskTransaction {
 public:
  DiskTransaction() = default;
  ~DiskTransaction();
  DiskTransaction(const DiskTransaction&) = delete;
  DiskTransaction& operator=(const DiskTransaction&) = delete;
  DiskTransaction(DiskTransaction&&) = delete;
  DiskTransaction& operator=(DiskTransaction&&) = delete;

  /// Writes and flushes a temporary file beside `path`, with the mode of what is there. Makes the parent folders.
  [[nodiscard]] std::optional<FileError> prepare(const std::string& path, const std::string& text);
  /// Renames everything into place. On an error, puts back what was there before.
  [[nodiscard]] std::optional<FileError> commit();

 private:
  struct Pending {
    std::string path;
    std::string temporary;
    std::string backup;     ///< another name of the old file, while it may have to come back; empty: there was none
    bool in_place = false;  ///< the temporary file has been renamed
  };

  std::optional<FileError> make_parents(const std::string& path);
  std::optional<FileError> keep_old(Pending& pending);
  void roll_back();

  std::vector<Pending> pending_;
  std::vector<std::string> made_folders_;  // outermost first
  bool committed_ = false;
};

}  // namespace crenel::base
