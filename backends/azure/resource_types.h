#pragma once

#include <cstddef>
#include <string_view>

/// The resource types that this backend writes, with the API version they are written for. The only place of this
/// room that spells a type.
///
/// Versions: Azure resource types published as github.com/Azure/bicep-types-az (generated from the REST
/// specifications), checked 2026-11-23. Since API versions after March 2026 change what a subnet does by default
/// (learn.microsoft.com, "Default outbound access in Azure"), everything that a default decides is written out.
/// Name lengths: learn.microsoft.com, "Naming rules and restrictions for Azure resources", checked 2026-11-23.
namespace crenel::azure {

struct ResourceType {
  std::string_view name;
  std::string_view api_version;
  std::size_t longest_name = 80;  ///< characters of a resource's name
  bool has_location = true;
  bool has_tags = true;
};

inline constexpr ResourceType kVirtualNetwork{
    .name = "Microsoft.Network/virtualNetworks", .api_version = "2025-05-01", .longest_name = 64};
inline constexpr ResourceType kPeering{.name = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
                                       .api_version = "2025-05-01",
                                       .longest_name = 145,  // the network's, a slash, its own
                                       .has_location = false,
                                       .has_tags = false};
inline constexpr ResourceType kNetworkSecurityGroup{.name = "Microsoft.Network/networkSecurityGroups",
                                                    .api_version = "2025-05-01"};
inline constexpr ResourceType kApplicationSecurityGroup{.name = "Microsoft.Network/applicationSecurityGroups",
                                                        .api_version = "2025-05-01"};
inline constexpr ResourceType kRouteTable{.name = "Microsoft.Network/routeTables", .api_version = "2025-05-01"};
inline constexpr ResourceType kNatGateway{.name = "Microsoft.Network/natGateways", .api_version = "2025-05-01"};
inline constexpr ResourceType kPublicAddress{.name = "Microsoft.Network/publicIPAddresses",
                                             .api_version = "2025-05-01"};
inline constexpr ResourceType kVirtualNetworkGateway{.name = "Microsoft.Network/virtualNetworkGateways",
                                                     .api_version = "2025-05-01"};
inline constexpr ResourceType kLocalNetworkGateway{.name = "Microsoft.Network/localNetworkGateways",
                                                   .api_version = "2025-05-01"};
inline constexpr ResourceType kConnection{.name = "Microsoft.Network/connections", .api_version = "2025-05-01"};
inline constexpr ResourceType kLoadBalancer{.name = "Microsoft.Network/loadBalancers", .api_version = "2025-05-01"};
inline constexpr ResourceType kApplicationGateway{.name = "Microsoft.Network/applicationGateways",
                                                  .api_version = "2025-05-01"};
inline constexpr ResourceType kFirewallPolicy{
    .name = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    .api_version = "2025-05-01",
    .longest_name = 128};
inline constexpr ResourceType kFlowLog{.name = "Microsoft.Network/networkWatchers/flowLogs",
                                       .api_version = "2025-05-01"};
inline constexpr ResourceType kScaleSet{
    .name = "Microsoft.Compute/virtualMachineScaleSets", .api_version = "2025-04-01", .longest_name = 64};
inline constexpr ResourceType kImage{.name = "Microsoft.Compute/images", .api_version = "2025-04-01"};
inline constexpr ResourceType kAutoscale{
    .name = "Microsoft.Insights/autoscalesettings", .api_version = "2022-10-01", .longest_name = 260};
inline constexpr ResourceType kStorageAccount{
    .name = "Microsoft.Storage/storageAccounts", .api_version = "2025-01-01", .longest_name = 24};
inline constexpr ResourceType kBlobService{.name = "Microsoft.Storage/storageAccounts/blobServices",
                                           .api_version = "2025-01-01",
                                           .has_location = false,
                                           .has_tags = false};
inline constexpr ResourceType kContainer{.name = "Microsoft.Storage/storageAccounts/blobServices/containers",
                                         .api_version = "2025-01-01",
                                         .has_location = false,
                                         .has_tags = false};
inline constexpr ResourceType kLifecycle{.name = "Microsoft.Storage/storageAccounts/managementPolicies",
                                         .api_version = "2025-01-01",
                                         .has_location = false,
                                         .has_tags = false};
inline constexpr ResourceType kVault{
    .name = "Microsoft.KeyVault/vaults", .api_version = "2024-11-01", .longest_name = 24};
inline constexpr ResourceType kKey{
    .name = "Microsoft.KeyVault/vaults/keys", .api_version = "2024-11-01", .has_location = false, .has_tags = false};
inline constexpr ResourceType kMessaging{
    .name = "Microsoft.ServiceBus/namespaces", .api_version = "2024-01-01", .longest_name = 50};
inline constexpr ResourceType kMessagingNetwork{.name = "Microsoft.ServiceBus/namespaces/networkRuleSets",
                                                .api_version = "2024-01-01",
                                                .has_location = false,
                                                .has_tags = false};
inline constexpr ResourceType kQueue{.name = "Microsoft.ServiceBus/namespaces/queues",
                                     .api_version = "2024-01-01",
                                     .has_location = false,
                                     .has_tags = false};
inline constexpr ResourceType kTopic{.name = "Microsoft.ServiceBus/namespaces/topics",
                                     .api_version = "2024-01-01",
                                     .has_location = false,
                                     .has_tags = false};
inline constexpr ResourceType kSubscription{.name = "Microsoft.ServiceBus/namespaces/topics/subscriptions",
                                            .api_version = "2024-01-01",
                                            .has_location = false,
                                            .has_tags = false};
inline constexpr ResourceType kTableAccount{
    .name = "Microsoft.DocumentDB/databaseAccounts", .api_version = "2024-11-15", .longest_name = 44};
inline constexpr ResourceType kTableDatabase{.name = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases",
                                             .api_version = "2024-11-15",
                                             .has_location = false,
                                             .has_tags = false};
inline constexpr ResourceType kTableContainer{.name = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers",
                                              .api_version = "2024-11-15",
                                              .has_location = false,
                                              .has_tags = false};
inline constexpr ResourceType kTableRole{.name = "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions",
                                         .api_version = "2024-11-15",
                                         .has_location = false,
                                         .has_tags = false};
inline constexpr ResourceType kTableAssignment{.name = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments",
                                               .api_version = "2024-11-15",
                                               .has_location = false,
                                               .has_tags = false};
inline constexpr ResourceType kPrivateEndpoint{.name = "Microsoft.Network/privateEndpoints",
                                               .api_version = "2025-05-01"};
inline constexpr ResourceType kPrivateNames{.name = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
                                            .api_version = "2025-05-01",
                                            .has_location = false,
                                            .has_tags = false};
inline constexpr ResourceType kPrivateZone{
    .name = "Microsoft.Network/privateDnsZones", .api_version = "2024-06-01", .longest_name = 63};
inline constexpr ResourceType kPrivateZoneLink{
    .name = "Microsoft.Network/privateDnsZones/virtualNetworkLinks", .api_version = "2024-06-01", .longest_name = 144};
inline constexpr ResourceType kIdentity{
    .name = "Microsoft.ManagedIdentity/userAssignedIdentities", .api_version = "2024-11-30", .longest_name = 128};
inline constexpr ResourceType kRoleAssignment{.name = "Microsoft.Authorization/roleAssignments",
                                              .api_version = "2022-04-01",
                                              .longest_name = 36,
                                              .has_location = false,
                                              .has_tags = false};
inline constexpr ResourceType kRoleDefinition{.name = "Microsoft.Authorization/roleDefinitions",
                                              .api_version = "2022-04-01",
                                              .longest_name = 36,
                                              .has_location = false,
                                              .has_tags = false};
// Policies: checked 2026-11-28, "Naming rules": 64 characters.
inline constexpr ResourceType kPolicyDefinition{.name = "Microsoft.Authorization/policyDefinitions",
                                                .api_version = "2025-03-01",
                                                .longest_name = 64,
                                                .has_location = false,
                                                .has_tags = false};
inline constexpr ResourceType kPolicyAssignment{.name = "Microsoft.Authorization/policyAssignments",
                                                .api_version = "2025-03-01",
                                                .longest_name = 64,
                                                .has_location = false,
                                                .has_tags = false};
inline constexpr ResourceType kDeployment{
    .name = "Microsoft.Resources/deployments", .api_version = "2025-04-01", .longest_name = 64, .has_location = false};
inline constexpr ResourceType kPostgresServer{
    .name = "Microsoft.DBforPostgreSQL/flexibleServers", .api_version = "2024-08-01", .longest_name = 63};
inline constexpr ResourceType kPostgresSetting{.name = "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
                                               .api_version = "2024-08-01",
                                               .longest_name = 127,
                                               .has_location = false,
                                               .has_tags = false};
inline constexpr ResourceType kMySqlServer{
    .name = "Microsoft.DBforMySQL/flexibleServers", .api_version = "2023-12-30", .longest_name = 63};
inline constexpr ResourceType kMySqlSetting{.name = "Microsoft.DBforMySQL/flexibleServers/configurations",
                                            .api_version = "2023-12-30",
                                            .longest_name = 127,
                                            .has_location = false,
                                            .has_tags = false};
inline constexpr ResourceType kPlan{
    .name = "Microsoft.Web/serverfarms", .api_version = "2024-11-01", .longest_name = 60};
inline constexpr ResourceType kSite{.name = "Microsoft.Web/sites", .api_version = "2024-11-01", .longest_name = 60};
inline constexpr ResourceType kSiteFunction{
    .name = "Microsoft.Web/sites/functions", .api_version = "2024-11-01", .has_location = false, .has_tags = false};
inline constexpr ResourceType kPublishing{.name = "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
                                          .api_version = "2024-11-01",
                                          .has_location = false,
                                          .has_tags = false};
inline constexpr ResourceType kStorageQueue{.name = "Microsoft.Storage/storageAccounts/queueServices/queues",
                                            .api_version = "2025-01-01",
                                            .has_location = false,
                                            .has_tags = false};
inline constexpr ResourceType kEventSource{
    .name = "Microsoft.EventGrid/systemTopics", .api_version = "2025-02-15", .longest_name = 128};
inline constexpr ResourceType kEventSubscription{.name = "Microsoft.EventGrid/systemTopics/eventSubscriptions",
                                                 .api_version = "2025-02-15",
                                                 .longest_name = 193,  // the topic's, a slash, its own
                                                 .has_location = false,
                                                 .has_tags = false};
inline constexpr ResourceType kLock{.name = "Microsoft.Authorization/locks",
                                    .api_version = "2020-05-01",
                                    .longest_name = 260,
                                    .has_location = false,
                                    .has_tags = false};
// "Resource Manager template samples for activity log alerts", "Action groups": both are global. Checked 2026-11-28.
inline constexpr ResourceType kActivityAlert{
    .name = "Microsoft.Insights/activityLogAlerts", .api_version = "2020-10-01", .longest_name = 260};
inline constexpr ResourceType kActionGroup{
    .name = "Microsoft.Insights/actionGroups", .api_version = "2023-01-01", .longest_name = 260};
// "Resource Manager template samples for metric alerts": global. Checked 2026-11-28.
inline constexpr ResourceType kMetricAlert{
    .name = "Microsoft.Insights/metricAlerts", .api_version = "2018-03-01", .longest_name = 260};
// "Naming rules": 43 characters. Checked 2026-11-28.
inline constexpr ResourceType kWorkflow{
    .name = "Microsoft.Logic/workflows", .api_version = "2019-05-01", .longest_name = 43};
/// By it a resource is known whose name only a deployment knows.
inline constexpr std::string_view kDeclaredTag = "declared";

/// Publishers of extensions and features of a subscription share the spelling of types without being one.
inline constexpr std::string_view kHealthExtensionPublisher = "Microsoft.ManagedServices";
inline constexpr std::string_view kHealthExtensionType = "ApplicationHealthLinux";
inline constexpr std::string_view kScriptExtensionPublisher = "Microsoft.Azure.Extensions";
inline constexpr std::string_view kScriptExtensionType = "CustomScript";
/// A subscription must have registered it before machines may ask for encryption at host.
inline constexpr std::string_view kHostEncryptionFeature = "Microsoft.Compute/EncryptionAtHost";

}  // namespace crenel::azure
