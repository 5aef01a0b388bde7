#pragma once

#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/file_system.h"
#include "compiler/cli/command_line.h"
#include "compiler/cli/outcome.h"
#include "compiler/cli/run.h"

/// The commands beside building and checking.
namespace crenel::cli {

[[nodiscard]] Outcome run_format(const Invocation& invocation, Terminal terminal, base::FileSystem& files);

/// `check --fix`: applies safe fixes until there are none, and adds what it did to the outcome.
void apply_fixes(const Invocation& invocation, base::FileSystem& files, const std::vector<backend::Backend>& backends,
                 Outcome& outcome);

[[nodiscard]] Outcome run_graph(const Invocation& invocation, Terminal terminal, base::FileSystem& files,
                                const std::vector<backend::Backend>& backends, const base::Programs& programs);
[[nodiscard]] Outcome run_handbook(const Invocation& invocation, Terminal terminal, base::FileSystem& files,
                                   const std::vector<backend::Backend>& backends, const base::Programs& programs);
[[nodiscard]] Outcome run_init(const Invocation& invocation, Terminal terminal, base::FileSystem& files);

}  // namespace crenel::cli
