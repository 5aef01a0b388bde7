#pragma once

#include <string_view>

#include "compiler/base/source.h"
#include "compiler/cli/command_line.h"
#include "compiler/cli/outcome.h"
#include "compiler/cli/run.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::cli {

/// Adds the diagnostics to the outcome in the form that was asked for, and to its code what they mean. `consequence` is
/// said after errors.
void report(const diagnostics::Diagnostics& diagnostics, const base::Sources& sources, const Invocation& invocation,
            Terminal terminal, std::string_view consequence, Outcome& outcome);

}  // namespace crenel::cli
