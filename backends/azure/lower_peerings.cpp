#include <utility>

#include "backends/azure/addresses.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

/// One half: a network says that it takes packets of another one. `handed_on`: an appliance there hands on what `from`
/// sends, and so answers come that are none of the other network's own.
Resource half(const model::Network& from, const model::Origin& to, Value remote, bool handed_on,
              const model::Origin& peering) {
  Value properties;
  properties.set("allowVirtualNetworkAccess", true);
  properties.set("allowForwardedTraffic", handed_on);
  properties.set("allowGatewayTransit", false);
  properties.set("useRemoteGateways", false);
  properties.set("remoteVirtualNetwork", std::move(remote));
  Resource out;
  out.type = kPeering;
  out.name = Term::literal(network_name(from).text() + "/To" + pascal(to.path));
  out.properties = std::move(properties);
  out.depends_on = {resource_id(kVirtualNetwork, network_name(from))};
  out.cause = cause_of(peering, "peering");
  return out;
}

Resource half_within(const Design& design, const model::Peering& peering, model::NetworkId from, model::NetworkId to) {
  const model::Network& there = design.networks[to];
  return half(design.networks[from], there.origin, id_object(resource_id(kVirtualNetwork, network_name(there))),
              is_handed_on(design, from, to), peering.origin);
}

/// The other half is the far network's, and its owner's to make. What addresses lie there the provider would find out
/// by itself; they are said, so that what the design takes for granted stands in the template.
Resource half_elsewhere(const Design& design, const model::Link& link) {
  const model::Site& to = design.sites[link.site];
  Value remote = document::object({{"id", text(design, to.network->id).value()}});
  Resource out = half(design.networks[link.network], to.origin, std::move(remote), false, link.origin);
  const Addresses there = addresses(design, to.addresses);
  Value blocks;
  for (const Term& each : there.all()) blocks.push(each.value());
  for (const Term& each : there.known6) blocks.push(each.value());
  out.properties.set("remoteAddressSpace", document::object({{"addressPrefixes", blocks}}));
  return out;
}

}  // namespace

void lower_peerings(const Design& design, Template& out) {
  for (const model::Peering& peering : design.peerings) {
    out.resources.push_back(half_within(design, peering, peering.first, peering.second));
    out.resources.push_back(half_within(design, peering, peering.second, peering.first));
  }
  for (const model::Link& link : design.links) {
    if (link.kind == model::LinkKind::Peering) out.resources.push_back(half_elsewhere(design, link));
  }
}

}  // namespace crenel::azure
