#include "backends/azure/prevention.h"

namespace crenel::azure {
namespace {

using Properties = std::vector<std::string_view>;

const Properties kOfRule = {"properties.priority",
                            "properties.direction",
                            "properties.access",
                            "properties.protocol",
                            "properties.sourceAddressPrefix",
                            "properties.sourceAddressPrefixes[*]",
                            "properties.sourceApplicationSecurityGroups[*].id",
                            "properties.sourcePortRange",
                            "properties.sourcePortRanges[*]",
                            "properties.destinationAddressPrefix",
                            "properties.destinationAddressPrefixes[*]",
                            "properties.destinationApplicationSecurityGroups[*].id",
                            "properties.destinationPortRange",
                            "properties.destinationPortRanges[*]"};
const Properties kOfRoute = {"properties.addressPrefix", "properties.nextHopType", "properties.nextHopIpAddress"};
const Properties kOfSubnet = {"properties.addressPrefix",
                              "properties.addressPrefixes[*]",
                              "properties.networkSecurityGroup.id",
                              "properties.routeTable.id",
                              "properties.natGateway.id",
                              "properties.serviceEndpoints[*].service",
                              "properties.delegations[*].properties.serviceName",
                              "properties.defaultOutboundAccess",
                              "properties.privateEndpointNetworkPolicies"};
const Properties kOfPeering = {"properties.remoteVirtualNetwork.id", "properties.allowVirtualNetworkAccess",
                               "properties.allowForwardedTraffic", "properties.allowGatewayTransit",
                               "properties.useRemoteGateways"};
const Properties kOfMember = {"properties.networkSecurityGroup.id", "properties.enableIPForwarding",
                              "properties.ipConfigurations[*].properties.subnet.id",
                              "properties.ipConfigurations[*].properties.applicationSecurityGroups[*].id"};

constexpr std::string_view kRules = "properties.securityRules[*]";
constexpr std::string_view kRoutes = "properties.routes[*]";

}  // namespace

const std::vector<PolicyList>& policy_lists() {
  static const std::vector<PolicyList> all = {
      {"rules", kNetworkSecurityGroup.name, kRules, kOfRule},
      {"rules", "Microsoft.Network/networkSecurityGroups/securityRules", "", kOfRule},
      {"routes", kRouteTable.name, kRoutes, kOfRoute},
      {"routes", "Microsoft.Network/routeTables/routes", "", kOfRoute},
      {"tables", kRouteTable.name, "", {"properties.disableBgpRoutePropagation"}},
      {"subnets", kVirtualNetwork.name, "properties.subnets[*]", kOfSubnet},
      {"subnets", "Microsoft.Network/virtualNetworks/subnets", "", kOfSubnet},
      {"peerings", kVirtualNetwork.name, "properties.virtualNetworkPeerings[*]", kOfPeering},
      {"peerings", kPeering.name, "", kOfPeering},
      {"members", kScaleSet.name, "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*]",
       kOfMember},
  };
  return all;
}

const std::vector<PolicyCount>& policy_counts() {
  static const std::vector<PolicyCount> all = {{"ruleCounts", kNetworkSecurityGroup.name, kRules},
                                               {"routeCounts", kRouteTable.name, kRoutes}};
  return all;
}

const std::vector<std::string_view>& things_of_policy() {
  static const std::vector<std::string_view> all = {"Microsoft.Network/applicationGateways",
                                                    "Microsoft.Network/azureFirewalls",
                                                    "Microsoft.Network/bastionHosts",
                                                    "Microsoft.Network/connections",
                                                    "Microsoft.Network/customIPPrefixes",
                                                    "Microsoft.Network/expressRouteCircuits",
                                                    "Microsoft.Network/expressRouteGateways",
                                                    "Microsoft.Network/loadBalancers",
                                                    "Microsoft.Network/loadBalancers/backendAddressPools",
                                                    "Microsoft.Network/loadBalancers/inboundNatRules",
                                                    "Microsoft.Network/localNetworkGateways",
                                                    "Microsoft.Network/natGateways",
                                                    "Microsoft.Network/networkSecurityGroups",
                                                    "Microsoft.Network/networkVirtualAppliances",
                                                    "Microsoft.Network/p2sVpnGateways",
                                                    "Microsoft.Network/privateLinkServices",
                                                    "Microsoft.Network/publicIPAddresses",
                                                    "Microsoft.Network/publicIPPrefixes",
                                                    "Microsoft.Network/routeTables",
                                                    "Microsoft.Network/virtualHubs",
                                                    "Microsoft.Network/virtualNetworkGateways",
                                                    "Microsoft.Network/virtualNetworks",
                                                    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
                                                    "Microsoft.Network/virtualNetworkTaps",
                                                    "Microsoft.Network/virtualWans",
                                                    "Microsoft.Network/vpnGateways",
                                                    "Microsoft.Network/vpnSites"};
  return all;
}

}  // namespace crenel::azure
