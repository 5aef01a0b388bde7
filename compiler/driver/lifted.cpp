#include "compiler/driver/lifted.h"

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/files.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/catalogue/proof.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostics;

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

}  // namespace

std::optional<Lifted> lift_template(Compilation& compilation, const std::string& path) {
  auto answer = compilation.files().read(path, kMostTemplateBytes);
  auto* text = std::get_if<std::string>(&answer);
  if (text == nullptr) {
    report_unread(compilation.diagnostics(), path, std::get<base::FileError>(answer));
    return std::nullopt;
  }
  return lift(compilation, compilation.sources().add(path, std::move(*text)), path);
}

}  // namespace crenel::driver
