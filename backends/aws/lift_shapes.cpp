#include "backends/aws/lift_shapes.h"

#include <algorithm>
#include <map>
#include <string>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using Shapes = std::map<std::string_view, Shape>;

Shapes network_shapes() {
  Shapes out;
  out[kVpc.name] = {"VPC",
                    {"CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength"},
                    {"EnableDnsHostnames", "EnableDnsSupport", "InstanceTenancy", "Tags"}};
  out[kVpcBlock] = {"VPC block",
                    {"AmazonProvidedIpv6CidrBlock", "CidrBlock", "Ipv6CidrBlock", "VpcId"},
                    {"Ipv6CidrBlockNetworkBorderGroup", "Ipv6Pool"}};
  out[kSubnet.name] = {"subnet",
                       {"AssignIpv6AddressOnCreation", "CidrBlock", "Ipv6CidrBlock", "MapPublicIpOnLaunch", "VpcId"},
                       {"AvailabilityZone", "AvailabilityZoneId", "PrivateDnsNameOptionsOnLaunch", "Tags"}};
  out[kSubnetBlock] = {"subnet block", {"Ipv6CidrBlock", "SubnetId"}, {}};
  out[kRouteTable.name] = {"route table", {"VpcId"}, {"Tags"}};
  out[kRouteTableAssociation.name] = {"route table association", {"RouteTableId", "SubnetId"}, {}};
  out[kRoute.name] = {
      "route",
      {"DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId", "EgressOnlyInternetGatewayId",
       "GatewayId", "InstanceId", "NatGatewayId", "NetworkInterfaceId", "RouteTableId", "VpcPeeringConnectionId",
       "TransitGatewayId", "VpcEndpointId", "CarrierGatewayId", "CoreNetworkArn", "LocalGatewayId"},
      {}};
  out[kInternetGateway.name] = {"Internet gateway", {}, {"Tags"}};
  out[kGatewayAttachment.name] = {"gateway attachment", {"InternetGatewayId", "VpcId", "VpnGatewayId"}, {}};
  out[kEgressOnlyGateway] = {"egress-only gateway", {"VpcId"}, {"Tags"}};
  out[kNatGateway.name] = {"NAT gateway",
                           {"AllocationId", "ConnectivityType", "SubnetId"},
                           {"MaxDrainDurationSeconds", "PrivateIpAddress", "SecondaryAllocationIds",
                            "SecondaryPrivateIpAddressCount", "SecondaryPrivateIpAddresses", "Tags"}};
  out[kElasticAddress.name] = {
      "Elastic IP address",
      {"InstanceId"},
      {"Address", "Domain", "IpamPoolId", "NetworkBorderGroup", "PublicIpv4Pool", "Tags", "TransferAddress"}};
  out[kAddressAssociation] = {
      "address association", {"AllocationId", "EIP", "InstanceId", "NetworkInterfaceId"}, {"PrivateIpAddress"}};
  out[kVpnGateway.name] = {"VPN gateway", {}, {"AmazonSideAsn", "Tags", "Type"}};
  out[kCustomerGateway.name] = {
      "customer gateway",
      {},
      {"BgpAsn", "BgpAsnExtended", "CertificateArn", "DeviceName", "IpAddress", "Tags", "Type"}};
  // The blocks that a connection's two ends propose to each other narrow nothing for a route-based gateway.
  out[kVpnConnection.name] = {"VPN connection",
                              {"StaticRoutesOnly", "TransitGatewayId", "VpnGatewayId"},
                              {"CustomerGatewayId", "EnableAcceleration", "LocalIpv4NetworkCidr",
                               "OutsideIpAddressType", "PreSharedKeyStorage", "RemoteIpv4NetworkCidr", "Tags",
                               "TunnelBandwidth", "TunnelInsideIpVersion", "Type", "VpnTunnelOptionsSpecifications"}};
  out[kVpnConnectionRoute.name] = {"VPN connection route", {"DestinationCidrBlock", "VpnConnectionId"}, {}};
  out[kDirectAssociation.name] = {"Direct Connect association", {"AssociatedGatewayId"}, {"DirectConnectGatewayId"}};
  out[kRoutePropagation.name] = {"route propagation", {"RouteTableIds", "VpnGatewayId"}, {}};
  out[kNetworkAcl.name] = {"network ACL", {"VpcId"}, {"Tags"}};
  out[kNetworkAclEntry.name] = {"network ACL entry",
                                {"CidrBlock", "Egress", "Icmp", "Ipv6CidrBlock", "NetworkAclId", "PortRange",
                                 "Protocol", "RuleAction", "RuleNumber"},
                                {}};
  out[kNetworkAclAssociation.name] = {"network ACL association", {"NetworkAclId", "SubnetId"}, {}};
  out[kPeering] = {"peering connection",
                   {"PeerVpcId", "VpcId"},
                   {"AssumeRoleRegion", "PeerOwnerId", "PeerRegion", "PeerRoleArn", "Tags"}};
  out[kTransitGateway.name] = {
      "transit gateway",
      {"DefaultRouteTableAssociation"},
      {"AmazonSideAsn", "AssociationDefaultRouteTableId", "AutoAcceptSharedAttachments", "DefaultRouteTablePropagation",
       "Description", "DnsSupport", "EncryptionSupport", "MulticastSupport", "PropagationDefaultRouteTableId",
       "SecurityGroupReferencingSupport", "Tags", "TransitGatewayCidrBlocks", "VpnEcmpSupport"}};
  out[kTransitAttachment.name] = {
      "transit gateway attachment", {"SubnetIds", "TransitGatewayId", "VpcId"}, {"Options", "Tags"}};
  out[kTransitTable.name] = {"transit gateway route table", {"TransitGatewayId"}, {"Tags"}};
  out[kTransitAssociation.name] = {
      "transit gateway association", {"TransitGatewayAttachmentId", "TransitGatewayRouteTableId"}, {}};
  out[kTransitRoute.name] = {
      "transit gateway route",
      {"Blackhole", "DestinationCidrBlock", "TransitGatewayAttachmentId", "TransitGatewayRouteTableId"},
      {}};
  out[kEndpoint] = {
      "VPC endpoint",
      {"IpAddressType", "RouteTableIds", "SecurityGroupIds", "ServiceName", "SubnetIds", "VpcEndpointType", "VpcId"},
      {"DnsOptions", "PolicyDocument", "PrivateDnsEnabled", "ServiceRegion", "Tags"}};
  out[kEndpointService.name] = {
      "endpoint service",
      {"AcceptanceRequired", "GatewayLoadBalancerArns", "NetworkLoadBalancerArns"},
      {"ContributorInsightsEnabled", "PayerResponsibility", "SupportedIpAddressTypes", "SupportedRegions", "Tags"}};
  out[kEndpointPermissions.name] = {"permissions of an endpoint service", {"AllowedPrincipals", "ServiceId"}, {}};
  out[kPublicAccessOptions] = {"mode of VPC Block Public Access", {"InternetGatewayBlockMode"}, {}};
  out[kPublicAccessExclusion] = {
      "exclusion from VPC Block Public Access", {"InternetGatewayExclusionMode", "SubnetId", "VpcId"}, {"Tags"}};
  out[kPrefixList] = {"prefix list", {"Entries"}, {"AddressFamily", "MaxEntries", "PrefixListName", "Tags"}};
  return out;
}

std::vector<std::string_view> joined(std::vector<std::string_view> a, const std::vector<std::string_view>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Shapes host_shapes() {
  Shapes out;
  out[kSecurityGroup.name] = {"security group",
                              {"GroupName", "SecurityGroupEgress", "SecurityGroupIngress", "VpcId"},
                              {"GroupDescription", "Tags"}};
  out[kSecurityGroupIngress.name] = {
      "security group rule", joined(ingress_rule_shape().read, {"GroupId", "GroupName"}), {"Description"}};
  out[kSecurityGroupEgress.name] = {
      "security group rule", joined(egress_rule_shape().read, {"GroupId"}), {"Description"}};
  out[kLaunchTemplate.name] = {
      "launch template", {"LaunchTemplateData", "LaunchTemplateName"}, {"TagSpecifications", "VersionDescription"}};
  out[kLaunchConfiguration] = {
      "launch configuration",
      {"AssociatePublicIpAddress", "LaunchConfigurationName", "SecurityGroups"},
      {"BlockDeviceMappings", "EbsOptimized", "IamInstanceProfile", "ImageId", "InstanceMonitoring", "InstanceType",
       "KernelId", "KeyName", "MetadataOptions", "PlacementTenancy", "RamDiskId", "SpotPrice", "UserData"}};
  out[kAutoScalingGroup.name] = {"Auto Scaling group",
                                 {"LaunchConfigurationName", "LaunchTemplate", "LoadBalancerNames", "MaxSize",
                                  "MinSize", "MixedInstancesPolicy", "TargetGroupARNs", "VPCZoneIdentifier"},
                                 {"AutoScalingGroupName",
                                  "AvailabilityZoneDistribution",
                                  "AvailabilityZoneIds",
                                  "AvailabilityZoneImpairmentPolicy",
                                  "AvailabilityZones",
                                  "CapacityRebalance",
                                  "CapacityReservationSpecification",
                                  "Context",
                                  "Cooldown",
                                  "DefaultInstanceWarmup",
                                  "DeletionProtection",
                                  "DesiredCapacity",
                                  "DesiredCapacityType",
                                  "HealthCheckGracePeriod",
                                  "HealthCheckType",
                                  "InstanceLifecyclePolicy",
                                  "InstanceMaintenancePolicy",
                                  "LifecycleHookSpecificationList",
                                  "MaxInstanceLifetime",
                                  "MetricsCollection",
                                  "NewInstancesProtectedFromScaleIn",
                                  "NotificationConfiguration",
                                  "NotificationConfigurations",
                                  "PlacementGroup",
                                  "ServiceLinkedRoleARN",
                                  "SkipZonalShiftValidation",
                                  "Tags",
                                  "TerminationPolicies"}};
  out[kInstance] = {"instance",
                    {"Ipv6AddressCount", "Ipv6Addresses", "LaunchTemplate", "NetworkInterfaces", "PrivateIpAddress",
                     "SecurityGroupIds", "SecurityGroups", "SourceDestCheck", "SubnetId"},
                    {"AdditionalInfo",
                     "Affinity",
                     "AvailabilityZone",
                     "BlockDeviceMappings",
                     "CpuOptions",
                     "CreditSpecification",
                     "DisableApiTermination",
                     "EbsOptimized",
                     "ElasticGpuSpecifications",
                     "ElasticInferenceAccelerators",
                     "EnclaveOptions",
                     "HibernationOptions",
                     "HostId",
                     "HostResourceGroupArn",
                     "IamInstanceProfile",
                     "ImageId",
                     "InstanceInitiatedShutdownBehavior",
                     "InstanceType",
                     "KernelId",
                     "KeyName",
                     "LicenseSpecifications",
                     "MetadataOptions",
                     "Monitoring",
                     "PlacementGroupName",
                     "PrivateDnsNameOptions",
                     "PropagateTagsToVolumeOnCreation",
                     "RamdiskId",
                     "SsmAssociations",
                     "Tags",
                     "Tenancy",
                     "UserData",
                     "Volumes"}};
  out[kNetworkInterface] = {
      "network interface",
      {"GroupSet", "Ipv6AddressCount", "Ipv6Addresses", "PrivateIpAddress", "SourceDestCheck", "SubnetId"},
      {"ConnectionTrackingSpecification", "Description", "InterfaceType", "SecondaryPrivateIpAddressCount", "Tags",
       "PublicIpDnsHostnameTypeSpecification"}};
  out[kInterfaceAttachment] = {"interface attachment",
                               {},
                               {"DeleteOnTermination", "DeviceIndex", "EnaQueueCount", "EnaSrdSpecification",
                                "InstanceId", "NetworkInterfaceId"}};
  return out;
}

Shapes balancer_shapes() {
  Shapes out;
  out[kLoadBalancer.name] = {"load balancer",
                             {"IpAddressType", "Scheme", "SecurityGroups", "SubnetMappings", "Subnets", "Type"},
                             // Only an endpoint service lets PrivateLink in, and that is not read.
                             {"EnableCapacityReservationProvisionStabilize", "EnablePrefixForIpv6SourceNat",
                              "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "LoadBalancerAttributes",
                              "MinimumLoadBalancerCapacity", "Name", "Tags"}};
  // Which zones are served where no subnet is given is those of the default VPC, of which nothing is known anyway.
  out[kClassicBalancer] = {
      "load balancer",
      {"HealthCheck", "Instances", "Listeners", "LoadBalancerName", "Scheme", "SecurityGroups", "Subnets"},
      {"AccessLoggingPolicy", "AppCookieStickinessPolicy", "AvailabilityZones", "ConnectionDrainingPolicy",
       "ConnectionSettings", "CrossZone", "LBCookieStickinessPolicy", "Policies", "Tags"}};
  out[kListener.name] = {"listener",
                         {"DefaultActions", "LoadBalancerArn", "Port", "Protocol"},
                         {"AlpnPolicy", "Certificates", "ListenerAttributes", "MutualAuthentication", "SslPolicy"}};
  out[kListenerRule] = {"listener rule", {"Actions", "Conditions", "ListenerArn"}, {"Priority", "Transforms"}};
  out[kTargetGroup.name] = {
      "target group",
      {"HealthCheckEnabled", "HealthCheckPort", "IpAddressType", "Port", "Protocol", "TargetGroupAttributes",
       "TargetType", "Targets"},
      {"HealthCheckIntervalSeconds", "HealthCheckPath", "HealthCheckProtocol", "HealthCheckTimeoutSeconds",
       "HealthyThresholdCount", "Matcher", "Name", "ProtocolVersion", "Tags", "UnhealthyThresholdCount", "VpcId"}};
  return out;
}

}  // namespace

const std::map<std::string_view, Shape>& resource_shapes() {
  static const Shapes all = [] {
    Shapes out = network_shapes();
    out.merge(host_shapes());
    out.merge(balancer_shapes());
    out.merge(data_shapes());
    return out;
  }();
  return all;
}

namespace {

bool holds(const std::vector<std::string_view>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

const Shape& ingress_rule_shape() {
  static const Shape shape{"security group rule",
                           {"CidrIp", "CidrIpv6", "FromPort", "IpProtocol", "SourcePrefixListId",
                            "SourceSecurityGroupId", "SourceSecurityGroupName", "SourceSecurityGroupOwnerId", "ToPort"},
                           {"Description"}};
  return shape;
}

const Shape& egress_rule_shape() {
  static const Shape shape{"security group rule",
                           {"CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId", "FromPort",
                            "IpProtocol", "ToPort"},
                           {"Description"}};
  return shape;
}

const Shape& launch_data_shape() {
  static const Shape shape{"launch template data",
                           {"NetworkInterfaces", "SecurityGroupIds", "SecurityGroups"},
                           {"BlockDeviceMappings",
                            "CapacityReservationSpecification",
                            "CpuOptions",
                            "CreditSpecification",
                            "DisableApiStop",
                            "DisableApiTermination",
                            "EbsOptimized",
                            "EnclaveOptions",
                            "HibernationOptions",
                            "IamInstanceProfile",
                            "ImageId",
                            "InstanceInitiatedShutdownBehavior",
                            "InstanceMarketOptions",
                            "InstanceRequirements",
                            "InstanceType",
                            "KernelId",
                            "KeyName",
                            "LicenseSpecifications",
                            "MaintenanceOptions",
                            "MetadataOptions",
                            "Monitoring",
                            "Placement",
                            "PrivateDnsNameOptions",
                            "RamDiskId",
                            "TagSpecifications",
                            "UserData"}};
  return shape;
}

const Shape& launch_interface_shape() {
  static const Shape shape{
      "interface of a launch template",
      {"AssociatePublicIpAddress", "Groups", "Ipv6AddressCount", "Ipv6Addresses", "NetworkInterfaceId", "PrimaryIpv6",
       "PrivateIpAddress", "SubnetId"},
      {"ConnectionTrackingSpecification", "DeleteOnTermination", "Description", "DeviceIndex", "EnaQueueCount",
       "EnaSrdSpecification", "InterfaceType", "NetworkCardIndex", "SecondaryPrivateIpAddressCount"}};
  return shape;
}

const Shape& instance_interface_shape() {
  static const Shape shape{
      "interface of an instance",
      {"AssociatePublicIpAddress", "GroupSet", "Ipv6AddressCount", "Ipv6Addresses", "NetworkInterfaceId",
       "PrivateIpAddress", "SubnetId"},
      {"DeleteOnTermination", "Description", "DeviceIndex", "EnaSrdSpecification", "SecondaryPrivateIpAddressCount"}};
  return shape;
}

const Shape& action_shape() {
  static const Shape shape{"action of a listener",
                           {"ForwardConfig", "TargetGroupArn", "Type"},
                           {"AuthenticateCognitoConfig", "AuthenticateOidcConfig", "FixedResponseConfig",
                            "JwtValidationConfig", "Order", "RedirectConfig"}};
  return shape;
}

const Shape& classic_listener_shape() {
  static const Shape shape{"listener",
                           {"InstancePort", "LoadBalancerPort"},
                           {"InstanceProtocol", "PolicyNames", "Protocol", "SSLCertificateId"}};
  return shape;
}

void check_shape(const Value& object, const Shape& shape, Reading& reading) {
  const auto* members = object.as<Object>();
  if (members == nullptr) {
    if (object.absent()) return;
    reading.unknown(object.place,
                    "this is not read as the description of a " + std::string(shape.name) + ": " + words(object));
    return;
  }
  for (const Member& member : members->members) {
    if (holds(shape.read, member.name) || holds(shape.irrelevant, member.name)) continue;
    reading.unknown(member.value.place, "`" + member.name + "` (" + std::string(shape.name) +
                                            ") is not read: what it changes is not known");
  }
}

void check_properties(Reading& reading) {
  for (const Item& item : reading.items()) {
    const auto found = resource_shapes().find(item.resource->type);
    if (found != resource_shapes().end()) check_shape(item.properties, found->second, reading);
  }
}

}  // namespace crenel::aws::reading
