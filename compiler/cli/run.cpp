#include "compiler/cli/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "compiler/cli/account.h"
#include "compiler/cli/command_line.h"
#include "compiler/cli/completions.h"
#include "compiler/cli/report.h"
#include "compiler/cli/run_tools.h"
#include "compiler/driver/build.h"
#include "compiler/driver/check.h"
#include "compiler/driver/diff.h"
#include "compiler/driver/explain.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/read_back.h"
#include "compiler/driver/test.h"
#include "compiler/driver/verify.h"

namespace crenel::cli {
namespace {

using diagnostics::Severity;

void build(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal, Outcome& outcome) {
  if (invocation.list_outputs) {
    for (const auto& path : driver::list_outputs(compilation, invocation.build)) outcome.out += path + "\n";
    report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "", outcome);
    return;
  }
  const auto built = driver::build(compilation, invocation.build);
  if (!invocation.quiet) outcome.out = account(built);
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "; nothing was written", outcome);
}

void check(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal, Outcome& outcome) {
  const auto checked = driver::check(compilation);
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "", outcome);
  if (outcome.code == ExitCode::Done && !invocation.quiet) outcome.out += account(checked);
  const auto& found = compilation.diagnostics().all();
  if (invocation.fix && !invocation.quiet &&
      std::any_of(found.begin(), found.end(), [](const auto& each) { return !each.fixes.empty(); }))
    outcome.out += "Some fixes are guesses at what was meant: `--fix` leaves them to you.\n";
}

void verify(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal, Outcome& outcome) {
  const auto undecided = invocation.undecided_is_warning ? Severity::Warning : Severity::Error;
  const auto verified = driver::verify_template(compilation, invocation.template_path, undecided);
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "", outcome);
  if (verified && !verified->comparison.equal() && !(verified->undecided && invocation.undecided_is_warning)) {
    outcome.code = ExitCode::Errors;
  }
  if (!verified) return;
  if (invocation.diagnostics == DiagnosticsFormat::Json) {
    outcome.out = driver::to_json(*verified);
  } else if (!invocation.quiet) {
    outcome.out = account(*verified);
  }
}

void reach(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal, Outcome& outcome) {
  const auto reached = driver::reach(compilation);
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "", outcome);
  if (!reached) return;
  if (!reached->admitted()) outcome.code = ExitCode::Errors;
  if (invocation.diagnostics == DiagnosticsFormat::Json) {
    outcome.out = driver::to_json(*reached);
  } else if (!invocation.quiet) {
    outcome.out = account(*reached);
  }
}

void test(driver::Compilation& compilation, const Invocation& invocation, Terminal terminal, Outcome& outcome) {
  const auto results = driver::test(compilation);
  if (!results.empty() || !compilation.diagnostics().has_errors()) outcome.out = account(results);
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "", outcome);
}

void diff(driver::Compilation& older, driver::Compilation& newer, const Invocation& invocation, Terminal terminal,
          Outcome& outcome) {
  const auto found = driver::diff(older, newer);
  if (found && (found->broadened() || found->weakened())) {
    outcome.code = ExitCode::Broadened;
  } else if (found && found->open()) {
    outcome.code = ExitCode::Errors;
  }
  // As a document for programs there is one report: of the side that has something to say, the older first.
  const bool text = invocation.diagnostics == DiagnosticsFormat::Text;
  const bool older_first = !older.diagnostics().all().empty();
  if (text || older_first) report(older.diagnostics(), older.sources(), invocation, terminal, "", outcome);
  if (text || !older_first) report(newer.diagnostics(), newer.sources(), invocation, terminal, "", outcome);
  if (!found) return;
  if (invocation.diff == DiffFormat::Json) {
    outcome.out = driver::to_json(*found);
  } else if (invocation.diff == DiffFormat::Markdown) {
    outcome.out = driver::to_markdown(*found);
  } else if (!invocation.quiet) {
    outcome.out = account(*found);
  }
}

Outcome explain(const std::string& code) {
  if (code.empty()) return {.code = ExitCode::Done, .out = driver::explain_all(), .err = ""};
  if (auto page = driver::explain(code)) return {.code = ExitCode::Done, .out = std::move(*page), .err = ""};
  if (auto rule = driver::explain_rule(code)) return {.code = ExitCode::Done, .out = std::move(*rule), .err = ""};
  const auto near = driver::nearest_code(code);
  return usage_error(
      fmt::format("there is no diagnostic `{}`, and no rule{}", code,
                  near ? fmt::format("; did you mean `{}`?", *near) : "; `crenel explain` lists the diagnostics"),
      "explain");
}

}  // namespace

Outcome run(const std::vector<std::string>& arguments, Terminal terminal, base::FileSystem& files,
            const std::vector<backend::Backend>& backends, const base::Programs& programs) {
  std::vector<std::string> providers;
  for (const auto& backend : backends) providers.emplace_back(backend.name);
  auto parsed = parse(arguments, providers);
  if (auto* outcome = std::get_if<Outcome>(&parsed)) return std::move(*outcome);
  auto& invocation = std::get<Invocation>(parsed);
  if (invocation.quiet || invocation.diagnostics != DiagnosticsFormat::Text) terminal.progress = nullptr;
  if (!invocation.request.as_of) invocation.request.as_of = terminal.today;
  if (!invocation.newer.as_of) invocation.newer.as_of = terminal.today;
  if (invocation.command == Command::Explain) return explain(invocation.code);
  if (invocation.command == Command::Completions)
    return {.code = ExitCode::Done, .out = completions(invocation.shell, describe_commands(providers)), .err = ""};
  if (invocation.command == Command::Manual)
    return {.code = ExitCode::Done, .out = manual(describe_commands(providers)), .err = ""};
  if (invocation.command == Command::Graph) return run_graph(invocation, terminal, files, backends, programs);
  if (invocation.command == Command::Handbook) return run_handbook(invocation, terminal, files, backends, programs);
  if (invocation.command == Command::Lsp) return {.code = ExitCode::Done, .out = {}, .err = {}, .serve = true};
  if (invocation.command == Command::Init) return run_init(invocation, terminal, files);
  if (invocation.command == Command::Format) return run_format(invocation, terminal, files);
  Outcome outcome;
  if (invocation.fix) apply_fixes(invocation, files, backends, outcome);
  driver::Compilation compilation(files, backends, invocation.request, terminal.progress);
  switch (invocation.command) {
    case Command::Build:
      build(compilation, invocation, terminal, outcome);
      break;
    case Command::Verify:
      verify(compilation, invocation, terminal, outcome);
      break;
    case Command::Reach:
      reach(compilation, invocation, terminal, outcome);
      break;
    case Command::Diff: {
      driver::Compilation newer(files, backends, invocation.newer, terminal.progress);
      diff(compilation, newer, invocation, terminal, outcome);
      break;
    }
    case Command::Test:
      test(compilation, invocation, terminal, outcome);
      break;
    default:
      check(compilation, invocation, terminal, outcome);
  }
  return outcome;
}

}  // namespace crenel::cli
