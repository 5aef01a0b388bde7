#include "backends/azure/addresses.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

/// One half: each network says that it takes packets of the other one. `handed_on`: an appliance there hands on what
/// `from` sends, and so answers come that are none of the other network's own.
Resource half(const model::Network& from, const model::Network& to, bool handed_on, const model::Peering& peering) {
  Value properties;
  properties.set("allowVirtualNetworkAccess", true);
  properties.set("allowForwardedTraffic", handed_on);
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

/// The half of a network here. The other half is the far network's, and its owner's to make. What addresses lie there
/// the provider would find out by itself; they are said, so that what the design takes for granted stands in the
/// template.
Resource half_elsewhere(const Design& design, const model::Link& link) {
  const model::Network& from = design.networks[link.network];
  const model::Site& to = design.sites[link.site];
  Value properties;
  properties.set("allowVirtualNetworkAccess", true);
  properties.set("allowForwardedTraffic", false);
  properties.set("allowGatewayTransit", false);
  properties.set("useRemoteGateways", false);
  properties.set("remoteVirtualNetwork", document::object({{"id", text(design, to.network->id).value()}}));
  Value blocks;
  for (const Term& each : addresses(design, to.addresses).all()) blocks.push(each.value());
  properties.set("remoteAddressSpace", document::object({{"addressPrefixes", blocks}}));
  Resource out;
  out.type = kPeering;
  out.name = Term::literal(network_name(from).text() + "/To" + pascal(to.origin.path));
  out.properties = std::move(properties);
  out.depends_on = {resource_id(kVirtualNetwork, network_name(from))};
  out.cause = cause_of(link.origin, "peering");
  return out;
}

}  // namespace

void lower_peerings(const Design& design, Template& out) {
  for (const model::Peering& peering : design.peerings) {
    const model::Network& first = design.networks[peering.first];
    const model::Network& second = design.networks[peering.second];
    out.resources.push_back(half(first, second, is_handed_on(design, peering.first, peering.second), peering));
    out.resources.push_back(half(second, first, is_handed_on(design, peering.second, peering.first), peering));
  }
  for (const model::Link& link : design.links) {
    if (link.kind == model::LinkKind::Peering) out.resources.push_back(half_elsewhere(design, link));
  }
}

}  // namespace crenel::azure
