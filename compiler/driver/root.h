#pragma once

#include <string>

#include "compiler/base/file_system.h"

namespace crenel::driver {

/// The root of the project that `file` belongs to, as an absolute path: the nearest folder above the file that holds
/// `.crenel-root` or `.git`, else the file's own folder. A file that is not there belongs to the working directory.
[[nodiscard]] std::string find_root(const base::FileSystem& files, const std::string& file);

/// `path` seen from the root; only its last part when it lies outside of it, so that no path of this machine gets out.
[[nodiscard]] std::string relative_to_root(const base::FileSystem& files, const std::string& root,
                                           const std::string& path);

}  // namespace crenel::driver
