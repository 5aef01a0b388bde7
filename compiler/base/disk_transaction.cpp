#include "compiler/base/disk_transaction.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>

namespace crenel::base {
namespace {

/// Names tried for a temporary file before giving up: others may lie there after a crash.
constexpr int kMostAttempts = 10000;

FileError writing_error(const std::string& path, int error) {
  return {error == EISDIR ? FileErrorKind::IsDirectory : FileErrorKind::NotWritable, path,
          std::generic_category().message(error)};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// A name beside `path` that no other process uses at the same time.
std::string name_beside(const std::string& path, int attempt) {
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return fmt::format("{}.{}.{}-{}.tmp", path.substr(0, name), path.substr(name), ::getpid(), attempt);
}

bool write_whole(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t put = ::write(descriptor, text.data() + done, text.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    done += static_cast<std::size_t>(put);
  }
  return true;
}

/// Only what has reached the disk counts as written; a file system that cannot flush (EINVAL) has nothing to flush.
bool flush(int descriptor) { return ::fsync(descriptor) == 0 || errno == EINVAL; }

void flush_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  // The files are in place by now; a folder that cannot be flushed takes nothing back.
  static_cast<void>(::fsync(descriptor));
  ::close(descriptor);
}

}  // namespace

DiskTransaction::~DiskTransaction() {
  if (!committed_) {
    roll_back();
    return;
  }
  for (const Pending& pending : pending_) {
    if (!pending.backup.empty()) ::unlink(pending.backup.c_str());
  }
}

std::optional<FileError> DiskTransaction::make_parents(const std::string& path) {
  std::vector<std::string> missing;
  struct stat status {};
  for (std::string folder = folder_of(path); ::stat(folder.c_str(), &status) != 0; folder = folder_of(folder)) {
    if (errno != ENOENT) return writing_error(path, errno);
    missing.push_back(folder);
    if (folder == "/" || folder == ".") break;
  }
  for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder) {
    if (::mkdir(folder->c_str(), 0777) == 0) {
      made_folders_.push_back(*folder);
    } else if (errno != EEXIST) {  // another process may have been faster
      return writing_error(path, errno);
    }
  }
  return std::nullopt;
}

std::optional<FileError> DiskTransaction::prepare(const std::string& path, const std::string& text) {
  struct stat old {};
  const bool replaces = ::stat(path.c_str(), &old) == 0;
  if (replaces && S_ISDIR(old.st_mode)) return FileError{FileErrorKind::IsDirectory, path, ""};
  if (replaces && !S_ISREG(old.st_mode)) return FileError{FileErrorKind::NotWritable, path, "not a regular file"};
  if (replaces && ::access(path.c_str(), W_OK) != 0) return writing_error(path, errno);
  if (auto error = make_parents(path)) return error;

  int descriptor = -1;
  std::string temporary;
  for (int attempt = 0; descriptor < 0; ++attempt) {
    temporary = name_beside(path, attempt);
    // The mode 0666 lets the process's umask decide, as for any new file.
    descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && (errno != EEXIST || attempt == kMostAttempts)) return writing_error(path, errno);
  }
  pending_.push_back({.path = path, .temporary = temporary, .backup = "", .in_place = false});
  bool good = write_whole(descriptor, text) && flush(descriptor);
  if (good && replaces) good = ::fchmod(descriptor, old.st_mode & 07777U) == 0;
  const int error = errno;
  const bool closed = ::close(descriptor) == 0;
  if (!good) return writing_error(path, error);
  if (!closed) return writing_error(path, errno);
  return std::nullopt;
}

std::optional<FileError> DiskTransaction::keep_old(Pending& pending) {
  for (int attempt = 0; attempt <= kMostAttempts; ++attempt) {
    const std::string backup = name_beside(pending.path, attempt);
    // A second name costs nothing and keeps time stamp, owner and mode; not every file system has them.
    bool kept = ::link(pending.path.c_str(), backup.c_str()) == 0;
    if (!kept && errno == ENOENT) return std::nullopt;
    if (!kept && errno != EEXIST) {
      std::error_code copying;
      kept = std::filesystem::copy_file(pending.path, backup, copying);
      if (copying && copying != std::errc::file_exists) return writing_error(pending.path, copying.value());
    }
    if (kept) {
      pending.backup = backup;
      return std::nullopt;
    }
  }
  return writing_error(pending.path, EEXIST);
}

std::optional<FileError> DiskTransaction::commit() {
  // One rename is atomic by itself; of several, all but the last may have to be taken back.
  for (std::size_t i = 0; i + 1 < pending_.size(); ++i) {
    if (auto error = keep_old(pending_[i])) return error;
  }
  for (Pending& pending : pending_) {
    if (::rename(pending.temporary.c_str(), pending.path.c_str()) != 0) return writing_error(pending.path, errno);
    pending.in_place = true;
  }
  committed_ = true;
  std::set<std::string> folders(made_folders_.begin(), made_folders_.end());
  for (const std::string& folder : made_folders_) folders.insert(folder_of(folder));
  for (const Pending& pending : pending_) folders.insert(folder_of(pending.path));
  for (const std::string& folder : folders) flush_folder(folder);
  return std::nullopt;
}

void DiskTransaction::roll_back() {
  for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
    if (!pending->in_place) {
      ::unlink(pending->temporary.c_str());
      if (!pending->backup.empty()) ::unlink(pending->backup.c_str());
    } else if (pending->backup.empty()) {
      ::unlink(pending->path.c_str());
    } else {
      // Where even this fails, the backup is what is left of the old file: it stays.
      static_cast<void>(::rename(pending->backup.c_str(), pending->path.c_str()));
    }
  }
  // A folder in which somebody else has put something meanwhile stays.
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder) ::rmdir(folder->c_str());
}

}  // namespace crenel::base
