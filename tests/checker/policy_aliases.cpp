#include <algorithm>
#include <stdexcept>

#include "tests/checker/policy_engine.h"

/// Aliases and the paths that they stand for, as Get-AzPolicyAlias lists them (github.com/maciejporebski/
/// azure-policy-aliases, 2026-08-22).
namespace crenel::checker {
namespace {

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

const std::map<std::string, std::string>& written() {
  static const std::map<std::string, std::string> all = {
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*]",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*]"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].enableIPForwarding",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties."
       "enableIPForwarding"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*]."
       "applicationSecurityGroups[*].id",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties.ipConfigurations[*"
       "].properties.applicationSecurityGroups[*].id"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*]."
       "publicIPAddressConfiguration.name",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties.ipConfigurations[*"
       "].properties.publicIPAddressConfiguration.name"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].subnet.id",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties.ipConfigurations[*"
       "].properties.subnet.id"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].name",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].name"},
      {"Microsoft.Compute/virtualMachineScaleSets/"
       "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].networkSecurityGroup.id",
       "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties."
       "networkSecurityGroup.id"},
      {"Microsoft.Network/networkInterfaces/enableIPForwarding", "properties.enableIPForwarding"},
      {"Microsoft.Network/networkInterfaces/ipconfigurations[*].publicIpAddress.id",
       "properties.ipConfigurations[*].properties.publicIpAddress.id"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/access", "properties.access"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/destinationAddressPrefix",
       "properties.destinationAddressPrefix"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/destinationAddressPrefixes[*]",
       "properties.destinationAddressPrefixes[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/destinationApplicationSecurityGroups[*].id",
       "properties.destinationApplicationSecurityGroups[*].id"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/destinationPortRange", "properties.destinationPortRange"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/destinationPortRanges[*]",
       "properties.destinationPortRanges[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/direction", "properties.direction"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/priority", "properties.priority"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/protocol", "properties.protocol"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/sourceAddressPrefix", "properties.sourceAddressPrefix"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/sourceAddressPrefixes[*]",
       "properties.sourceAddressPrefixes[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/sourceApplicationSecurityGroups[*].id",
       "properties.sourceApplicationSecurityGroups[*].id"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/sourcePortRange", "properties.sourcePortRange"},
      {"Microsoft.Network/networkSecurityGroups/securityRules/sourcePortRanges[*]", "properties.sourcePortRanges[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*]", "properties.securityRules[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].access",
       "properties.securityRules[*].properties.access"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].destinationAddressPrefix",
       "properties.securityRules[*].properties.destinationAddressPrefix"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].destinationAddressPrefixes[*]",
       "properties.securityRules[*].properties.destinationAddressPrefixes[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].destinationApplicationSecurityGroups[*].id",
       "properties.securityRules[*].properties.destinationApplicationSecurityGroups[*].id"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].destinationPortRange",
       "properties.securityRules[*].properties.destinationPortRange"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].destinationPortRanges[*]",
       "properties.securityRules[*].properties.destinationPortRanges[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].direction",
       "properties.securityRules[*].properties.direction"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].name", "properties.securityRules[*].name"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].priority",
       "properties.securityRules[*].properties.priority"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].protocol",
       "properties.securityRules[*].properties.protocol"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].sourceAddressPrefix",
       "properties.securityRules[*].properties.sourceAddressPrefix"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].sourceAddressPrefixes[*]",
       "properties.securityRules[*].properties.sourceAddressPrefixes[*]"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].sourceApplicationSecurityGroups[*].id",
       "properties.securityRules[*].properties.sourceApplicationSecurityGroups[*].id"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].sourcePortRange",
       "properties.securityRules[*].properties.sourcePortRange"},
      {"Microsoft.Network/networkSecurityGroups/securityRules[*].sourcePortRanges[*]",
       "properties.securityRules[*].properties.sourcePortRanges[*]"},
      {"Microsoft.Network/routeTables/disableBgpRoutePropagation", "properties.disableBgpRoutePropagation"},
      {"Microsoft.Network/routeTables/routes/addressPrefix", "properties.addressPrefix"},
      {"Microsoft.Network/routeTables/routes/nextHopIpAddress", "properties.nextHopIpAddress"},
      {"Microsoft.Network/routeTables/routes/nextHopType", "properties.nextHopType"},
      {"Microsoft.Network/routeTables/routes[*]", "properties.routes[*]"},
      {"Microsoft.Network/routeTables/routes[*].addressPrefix", "properties.routes[*].properties.addressPrefix"},
      {"Microsoft.Network/routeTables/routes[*].name", "properties.routes[*].name"},
      {"Microsoft.Network/routeTables/routes[*].nextHopIpAddress", "properties.routes[*].properties.nextHopIpAddress"},
      {"Microsoft.Network/routeTables/routes[*].nextHopType", "properties.routes[*].properties.nextHopType"},
      {"Microsoft.Network/virtualNetworks/subnets/addressPrefix", "properties.addressPrefix"},
      {"Microsoft.Network/virtualNetworks/subnets/addressPrefixes[*]", "properties.addressPrefixes[*]"},
      {"Microsoft.Network/virtualNetworks/subnets/defaultOutboundAccess", "properties.defaultOutboundAccess"},
      {"Microsoft.Network/virtualNetworks/subnets/delegations[*].serviceName",
       "properties.delegations[*].properties.serviceName"},
      {"Microsoft.Network/virtualNetworks/subnets/natGateway.id", "properties.natGateway.id"},
      {"Microsoft.Network/virtualNetworks/subnets/networkSecurityGroup.id", "properties.networkSecurityGroup.id"},
      {"Microsoft.Network/virtualNetworks/subnets/privateEndpointNetworkPolicies",
       "properties.privateEndpointNetworkPolicies"},
      {"Microsoft.Network/virtualNetworks/subnets/routeTable.id", "properties.routeTable.id"},
      {"Microsoft.Network/virtualNetworks/subnets/serviceEndpoints[*].service",
       "properties.serviceEndpoints[*].service"},
      {"Microsoft.Network/virtualNetworks/subnets[*]", "properties.subnets[*]"},
      {"Microsoft.Network/virtualNetworks/subnets[*].addressPrefix", "properties.subnets[*].properties.addressPrefix"},
      {"Microsoft.Network/virtualNetworks/subnets[*].addressPrefixes[*]",
       "properties.subnets[*].properties.addressPrefixes[*]"},
      {"Microsoft.Network/virtualNetworks/subnets[*].defaultOutboundAccess",
       "properties.subnets[*].properties.defaultOutboundAccess"},
      {"Microsoft.Network/virtualNetworks/subnets[*].delegations[*].serviceName",
       "properties.subnets[*].properties.delegations[*].properties.serviceName"},
      {"Microsoft.Network/virtualNetworks/subnets[*].name", "properties.subnets[*].name"},
      {"Microsoft.Network/virtualNetworks/subnets[*].natGateway.id", "properties.subnets[*].properties.natGateway.id"},
      {"Microsoft.Network/virtualNetworks/subnets[*].networkSecurityGroup.id",
       "properties.subnets[*].properties.networkSecurityGroup.id"},
      {"Microsoft.Network/virtualNetworks/subnets[*].privateEndpointNetworkPolicies",
       "properties.subnets[*].properties.privateEndpointNetworkPolicies"},
      {"Microsoft.Network/virtualNetworks/subnets[*].routeTable.id", "properties.subnets[*].properties.routeTable.id"},
      {"Microsoft.Network/virtualNetworks/subnets[*].serviceEndpoints[*].service",
       "properties.subnets[*].properties.serviceEndpoints[*].service"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/allowForwardedTraffic",
       "properties.allowForwardedTraffic"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/allowGatewayTransit",
       "properties.allowGatewayTransit"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/allowVirtualNetworkAccess",
       "properties.allowVirtualNetworkAccess"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/remoteVirtualNetwork.id",
       "properties.remoteVirtualNetwork.id"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/useRemoteGateways", "properties.useRemoteGateways"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*]", "properties.virtualNetworkPeerings[*]"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].allowForwardedTraffic",
       "properties.virtualNetworkPeerings[*].properties.allowForwardedTraffic"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].allowGatewayTransit",
       "properties.virtualNetworkPeerings[*].properties.allowGatewayTransit"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].allowVirtualNetworkAccess",
       "properties.virtualNetworkPeerings[*].properties.allowVirtualNetworkAccess"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].name", "properties.virtualNetworkPeerings[*].name"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].remoteVirtualNetwork.id",
       "properties.virtualNetworkPeerings[*].properties.remoteVirtualNetwork.id"},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings[*].useRemoteGateways",
       "properties.virtualNetworkPeerings[*].properties.useRemoteGateways"},
  };
  return all;
}

}  // namespace

const std::string& path_of_alias(const std::string& alias) {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> out;
    for (const auto& [name, path] : written()) out.emplace(small(name), path);
    return out;
  }();
  const auto found = all.find(small(alias));
  if (found == all.end()) throw std::runtime_error("no alias: " + alias);
  return found->second;
}

}  // namespace crenel::checker
