#include "compiler/driver/read_back.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/proof.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostics;
using verify::Difference;

constexpr std::size_t kMostReported = 5;

std::string sentence(const Difference& difference) {
  switch (difference.kind) {
    case Difference::Kind::Wider:
      return fmt::format("it admits {}{}, which nothing declares", difference.packet, difference.values);
    case Difference::Kind::Narrower:
      return fmt::format("it stops {}{}, which is declared", difference.packet, difference.values);
    case Difference::Kind::Undeclared:
      return fmt::format("it makes `{}`, which nothing declares", difference.from);
    case Difference::Kind::Missing:
      return fmt::format("it makes nothing of `{}`", difference.from);
    case Difference::Kind::Undecided:
      break;
  }
  return difference.packet.empty() ? difference.why : fmt::format("{}: {}", difference.packet, difference.why);
}

std::string at(const std::string& what, const estate::Place& place) {
  if (place.path.empty()) return what;
  return fmt::format("{} ({})", what, place.path);
}

void report(const model::Design& design, const std::string& provider, const Difference& difference,
            Diagnostics& diagnostics) {
  const base::Span span =
      difference.statements.empty() ? base::Span{} : design.statements[difference.statements.front()].span;
  const bool undecided = difference.kind == Difference::Kind::Undecided;
  auto& report = diagnostics.report(undecided ? diagnostics::kOwnTemplateUnproved : diagnostics::kOwnTemplateWrong,
                                    span, design.name, provider, sentence(difference));
  for (const auto& step : difference.steps) report.notes.push_back({{}, at(step.what, step.place)});
  if (difference.steps.empty() && !difference.place.path.empty()) {
    report.notes.push_back({{}, at("in the template", difference.place)});
  }
  report.help =
      "this is a fault of crenel, not of your files: please report these lines, the output of `crenel --version` and "
      "the source files";
}

/// Which blocks lie behind a direct line is announced at its far end and stands in no template.
std::optional<base::Span> direct_line(const model::Design& design) {
  for (const model::Link& link : design.links) {
    if (link.kind == model::LinkKind::Direct) return link.origin.span;
  }
  return std::nullopt;
}

/// With a direct line, what is left open is no fault of the template.
bool open_by_nature(const model::Design& design, const std::vector<Difference>& all) {
  return direct_line(design) && std::all_of(all.begin(), all.end(), [](const Difference& difference) {
           return difference.kind == Difference::Kind::Undecided;
         });
}

void report_open(const model::Design& design, const std::string& provider, const std::vector<Difference>& all,
                 Diagnostics& diagnostics) {
  auto& report = diagnostics.report(diagnostics::kOwnTemplateOpen, *direct_line(design), design.name, provider);
  for (std::size_t i = 0; i < all.size() && i < kMostReported; ++i) {
    report.notes.push_back({{}, at(sentence(all[i]), all[i].place)});
  }
  if (all.size() > kMostReported) report.notes.push_back({{}, fmt::format("{} more", all.size() - kMostReported)});
  report.help = "see to it that the far end announces the addresses of the site and no others";
}

}  // namespace

std::optional<ReadBack> read_back(const model::Design& design, const backend::Backend& backend,
                                  const backend::Artifact& artifact, Diagnostics& diagnostics) {
  if (backend.lift == nullptr) return std::nullopt;
  base::Sources sources;
  Diagnostics said;
  const auto source = sources.add(fmt::format("{}.{}", design.name, backend.name), artifact.text);
  // What makes nothing admits nothing, and need not be a template in the provider's eyes.
  auto estate = artifact.resources == 0 ? std::optional(estate::Estate{}) : backend.lift(sources, source, said);
  const std::string provider(backend.name);
  if (!estate || said.has_errors()) {
    const std::string why = said.all().empty() ? "it cannot be read" : said.all().front().message;
    diagnostics.report(diagnostics::kOwnTemplateUnproved, {}, design.name, provider, why);
    return std::nullopt;
  }
  verify::Comparison comparison = verify::compare(design, *estate);
  const auto& all = comparison.differences;
  if (!all.empty() && open_by_nature(design, all)) {
    report_open(design, provider, all, diagnostics);
  } else {
    for (std::size_t i = 0; i < all.size() && i < kMostReported; ++i) report(design, provider, all[i], diagnostics);
  }
  return ReadBack{.estate = std::move(*estate), .comparison = std::move(comparison)};
}

bool is_our_fault(const Diagnostics& diagnostics) {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(), [](const diagnostics::Diagnostic& one) {
    return one.code == diagnostics::kOwnTemplateWrong.code || one.code == diagnostics::kOwnTemplateUnproved.code;
  });
}

}  // namespace crenel::driver
