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
  const std::string& name = design.name;
  switch (difference.kind) {
    case Difference::Kind::Wider: {
      auto& out = diagnostics.report(diagnostics::kTemplateWider, {}, difference.packet, difference.values, name);
      out.help = fmt::format("take {} from {} to {} out of the template, or declare the flow", difference.traffic,
                             difference.from, difference.to);
      if (!difference.statements.empty()) out.help = "grant it by the declared way alone";
      return out;
    }
    case Difference::Kind::Narrower: {
      auto& out = diagnostics.report(diagnostics::kTemplateNarrower, {}, difference.packet, difference.values, name);
      out.help = fmt::format("build the template again, or remove {} from {} to {} in the design", difference.traffic,
                             difference.from, difference.to);
      return out;
    }
    case Difference::Kind::Elsewhere: {
      auto& out = diagnostics.report(diagnostics::kTemplateElsewhere, {}, difference.packet, difference.values,
                                     difference.why, name);
      out.help = "lead the route where the flow's `via` says, or build the template again";
      return out;
    }
    case Difference::Kind::Undeclared:
      return diagnostics.report(diagnostics::kResourceUndeclared, {}, difference.from, name);
    case Difference::Kind::Missing:
      return diagnostics.report(diagnostics::kResourceMissing, {}, difference.from, name);
    case Difference::Kind::Weaker: {
      auto& out = diagnostics.report(diagnostics::kTemplateWeaker, {}, name, difference.from, difference.why);
      out.help = "build the template again, or say in the design what it should be";
      return out;
    }
    case Difference::Kind::Undecided:
      break;
  }
  const std::string why =
      difference.packet.empty() ? difference.why : fmt::format("{}: {}", difference.packet, difference.why);
  auto& out = diagnostics.report(diagnostics::kTemplateUndecided, {}, name, why);
  out.severity = undecided;
  return out;
}

/// Which of the differences is told to break each claim: the one where the template grants what breaks it; else the
/// first about services, for a claim that several break together or that lacks something.
std::vector<std::optional<std::size_t>> breaking(const verify::Comparison& comparison) {
  std::vector<std::optional<std::size_t>> out;
  out.reserve(comparison.claims.size());
  for (const auto& claim : comparison.claims) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < comparison.differences.size(); ++i) {
      const Difference& one = comparison.differences[i];
      const bool here = !claim.place.path.empty() && claim.place.path == one.place.path;
      if (one.data && (here || !found)) found = i;
      if (one.data && here) break;
    }
    out.push_back(found);
  }
  return out;
}

void add_claims(Diagnostic& report, const model::Design& design, const verify::Comparison& comparison,
                std::size_t difference) {
  const auto all = breaking(comparison);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] != difference) continue;
    const verify::OpenClaim& each = comparison.claims[i];
    const model::Claim& claim = design.claims[each.claim];
    const bool open = each.verdict == verify::Verdict::Undecided;
    report.notes.push_back({claim.span, fmt::format("over this template `{}` {}: {}", claim.text,
                                                    open ? "is not decided" : "does not hold", each.witness)});
  }
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
               .undecided = false,
               .claims = {}};
  for (const auto& each : out.comparison.claims) {
    out.claims.push_back({.text = compiled->design.claims[each.claim].text,
                          .verdict = std::string(verify::word(each.verdict)),
                          .witness = each.witness,
                          .place = each.place});
  }
  const auto& all = out.comparison.differences;
  for (std::size_t i = 0; i < all.size(); ++i) {
    Diagnostic& told = report(compiled->design, all[i], undecided, compilation.diagnostics());
    place(told, compiled->design, all[i]);
    add_claims(told, compiled->design, out.comparison, i);
  }
  out.undecided = !all.empty() && std::all_of(all.begin(), all.end(), [](const Difference& each) {
    return each.kind == Difference::Kind::Undecided;
  });
  return out;
}

}  // namespace crenel::driver
