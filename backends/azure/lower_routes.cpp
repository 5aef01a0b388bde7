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

void add_each(Value& routes, const std::string& name, const std::vector<Term>& blocks, const char* next_hop) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    routes.push(route(i == 0 ? name : name + "-" + std::to_string(i + 1), blocks[i], next_hop));
  }
}

/// Exactly the sites that flows join to the tier: what a gateway would propagate is every site of the network.
void add_site_routes(const Design& design, const model::Tier& tier, Value& routes) {
  for (const model::SiteId site : tier.site_routes) {
    if (brings_routes(design, tier, site)) continue;
    add_each(routes, "To" + pascal(design.sites[site].origin.path),
             addresses(design, model::addresses_of(design, site)).all(), "VirtualNetworkGateway");
  }
}

/// To networks that no flow joins to the tier: in both families, where the tier has both.
void close_peers(const Design& design, model::TierId id, Value& routes) {
  const auto close = [&](const model::Origin& peer, const std::vector<Term>& ipv4, const std::vector<Term>& ipv6) {
    add_each(routes, "No" + pascal(peer.path), ipv4, "None");
    if (ipv6_block(design, design.tiers[id])) add_each(routes, "No" + pascal(peer.path) + "Ipv6", ipv6, "None");
  };
  for (const model::NetworkId peer : closed_peers(design, id)) {
    const model::Network& network = design.networks[peer];
    std::vector<Term> ipv6;
    if (const auto space = ipv6_space(design, network)) ipv6 = {Term::literal(net::to_string(*space))};
    close(network.origin, {address(design, network.space)}, ipv6);
  }
  for (const model::LinkId link : closed_peers_elsewhere(design, id)) {
    const model::Site& network = design.sites[design.links[link].site];
    const Addresses there = addresses(design, network.addresses);
    close(network.origin, there.all(), there.known6);
  }
}

}  // namespace

void lower_routes(const Design& design, Template& out) {
  for (const model::TierId id : design.tiers.ids()) {
    if (!has_route_table(design, id)) continue;
    const model::Tier& tier = design.tiers[id];
    Value routes = document::array({});
    add_site_routes(design, tier, routes);
    close_peers(design, id, routes);
    const auto* site = std::get_if<model::SiteId>(&tier.way_out);
    if (site != nullptr && !brings_routes(design, tier, *site)) {
      routes.push(route("InternetBySite", Term::literal(kEverything), "VirtualNetworkGateway"));
    } else if (const auto appliance = model::appliance_out_of(design, id)) {
      const std::string name = "InternetBy" + pascal(design.appliances[*appliance].origin.path);
      routes.push(route_by(name, Term::literal(kEverything), hop_address(design, *appliance)));
      const auto ipv6 = hop_ipv6_address(design, *appliance);
      if (ipv6 && ipv6_block(design, tier)) routes.push(route_by(name + "Ipv6", Term::literal("::/0"), *ipv6));
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
