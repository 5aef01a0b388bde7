#include "compiler/driver/diff.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "compiler/base/fingerprint.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/driver/certificate.h"
#include "compiler/driver/certificate_read.h"
#include "compiler/driver/diff_addresses.h"
#include "compiler/driver/diff_guards.h"
#include "compiler/driver/diff_waivers.h"
#include "compiler/driver/lifted.h"
#include "compiler/driver/selection.h"
#include "compiler/driver/verify.h"

namespace crenel::driver {
namespace {

/// One of the two, for one provider.
struct Compared {
  std::string provider;
  std::optional<estate::Estate> estate;        ///< none: of a certificate that is held against another
  std::optional<model::Design> design;         ///< of a source
  std::optional<ReadCertificate> certificate;  ///< of a source or a certificate
  std::vector<model::Waiver> waivers;          ///< of a source
};

enum class InputKind { Source, Template, Certificate };

InputKind kind_of(const Compilation& compilation) {
  const std::string& path = compilation.request().files.front();
  if (path.ends_with(".crenel")) return InputKind::Source;
  const auto read = compilation.files().read(path, kMostTemplateBytes);
  const auto* text = std::get_if<std::string>(&read);
  return text != nullptr && is_certificate(*text) ? InputKind::Certificate : InputKind::Template;
}

std::vector<Compared> from_template(Compilation& compilation, const std::string& path) {
  auto lifted = lift_template(compilation, path);
  if (!lifted) return {};
  std::vector<Compared> out;
  out.push_back({.provider = std::string(lifted->backend->name),
                 .estate = std::move(lifted->estate),
                 .design = {},
                 .certificate = {},
                 .waivers = {}});
  return out;
}

/// `alone`: it is held against another certificate, and needs no template.
std::vector<Compared> from_certificate(Compilation& compilation, bool alone) {
  const std::string& path = compilation.request().files.front();
  const auto text = std::get<std::string>(compilation.files().read(path, kMostTemplateBytes));
  auto read = read_certificate(text);
  auto* certificate = std::get_if<ReadCertificate>(&read);
  if (certificate == nullptr) {
    compilation.diagnostics().report(diagnostics::kCertificateUnread, {}, path, std::get<std::string>(read)).help =
        "build it anew, or compare the templates";
    return {};
  }
  std::vector<Compared> out;
  if (!alone) {
    const std::size_t slash = path.rfind('/');
    const std::string beside =
        (slash == std::string::npos ? "" : path.substr(0, slash + 1)) + certificate->template_file;
    const auto found = compilation.files().read(beside, kMostTemplateBytes);
    const auto* there = std::get_if<std::string>(&found);
    if (there == nullptr || base::sha256(*there) != certificate->template_sha256) {
      compilation.diagnostics().report(diagnostics::kCertificateAlone, {}, path, beside).help =
          "name the template itself, or a certificate on the other side too";
      return {};
    }
    out = from_template(compilation, beside);
    if (!out.empty()) out.front().certificate = std::move(*certificate);
    return out;
  }
  std::string provider = certificate->provider;
  out.push_back({.provider = std::move(provider),
                 .estate = {},
                 .design = {},
                 .certificate = std::move(*certificate),
                 .waivers = {}});
  return out;
}

/// What the certificate of a source would say.
std::optional<ReadCertificate> certificate_of(const Compilation& compilation, const Job& job, const Compiled& compiled,
                                              const Product& product) {
  const auto read = read_certificate(certificate(compilation, {.target = job.target.name,
                                                               .provider = product.backend->name,
                                                               .template_file = {},
                                                               .design = design_of(compiled, product),
                                                               .report = compiled.report,
                                                               .policies = compiled.policies,
                                                               .policy_report = compiled.policy_report,
                                                               .artifact = product.artifact,
                                                               .read_back = &*product.read_back,
                                                               .deciding = nullptr}));
  const auto* found = std::get_if<ReadCertificate>(&read);
  return found == nullptr ? std::nullopt : std::optional(*found);
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
    auto read = certificate_of(compilation, *job, *compiled, product);
    out.push_back({.provider = std::string(product.backend->name),
                   .estate = std::move(product.read_back->estate),
                   .design = design_of(*compiled, product),
                   .certificate = std::move(read),
                   .waivers = compiled->policies.waivers});
  }
  return out;
}

struct Sides {
  InputKind older;
  InputKind newer;
};

std::vector<Compared> compared(Compilation& compilation, InputKind kind, const Sides& sides,
                               const std::vector<Compared>& other) {
  switch (kind) {
    case InputKind::Source:
      return from_source(compilation, other.size() == 1 ? other.front().provider : "");
    case InputKind::Certificate:
      return from_certificate(compilation, sides.older == sides.newer);
    case InputKind::Template:
      break;
  }
  return from_template(compilation, compilation.request().files.front());
}

const model::Design* known(const Compared& older, const Compared& newer) {
  if (newer.design) return &*newer.design;
  return older.design ? &*older.design : nullptr;
}

ProviderChanges changes(Compared& older, Compared& newer, const std::optional<model::WaiverDate>& today) {
  ProviderChanges out{.older = older.provider, .newer = newer.provider, .changes = {}};
  out.by_certificates = !older.estate || !newer.estate;
  if (older.certificate && newer.certificate)
    out.beside = beside(*older.certificate, *newer.certificate, out.by_certificates);
  if (!out.by_certificates) {
    for (auto* told : {&moved_addresses, &flow_log_changes, &guard_changes}) {
      auto more = told(*older.estate, *newer.estate);
      out.beside.insert(out.beside.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
  }
  out.changes = out.by_certificates
                    ? changes(*older.certificate, *newer.certificate)
                    : verify::changes(std::move(*older.estate), std::move(*newer.estate), known(older, newer));
  for (const auto& change : out.changes.changes) out.waived.push_back(waiver_of(change, newer.waivers, today));
  return out;
}

}  // namespace

bool ProviderChanges::broadened() const {
  for (std::size_t i = 0; i < changes.changes.size(); ++i) {
    if (changes.changes[i].broadens() && waived[i].empty()) return true;
  }
  return false;
}

bool ProviderChanges::weakened() const {
  return std::any_of(beside.begin(), beside.end(), [](const BesideChange& each) { return each.weaker; });
}

bool Diff::none() const {
  return std::all_of(providers.begin(), providers.end(), [](const auto& one) { return one.changes.none(); });
}

bool Diff::broadened() const {
  return std::any_of(providers.begin(), providers.end(), [](const auto& one) { return one.broadened(); });
}

bool Diff::weakened() const {
  return std::any_of(providers.begin(), providers.end(), [](const auto& one) { return one.weakened(); });
}

bool Diff::open() const {
  return std::any_of(providers.begin(), providers.end(), [](const auto& one) { return one.changes.open(); });
}

std::optional<Diff> diff(Compilation& older, Compilation& newer) {
  // a template says which provider it is of, and a source is then wanted for that one
  std::vector<Compared> before;
  std::vector<Compared> after;
  const Sides sides{.older = kind_of(older), .newer = kind_of(newer)};
  if (sides.older == InputKind::Source && sides.newer != InputKind::Source) {
    after = compared(newer, sides.newer, sides, {});
    before = compared(older, sides.older, sides, after);
  } else {
    before = compared(older, sides.older, sides, {});
    after = compared(newer, sides.newer, sides, before);
  }
  if (before.empty() || after.empty()) return std::nullopt;
  Diff out{.older = older.request().files.front(),
           .newer = newer.request().files.front(),
           .providers = {},
           .older_design = before.front().design,
           .newer_design = after.front().design};
  if (before.size() == 1 && after.size() == 1) {
    out.providers.push_back(changes(before.front(), after.front(), newer.request().as_of));
    return out;
  }
  for (auto& one : before) {
    const auto same =
        std::find_if(after.begin(), after.end(), [&](const Compared& other) { return other.provider == one.provider; });
    if (same != after.end()) out.providers.push_back(changes(one, *same, newer.request().as_of));
  }
  if (out.providers.empty()) {
    newer.diagnostics().report(diagnostics::kNothingForProvider, {}, before.front().provider);
    return std::nullopt;
  }
  return out;
}

}  // namespace crenel::driver
