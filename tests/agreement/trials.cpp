#include "tests/agreement/trials.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/disk_file_system.h"
#include "compiler/driver/compilation.h"

namespace crenel::agreement {

std::vector<std::string> programs_in(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".crenel") out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

namespace {

void add(Trials& all, const std::string& path, std::string_view provider) {
  base::DiskFileSystem files;
  driver::Request request;
  request.files = {path};
  driver::Compilation compilation(files, all.backends, request);
  compilation.load();
  for (const auto& job : compilation.jobs(true)) {
    auto compiled = compilation.compile(job, backend::Format::Json);
    if (!compiled) continue;
    all.designs.push_back(std::move(compiled->design));
    const model::Design* shared = &all.designs.back();
    for (auto& product : compiled->products) {
      if (!provider.empty() && product.backend->name != provider) continue;
      if (product.own) all.designs.push_back(std::move(*product.own));
      all.trials.push_back({.design = product.own ? &all.designs.back() : shared,
                            .backend = product.backend,
                            .text = std::move(product.artifact.text)});
    }
  }
  for (const auto& one : compilation.diagnostics().all()) {
    if (one.severity == diagnostics::Severity::Error) throw std::runtime_error(path + ": " + one.message);
  }
}

}  // namespace

Trials trials_of(const std::vector<std::string>& folders, std::string_view provider) {
  Trials out;
  out.backends = {aws::backend(), azure::backend()};
  for (const std::string& folder : folders) {
    for (const std::string& path : programs_in(folder)) add(out, path, provider);
  }
  return out;
}

}  // namespace crenel::agreement
