#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/file_system.h"
#include "compiler/base/programs.h"
#include "compiler/base/progress.h"
#include "compiler/cli/outcome.h"
#include "compiler/model/policy.h"

namespace crenel::cli {

/// What the command line needs to know of the process that it runs in.
struct Terminal {
  bool colors = false;  ///< standard error is a terminal that shows them, and `NO_COLOR` is not set
  std::optional<model::WaiverDate> today = {};  ///< for waivers, unless the command line says `--as-of`
  base::Progress* progress = nullptr;           ///< who waits at the terminal, if anybody does
};

/// Runs one command line, without the program's name.
[[nodiscard]] Outcome run(const std::vector<std::string>& arguments, Terminal terminal, base::FileSystem& files,
                          const std::vector<backend::Backend>& backends, const base::Programs& programs);

}  // namespace crenel::cli
