#pragma once

#include <vector>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// The jobs that the request chooses among all targets. A target, environment or provider that chooses nothing is
/// reported; what is left to choose from is told with it.
[[nodiscard]] std::vector<Job> select(const std::vector<sema::Target>& targets,
                                      const std::vector<backend::Backend>& backends, const Request& request,
                                      diagnostics::Diagnostics& diagnostics);

/// Says that a command that is about one target has several to choose from.
void report_several(const Request& request, const std::vector<Job>& jobs, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::driver
