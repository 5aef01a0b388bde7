#include "backends/aws/lift_service_types.h"

#include <algorithm>
#include <array>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::PublicAddress;

constexpr std::string_view kDatabaseCluster = "AWS::RDS::DBCluster";
constexpr std::string_view kDocumentCluster = "AWS::DocDB::DBCluster";
constexpr std::string_view kGraphCluster = "AWS::Neptune::DBCluster";

std::vector<ServiceType> make_types() {
  std::vector<ServiceType> out;
  const auto listed = [&](std::string_view type, std::string_view subnets, std::string_view groups) -> ServiceType& {
    ServiceType one;
    one.type = type;
    one.subnets = subnets;
    one.groups = groups;
    out.push_back(one);
    return out.back();
  };
  const auto grouped = [&](std::string_view type, std::string_view property, std::string_view group_type,
                           std::string_view groups) -> ServiceType& {
    ServiceType& one = listed(type, "", groups);
    one.subnet_group = property;
    one.subnet_group_type = group_type;
    return one;
  };
  const auto in_cluster = [](ServiceType& one, std::string_view type) {
    one.cluster = "DBClusterIdentifier";
    one.cluster_type = type;
  };
  const auto perhaps_public = [](ServiceType& one, std::string_view path, PublicAddress without) {
    one.public_address = path;
    one.without = without;
  };

  listed("AWS::Lambda::Function", "VpcConfig.SubnetIds", "VpcConfig.SecurityGroupIds").only_with = "VpcConfig";
  listed("AWS::CodeBuild::Project", "VpcConfig.Subnets", "VpcConfig.SecurityGroupIds").only_with = "VpcConfig";
  for (const std::string_view type : {"AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"}) {
    listed(type, "VPCOptions.SubnetIds", "VPCOptions.SecurityGroupIds").only_with = "VPCOptions";
  }
  ServiceType& tasks = listed(kTasks, "NetworkConfiguration.AwsvpcConfiguration.Subnets",
                              "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups");
  tasks.only_with = "NetworkConfiguration";
  perhaps_public(tasks, "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", PublicAddress::Unknown);
  listed("AWS::EFS::MountTarget", "SubnetId", "SecurityGroups");
  listed("AWS::FSx::FileSystem", "SubnetIds", "SecurityGroupIds");
  listed("AWS::MSK::Cluster", "BrokerNodeGroupInfo.ClientSubnets", "BrokerNodeGroupInfo.SecurityGroups");
  listed("AWS::RDS::DBProxy", "VpcSubnetIds", "VpcSecurityGroupIds");
  listed("AWS::ElastiCache::ServerlessCache", "SubnetIds", "SecurityGroupIds");
  perhaps_public(listed("AWS::AmazonMQ::Broker", "SubnetIds", "SecurityGroups"), "PubliclyAccessible",
                 PublicAddress::Unknown);

  // Whether it is public where the property is not given depends on the VPC (resource type DBInstance).
  ServiceType& database =
      grouped(kDatabaseInstance.name, "DBSubnetGroupName", kDatabaseSubnets.name, "VPCSecurityGroups");
  perhaps_public(database, "PubliclyAccessible", PublicAddress::Unknown);
  in_cluster(database, kDatabaseCluster);
  perhaps_public(grouped(kDatabaseCluster, "DBSubnetGroupName", "AWS::RDS::DBSubnetGroup", "VpcSecurityGroupIds"),
                 "PubliclyAccessible", PublicAddress::Unknown);
  grouped(kDocumentCluster, "DBSubnetGroupName", "AWS::DocDB::DBSubnetGroup", "VpcSecurityGroupIds");
  in_cluster(listed("AWS::DocDB::DBInstance", "", ""), kDocumentCluster);
  grouped(kGraphCluster, "DBSubnetGroupName", "AWS::Neptune::DBSubnetGroup", "VpcSecurityGroupIds");
  in_cluster(listed("AWS::Neptune::DBInstance", "", ""), kGraphCluster);
  grouped("AWS::ElastiCache::ReplicationGroup", "CacheSubnetGroupName", "AWS::ElastiCache::SubnetGroup",
          "SecurityGroupIds");
  grouped("AWS::ElastiCache::CacheCluster", "CacheSubnetGroupName", "AWS::ElastiCache::SubnetGroup",
          "VpcSecurityGroupIds");
  grouped("AWS::DAX::Cluster", "SubnetGroupName", "AWS::DAX::SubnetGroup", "SecurityGroupIds");
  perhaps_public(grouped("AWS::Redshift::Cluster", "ClusterSubnetGroupName", "AWS::Redshift::ClusterSubnetGroup",
                         "VpcSecurityGroupIds"),
                 "PubliclyAccessible", PublicAddress::Unknown);
  perhaps_public(grouped("AWS::DMS::ReplicationInstance", "ReplicationSubnetGroupIdentifier",
                         "AWS::DMS::ReplicationSubnetGroup", "VpcSecurityGroupIds"),
                 "PubliclyAccessible", PublicAddress::Unknown);
  return out;
}

/// Properties that sound of networks and change nothing about packets to and from the interfaces: how clients speak
/// to the service, names, what watches it.
constexpr std::array<std::string_view, 7> kHarmlessProperties = {"AccessPolicies",
                                                                 "DomainEndpointOptions",
                                                                 "EnableHttpEndpoint",
                                                                 "PublishCloudWatchLogs",
                                                                 "ServiceRegistries",
                                                                 "PubliclyAccessible",
                                                                 "VpcId"};

constexpr std::array<std::string_view, 11> kWords = {"Vpc",       "VPC",      "Subnet",      "SecurityGroup",
                                                     "Network",   "Public",   "Ipv6",        "IpAddress",
                                                     "ElasticIp", "Endpoint", "Connectivity"};

}  // namespace

const std::vector<ServiceType>& service_types() {
  static const std::vector<ServiceType> all = make_types();
  return all;
}

const ServiceType* service_type(std::string_view type) {
  const auto& all = service_types();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ServiceType& one) { return one.type == type; });
  return found == all.end() ? nullptr : &*found;
}

bool speaks_of_networks(std::string_view property) {
  if (std::find(kHarmlessProperties.begin(), kHarmlessProperties.end(), property) != kHarmlessProperties.end())
    return false;
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return property.find(word) != std::string_view::npos; });
}

}  // namespace crenel::aws::reading
