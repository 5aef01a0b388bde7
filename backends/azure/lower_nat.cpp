#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/regions.h"

namespace crenel::azure {

/// One gateway a network. StandardV2 spans the region's zones, Standard sits in one; each needs addresses of its own
/// kind (learn.microsoft.com, "Azure NAT Gateway SKUs", checked 2026-11-23).
void lower_nat(const model::Design& design, Template& out) {
  for (const model::NetworkId id : design.networks.ids()) {
    if (!uses_nat(design, id)) continue;
    const model::Network& network = design.networks[id];
    const bool several_zones = network.zones > 1;
    const char* sku = several_zones ? "StandardV2" : "Standard";
    const Cause cause = cause_of(network.origin, "network");
    out.resources.push_back(public_address(network.origin.path, "NatAddress", sku, cause));
    Resource gateway;
    gateway.type = kNatGateway;
    gateway.name = resource_name(network.origin.path, "Nat");
    gateway.sku = document::object({{"name", sku}});
    gateway.zones = zone_list(several_zones ? kZonesOfRegion : 1);
    const Term address = resource_id(kPublicAddress, resource_name(network.origin.path, "NatAddress"));
    gateway.properties =
        document::object({{"idleTimeoutInMinutes", 4}, {"publicIpAddresses", document::array({id_object(address)})}});
    gateway.cause = cause;
    out.resources.push_back(std::move(gateway));
  }
}

}  // namespace crenel::azure
