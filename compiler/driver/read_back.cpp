#include "compiler/driver/read_back.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/proof.h"
#include "compiler/driver/outside.h"

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
    case Difference::Kind::Elsewhere:
      return fmt::format("it sends {}{} {}, which is not the declared way", difference.packet, difference.values,
                         difference.why);
    case Difference::Kind::Undeclared:
      return fmt::format("it makes `{}`, which nothing declares", difference.from);
    case Difference::Kind::Missing:
      return fmt::format("it makes nothing of `{}`", difference.from);
    case Difference::Kind::Weaker:
      return fmt::format("`{}` {}", difference.from, difference.why);
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

/// Where the parameters say least: those that may lie anywhere, else all that are addresses.
void report_too_many(const model::Design& design, const std::string& provider, Diagnostics& diagnostics) {
  std::vector<const model::Parameter*> wide;
  for (const bool anywhere : {true, false}) {
    for (const model::Parameter& each : design.parameters) {
      const bool address = each.kind == model::ParameterKind::Cidr || each.kind == model::ParameterKind::Ip;
      if (address && !each.chosen && (!anywhere || each.within.empty())) wide.push_back(&each);
    }
    if (!wide.empty()) break;
  }
  const base::Span span = wide.empty() ? base::Span{} : wide.front()->origin.span;
  auto& report = diagnostics.report(diagnostics::kTooManyWays, span, design.name, provider);
  for (std::size_t i = 1; i < wide.size(); ++i) {
    report.notes.push_back({wide[i]->origin.span, "so may this one"});
  }
  report.help = "say where each lies: `cidr(/16../20) within 10.0.0.0/12`, in blocks that do not meet";
}

/// Whether something was said of it before: a claim that the design itself breaks is told once.
bool is_told(const model::Claim& claim, const Diagnostics& diagnostics) {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.span == claim.span; });
}

/// Over what declares the same, a claim comes out the same; one that does not is our fault too.
void report_claims(const model::Design& design, const std::string& provider, const verify::Comparison& comparison,
                   Diagnostics& diagnostics) {
  if (!comparison.differences.empty()) return;
  for (const auto& each : comparison.claims) {
    const bool open = each.verdict == verify::Verdict::Undecided;
    const model::Claim& claim = design.claims[each.claim];
    if (is_told(claim, diagnostics)) continue;
    auto& report = diagnostics.report(
        open ? diagnostics::kOwnTemplateUnproved : diagnostics::kOwnTemplateWrong, claim.span, design.name, provider,
        fmt::format("over it `{}` is {}: {}", claim.text, word(each.verdict), each.witness));
    if (!each.place.path.empty()) report.notes.push_back({{}, at("in the template", each.place)});
  }
}

/// Of the network, or of a peer, by whose appliance packets may go.
const model::Link* direct_line(const model::Design& design, model::NetworkId network) {
  for (const model::Link& link : design.links) {
    const bool near = link.network == network || model::peering_between(design, link.network, network);
    if (near && link.kind == model::LinkKind::Direct) return &link;
  }
  return nullptr;
}

/// The one that has the name, of those that have a tier.
std::optional<model::Endpoint> member_named(const model::Design& design, const std::string& name) {
  for (const model::Endpoint& endpoint : model::declared_endpoints(design)) {
    if (model::name_of(design, endpoint) == name && model::tier_of(design, endpoint)) return endpoint;
  }
  return std::nullopt;
}

/// Where what a balancer hands on as it came comes from. Any other end opens its own, and has none.
std::vector<model::NetworkId> networks_of_clients(const model::Design& design, const model::Endpoint& balancer) {
  const auto* id = std::get_if<model::BalancerId>(&balancer);
  if (id == nullptr || design.balancers[*id].layer != model::Layer::Network) return {};
  std::vector<model::NetworkId> out = {design.tiers[design.balancers[*id].tier].network};
  for (const model::Flow& flow : design.flows) {
    const auto tier = model::tier_of(design, flow.from);
    if (tier && flow.to == balancer) out.push_back(design.tiers[*tier].network);
  }
  return out;
}

/// Which blocks lie behind a direct line is announced at its far end and stands in no template. So what is open between
/// a member of its network and a place outside, or a member of another network, whose route a narrower one may take
/// away, is no fault of the template: then the line. Everything else that is open is one.
const model::Link* line_that_opens(const model::Design& design, const Difference& difference) {
  const bool packets = !difference.data && !difference.packet.empty();
  if (difference.kind != Difference::Kind::Undecided || !packets) return nullptr;
  const auto from = member_named(design, difference.from);
  const auto to = member_named(design, difference.to);
  std::vector<model::NetworkId> networks;
  for (const auto& end : {from, to}) {
    if (end) networks.push_back(design.tiers[*model::tier_of(design, *end)].network);
  }
  const std::vector<model::NetworkId> clients =
      from ? networks_of_clients(design, *from) : std::vector<model::NetworkId>();
  const bool inside = networks.size() == 2 && networks.front() == networks.back();
  if (inside && clients.empty()) return nullptr;
  networks.insert(networks.end(), clients.begin(), clients.end());
  for (const model::NetworkId network : networks) {
    if (const model::Link* line = direct_line(design, network)) return line;
  }
  return nullptr;
}

/// The first line, when all that differs is open by nature.
const model::Link* open_by_nature(const model::Design& design, const std::vector<Difference>& all) {
  const model::Link* first = nullptr;
  for (const Difference& difference : all) {
    const model::Link* line = line_that_opens(design, difference);
    if (line == nullptr) return nullptr;
    if (first == nullptr) first = line;
  }
  return first;
}

void report_open(const model::Design& design, const model::Link& line, const std::string& provider,
                 const std::vector<Difference>& all, Diagnostics& diagnostics) {
  auto& report = diagnostics.report(diagnostics::kOwnTemplateOpen, line.origin.span, design.name, provider);
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
  std::vector<Difference> all = comparison.differences;
  // What is not understood of a verbatim resource was told: it is no fault of the compiler's.
  std::erase_if(all, [&](const Difference& each) {
    return each.kind == Difference::Kind::Undecided && each.packet.empty() &&
           is_verbatim(design, provider, each.place.resource);
  });
  if (comparison.too_many_ways) {
    report_too_many(design, provider, diagnostics);
  } else if (const model::Link* line = open_by_nature(design, all)) {
    report_open(design, *line, provider, all, diagnostics);
  } else {
    for (std::size_t i = 0; i < all.size() && i < kMostReported; ++i) report(design, provider, all[i], diagnostics);
  }
  report_claims(design, provider, comparison, diagnostics);
  return ReadBack{.estate = std::move(*estate), .comparison = std::move(comparison)};
}

bool is_our_fault(const Diagnostics& diagnostics) {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(), [](const diagnostics::Diagnostic& one) {
    return one.code == diagnostics::kOwnTemplateWrong.code || one.code == diagnostics::kOwnTemplateUnproved.code;
  });
}

}  // namespace crenel::driver
