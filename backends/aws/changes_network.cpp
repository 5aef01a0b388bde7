#include "backends/aws/changes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws {
namespace {

std::vector<Change> blocks_and_routes() {
  return {
      {kVpc.name,
       {"CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength"},
       kEc2,
       {"CreateVpc", "DeleteVpc", "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"}},
      {reading::kVpcBlock,
       {"AmazonProvidedIpv6CidrBlock", "CidrBlock", "Ipv6CidrBlock", "VpcId"},
       kEc2,
       {"AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"}},
      {kSubnet.name, {"CidrBlock", "VpcId"}, kEc2, {"CreateSubnet", "DeleteSubnet"}},
      {kSubnet.name,
       {"AssignIpv6AddressOnCreation", "Ipv6CidrBlock", "MapPublicIpOnLaunch"},
       kEc2,
       {"ModifySubnetAttribute", "AssociateSubnetCidrBlock", "DisassociateSubnetCidrBlock"}},
      {reading::kSubnetBlock,
       {"Ipv6CidrBlock", "SubnetId"},
       kEc2,
       {"AssociateSubnetCidrBlock", "DisassociateSubnetCidrBlock"}},
      {kRouteTable.name, {"VpcId"}, kEc2, {"CreateRouteTable", "DeleteRouteTable"}},
      {kRouteTableAssociation.name,
       {"RouteTableId", "SubnetId"},
       kEc2,
       {"AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"}},
      {kRoute.name,
       {"DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId", "EgressOnlyInternetGatewayId",
        "GatewayId", "InstanceId", "NatGatewayId", "NetworkInterfaceId", "RouteTableId", "VpcPeeringConnectionId",
        "TransitGatewayId", "VpcEndpointId", "CarrierGatewayId", "CoreNetworkArn", "LocalGatewayId"},
       kEc2,
       {"CreateRoute", "DeleteRoute", "ReplaceRoute"}},
      {reading::kPrefixList,
       {"Entries"},
       kEc2,
       {"CreateManagedPrefixList", "DeleteManagedPrefixList", "ModifyManagedPrefixList",
        "RestoreManagedPrefixListVersion"}},
  };
}

std::vector<Change> doors() {
  return {
      {kGatewayAttachment.name,
       {"InternetGatewayId", "VpcId", "VpnGatewayId"},
       kEc2,
       {"AttachInternetGateway", "AttachVpnGateway", "DetachInternetGateway", "DetachVpnGateway"}},
      {kInternetGateway.name, {}, kEc2, {"CreateInternetGateway", "DeleteInternetGateway"}},
      {reading::kEgressOnlyGateway,
       {"VpcId"},
       kEc2,
       {"CreateEgressOnlyInternetGateway", "DeleteEgressOnlyInternetGateway"}},
      {kNatGateway.name,
       {"AllocationId", "ConnectivityType", "SubnetId"},
       kEc2,
       {"AssociateNatGatewayAddress", "CreateNatGateway", "DeleteNatGateway", "DisassociateNatGatewayAddress"}},
      {kElasticAddress.name, {"InstanceId"}, kEc2, {"AllocateAddress", "ReleaseAddress"}},
      {kAddressAssociation.name,
       {"AllocationId", "EIP", "InstanceId", "NetworkInterfaceId"},
       kEc2,
       {"AssociateAddress", "DisassociateAddress"}},
      {kVpnGateway.name, {}, kEc2, {"CreateVpnGateway", "DeleteVpnGateway"}},
      {kCustomerGateway.name, {}, kEc2, {"CreateCustomerGateway", "DeleteCustomerGateway"}},
      {kVpnConnection.name,
       {"StaticRoutesOnly", "TransitGatewayId", "VpnGatewayId"},
       kEc2,
       {"CreateVpnConnection", "DeleteVpnConnection", "ModifyVpnConnection", "ModifyVpnConnectionOptions",
        "ModifyVpnTunnelCertificate", "ModifyVpnTunnelOptions"}},
      {kVpnConnectionRoute.name,
       {"DestinationCidrBlock", "VpnConnectionId"},
       kEc2,
       {"CreateVpnConnectionRoute", "DeleteVpnConnectionRoute"}},
      {kRoutePropagation.name,
       {"RouteTableIds", "VpnGatewayId"},
       kEc2,
       {"DisableVgwRoutePropagation", "EnableVgwRoutePropagation"}},
      {kDirectAssociation.name,
       {"AssociatedGatewayId"},
       "directconnect",
       {"AcceptDirectConnectGatewayAssociationProposal", "CreateDirectConnectGatewayAssociation",
        "DeleteDirectConnectGatewayAssociation", "UpdateDirectConnectGatewayAssociation"}},
      {kPeering.name,
       {"PeerVpcId", "VpcId"},
       kEc2,
       {"AcceptVpcPeeringConnection", "CreateVpcPeeringConnection", "DeleteVpcPeeringConnection",
        "ModifyVpcPeeringConnectionOptions"}},
      {kVpcEndpoint.name,
       {"IpAddressType", "RouteTableIds", "SecurityGroupIds", "ServiceName", "SubnetIds", "VpcEndpointType", "VpcId",
        "PolicyDocument"},
       kEc2,
       {"CreateVpcEndpoint", "DeleteVpcEndpoints", "ModifyVpcEndpoint"}},
      {kEndpointService.name,
       {"AcceptanceRequired", "GatewayLoadBalancerArns", "NetworkLoadBalancerArns"},
       kEc2,
       {"CreateVpcEndpointServiceConfiguration", "DeleteVpcEndpointServiceConfigurations",
        "ModifyVpcEndpointServiceConfiguration", "RejectVpcEndpointConnections"}},
  };
}

std::vector<Change> transits() {
  return {
      {kTransitGateway.name,
       {"DefaultRouteTableAssociation"},
       kEc2,
       {"CreateTransitGateway", "DeleteTransitGateway", "ModifyTransitGateway"}},
      {kTransitAttachment.name,
       {"SubnetIds", "TransitGatewayId", "VpcId"},
       kEc2,
       {"AcceptTransitGatewayPeeringAttachment", "AcceptTransitGatewayVpcAttachment",
        "CreateTransitGatewayPeeringAttachment", "CreateTransitGatewayVpcAttachment",
        "DeleteTransitGatewayVpcAttachment", "ModifyTransitGatewayVpcAttachment"}},
      {kTransitTable.name,
       {"TransitGatewayId"},
       kEc2,
       {"CreateTransitGatewayRouteTable", "DeleteTransitGatewayRouteTable"}},
      {kTransitAssociation.name,
       {"TransitGatewayAttachmentId", "TransitGatewayRouteTableId"},
       kEc2,
       {"AssociateTransitGatewayRouteTable", "DisassociateTransitGatewayRouteTable"}},
      {kTransitRoute.name,
       {"Blackhole", "DestinationCidrBlock", "TransitGatewayAttachmentId", "TransitGatewayRouteTableId"},
       kEc2,
       {"CreateTransitGatewayPrefixListReference", "CreateTransitGatewayRoute",
        "DeleteTransitGatewayPrefixListReference", "DeleteTransitGatewayRoute",
        "DisableTransitGatewayRouteTablePropagation", "EnableTransitGatewayRouteTablePropagation",
        "ModifyTransitGatewayPrefixListReference", "ReplaceTransitGatewayRoute"}},
  };
}

std::vector<Change> rules() {
  return {
      {kSecurityGroup.name,
       {"GroupName", "SecurityGroupEgress", "SecurityGroupIngress", "VpcId"},
       kEc2,
       {"AssociateSecurityGroupVpc", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress",
        "CreateSecurityGroup", "DeleteSecurityGroup", "DisassociateSecurityGroupVpc", "ModifySecurityGroupRules",
        "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress"}},
      {kSecurityGroupIngress.name,
       {"CidrIp", "CidrIpv6", "FromPort", "IpProtocol", "SourcePrefixListId", "SourceSecurityGroupId",
        "SourceSecurityGroupName", "SourceSecurityGroupOwnerId", "ToPort", "GroupId", "GroupName"},
       kEc2,
       {"AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "RevokeSecurityGroupIngress"}},
      {kSecurityGroupEgress.name,
       {"CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId", "FromPort", "IpProtocol",
        "ToPort", "GroupId"},
       kEc2,
       {"AuthorizeSecurityGroupEgress", "ModifySecurityGroupRules", "RevokeSecurityGroupEgress"}},
      {kNetworkAcl.name, {"VpcId"}, kEc2, {"CreateNetworkAcl", "DeleteNetworkAcl"}},
      {kNetworkAclEntry.name,
       {"CidrBlock", "Egress", "Icmp", "Ipv6CidrBlock", "NetworkAclId", "PortRange", "Protocol", "RuleAction",
        "RuleNumber"},
       kEc2,
       {"CreateNetworkAclEntry", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry"}},
      {kNetworkAclAssociation.name, {"NetworkAclId", "SubnetId"}, kEc2, {"ReplaceNetworkAclAssociation"}},
      {reading::kPublicAccessOptions, {}, kEc2, {"ModifyVpcBlockPublicAccessOptions"}},
      {reading::kPublicAccessExclusion,
       {},
       kEc2,
       {"CreateVpcBlockPublicAccessExclusion", "DeleteVpcBlockPublicAccessExclusion",
        "ModifyVpcBlockPublicAccessExclusion"}},
      {kFlowLog.name,
       {"DeliverLogsPermissionArn", "LogDestination", "LogDestinationType", "LogFormat", "ResourceId", "TrafficType"},
       kEc2,
       {"CreateFlowLogs", "DeleteFlowLogs"}},
  };
}

}  // namespace

std::vector<Change> network_changes() {
  std::vector<Change> out = blocks_and_routes();
  for (const auto& part : {doors(), transits(), rules()}) out.insert(out.end(), part.begin(), part.end());
  return out;
}

}  // namespace crenel::aws
