#include "compiler/driver/reach.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/driver/selection.h"
#include "compiler/model/existing.h"

namespace crenel::driver {
namespace {

std::vector<Said> said(const Compilation& compilation, const model::Design& design,
                       const std::optional<verify::Example>& example) {
  std::vector<Said> out;
  if (!example) return out;
  for (const auto id : example->statements) {
    const model::FlowStatement& statement = design.statements[id];
    std::string at;
    if (statement.span.valid()) {
      const auto position = compilation.sources().position(statement.span.source, statement.span.begin);
      at = fmt::format("{}:{}:{}", compilation.sources()[statement.span.source].path, position.line, position.column);
    }
    out.push_back({.text = statement.text, .at = std::move(at)});
  }
  return out;
}

std::optional<Job> only_target(Compilation& compilation) {
  auto jobs = compilation.jobs(true);
  if (jobs.empty() || compilation.diagnostics().has_errors()) return std::nullopt;
  if (jobs.size() == 1) return jobs.front();
  report_several(compilation.request(), jobs, compilation.diagnostics());
  return std::nullopt;
}

}  // namespace

bool Reached::admitted() const {
  return std::all_of(answers.begin(), answers.end(), [](const ProviderAnswer& each) {
    return each.answer.verdict == verify::Answer::Verdict::Admitted;
  });
}

std::optional<Reached> reach(Compilation& compilation) {
  compilation.load();
  if (compilation.diagnostics().has_errors()) return std::nullopt;
  const auto job = only_target(compilation);
  if (!job) return std::nullopt;
  const auto compiled = compilation.compile(*job, backend::Format::Json);
  if (!compiled || !compiled->question || compilation.diagnostics().has_errors()) return std::nullopt;
  Reached out{.target = job->target.name,
              .question = compiled->question->text,
              .answers = {},
              .assuming = model::assumptions_of(compiled->design, *compiled->question)};
  for (const auto& product : compiled->products) {
    if (!product.read_back) continue;
    ProviderAnswer answer{
        .provider = std::string(product.backend->name),
        .answer = verify::ask(design_of(*compiled, product), product.read_back->estate, *compiled->question),
        .through = {},
        .blocked = {}};
    answer.through = said(compilation, compiled->design, answer.answer.through);
    answer.blocked = said(compilation, compiled->design, answer.answer.blocked);
    out.answers.push_back(std::move(answer));
  }
  return out;
}

}  // namespace crenel::driver
