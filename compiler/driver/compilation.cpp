#include "compiler/driver/compilation.h"

#include <cassert>
#include <utility>

#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/driver/root.h"
#include "compiler/driver/selection.h"
#include "compiler/syntax/parser.h"

namespace crenel::driver {

Compilation::Compilation(base::FileSystem& files, const std::vector<backend::Backend>& backends, Request request)
    : files_(files), backends_(backends), request_(std::move(request)) {
  assert(!request_.files.empty());
  for (const auto& backend : backends_) schemas_.push_back(backend.schema);
}

void Compilation::load() {
  if (request_.root.empty()) {
    root_ = find_root(files_, request_.files.front());
  } else {
    root_ = files_.canonical(request_.root);
    // Asking for one byte of a directory is the one way to learn that it is one.
    const auto answer = files_.read(request_.root, 1);
    const auto* error = std::get_if<base::FileError>(&answer);
    if (root_.empty() || error == nullptr || error->kind != base::FileErrorKind::IsDirectory) {
      diagnostics_.report(diagnostics::kRootNotThere, {}, request_.root);
      return;
    }
  }
  world_.emplace(
      sema::World{.files = files_, .sources = sources_, .providers = schemas_, .root = root_, .question = {}});
  if (!request_.question.empty()) {
    question_ = sources_.add("question", request_.question);
    world_->question = syntax::parse_question(sources_, question_, diagnostics_);
  }
  program_ = sema::load(*world_, request_.files, diagnostics_);
  loaded_soundly_ = !diagnostics_.has_errors();
}

std::vector<Job> Compilation::jobs(bool every_pattern) {
  if (program_ == nullptr) return {};
  const auto targets = sema::targets(*program_, every_pattern, diagnostics_);
  auto jobs = select(targets, backends_, request_, diagnostics_);
  std::vector<sema::Target> chosen_targets;
  for (const auto& job : jobs) chosen_targets.push_back(job.target);
  // A parameter that is missing after an error may be missing because of it.
  if (!diagnostics_.has_errors()) {
    sema::check_bindings(*program_, chosen_targets, request_.bindings, diagnostics_);
  }
  const bool chosen = !(request_.targets.empty() && request_.environments.empty() && request_.providers.empty());
  if (jobs.empty() && !diagnostics_.has_errors() && (chosen || !every_pattern)) {
    diagnostics_.report(diagnostics::kNothingToBuild, {}).help =
        chosen ? "`--target`, `--env` and `--provider` together leave no target"
               : "declare a pattern, or a stack or handbook that uses one";
  }
  return jobs;
}

void Compilation::check_declarations() {
  if (program_ != nullptr) sema::check_declarations(*world_, *program_, diagnostics_);
}

std::optional<Compiled> Compilation::design(const Job& job) {
  const auto elaboration = sema::elaborate(*world_, *program_, job.target, request_.bindings, diagnostics_);
  if (!elaboration) return std::nullopt;
  auto design = sema::build_design(*elaboration, diagnostics_);
  if (!design) return std::nullopt;
  Compiled out{.design = std::move(*design), .report = {}, .products = {}, .question = {}};
  // The question is answered, not claimed.
  auto& claims = out.design.claims;
  if (world_->question && !claims.empty() && claims.back().span.source == question_) {
    out.question = std::move(claims.back());
    claims.pop_back();
  }
  out.report = verify::verify(out.design, diagnostics_);
  return out;
}

std::optional<Compiled> Compilation::compile(const Job& job, backend::Format format) {
  auto out = design(job);
  if (!out || !loaded_soundly_) return out;
  for (const auto* backend : job.backends) {
    auto artifact = backend->compile(out->design, format, diagnostics_);
    if (!artifact) continue;
    auto found = read_back(out->design, *backend, *artifact, diagnostics_);
    out->products.push_back({.backend = backend, .artifact = std::move(*artifact), .read_back = std::move(found)});
  }
  return out;
}

}  // namespace crenel::driver
