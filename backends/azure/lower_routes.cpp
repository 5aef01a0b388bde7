#include "backends/azure/addresses.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

constexpr const char* kEverything = "0.0.0.0/0";

/// What is routed to an appliance goes to the balancer before its members.
Value route_by(std::string name, const Term& to, const Term& hop) {
  return document::object({{"name", std::move(name)},
                           {"properties", document::object({{"addressPrefix", to.value()},
                                                            {"nextHopType", "VirtualAppliance"},
                                                            {"nextHopIpAddress", hop.value()}})}});
}

Value route(std::string name, const Term& to, const char* next_hop) {
  return document::object(
      {{"name", std::move(name)},
       {"properties", document::object({{"addressPrefix", to.value()}, {"nextHopType", next_hop}})}});
}

/// Over ExpressRoute, and over a peering, the provider has the routes itself.
bool brings_routes(const Design& design, const model::Tier& tier, model::SiteId site) {
  const auto link = model::link_between(design, tier.network, site);
  return link && design.links[*link].kind != model::LinkKind::Vpn;
}

/// Exactly the sites that flows join to the tier: what a gateway would propagate is every site of the network.
void add_site_routes(const Design& design, const model::Tier& tier, Value& routes) {
  for (const model::SiteId site : tier.site_routes) {
    if (brings_routes(design, tier, site)) continue;
    const std::vector<Term> blocks = addresses(design, model::addresses_of(design, site)).all();
    const std::string name = "To" + pascal(design.sites[site].origin.path);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      routes.push(route(i == 0 ? name : name + "-" + std::to_string(i + 1), blocks[i], "VirtualNetworkGateway"));
    }
  }
}

}  // namespace

void lower_routes(const Design& design, Template& out) {
  for (const model::TierId id : design.tiers.ids()) {
    if (!has_route_table(design, id)) continue;
    const model::Tier& tier = design.tiers[id];
    Value routes = document::array({});
    add_site_routes(design, tier, routes);
    for (const model::NetworkId peer : closed_peers(design, id)) {
      const model::Network& network = design.networks[peer];
      routes.push(route("No" + pascal(network.origin.path), address(design, network.space), "None"));
    }
    for (const model::LinkId link : closed_peers_elsewhere(design, id)) {
      const model::Site& network = design.sites[design.links[link].site];
      for (const Term& block : addresses(design, network.addresses).all()) {
        routes.push(route("No" + pascal(network.origin.path), block, "None"));
      }
    }
    const auto* site = std::get_if<model::SiteId>(&tier.way_out);
    if (site != nullptr && !brings_routes(design, tier, *site)) {
      routes.push(route("InternetBySite", Term::literal(kEverything), "VirtualNetworkGateway"));
    } else if (const auto appliance = model::appliance_out_of(design, id)) {
      routes.push(route_by("InternetBy" + pascal(design.appliances[*appliance].origin.path), Term::literal(kEverything),
                           hop_address(design, *appliance)));
    } else if (std::holds_alternative<model::NoWayOut>(tier.way_out) && !answers_the_internet(design, id)) {
      routes.push(route("NoInternet", Term::literal(kEverything), "None"));
      if (ipv6_block(design, tier)) routes.push(route("NoInternetIpv6", Term::literal("::/0"), "None"));
    }
    Resource table;
    table.type = kRouteTable;
    table.name = resource_name(tier.origin.path, "Routes");
    table.properties =
        document::object({{"disableBgpRoutePropagation", !learns_routes(design, id)}, {"routes", routes}});
    table.cause = cause_of(tier.origin, "tier");
    out.resources.push_back(std::move(table));
  }
}

}  // namespace crenel::azure
