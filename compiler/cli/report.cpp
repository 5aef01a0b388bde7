#include "compiler/cli/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/cli/account.h"
#include "compiler/diagnostics/order.h"
#include "compiler/diagnostics/pages.h"
#include "compiler/diagnostics/render_json.h"
#include "compiler/diagnostics/render_sarif.h"
#include "compiler/diagnostics/render_text.h"
#include "compiler/driver/read_back.h"
#include "compiler/driver/version.h"

namespace crenel::cli {
namespace {

using diagnostics::Severity;

std::size_t count(const std::vector<diagnostics::Diagnostic>& all, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.severity == severity; }));
}

}  // namespace

void report(const diagnostics::Diagnostics& diagnostics, const base::Sources& sources, const Invocation& invocation,
            Terminal terminal, std::string_view consequence, Outcome& outcome) {
  const auto all = diagnostics::in_reading_order(diagnostics);
  const std::size_t errors = count(all, Severity::Error);
  const std::size_t warnings = count(all, Severity::Warning);
  const bool failed = errors != 0 || (invocation.warnings_are_errors && warnings != 0);
  if (failed) outcome.code = ExitCode::Errors;
  if (driver::is_our_fault(diagnostics)) outcome.code = ExitCode::OurFault;
  if (invocation.diagnostics == DiagnosticsFormat::Json) {
    outcome.err += diagnostics::render_json(all, sources);
    return;
  }
  if (invocation.diagnostics == DiagnosticsFormat::Sarif) {
    outcome.err += diagnostics::render_sarif(all, sources, driver::version(), diagnostics::page);
    return;
  }
  const bool color = invocation.color == Color::Always || (invocation.color == Color::Auto && terminal.colors);
  outcome.err += diagnostics::render_text(all, sources, {.color = color});
  const std::string totals = summary(errors, warnings);
  if (totals.empty()) return;
  outcome.err += fmt::format("\n{}{}\n", totals, failed ? consequence : "");
}

}  // namespace crenel::cli
