#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// What Azure allows. Read only by legalize; an adjustable limit is raised by its name in the environment:
/// `on azure { route_tables = 500 }`. Checked 2026-11-23.
namespace crenel::azure {

struct Limit {
  std::string_view name;     ///< of the environment's attribute; also what messages and certificates say, with blanks
  std::string_view counted;  ///< "rules of a network security group"
  std::size_t value = 0;
  bool adjustable = false;  ///< by a request to Azure's support
  std::string_view source;
};

inline constexpr std::string_view kNetworkLimits =
    "learn.microsoft.com, Azure subscription and service limits, section Networking limits";
inline constexpr std::string_view kTemplateLimits = "learn.microsoft.com, ARM template best practices, Template limits";
inline constexpr std::string_view kScaleSetLimits =
    "learn.microsoft.com, Virtual machine scale sets, What are scale sets, limits";
inline constexpr std::string_view kGatewayLimits =
    "learn.microsoft.com, About VPN gateway SKUs, Gateway SKUs by tunnel";

inline constexpr Limit kRulesPerGroup{"security_rules", "rules in a network security group", 1000, false,
                                      kNetworkLimits};
inline constexpr Limit kAddressesPerRule{"rule_addresses", "addresses on one side of the rules of a security group",
                                         4000, false, kNetworkLimits};
inline constexpr Limit kAsgsPerGroup{
    "rule_application_groups", "application security groups in a security group's rules", 100, false, kNetworkLimits};
inline constexpr Limit kSecurityGroups{"network_security_groups", "network security groups", 5000, true,
                                       kNetworkLimits};
inline constexpr Limit kApplicationGroups{"application_security_groups", "application security groups", 3000, true,
                                          kNetworkLimits};
inline constexpr Limit kRouteTables{"route_tables", "route tables", 200, true, kNetworkLimits};
inline constexpr Limit kRoutesPerTable{"routes", "routes in a route table", 400, true, kNetworkLimits};
inline constexpr Limit kNetworks{"virtual_networks", "virtual networks", 1000, true, kNetworkLimits};
inline constexpr Limit kSubnets{"subnets", "subnets in a virtual network", 3000, true, kNetworkLimits};
inline constexpr Limit kPublicAddresses{"public_addresses", "public addresses", 1000, true, kNetworkLimits};
inline constexpr Limit kGatewayListeners{"gateway_listeners", "listeners of an application gateway", 100, false,
                                         kNetworkLimits};
inline constexpr Limit kBalancerRules{"balancer_rules", "rules of a load balancer", 1500, false, kNetworkLimits};
inline constexpr Limit kSiteAddresses{"site_addresses", "address blocks of a local network gateway", 1000, false,
                                      kNetworkLimits};
inline constexpr Limit kTunnels{"vpn_tunnels", "tunnels of a VPN gateway", 30, false, kGatewayLimits};
inline constexpr Limit kTunnelsOfLargeGateway{"vpn_tunnels", "tunnels of a VPN gateway", 100, false, kGatewayLimits};
inline constexpr Limit kPrivateEndpoints{"private_endpoints", "private endpoints in a virtual network", 1000, false,
                                         kNetworkLimits};
inline constexpr Limit kRoleAssignments{
    "role_assignments", "role assignments of a subscription", 4000, false,
    "learn.microsoft.com, Troubleshoot Azure RBAC limits: fixed; checked 2026-11-26"};
inline constexpr Limit kAlertRules{
    "activity_log_alerts", "alert rules of a subscription's activity log", 100, false,
    "learn.microsoft.com, Azure Monitor service limits, Alerts: fixed; checked 2026-11-28"};
// One rule is one text for the workflow that compares it, of 131,072 characters at most; a block of IPv6 takes 43.
inline constexpr Limit kAddressesCompared{
    "compared_addresses", "addresses in one rule of a security group that a guard puts back", 3000, false,
    "learn.microsoft.com, Limits and configuration reference for Azure Logic Apps: fixed; checked 2026-11-28"};
inline constexpr Limit kInstances{"scale_set_instances", "instances of a scale set", 1000, false, kScaleSetLimits};
inline constexpr Limit kBootBytes{"boot_bytes", "bytes of boot text", 65535, false,
                                  "learn.microsoft.com, Compute REST, VirtualMachineScaleSetOSProfile.customData"};
inline constexpr Limit kScriptBytes{"agent_script_bytes", "bytes of the script that installs agents, in Base64", 262144,
                                    false, "github.com/Azure/custom-script-extension-linux, README, property script"};
inline constexpr Limit kResources{"template_resources", "resources in a template", 800, false, kTemplateLimits};
inline constexpr Limit kParameters{"template_parameters", "parameters of a template", 256, false, kTemplateLimits};
inline constexpr Limit kVariables{"template_variables", "variables of a template", 256, false, kTemplateLimits};
inline constexpr Limit kOutputs{"template_outputs", "outputs of a template", 64, false, kTemplateLimits};
inline constexpr Limit kBytes{"template_bytes", "bytes of a template", 4194304, false, kTemplateLimits};
inline constexpr Limit kResourceBytes{"resource_bytes", "bytes of a resource in a template", 1048576, false,
                                      kTemplateLimits};

/// Those that an environment may raise.
inline constexpr std::array kAdjustable = {&kSecurityGroups, &kApplicationGroups, &kRouteTables,    &kRoutesPerTable,
                                           &kNetworks,       &kSubnets,           &kPublicAddresses};

/// Priorities of rules: what may be given out (REST, SecurityRulePropertiesFormat.priority).
inline constexpr int kFirstPriority = 100;
inline constexpr int kLastPriority = 4096;

/// Addresses of a subnet that Azure keeps for itself ("Virtual networks frequently asked questions").
inline constexpr unsigned kReservedAddresses = 5;
/// The longest prefix of a subnet (same page).
inline constexpr int kSmallestSubnet = 29;
/// Instances of an application gateway: what it may grow to where its tier has room ("Application Gateway
/// infrastructure configuration": one address each, 125 at most).
inline constexpr unsigned kGatewayInstances = 10;
/// What an application gateway's tier must leave room for: two instances, and two more while those are replaced.
inline constexpr unsigned kLeastGatewayInstances = 4;

}  // namespace crenel::azure
