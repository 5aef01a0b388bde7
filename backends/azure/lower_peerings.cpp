#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

/// One half: each network says that it takes packets of the other one. Neither hands on what comes from a third.
Resource half(const model::Network& from, const model::Network& to, const model::Peering& peering) {
  Value properties;
  properties.set("allowVirtualNetworkAccess", true);
  properties.set("allowForwardedTraffic", false);
  properties.set("allowGatewayTransit", false);
  properties.set("useRemoteGateways", false);
  properties.set("remoteVirtualNetwork", id_object(resource_id(kVirtualNetwork, network_name(to))));
  Resource out;
  out.type = kPeering;
  out.name = Term::literal(network_name(from).text() + "/To" + pascal(to.origin.path));
  out.properties = std::move(properties);
  out.depends_on = {resource_id(kVirtualNetwork, network_name(from))};
  out.cause = cause_of(peering.origin, "peering");
  return out;
}

}  // namespace

void lower_peerings(const Design& design, Template& out) {
  for (const model::Peering& peering : design.peerings) {
    const model::Network& first = design.networks[peering.first];
    const model::Network& second = design.networks[peering.second];
    out.resources.push_back(half(first, second, peering));
    out.resources.push_back(half(second, first, peering));
  }
}

}  // namespace crenel::azure
