#include "compiler/base/folders.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace crenel::base {

std::vector<std::string> DiskFolders::files_below(const std::string& folder, std::string_view ending) const {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  std::size_t seen = 0;
  for (fs::recursive_directory_iterator at(folder, options, error), end; !error && at != end && seen < kMostFiles;
       at.increment(error), ++seen) {
    const std::string name = at->path().filename().string();
    std::error_code fault;
    const auto status = at->symlink_status(fault);
    if (fault) continue;
    if (fs::is_directory(status) && name.starts_with('.')) at.disable_recursion_pending();
    if (fs::is_regular_file(status) && name.ends_with(ending)) out.push_back(at->path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace crenel::base
