#include "compiler/cli/run_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/cli/report.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/file_errors.h"
#include "compiler/driver/check.h"
#include "compiler/driver/fix.h"
#include "compiler/driver/format.h"
#include "compiler/driver/graph.h"
#include "compiler/driver/handbook.h"
#include "compiler/driver/init.h"

namespace crenel::cli {

namespace {

/// Not over a file that it was drawn from.
void write_picture(driver::Compilation& compilation, const std::string& path, std::string picture) {
  const std::string there = compilation.files().canonical(path);
  const auto& read = compilation.files_read();
  if (std::any_of(read.begin(), read.end(),
                  [&](const auto& each) { return compilation.files().canonical(each.path) == there; })) {
    compilation.diagnostics().report(diagnostics::kOutputIsInput, {}, path).help = "name another file with `-o`";
  } else if (const auto error = compilation.files().write_all({{path, std::move(picture)}})) {
    diagnostics::report_unwritten(compilation.diagnostics(), *error);
  }
}

}  // namespace

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

void apply_fixes(const Invocation& invocation, base::FileSystem& files, const std::vector<backend::Backend>& backends,
                 Outcome& outcome) {
  // What mends one fault can uncover the next; a bound, because a fix that mends nothing would be applied for ever.
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    driver::Compilation compilation(files, backends, invocation.request);
    (void)driver::check(compilation);
    const auto applied = driver::apply_safe_fixes(compilation);
    if (applied.empty()) return;
    if (invocation.quiet) continue;
    for (const auto& one : applied)
      outcome.out += fmt::format("{}:{}: {} [{}]\n", one.path, one.line, one.title, one.code);
  }
}

Outcome run_graph(const Invocation& invocation, Terminal terminal, base::FileSystem& files,
                  const std::vector<backend::Backend>& backends, const base::Programs& programs) {
  Outcome outcome;
  driver::Compilation compilation(files, backends, invocation.request, terminal.progress);
  if (invocation.against) {
    driver::Compilation older(files, backends, *invocation.against, terminal.progress);
    if (auto picture = driver::graph_changes(older, compilation, invocation.graph, programs))
      outcome.out = std::move(*picture);
    report(older.diagnostics(), older.sources(), invocation, terminal, "; nothing was drawn", outcome);
  } else if (auto picture = driver::graph(compilation, invocation.graph, programs))
    outcome.out = std::move(*picture);
  if (!invocation.picture.empty() && !outcome.out.empty())
    write_picture(compilation, invocation.picture, std::exchange(outcome.out, {}));
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "; nothing was drawn", outcome);
  return outcome;
}

Outcome run_handbook(const Invocation& invocation, Terminal terminal, base::FileSystem& files,
                     const std::vector<backend::Backend>& backends, const base::Programs& programs) {
  Outcome outcome;
  driver::Compilation compilation(files, backends, invocation.request, terminal.progress);
  const auto written = driver::handbook(compilation, invocation.folder, programs);
  if (!invocation.quiet) {
    for (const auto& path : written) outcome.out += path + "\n";
  }
  report(compilation.diagnostics(), compilation.sources(), invocation, terminal, "; nothing was written", outcome);
  return outcome;
}

Outcome run_init(const Invocation& invocation, Terminal terminal, base::FileSystem& files) {
  Outcome outcome;
  diagnostics::Diagnostics diagnostics;
  const auto written = driver::init(files, invocation.folder, diagnostics);
  if (!invocation.quiet) {
    for (const auto& path : written) outcome.out += path + "\n";
    if (!written.empty()) {
      outcome.out += fmt::format("Next: {}crenel build *.crenel -o out\n",
                                 invocation.folder == "." ? "" : fmt::format("cd {} && ", invocation.folder));
    }
  }
  report(diagnostics, {}, invocation, terminal, "; nothing was written", outcome);
  return outcome;
}

}  // namespace crenel::cli
