#pragma once

#include "compiler/base/file_system.h"
#include "compiler/cli/command_line.h"
#include "compiler/cli/outcome.h"
#include "compiler/cli/run.h"

/// The commands beside building and checking.
namespace crenel::cli {

[[nodiscard]] Outcome run_format(const Invocation& invocation, Terminal terminal, base::FileSystem& files);

}  // namespace crenel::cli
