#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/file_system.h"

namespace crenel::driver {

/// A file that was read, and what it held then.
struct FileRead {
  std::string path;    ///< as it was asked for
  std::string sha256;  ///< of its bytes
};

/// Passes everything on to another file system and remembers what was read: whatever reads, and from wherever, the
/// certificate and the dependency file name it.
class RecordingFileSystem : public base::FileSystem {
 public:
  explicit RecordingFileSystem(base::FileSystem& files) : files_(files) {}

  [[nodiscard]] base::ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override { return files_.exists(path); }
  [[nodiscard]] std::string canonical(const std::string& path) const override { return files_.canonical(path); }
  [[nodiscard]] std::optional<base::FileError> write_all(
      const std::vector<std::pair<std::string, std::string>>& path_and_text) override {
    return files_.write_all(path_and_text);
  }

  /// Every file that was read, once, in the order of the first reading.
  [[nodiscard]] const std::vector<FileRead>& reads() const { return reads_; }

 private:
  base::FileSystem& files_;
  mutable std::vector<FileRead> reads_;
  mutable std::set<std::string> known_;  // their paths
};

}  // namespace crenel::driver
