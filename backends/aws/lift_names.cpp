#include "backends/aws/lift_names.h"

#include <array>
#include <utility>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kRoles = {{
    {kAutoScalingGroup.name, "Group"},
    {kLoadBalancer.name, "LoadBalancer"},
    {kClassicBalancer, "LoadBalancer"},
    {kNatGateway.name, "NatGateway"},
    {kVpnConnection.name, "VpnConnection"},
    {kDirectAssociation.name, "DirectConnectAssociation"},
    {kVpnGateway.name, "VpnGateway"},
    {kInstance, "Instance"},
    {kNetworkInterface, "NetworkInterface"},
    {kEndpoint, "Endpoint"},
    {kDatabaseInstance.name, "Database"},
}};

}  // namespace

std::string stem_of(std::string_view name, std::string_view type) {
  for (const auto& [of, role] : kRoles) {
    if (of == type && name.size() > role.size() && name.ends_with(role)) name.remove_suffix(role.size());
  }
  return std::string(name);
}

}  // namespace crenel::aws::reading
