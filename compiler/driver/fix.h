#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// A fix that was applied, and where.
struct AppliedFix {
  std::string path;
  std::uint32_t line = 1;  ///< before the change
  std::string_view code;
  std::string title;
};

/// Applies the safe fixes of what the compilation reported to the files that it read, all or none of the files. Of two
/// fixes that touch the same place the first is applied. What is written is what was checked: a file that has changed
/// since then stays as it is. Should writing fail, that is reported and nothing is returned.
[[nodiscard]] std::vector<AppliedFix> apply_safe_fixes(Compilation& compilation);

}  // namespace crenel::driver
