#include "compiler/driver/graph.h"

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/driver/diff.h"
#include "compiler/driver/picture.h"
#include "compiler/driver/picture_changes.h"

namespace crenel::driver {
namespace {

std::optional<std::string> in_format(const Picture& picture, GraphFormat format, const base::Programs& programs,
                                     diagnostics::Diagnostics& diagnostics) {
  if (format == GraphFormat::Mermaid) return to_mermaid(picture);
  std::string dot = to_dot(picture);
  return format == GraphFormat::Dot ? std::move(dot) : draw(dot, programs, diagnostics);
}

}  // namespace

std::optional<std::string> draw(const std::string& dot, const base::Programs& programs,
                                diagnostics::Diagnostics& diagnostics) {
  auto answer = programs.run({"dot", "-Tsvg"}, dot);
  if (auto* svg = std::get_if<std::string>(&answer)) return std::move(*svg);
  const auto& error = std::get<base::ProgramError>(answer);
  diagnostics.report(diagnostics::kCannotDraw, {}, error.message).help =
      error.not_there
          ? "install Graphviz (on Debian: `apt install graphviz`); `--format dot` and `mermaid` need nothing"
          : "`--format dot` prints what it was given";
  return std::nullopt;
}

std::optional<std::string> graph(Compilation& compilation, GraphFormat format, const base::Programs& programs) {
  compilation.load();
  // A pattern that a handbook leaves out can be named, and is drawn then.
  auto jobs = compilation.jobs(!compilation.request().targets.empty());
  if (compilation.diagnostics().has_errors()) return std::nullopt;
  if (jobs.size() != 1) {
    std::vector<std::string> names;
    names.reserve(jobs.size());
    for (const auto& job : jobs) names.push_back("`" + job.target.name + "`");
    compilation.diagnostics().report(diagnostics::kSeveralTargets, {}, std::to_string(jobs.size())).help =
        "name one after the file, as in `" + compilation.request().files.front() + ":" + jobs.front().target.name +
        "`; there are " + base::list_in_words(names, "and");
    return std::nullopt;
  }
  const auto compiled = compilation.compile(jobs.front(), backend::Format::Json);
  if (!compiled || compilation.diagnostics().has_errors()) return std::nullopt;
  return in_format(picture_of(compiled->design), format, programs, compilation.diagnostics());
}

std::optional<std::string> graph_changes(Compilation& older, Compilation& newer, GraphFormat format,
                                         const base::Programs& programs) {
  const auto found = diff(older, newer);
  if (!found) return std::nullopt;
  return in_format(picture_of(*found), format, programs, newer.diagnostics());
}

}  // namespace crenel::driver
