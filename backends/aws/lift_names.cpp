#include "backends/aws/lift_names.h"

#include <array>
#include <utility>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kRoles = {{
    {kVpc.name, "Vpc"},
    {kAutoScalingGroup.name, "Group"},
    {kLoadBalancer.name, "LoadBalancer"},
    {kClassicBalancer, "LoadBalancer"},
    {kNatGateway.name, "NatGateway"},
    {kVpnConnection.name, "VpnConnection"},
    {kDirectAssociation.name, "DirectConnectAssociation"},
    {kVpnGateway.name, "VpnGateway"},
    {kInstance, "Instance"},
    {kNetworkInterface, "NetworkInterface"},
    {kEndpoint, "S3Endpoint"},
    {kEndpoint, "SqsEndpoint"},
    {kEndpoint, "SnsEndpoint"},
    {kEndpoint, "DynamoDbEndpoint"},
    {kEndpoint, "KmsEndpoint"},
    {kEndpoint, "SecretsManagerEndpoint"},
    {kEndpoint, "LambdaEndpoint"},
    {kEndpoint, "AutoScalingEndpoint"},
    {kEndpoint, "Endpoint"},
    {kDatabaseInstance.name, "Database"},
    {kBucket.name, "Bucket"},
    {kQueue.name, "Queue"},
    {kTopic.name, "Topic"},
    {kTable.name, "Table"},
    {kKey.name, "Key"},
    {kSecret.name, "Secret"},
    {kFunction.name, "Function"},
    {kRole.name, "InstanceRole"},
    {kRole.name, "Role"},
    {kUser, "User"},
    {kManagedPolicy, "Policy"},
}};

}  // namespace

std::string stem_of(std::string_view name, std::string_view type) {
  for (const auto& [of, role] : kRoles) {
    if (of != type || name.size() <= role.size() || !name.ends_with(role)) continue;
    name.remove_suffix(role.size());
    break;
  }
  return std::string(name);
}

}  // namespace crenel::aws::reading
