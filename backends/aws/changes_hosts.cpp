#include "backends/aws/changes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws {
namespace {

constexpr std::string_view kScaling = "autoscaling";
constexpr std::string_view kBalancing = "elasticloadbalancing";
constexpr std::string_view kDatabases = "rds";

std::vector<Change> instances() {
  return {
      {kLaunchTemplate.name,
       {"LaunchTemplateData", "LaunchTemplateName"},
       kEc2,
       {"CreateLaunchTemplate", "CreateLaunchTemplateVersion", "DeleteLaunchTemplate", "DeleteLaunchTemplateVersions",
        "ModifyLaunchTemplate"}},
      {reading::kLaunchConfiguration,
       {"AssociatePublicIpAddress", "LaunchConfigurationName", "SecurityGroups"},
       kScaling,
       {"CreateLaunchConfiguration", "DeleteLaunchConfiguration"}},
      {kAutoScalingGroup.name,
       {"LaunchConfigurationName", "LaunchTemplate", "LoadBalancerNames", "MaxSize", "MinSize", "MixedInstancesPolicy",
        "TargetGroupARNs", "VPCZoneIdentifier"},
       kScaling,
       {"AttachInstances", "AttachLoadBalancerTargetGroups", "AttachLoadBalancers", "AttachTrafficSources",
        "CreateAutoScalingGroup", "DeleteAutoScalingGroup", "DetachInstances", "DetachLoadBalancerTargetGroups",
        "DetachLoadBalancers", "DetachTrafficSources", "UpdateAutoScalingGroup"}},
      {kInstance.name,
       {"Ipv6AddressCount", "Ipv6Addresses", "LaunchTemplate", "NetworkInterfaces", "PrivateIpAddress",
        "SecurityGroupIds", "SecurityGroups", "SourceDestCheck", "SubnetId"},
       kEc2,
       {"ModifyInstanceAttribute", "ResetInstanceAttribute", "RunInstances", "TerminateInstances"}},
      {kNetworkInterface.name,
       {"GroupSet", "Ipv6AddressCount", "Ipv6Addresses", "PrivateIpAddress", "SourceDestCheck", "SubnetId"},
       kEc2,
       {"AssignIpv6Addresses", "AssignPrivateIpAddresses", "CreateNetworkInterface", "DeleteNetworkInterface",
        "ModifyNetworkInterfaceAttribute", "ResetNetworkInterfaceAttribute", "UnassignIpv6Addresses",
        "UnassignPrivateIpAddresses"}},
      {reading::kInterfaceAttachment, {}, kEc2, {"AttachNetworkInterface", "DetachNetworkInterface"}},
  };
}

std::vector<Change> balancers() {
  return {
      {kLoadBalancer.name,
       {"IpAddressType", "Scheme", "SecurityGroups", "SubnetMappings", "Subnets", "Type"},
       kBalancing,
       {"CreateLoadBalancer", "DeleteLoadBalancer", "ModifyLoadBalancerAttributes", "SetIpAddressType",
        "SetSecurityGroups", "SetSubnets"}},
      {reading::kClassicBalancer,
       {"HealthCheck", "Instances", "Listeners", "LoadBalancerName", "Scheme", "SecurityGroups", "Subnets"},
       kBalancing,
       {"ApplySecurityGroupsToLoadBalancer", "AttachLoadBalancerToSubnets", "ConfigureHealthCheck",
        "CreateLoadBalancer", "CreateLoadBalancerListeners", "DeleteLoadBalancer", "DeleteLoadBalancerListeners",
        "DeregisterInstancesFromLoadBalancer", "DetachLoadBalancerFromSubnets", "RegisterInstancesWithLoadBalancer"}},
      {kListener.name,
       {"DefaultActions", "LoadBalancerArn", "Port", "Protocol"},
       kBalancing,
       {"CreateListener", "DeleteListener", "ModifyListener"}},
      {reading::kListenerRule,
       {"Actions", "Conditions", "ListenerArn"},
       kBalancing,
       {"CreateRule", "DeleteRule", "ModifyRule", "SetRulePriorities"}},
      {kTargetGroup.name,
       {"HealthCheckEnabled", "HealthCheckPort", "IpAddressType", "Port", "Protocol", "TargetGroupAttributes",
        "TargetType", "Targets"},
       kBalancing,
       {"CreateTargetGroup", "DeleteTargetGroup", "DeregisterTargets", "ModifyTargetGroup",
        "ModifyTargetGroupAttributes", "RegisterTargets"}},
  };
}

std::vector<Change> databases() {
  return {
      {kDatabaseInstance.name,
       {"VPCSecurityGroups", "DBSubnetGroupName", "PubliclyAccessible", "DBParameterGroupName", "StorageEncrypted",
        "Engine", "Port"},
       kDatabases,
       {"CreateDBInstance", "CreateDBInstanceReadReplica", "DeleteDBInstance", "ModifyDBInstance",
        "RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime"}},
      {kDatabaseSubnets.name,
       {"SubnetIds"},
       kDatabases,
       {"CreateDBSubnetGroup", "DeleteDBSubnetGroup", "ModifyDBSubnetGroup"}},
      {kDatabaseParameters.name,
       {"Parameters"},
       kDatabases,
       {"CreateDBParameterGroup", "DeleteDBParameterGroup", "ModifyDBParameterGroup", "ResetDBParameterGroup"}},
  };
}

}  // namespace

std::vector<Change> host_changes() {
  std::vector<Change> out = instances();
  for (const auto& part : {balancers(), databases()}) out.insert(out.end(), part.begin(), part.end());
  return out;
}

}  // namespace crenel::aws
