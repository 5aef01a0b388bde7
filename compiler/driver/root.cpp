#include "compiler/driver/root.h"

namespace crenel::driver {
namespace {

/// The folder that a canonical path lies in; that of `/` is `/`.
std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

bool marks_root(const base::FileSystem& files, const std::string& folder) {
  const std::string prefix = folder == "/" ? folder : folder + "/";
  return files.exists(prefix + ".crenel-root") || files.exists(prefix + ".git");
}

}  // namespace

std::string find_root(const base::FileSystem& files, const std::string& file) {
  const std::string canonical = files.canonical(file);
  if (canonical.empty()) return files.canonical(".");
  std::string own = parent_of(canonical);
  for (std::string folder = own;; folder = parent_of(folder)) {
    if (marks_root(files, folder)) return folder;
    if (folder == "/") return own;
  }
}

std::string relative_to_root(const base::FileSystem& files, const std::string& root, const std::string& path) {
  const std::string canonical = files.canonical(path);
  const std::string prefix = root == "/" ? root : root + "/";
  if (canonical.starts_with(prefix)) return canonical.substr(prefix.size());
  return path.substr(path.rfind('/') + 1);
}

}  // namespace crenel::driver
