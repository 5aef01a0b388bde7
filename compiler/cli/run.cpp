#include "compiler/cli/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "compiler/cli/account.h"
#include "compiler/cli/command_line.h"
#include "compiler/diagnostics/order.h"
#include "compiler/diagnostics/render_json.h"
#include "compiler/diagnostics/render_text.h"
#include "compiler/driver/build.h"
#include "compiler/driver/check.h"
#include "compiler/driver/explain.h"

namespace crenel::cli {
namespace {

using diagnostics::Severity;

std::size_t count(const std::vector<diagnostics::Diagnostic>& all, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.severity == severity; }));
}

/// Adds the diagnostics to the outcome, and to its code what they mean. `consequence` is said after errors.
void report(const driver::Compilation& compilation, const Invocation& invocation, Terminal terminal,
            std::string_view consequence, Outcome& outcome) {
  const auto all = diagnostics::in_reading_order(compilation.diagnostics());
  const std::size_t errors = count(all, Severity::Error);
  const std::size_t warnings = count(all, Severity::Warning);
  const bool failed = errors != 0 || (invocation.warnings_are_errors && warnings != 0);
  if (failed) outcome.code = ExitCode::Errors;
  if (invocation.diagnostics == DiagnosticsFormat::Json) {
    outcome.err += diagnostics::render_json(all, compilation.sources());
    return;
  }
  const bool color = invocation.color == Color::Always || (invocation.color == Color::Auto && terminal.colors);
  outcome.err += diagnostics::render_text(all, compilation.sources(), {.color = color});
  const std::string totals = summary(errors, warnings);
  if (totals.empty()) return;
  outcome.err += fmt::format("\n{}{}\n", totals, failed ? consequence : "");
}

Outcome build(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal) {
  Outcome outcome;
  if (invocation.list_outputs) {
    for (const auto& path : driver::list_outputs(compilation, invocation.build)) outcome.out += path + "\n";
    report(compilation, invocation, terminal, "", outcome);
    return outcome;
  }
  const auto built = driver::build(compilation, invocation.build);
  if (!invocation.quiet) outcome.out = account(built);
  report(compilation, invocation, terminal, "; nothing was written", outcome);
  return outcome;
}

Outcome check(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal) {
  Outcome outcome;
  const auto checked = driver::check(compilation);
  report(compilation, invocation, terminal, "", outcome);
  if (outcome.code == ExitCode::Done && !invocation.quiet) outcome.out = account(checked);
  return outcome;
}

Outcome explain(const std::string& code) {
  if (code.empty()) return {.code = ExitCode::Done, .out = driver::explain_all(), .err = ""};
  if (auto page = driver::explain(code)) return {.code = ExitCode::Done, .out = std::move(*page), .err = ""};
  const auto near = driver::nearest_code(code);
  return usage_error(
      fmt::format("there is no diagnostic `{}`{}", code,
                  near ? fmt::format("; did you mean `{}`?", *near) : "; `crenel explain` lists them all"),
      "explain");
}

}  // namespace

Outcome run(const std::vector<std::string>& arguments, Terminal terminal, base::FileSystem& files,
            const std::vector<backend::Backend>& backends) {
  std::vector<std::string> providers;
  for (const auto& backend : backends) providers.emplace_back(backend.name);
  auto parsed = parse(arguments, providers);
  if (auto* outcome = std::get_if<Outcome>(&parsed)) return std::move(*outcome);
  const auto& invocation = std::get<Invocation>(parsed);
  if (invocation.command == Command::Explain) return explain(invocation.code);
  driver::Compilation compilation(files, backends, invocation.request);
  return invocation.command == Command::Build ? build(compilation, invocation, terminal)
                                              : check(compilation, invocation, terminal);
}

}  // namespace crenel::cli
