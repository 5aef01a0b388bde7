#include <algorithm>
#include <string>
#include <vector>

#include "tests/mutation/judgement.h"

namespace crenel::mutation {
namespace {

enum class How { Removed, Changed, Either };

struct Reason {
  std::string_view type;  ///< of the resource
  std::string_view end;   ///< of the path without numbers of elements; empty: the whole resource
  How how = How::Either;
  std::string_view text;
};

constexpr std::string_view kRequired = "the provider requires it and refuses the template";
constexpr std::string_view kDangling = "the provider refuses a template in which something names what is not there";
constexpr std::string_view kIpv4First = "the provider refuses an interface whose first address is not of IPv4";
constexpr std::string_view kOutside = "the provider refuses a subnet outside its network";

const std::vector<Reason>& reasons() {
  static const std::vector<Reason> all = {
      {"AWS::EC2::Subnet", "/CidrBlock", How::Removed, kRequired},
      {"AWS::EC2::Instance", "/LaunchTemplate", How::Removed, kRequired},
      {"AWS::EC2::Instance", "/LaunchTemplate/LaunchTemplateId", How::Removed, kRequired},
      {"AWS::EC2::NatGateway", "", How::Removed, kDangling},
      {"AWS::EC2::VPCBlockPublicAccessExclusion", "/InternetGatewayExclusionMode", How::Removed, kRequired},
      {"AWS::EC2::VPCPeeringConnection", "/PeerVpcId", How::Removed, kRequired},
      {"AWS::EC2::Subnet", "/CidrBlock", How::Changed, kOutside},
      {"AWS::EC2::Subnet", "/VpcId", How::Removed, kRequired},
      {"AWS::EC2::Subnet", "/VpcId", How::Changed, kOutside},
      {"AWS::EC2::VPC", "/CidrBlock", How::Removed, kRequired},
      {"AWS::EC2::VPC", "/CidrBlock", How::Changed, kOutside},
      {"AWS::EC2::VPC", "", How::Removed, kDangling},
      {"AWS::EC2::InternetGateway", "", How::Removed, kDangling},
      {"AWS::EC2::RouteTable", "", How::Removed, kDangling},
      {"AWS::EC2::SecurityGroup", "", How::Removed, kDangling},
      {"AWS::EC2::EIP", "", How::Removed, kDangling},
      {"AWS::EC2::SecurityGroup", "/IpProtocol", How::Removed, kRequired},
      {"AWS::EC2::SecurityGroupEgress", "/IpProtocol", How::Removed, kRequired},
      {"AWS::EC2::SecurityGroupIngress", "/IpProtocol", How::Removed, kRequired},
      {"AWS::EC2::NetworkAclEntry", "/RuleNumber", How::Removed, kRequired},
      {"AWS::EC2::NetworkAclEntry", "/RuleAction", How::Removed, kRequired},
      {"AWS::EC2::NetworkAclEntry", "/PortRange", How::Removed, kRequired},
      {"AWS::EC2::NetworkAclEntry", "/PortRange/From", How::Removed, kRequired},
      {"AWS::EC2::NetworkAclEntry", "/PortRange/To", How::Removed, kRequired},
      {"AWS::EC2::Route", "/RouteTableId", How::Removed, kRequired},
      {"AWS::EC2::SubnetRouteTableAssociation", "/RouteTableId", How::Removed, kRequired},
      {"AWS::EC2::LaunchTemplate", "", How::Removed, kDangling},
      {"AWS::EC2::LaunchTemplate", "/LaunchTemplateData", How::Removed, kRequired},
      {"AWS::EC2::VPCEndpoint", "/VpcId", How::Removed, kRequired},
      {"AWS::EC2::VPNConnectionRoute", "/VpnConnectionId", How::Removed, kRequired},
      {"AWS::ElasticLoadBalancingV2::LoadBalancer", "/Scheme", How::Removed,
       "without it the balancer faces the Internet, from where its rules admit nobody and no route leads"},
      {"AWS::EC2::LaunchTemplate", "/AssociatePublicIpAddress", How::Removed,
       "without it the subnet says whether there is a public address, and it says no"},
      {"AWS::EC2::LaunchTemplate", "/NetworkInterfaces", How::Removed,
       "the members are in the network's own group then, which admits only itself, and they are alone"},
      {"AWS::EC2::LaunchTemplate", "/Groups", How::Removed,
       "the members are in the network's own group then, which admits only itself, and they are alone"},
      {"AWS::AutoScaling::AutoScalingGroup", "/VPCZoneIdentifier", How::Removed, kRequired},
      {"Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "/allowForwardedTraffic", How::Changed,
       "no machine of these networks hands on what comes from elsewhere"},
      {"Microsoft.Network/virtualNetworks", "/defaultOutboundAccess", How::Either,
       "what may leave is said by the rules and the routes"},
      {"Microsoft.Network/virtualNetworks", "/subnets/properties", How::Removed, kRequired},
      {"Microsoft.Network/virtualNetworks", "/addressPrefix", How::Removed, kRequired},
      {"Microsoft.Network/virtualNetworks", "/addressPrefix", How::Changed, kOutside},
      {"Microsoft.Network/virtualNetworks", "/addressSpace", How::Removed, kRequired},
      {"Microsoft.Network/virtualNetworks", "/addressPrefixes", How::Removed, kRequired},
      {"Microsoft.Network/virtualNetworks", "/addressPrefixes", How::Changed, kOutside},
      {"Microsoft.Network/virtualNetworks", "/subnets/name", How::Removed, kRequired},
      {"Microsoft.Network/localNetworkGateways", "/localNetworkAddressSpace", How::Removed, kRequired},
      {"Microsoft.Network/localNetworkGateways", "/addressPrefixes", How::Removed, kRequired},
      {"Microsoft.Network/routeTables", "/nextHopType", How::Removed, kRequired},
      {"Microsoft.Network/applicationGateways", "/httpListeners/properties/frontendIPConfiguration", How::Removed,
       kRequired},
      {"Microsoft.Network/applicationGateways", "/frontendIPConfiguration/id", How::Removed, kRequired},
      {"Microsoft.Network/applicationGateways", "/frontendIPConfigurations/name", How::Removed, kRequired},
      {"Microsoft.Network/loadBalancers", "/frontendIPConfigurations/name", How::Removed, kRequired},
      {"Microsoft.Network/loadBalancers", "/publicIPAddress/id", How::Removed, kRequired},
      {"Microsoft.Network/publicIPAddresses", "", How::Removed, kDangling},
      {"Microsoft.Resources/deployments", "/value", How::Removed, kRequired},
      {"Microsoft.Insights/actionGroups", "/groupShortName", How::Removed, kRequired},
      {"Microsoft.Insights/actionGroups", "/emailReceivers/name", How::Removed, kRequired},
      {"Microsoft.Compute/virtualMachineScaleSets", "/ipConfigurations", How::Removed, kIpv4First},
      {"Microsoft.Compute/virtualMachineScaleSets", "/privateIPAddressVersion", How::Either, kIpv4First},
      {"Microsoft.Network/networkSecurityGroups", "/priority", How::Changed,
       "the provider refuses priorities above 4096, and below it the rule stays the last of its own"},
      {"Microsoft.Network/networkSecurityGroups", "/sourcePortRange", How::Changed,
       "of a denial that keeps out only those who are not there"},
  };
  return all;
}

/// "/Resources/A/Properties/B/0/C" is "/B/C".
std::string field(std::string_view path) {
  std::string out;
  std::size_t level = 0;
  for (std::size_t at = 0; at < path.size(); ++level) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string_view part = path.substr(at, end - at);
    const bool number = part.size() > 1 && part[1] >= '0' && part[1] <= '9';
    if (level >= 3 && !number) out += part;
    at = end;
  }
  return out;
}

}  // namespace

std::string_view reason(const Mutant& mutant) {
  const std::string name = field(mutant.path);
  for (const Reason& each : reasons()) {
    const bool end = each.end.empty() ? name.empty() : name.ends_with(each.end);
    const bool how = each.how == How::Either || (each.how == How::Removed) == mutant.removed;
    if (mutant.type == each.type && end && how) return each.text;
  }
  return {};
}

}  // namespace crenel::mutation
