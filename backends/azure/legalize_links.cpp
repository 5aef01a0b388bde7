#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Design;

void check_default_sites(const Design& design, const model::Network& network, Diagnostics& diagnostics) {
  const model::Tier* first = nullptr;
  for (const model::TierId id : network.tiers) {
    const model::Tier& tier = design.tiers[id];
    const auto* site = std::get_if<model::SiteId>(&tier.way_out);
    if (site == nullptr) continue;
    if (first == nullptr) {
      first = &tier;
      continue;
    }
    const model::SiteId first_site = model::root_of(design, std::get<model::SiteId>(first->way_out));
    const model::SiteId this_site = model::root_of(design, *site);
    if (first_site == this_site) continue;
    auto& report = diagnostics.report(kTwoDefaultSites, tier.way_out_span, model::to_string(network.origin.path),
                                      model::to_string(design.sites[first_site].origin.path),
                                      model::to_string(design.sites[this_site].origin.path));
    report.notes.push_back({first->way_out_span, "the other way is taken here"});
    report.help = "send it all through one site, or give one of the tiers a network of its own";
    return;
  }
}

}  // namespace

void check_links(const Design& design, Diagnostics& diagnostics) {
  for (const model::Link& link : design.links) {
    if (link.key || !link.certificate) continue;
    diagnostics.report(kLinkCertificate, link.origin.span, model::to_string(link.origin.path)).help =
        "give it a `key`, a secret that only the deployer knows";
  }
  for (const model::Network& network : design.networks) check_default_sites(design, network, diagnostics);
}

}  // namespace crenel::azure
