#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/base/file_system.h"

namespace crenel::base {

/// The real file system, by POSIX calls. Has no state of its own.
///
/// Only regular files are read: a device or a pipe is `NotReadable`. A file that is there but not writable is
/// `NotWritable` although a rename could replace it, and a symbolic link is written through, not replaced.
class DiskFileSystem : public FileSystem {
 public:
  [[nodiscard]] ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  [[nodiscard]] std::optional<FileError> write_all(
      const std::vector<std::pair<std::string, std::string>>& path_and_text) override;
};

}  // namespace crenel::base
