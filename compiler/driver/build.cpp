#include "compiler/driver/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/file_errors.h"
#include "compiler/driver/certificate.h"
#include "compiler/driver/depfile.h"

namespace crenel::driver {
namespace {

using PathAndText = std::pair<std::string, std::string>;

struct OutputPaths {
  std::string template_path;
  std::string certificate_path;
};

OutputPaths output_paths(const sema::Target& target, const backend::Backend& backend, const BuildOptions& options) {
  std::string prefix = options.folder == "." ? "" : options.folder;
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  const std::string stem = fmt::format("{}{}.{}", prefix, target.name, backend.name);
  return {.template_path = stem + (options.format == backend::Format::Yaml ? ".yaml" : ".json"),
          .certificate_path = stem + ".certificate.json"};
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// Else a build would spoil what it is made from.
void refuse_to_write_over_inputs(Compilation& compilation, std::vector<std::string> outputs,
                                 const std::string& depfile) {
  if (std::find(outputs.begin(), outputs.end(), depfile) != outputs.end()) {
    compilation.diagnostics().report(diagnostics::kCannotWrite, {}, depfile,
                                     "`--depfile` names an output of the build");
  }
  outputs.push_back(depfile);
  std::set<std::string> inputs;
  for (const auto& input : compilation.files_read()) inputs.insert(compilation.files().canonical(input.path));
  for (const auto& path : outputs) {
    const std::string there = compilation.files().canonical(path);
    if (there.empty() || !inputs.contains(there)) continue;
    compilation.diagnostics().report(diagnostics::kOutputIsInput, {}, path).help =
        "write to another directory with `-o`";
  }
}

bool is_failed(const Compilation& compilation, const BuildOptions& options) {
  const auto& all = compilation.diagnostics().all();
  return compilation.diagnostics().has_errors() ||
         (options.warnings_are_errors && std::any_of(all.begin(), all.end(), [](const auto& diagnostic) {
            return diagnostic.severity == diagnostics::Severity::Warning;
          }));
}

/// The template and the certificate of one product, ready to be written.
Built finish(const Compilation& compilation, const Job& job, const Compiled& compiled, Product product,
             const BuildOptions& options, std::vector<PathAndText>& files) {
  const OutputPaths paths = output_paths(job.target, *product.backend, options);
  const auto deciding = product.read_back
                            ? std::optional(verify::deciding(design_of(compiled, product), product.read_back->estate))
                            : std::nullopt;
  const bool proved = product.read_back && product.read_back->comparison.equal();
  std::string text = certificate(compilation, {.target = job.target.name,
                                               .provider = product.backend->name,
                                               .template_file = file_name(paths.template_path),
                                               .design = design_of(compiled, product),
                                               .report = compiled.report,
                                               .policies = compiled.policies,
                                               .policy_report = compiled.policy_report,
                                               .artifact = product.artifact,
                                               .read_back = product.read_back ? &*product.read_back : nullptr,
                                               .deciding = deciding ? &*deciding : nullptr});
  files.emplace_back(paths.template_path, std::exchange(product.artifact.text, {}));
  files.emplace_back(paths.certificate_path, std::move(text));
  return {.target = job.target.name,
          .provider = std::string(product.backend->name),
          .template_path = paths.template_path,
          .certificate_path = paths.certificate_path,
          .assumptions = compiled.design.assumptions.size() + product.artifact.assumptions.size(),
          .artifact = std::move(product.artifact),
          .admissions = proved ? std::optional(deciding->admissions) : std::nullopt};
}

std::vector<std::string> paths_of(const std::vector<Job>& jobs, const BuildOptions& options) {
  std::vector<std::string> out;
  for (const auto& job : jobs) {
    for (const auto* backend : job.backends) {
      OutputPaths paths = output_paths(job.target, *backend, options);
      out.push_back(std::move(paths.template_path));
      out.push_back(std::move(paths.certificate_path));
    }
  }
  return out;
}

}  // namespace

std::vector<Built> build(Compilation& compilation, const BuildOptions& options) {
  compilation.load();
  compilation.check_declarations();
  const std::vector<Job> jobs = compilation.jobs(false);
  const std::vector<std::string> outputs = paths_of(jobs, options);  // each once: no two targets have one name
  refuse_to_write_over_inputs(compilation, outputs, options.depfile);
  std::vector<Built> built;
  std::vector<PathAndText> files;
  for (const auto& job : jobs) {
    auto compiled = compilation.compile(job, options.format);
    if (!compiled || is_failed(compilation, options)) continue;
    for (auto& product : std::exchange(compiled->products, {})) {
      built.push_back(finish(compilation, job, *compiled, std::move(product), options, files));
    }
  }
  compilation.check_waivers();
  if (is_failed(compilation, options)) return {};
  if (!options.depfile.empty()) {
    files.emplace_back(options.depfile,
                       depfile(options.depfile_target.empty() ? outputs : std::vector{options.depfile_target},
                               compilation.files_read()));
  }
  if (const auto error = compilation.files().write_all(files)) {
    diagnostics::report_unwritten(compilation.diagnostics(), *error);
    return {};
  }
  return built;
}

std::vector<std::string> list_outputs(Compilation& compilation, const BuildOptions& options) {
  compilation.load();
  const std::vector<Job> jobs = compilation.jobs(false);
  if (compilation.diagnostics().has_errors()) return {};
  return paths_of(jobs, options);
}

}  // namespace crenel::driver
