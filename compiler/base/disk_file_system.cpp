#include "compiler/base/disk_file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "compiler/base/disk_transaction.h"

namespace crenel::base {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

FileError reading_error(const std::string& path, int error) {
  const bool absent = error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG;
  return {absent ? FileErrorKind::NotFound : FileErrorKind::NotReadable, path, absent ? "" : reason(error)};
}

/// Reads until the end, or until there is more than `max_bytes`; nothing on an error, with `errno` set.
std::optional<std::string> read_at_most(int descriptor, std::size_t max_bytes) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() <= max_bytes) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return text;
}

ReadResult read_open(int descriptor, const std::string& path, std::size_t max_bytes) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return reading_error(path, errno);
  if (S_ISDIR(status.st_mode)) return FileError{FileErrorKind::IsDirectory, path, ""};
  if (!S_ISREG(status.st_mode)) return FileError{FileErrorKind::NotReadable, path, "not a regular file"};
  if (static_cast<std::uintmax_t>(status.st_size) > max_bytes) return FileError{FileErrorKind::TooLarge, path, ""};
  std::optional<std::string> text = read_at_most(descriptor, max_bytes);
  if (!text) return reading_error(path, errno);
  // The size that the system tells may be outdated, or 0 for a file that is made as it is read.
  if (text->size() > max_bytes) return FileError{FileErrorKind::TooLarge, path, ""};
  return std::move(*text);
}

/// A path with a NUL in it names nothing; the system would read it as a shorter one.
bool is_path(const std::string& path) { return !path.empty() && path.find('\0') == std::string::npos; }

}  // namespace

ReadResult DiskFileSystem::read(const std::string& path, std::size_t max_bytes) const {
  if (!is_path(path)) return FileError{FileErrorKind::NotFound, path, ""};
  // Without O_NONBLOCK, opening a pipe would wait for a writer.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return reading_error(path, errno);
  ReadResult result = read_open(descriptor, path, max_bytes);
  ::close(descriptor);
  return result;
}

bool DiskFileSystem::exists(const std::string& path) const {
  struct stat status {};
  return is_path(path) && ::stat(path.c_str(), &status) == 0;
}

std::string DiskFileSystem::canonical(const std::string& path) const {
  if (!is_path(path)) return "";
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  return resolved ? resolved.get() : "";
}

std::optional<FileError> DiskFileSystem::write_all(
    const std::vector<std::pair<std::string, std::string>>& path_and_text) {
  DiskTransaction transaction;
  for (const auto& [path, text] : path_and_text) {
    if (!is_path(path)) return FileError{FileErrorKind::NotWritable, path, "not a path"};
    const std::string resolved = canonical(path);
    const std::string& place = resolved.empty() ? path : resolved;
    const ReadResult old = read(place, text.size());
    if (const auto* same = std::get_if<std::string>(&old); same != nullptr && *same == text) continue;
    if (auto error = transaction.prepare(place, text)) {
      error->path = path;
      return error;
    }
  }
  return transaction.commit();
}

}  // namespace crenel::base
