#pragma once

#include <string>
#include <vector>

#include "compiler/driver/recording_file_system.h"

namespace crenel::driver {

/// One rule for Make and Ninja: the outputs are made from every file that was read. Blanks, `#`, `$` and `:` in names
/// are escaped as both of them read it.
[[nodiscard]] std::string depfile(const std::vector<std::string>& outputs, const std::vector<FileRead>& inputs);

}  // namespace crenel::driver
