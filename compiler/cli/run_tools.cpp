#include "compiler/cli/run_tools.h"

#include <fmt/format.h>

#include "compiler/cli/report.h"
#include "compiler/driver/format.h"

namespace crenel::cli {

Outcome run_format(const Invocation& invocation, Terminal terminal, base::FileSystem& files) {
  Outcome outcome;
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto changed = driver::format(files, invocation.request.files, invocation.only_check, sources, diagnostics);
  for (const auto& one : changed) {
    if (invocation.only_check)
      outcome.out += one.diff;
    else if (!invocation.quiet)
      outcome.out += fmt::format("{}\n", one.path);
  }
  if (invocation.only_check && !changed.empty()) outcome.code = ExitCode::Errors;
  report(diagnostics, sources, invocation, terminal, "; files with errors stay as they were", outcome);
  return outcome;
}

}  // namespace crenel::cli
