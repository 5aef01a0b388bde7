#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/driver/build.h"

/// Two providers that do nothing but say what they were given, and files that exist only in memory.
namespace crenel::driver::tests {

/// "east" and "west". `west` refuses every design whose name ends in "_east_only".
[[nodiscard]] const std::vector<backend::Backend>& fake_backends();

/// A complete file with one pattern of that name, of one group in one network.
[[nodiscard]] std::string pattern(const std::string& name);
/// The same with a claim that does not hold.
[[nodiscard]] std::string pattern_with_false_claim(const std::string& name);

/// The codes of what was reported, in the order of reading.
[[nodiscard]] std::vector<std::string> codes(const Compilation& compilation);

struct BuildResult {
  std::vector<Built> built;
  std::vector<std::string> codes;
};

[[nodiscard]] BuildResult build_files(base::MemoryFileSystem& files, const Request& request,
                                      const BuildOptions& options = {});

}  // namespace crenel::driver::tests
