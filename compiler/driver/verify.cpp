#include "compiler/driver/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/files.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/catalogue/proof.h"
#include "compiler/driver/selection.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using verify::Difference;

/// More than a provider takes: CloudFormation 1 MB, Resource Manager 4 MB; with room for indentation.
constexpr std::size_t kMostTemplateBytes = std::size_t{64} * 1024 * 1024;

void report_unread(Diagnostics& diagnostics, const std::string& path, const base::FileError& error) {
  switch (error.kind) {
    case base::FileErrorKind::NotFound:
      diagnostics.report(diagnostics::kFileNotFound, {}, path);
      return;
    case base::FileErrorKind::IsDirectory:
      diagnostics.report(diagnostics::kIsDirectory, {}, path);
      return;
    case base::FileErrorKind::TooLarge:
      diagnostics.report(diagnostics::kFileTooLarge, {}, path, "64 MiB");
      return;
    default:
      diagnostics.report(diagnostics::kNotReadable, {}, path, error.detail.empty() ? "" : ": " + error.detail);
  }
}

struct Lifted {
  const backend::Backend* backend = nullptr;
  estate::Estate estate;
};

std::string titles(const std::vector<backend::Backend>& backends) {
  std::vector<std::string> out;
  for (const auto& backend : backends) out.emplace_back(backend.title);
  return base::list_in_words(out, "or");
}

/// The backend whose template it is. What one of them says of a text that is none of its templates matters only when
/// it is nobody's.
std::optional<Lifted> lift(Compilation& compilation, base::SourceId source, const std::string& path) {
  std::vector<Diagnostics> said;
  for (const auto& backend : compilation.backends()) {
    if (backend.lift == nullptr) continue;
    Diagnostics& heard = said.emplace_back();
    auto estate = backend.lift(compilation.sources(), source, heard);
    if (!estate || heard.has_errors()) continue;
    compilation.diagnostics().append(std::move(heard));
    return Lifted{.backend = &backend, .estate = std::move(*estate)};
  }
  const auto same_fault = [&](const Diagnostics& one) {
    return !one.all().empty() && one.all().front().code == said.front().all().front().code &&
           one.all().front().span == said.front().all().front().span;
  };
  // What no backend can read is no JSON or YAML: that is the fault, and it is told once.
  if (!said.empty() && !said.front().all().empty() && std::all_of(said.begin(), said.end(), same_fault)) {
    compilation.diagnostics().append(std::move(said.front()));
    return std::nullopt;
  }
  auto& report = compilation.diagnostics().report(diagnostics::kNoTemplate, {}, path, titles(compilation.backends()));
  for (const auto& heard : said) {
    for (const auto& one : heard.all()) report.notes.push_back({one.span, one.message});
  }
  return std::nullopt;
}

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
      return out;
    }
    case Kind::Narrower: {
      auto& out = diagnostics.report(diagnostics::kTemplateNarrower, {}, difference.packet, difference.values, name);
      out.help = fmt::format("build the template again, or remove {} from {} to {} in the design", difference.traffic,
                             difference.from, difference.to);
      return out;
    }
    case Kind::Undeclared:
      return diagnostics.report(diagnostics::kResourceUndeclared, {}, difference.from, name);
    case Kind::Missing:
      return diagnostics.report(diagnostics::kResourceMissing, {}, difference.from, name);
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
  auto answer = compilation.files().read(template_path, kMostTemplateBytes);
  auto* text = std::get_if<std::string>(&answer);
  if (text == nullptr) {
    report_unread(compilation.diagnostics(), template_path, std::get<base::FileError>(answer));
    return std::nullopt;
  }
  const auto source = compilation.sources().add(template_path, std::move(*text));
  const auto lifted = lift(compilation, source, template_path);
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
