#include "compiler/driver/linked_spaces.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/diagnostics/catalogue/networks.h"

namespace crenel::driver {
namespace {

std::vector<net::Prefix> known_of(const std::vector<model::LateBlock>& blocks) {
  std::vector<net::Prefix> out;
  for (const model::LateBlock& block : blocks) {
    if (const auto prefix = model::known(block)) out.push_back(*prefix);
  }
  return out;
}

/// The smaller one of two that overlap.
std::optional<net::Prefix> common(const std::vector<net::Prefix>& some, const std::vector<net::Prefix>& more) {
  for (const net::Prefix& one : some) {
    for (const net::Prefix& other : more) {
      if (one.contains(other)) return other;
      if (other.contains(one)) return one;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<LinkedSpaces::Linked> LinkedSpaces::linked(const std::string& target, const model::Design& design) {
  std::vector<Linked> out;
  for (const model::Link& link : design.links) {
    if (link.kind == model::LinkKind::Peering) continue;
    const model::SiteId root = model::root_of(design, link.site);
    const model::Site& site = design.sites[root];
    const model::Network& network = design.networks[link.network];
    out.push_back({.target = target,
                   .network = model::to_string(network.origin.path),
                   .span = network.origin.span,
                   .site = site.origin.span,
                   .site_name = model::to_string(site.origin.path),
                   .addresses = known_of(model::addresses_of(design, root)),
                   .spaces = known_of(model::spaces_of(design, link.network))});
  }
  return out;
}

void LinkedSpaces::check(const std::string& target, const model::Design& design,
                         diagnostics::Diagnostics& diagnostics) {
  const std::vector<Linked> own = linked(target, design);
  for (const Linked& one : own) {
    const auto clash = std::find_if(all_.begin(), all_.end(), [&](const Linked& before) {
      return before.target != target && before.site == one.site && common(before.addresses, one.addresses) &&
             common(before.spaces, one.spaces);
    });
    if (clash == all_.end()) continue;
    const auto named = [](const Linked& each) { return "network `" + each.network + "` of `" + each.target + "`"; };
    auto& report = diagnostics.report(diagnostics::kAddressesOverlap, one.span, named(*clash), named(one),
                                      " in " + net::to_string(*common(clash->spaces, one.spaces)));
    if (clash->span != one.span) report.notes.push_back({clash->span, "the other network is declared here"});
    report.notes.push_back({one.site, "both are linked to site `" + one.site_name + "`"});
    report.help = "what is connected needs addresses of its own, or no packet finds its way";
  }
  all_.insert(all_.end(), own.begin(), own.end());
}

}  // namespace crenel::driver
