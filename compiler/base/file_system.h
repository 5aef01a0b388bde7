#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crenel::base {

enum class FileErrorKind { NotFound, IsDirectory, NotReadable, NotWritable, TooLarge, OutsideRoot };

struct FileError {
  FileErrorKind kind;
  std::string path;
  std::string detail;  ///< what the operating system said, or empty
};

/// The contents, or why there are none.
using ReadResult = std::variant<std::string, FileError>;

/// The one door through which the world enters and leaves: every stage that touches files takes one of these.
/// Paths use `/`; a relative path is relative to the process's working directory.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Reads a whole regular file; one of more than `max_bytes` is `TooLarge` and is not read.
  [[nodiscard]] virtual ReadResult read(const std::string& path, std::size_t max_bytes) const = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;
  /// The absolute path without `.`, `..` and symbolic links; empty when nothing is there.
  [[nodiscard]] virtual std::string canonical(const std::string& path) const = 0;
  /// Writes all files or none: each goes to a temporary file beside its place, is flushed, and only when all are there
  /// are they renamed into place; parent folders are made. On an error nothing that existed before has changed.
  /// A file whose bytes would not change is left untouched, so a build system sees no new time stamp.
  [[nodiscard]] virtual std::optional<FileError> write_all(
      const std::vector<std::pair<std::string, std::string>>& path_and_text) = 0;
};

}  // namespace crenel::base
