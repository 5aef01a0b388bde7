#include "compiler/driver/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/files.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/catalogue/proof.h"
#include "compiler/driver/lifted.h"
#include "compiler/driver/selection.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using verify::Difference;

void place(Diagnostic& report, const model::Design& design, const Difference& difference) {
  report.span = difference.place.span;
  for (const auto& step : difference.steps) {
    const std::string& path = step.place.path;
    report.notes.push_back({step.place.span, path.empty() ? step.what : fmt::format("{} ({})", step.what, path)});
  }
  if (difference.steps.empty() && !difference.place.path.empty()) {
    report.notes.push_back({{}, fmt::format("it is at {}", difference.place.path)});
  }
  for (const auto statement : difference.statements) {
    report.notes.push_back({design.statements[statement].span, "declared here"});
  }
}

Diagnostic& report(const model::Design& design, const Difference& difference, diagnostics::Severity undecided,
                   Diagnostics& diagnostics) {
  using Kind = Difference::Kind;
  const std::string& name = design.name;
  switch (difference.kind) {
    case Kind::Wider: {
      auto& out = diagnostics.report(diagnostics::kTemplateWider, {}, difference.packet, difference.values, name);
      out.help = fmt::format("take {} from {} to {} out of the template, or declare the flow", difference.traffic,
                             difference.from, difference.to);
      if (!difference.statements.empty()) out.help = "grant it by the declared way alone";
      return out;
    }
    case Kind::Narrower: {
      auto& out = diagnostics.report(diagnostics::kTemplateNarrower, {}, difference.packet, difference.values, name);
      out.help = fmt::format("build the template again, or remove {} from {} to {} in the design", difference.traffic,
                             difference.from, difference.to);
      return out;
    }
    case Kind::Elsewhere: {
      auto& out = diagnostics.report(diagnostics::kTemplateElsewhere, {}, difference.packet, difference.values,
                                     difference.why, name);
      out.help = "lead the route where the flow's `via` says, or build the template again";
      return out;
    }
    case Kind::Undeclared:
      return diagnostics.report(diagnostics::kResourceUndeclared, {}, difference.from, name);
    case Kind::Missing:
      return diagnostics.report(diagnostics::kResourceMissing, {}, difference.from, name);
    case Kind::Weaker: {
      auto& out = diagnostics.report(diagnostics::kTemplateWeaker, {}, name, difference.from, difference.why);
      out.help = "build the template again, or say in the design what it should be";
      return out;
    }
    case Kind::Undecided:
      break;
  }
  const std::string why =
      difference.packet.empty() ? difference.why : fmt::format("{}: {}", difference.packet, difference.why);
  auto& out = diagnostics.report(diagnostics::kTemplateUndecided, {}, name, why);
  out.severity = undecided;
  return out;
}

}  // namespace

std::optional<Job> only_job(Compilation& compilation, std::string_view provider) {
  auto jobs = compilation.jobs(true);
  if (compilation.diagnostics().has_errors()) return std::nullopt;
  for (auto& job : jobs) {
    std::erase_if(job.backends, [&](const auto* backend) { return backend->name != provider; });
  }
  std::erase_if(jobs, [](const Job& job) { return job.backends.empty(); });
  if (jobs.empty()) {
    compilation.diagnostics().report(diagnostics::kNothingForProvider, {}, std::string(provider));
    return std::nullopt;
  }
  if (jobs.size() > 1) {
    report_several(compilation.request(), jobs, compilation.diagnostics());
    return std::nullopt;
  }
  jobs.front().target.providers = {std::string(provider)};
  return jobs.front();
}

std::optional<Verified> verify_template(Compilation& compilation, const std::string& template_path,
                                        diagnostics::Severity undecided) {
  const auto lifted = lift_template(compilation, template_path);
  compilation.load();
  if (!lifted || compilation.diagnostics().has_errors()) return std::nullopt;
  const auto job = only_job(compilation, lifted->backend->name);
  if (!job) return std::nullopt;
  const auto compiled = compilation.design(*job);
  if (!compiled) return std::nullopt;
  Verified out{.template_path = template_path,
               .provider = std::string(lifted->backend->name),
               .target = job->target.name,
               .comparison = verify::compare(compiled->design, lifted->estate),
               .undecided = false};
  const auto& all = out.comparison.differences;
  for (const auto& difference : all) {
    place(report(compiled->design, difference, undecided, compilation.diagnostics()), compiled->design, difference);
  }
  out.undecided = !all.empty() && std::all_of(all.begin(), all.end(), [](const Difference& each) {
    return each.kind == Difference::Kind::Undecided;
  });
  return out;
}

}  // namespace crenel::driver
