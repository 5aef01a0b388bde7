#include "compiler/driver/compilation.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/driver/outside.h"
#include "compiler/driver/root.h"
#include "compiler/driver/selection.h"
#include "compiler/syntax/parser.h"

namespace crenel::driver {

Compilation::Compilation(base::FileSystem& files, const std::vector<backend::Backend>& backends, Request request,
                         base::Progress* progress)
    : files_(files), backends_(backends), request_(std::move(request)), progress_(progress) {
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
  jobs_ += jobs.size();
  return jobs;
}

void Compilation::tell_progress(const Job& job) {
  if (progress_ != nullptr) progress_->at(started_, jobs_, job.target.name);
  ++started_;
}

void Compilation::check_declarations() {
  if (program_ != nullptr) sema::check_declarations(*world_, *program_, diagnostics_);
}

std::optional<Compiled> Compilation::design(const Job& job) { return design(job, diagnostics_); }

std::optional<Compiled> Compilation::design(const Job& job, diagnostics::Diagnostics& found) {
  tell_progress(job);
  return made(job.target, found);
}

std::optional<Compiled> Compilation::made(const sema::Target& target, diagnostics::Diagnostics& found) {
  const auto elaboration = sema::elaborate(*world_, *program_, target, request_.bindings, found);
  if (!elaboration) return std::nullopt;
  auto built = sema::build_demanded(*elaboration, found);
  if (!built) return std::nullopt;
  Compiled out{.design = std::move(built->design),
               .policies = std::move(built->policies),
               .report = {},
               .policy_report = {},
               .products = {},
               .question = {}};
  // The question is answered, not claimed.
  auto& claims = out.design.claims;
  if (world_->question && !claims.empty() && claims.back().span.source == question_) {
    out.question = std::move(claims.back());
    claims.pop_back();
  }
  out.report = verify::verify(out.design, found);
  return out;
}

namespace {

/// What was said of the design of another provider is not said again, whichever address it takes as its example.
void append_new(const diagnostics::Diagnostics& said, diagnostics::Diagnostics& found) {
  const std::vector<diagnostics::Diagnostic> before = found.all();
  for (const diagnostics::Diagnostic& each : said.all()) {
    const bool told = std::any_of(before.begin(), before.end(), [&](const diagnostics::Diagnostic& one) {
      return one.code == each.code && one.span == each.span;
    });
    if (!told) found.append(each);
  }
}

}  // namespace

std::optional<Compiled> Compilation::compile(const Job& job, backend::Format format) {
  auto out = compile(job, format, diagnostics_);
  if (out) count_waivers(out->policy_report);
  return out;
}

std::optional<Compiled> Compilation::compile_alone(const Job& job, diagnostics::Diagnostics& found) {
  return compile(job, backend::Format::Json, found);
}

std::optional<Compiled> Compilation::compile(const Job& job, backend::Format format, diagnostics::Diagnostics& found) {
  auto out = design(job, found);
  if (!out) return out;
  if (job.target.origin == sema::Target::Origin::Stack) linked_spaces_.check(job.target.name, out->design, found);
  out->policy_report = verify::enforce(out->design, out->policies, request_.as_of, found);
  if (!loaded_soundly_) return out;
  for (const auto* backend : job.backends) make(job, *backend, format, *out, found);
  return out;
}

/// A target for several providers has the blocks of IPv6 that one of them gives. Another one gives none, and there the
/// networks have their own.
bool Compilation::has_own_design(const Job& job, const model::Design& design, const backend::Backend& backend) const {
  const auto gives = [&](const std::string& provider) {
    return std::none_of(schemas_.begin(), schemas_.end(), [&](const model::ProviderSchema* each) {
      return each->provider == provider && each->local_ipv6;
    });
  };
  const auto& all = job.target.providers;
  return model::has_ipv6(design) && backend.schema->local_ipv6 && std::any_of(all.begin(), all.end(), gives);
}

void Compilation::make(const Job& job, const backend::Backend& backend, backend::Format format, Compiled& out,
                       diagnostics::Diagnostics& found) {
  std::optional<model::Design> own;
  if (has_own_design(job, out.design, backend)) {
    sema::Target alone = job.target;
    alone.providers = {std::string(backend.name)};
    diagnostics::Diagnostics said;
    auto again = made(alone, said);
    append_new(said, found);
    if (!again) return;
    own = std::move(again->design);
  }
  const model::Design& design = own ? *own : out.design;
  auto artifact = backend.compile(design, format, found);
  if (!artifact || !keeps_to_the_rest(design, backend, format, found)) return;
  check_soles(job, backend, *artifact, found);
  auto lifted = read_back(design, backend, *artifact, found);
  out.products.push_back(
      {.backend = &backend, .artifact = std::move(*artifact), .read_back = std::move(lifted), .own = std::move(own)});
}

void Compilation::check_soles(const Job& job, const backend::Backend& backend, const backend::Artifact& artifact,
                              diagnostics::Diagnostics& found) {
  if (job.target.origin != sema::Target::Origin::Stack) return;
  for (const backend::Sole& sole : artifact.soles) {
    const std::string key = std::string(backend.name) + "\n" + sole.what + "\n" + sole.of;
    const auto [first, fresh] = soles_.emplace(key, Maker{.target = job.target.name, .span = sole.span});
    if (fresh || first->second.target == job.target.name) continue;
    auto& report =
        found.report(diagnostics::kSoleTwice, sole.span, first->second.target, job.target.name, sole.what, sole.of);
    if (first->second.span != sole.span) report.notes.push_back({first->second.span, "the other one asks for it here"});
    report.help = "let one of the two make it";
  }
}

const model::Design& design_of(const Compiled& compiled, const Product& product) {
  return product.own ? *product.own : compiled.design;
}

void Compilation::count_waivers(const verify::PolicyReport& report) {
  for (const verify::WaiverUse& use : report.waivers) {
    auto entry = std::find_if(waivers_.begin(), waivers_.end(),
                              [&](const WaiverTally& tally) { return tally.span == use.span; });
    if (entry == waivers_.end()) {
      waivers_.push_back({.rule = use.rule, .span = use.span, .designs = use.designs, .seen = 0, .used = false});
      entry = std::prev(waivers_.end());
    }
    ++entry->seen;
    entry->used = entry->used || use.used;
  }
}

void Compilation::check_waivers() {
  for (const WaiverTally& tally : waivers_) {
    if (tally.used || tally.seen < tally.designs) continue;
    diagnostics_.report(diagnostics::kWaiverStale, tally.span, tally.rule).help =
        "remove it: what it covers keeps the rule";
  }
}

std::vector<Compilation::Test> Compilation::tests() {
  if (program_ == nullptr) return {};
  std::vector<Test> out;
  for (auto& target : sema::tests(*program_)) {
    Test test{.job = {.target = target, .backends = {}}, .facts = sema::test_facts(*program_, target)};
    for (const auto& backend : backends_) {
      const auto& wanted = target.providers;
      if (std::find(wanted.begin(), wanted.end(), backend.name) != wanted.end()) test.job.backends.push_back(&backend);
    }
    out.push_back(std::move(test));
  }
  jobs_ += out.size();
  return out;
}

}  // namespace crenel::driver
