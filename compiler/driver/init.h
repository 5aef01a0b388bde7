#pragma once

#include <string>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::driver {

/// `crenel init`: writes a starting project into the folder, which is made when it is not there: a pattern and a stack
/// that build, and what to do next. A file that is there already stays as it is, and then nothing is written.
/// The paths written.
[[nodiscard]] std::vector<std::string> init(base::FileSystem& files, const std::string& folder,
                                            diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::driver
