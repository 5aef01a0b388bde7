#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using model::Design;

/// What a property of a resource turns out to be.
Term property(const ResourceType& type, const Term& name, const std::string& property_path) {
  const Term reference = call("reference", {resource_id(type, name), Term::literal(std::string(type.api_version))});
  return Term::expression(reference.text() + "." + property_path);
}

void add_balancer(const Design& design, const model::Balancer& balancer, Template& out) {
  const std::string path = "`" + model::to_string(balancer.origin.path) + "`";
  const std::string name = parameter_name(balancer.origin.path, "Address");
  const bool is_public =
      balancer.layer == model::Layer::Application || design.tiers[balancer.tier].kind == model::TierKind::Public;
  const Term value = is_public ? property(kPublicAddress, resource_name(balancer.origin.path, "Address"), "ipAddress")
                               : property(kLoadBalancer, resource_name(balancer.origin.path, "Balancer"),
                                          "frontendIPConfigurations[0].properties.privateIPAddress");
  out.outputs.push_back({name, value, "The address at which clients reach balancer " + path + "."});
  if (!has_ipv6(design, balancer)) return;
  const Term ipv6 = is_public
                        ? property(kPublicAddress, resource_name(balancer.origin.path, "AddressIpv6"), "ipAddress")
                        : property(kLoadBalancer, resource_name(balancer.origin.path, "Balancer"),
                                   "frontendIPConfigurations[1].properties.privateIPAddress");
  out.outputs.push_back({parameter_name(balancer.origin.path, "AddressIpv6"), ipv6,
                         "The address of IPv6 at which clients reach balancer " + path + "."});
}

}  // namespace

void lower_outputs(const Design& design, Template& out) {
  for (const model::NetworkId id : design.networks.ids()) {
    const model::Network& network = design.networks[id];
    const std::string path = "`" + model::to_string(network.origin.path) + "`";
    out.outputs.push_back({parameter_name(network.origin.path, "NetworkId"),
                           resource_id(kVirtualNetwork, network_name(network)), "The id of network " + path + "."});
    if (network.flow_logs) {
      out.outputs.push_back(
          {parameter_name(network.origin.path, "FlowLogId"),
           call("resourceId", {parameter("NetworkWatcherResourceGroup"), Term::literal(std::string(kFlowLog.name)),
                               parameter("NetworkWatcherName"), flow_log_name(network)}),
           "The id of the flow log of network " + path + "."});
    }
    if (uses_nat(design, id)) {
      out.outputs.push_back({parameter_name(network.origin.path, "NatAddress"),
                             property(kPublicAddress, resource_name(network.origin.path, "NatAddress"), "ipAddress"),
                             "The address that the Internet sees of what leaves network " + path + " by NAT."});
    }
    if (has_links(design, id, model::LinkKind::Vpn)) {
      out.outputs.push_back(
          {parameter_name(network.origin.path, "VpnGatewayAddress"),
           property(kPublicAddress, resource_name(network.origin.path, "VpnGatewayAddress"), "ipAddress"),
           "The address that VPN devices connect to for network " + path + "."});
    }
  }
  for (const model::Balancer& balancer : design.balancers) add_balancer(design, balancer, out);
  add_database_outputs(design, out);
  for (const model::Group& group : design.groups) {
    out.outputs.push_back({parameter_name(group.origin.path, "ScaleSetId"),
                           resource_id(kScaleSet, resource_name(group.origin.path, "ScaleSet")),
                           "The id of the scale set of group `" + model::to_string(group.origin.path) + "`."});
  }
  for (const Resource& resource : out.resources) {
    if (resource.type.name != kStorageAccount.name || resource.name != variable("FlowLogStorageName")) continue;
    out.outputs.push_back({"FlowLogStorageId", resource_id(resource.type, resource.name),
                           "The id of the storage account that holds the flow logs."});
  }
}

}  // namespace crenel::azure
