#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"

namespace crenel::azure {
namespace {

using model::Design;

Term gateway_name(const model::Network& network) { return resource_name(network.origin.path, "ExpressRouteGateway"); }

Resource gateway(const model::Network& network) {
  const std::string sku = direct_sku(network);
  Resource out;
  out.type = kVirtualNetworkGateway;
  out.name = gateway_name(network);
  out.properties =
      document::object({{"gatewayType", "ExpressRoute"},
                        {"sku", document::object({{"name", sku}, {"tier", sku}})},
                        {"ipConfigurations", document::array({gateway_place(network, "ExpressRouteGatewayAddress")})}});
  out.cause = cause_of(network.origin, "network");
  return out;
}

/// The circuit is the carrier's: it exists, and whoever deploys may use it.
Resource connection(const Design& design, const model::Link& link) {
  const Term gateway_id = resource_id(kVirtualNetworkGateway, gateway_name(design.networks[link.network]));
  const auto named = text_setting(link.settings, "circuit");
  const Term circuit = named ? Term::literal(*named) : parameter(parameter_name(link.origin.path, "Circuit"));
  Resource out;
  out.type = kConnection;
  out.name = resource_name(link.origin.path, "Connection");
  out.properties = document::object(
      {{"connectionType", "ExpressRoute"},
       {"virtualNetworkGateway1", document::object({{"id", gateway_id.value()}, {"properties", document::object({})}})},
       {"peer", id_object(circuit)}});
  out.cause = cause_of(link.origin, "link");
  return out;
}

}  // namespace

void lower_direct(const Design& design, Template& out) {
  for (const model::NetworkId id : design.networks.ids()) {
    if (!has_links(design, id, model::LinkKind::Direct)) continue;
    const model::Network& network = design.networks[id];
    out.resources.push_back(public_address(network.origin.path, "ExpressRouteGatewayAddress", "Standard",
                                           cause_of(network.origin, "network")));
    out.resources.push_back(gateway(network));
    for (const model::Link& link : design.links) {
      if (link.network == id && link.kind == model::LinkKind::Direct) {
        out.resources.push_back(connection(design, link));
      }
    }
  }
}

}  // namespace crenel::azure
