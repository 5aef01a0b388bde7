#include "compiler/driver/diff.h"

#include <algorithm>

#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/driver/lifted.h"
#include "compiler/driver/selection.h"
#include "compiler/driver/verify.h"

namespace crenel::driver {
namespace {

/// One of the two, for one provider.
struct Compared {
  std::string provider;
  estate::Estate estate;
  std::optional<model::Design> design;  ///< of a source
};

bool is_source(const Compilation& compilation) { return compilation.request().files.front().ends_with(".crenel"); }

std::vector<Compared> from_template(Compilation& compilation) {
  auto lifted = lift_template(compilation, compilation.request().files.front());
  if (!lifted) return {};
  std::vector<Compared> out;
  out.push_back({.provider = std::string(lifted->backend->name), .estate = std::move(lifted->estate), .design = {}});
  return out;
}

/// The one target that the request chooses, for all of its providers.
std::optional<Job> one_job(Compilation& compilation) {
  auto jobs = compilation.jobs(true);
  if (jobs.empty() || compilation.diagnostics().has_errors()) return std::nullopt;
  if (jobs.size() == 1) return jobs.front();
  report_several(compilation.request(), jobs, compilation.diagnostics());
  return std::nullopt;
}

/// `provider`: the only one that is wanted, or empty.
std::vector<Compared> from_source(Compilation& compilation, const std::string& provider) {
  compilation.load();
  if (compilation.diagnostics().has_errors()) return {};
  const auto job = provider.empty() ? one_job(compilation) : only_job(compilation, provider);
  if (!job) return {};
  auto compiled = compilation.compile(*job, backend::Format::Json);
  if (!compiled || compilation.diagnostics().has_errors()) return {};
  std::vector<Compared> out;
  for (auto& product : compiled->products) {
    if (!product.read_back) continue;
    out.push_back({.provider = std::string(product.backend->name),
                   .estate = std::move(product.read_back->estate),
                   .design = compiled->design});
  }
  return out;
}

std::vector<Compared> compared(Compilation& compilation, const std::vector<Compared>& other) {
  if (!is_source(compilation)) return from_template(compilation);
  return from_source(compilation, other.size() == 1 ? other.front().provider : "");
}

const model::Design* known(const Compared& older, const Compared& newer) {
  if (newer.design) return &*newer.design;
  return older.design ? &*older.design : nullptr;
}

ProviderChanges changes(const Compared& older, const Compared& newer) {
  return {.older = older.provider,
          .newer = newer.provider,
          .changes = verify::changes(older.estate, newer.estate, known(older, newer))};
}

}  // namespace

bool Diff::none() const {
  return std::all_of(providers.begin(), providers.end(), [](const auto& one) { return one.changes.none(); });
}

bool Diff::broadened() const {
  return std::any_of(providers.begin(), providers.end(), [](const auto& one) { return one.changes.broadened(); });
}

bool Diff::open() const {
  return std::any_of(providers.begin(), providers.end(), [](const auto& one) { return one.changes.open(); });
}

std::optional<Diff> diff(Compilation& older, Compilation& newer) {
  // a template says which provider it is of, and a source is then wanted for that one
  std::vector<Compared> before;
  std::vector<Compared> after;
  if (is_source(older) && !is_source(newer)) {
    after = compared(newer, {});
    before = compared(older, after);
  } else {
    before = compared(older, {});
    after = compared(newer, before);
  }
  if (before.empty() || after.empty()) return std::nullopt;
  Diff out{.older = older.request().files.front(), .newer = newer.request().files.front(), .providers = {}};
  if (before.size() == 1 && after.size() == 1) {
    out.providers.push_back(changes(before.front(), after.front()));
    return out;
  }
  for (const auto& one : before) {
    const auto same =
        std::find_if(after.begin(), after.end(), [&](const Compared& other) { return other.provider == one.provider; });
    if (same != after.end()) out.providers.push_back(changes(one, *same));
  }
  if (out.providers.empty()) {
    newer.diagnostics().report(diagnostics::kNothingForProvider, {}, before.front().provider);
    return std::nullopt;
  }
  return out;
}

}  // namespace crenel::driver
