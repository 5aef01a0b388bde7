#include "backends/azure/lift_types.h"

#include <algorithm>
#include <array>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

namespace crenel::azure::lifting {
namespace {

/// A type, or with a `*` at its end everything that begins so.
bool is_like(std::string_view pattern, std::string_view type) {
  if (!pattern.ends_with('*')) return same_word(pattern, type);
  pattern.remove_suffix(1);
  return type.size() >= pattern.size() && same_word(pattern, type.substr(0, pattern.size()));
}

constexpr std::array kRead = {
    kVirtualNetwork.name,
    std::string_view("Microsoft.Network/virtualNetworks/subnets"),
    std::string_view("Microsoft.Network/virtualNetworks/virtualNetworkPeerings"),
    kNetworkSecurityGroup.name,
    std::string_view("Microsoft.Network/networkSecurityGroups/securityRules"),
    kApplicationSecurityGroup.name,
    kRouteTable.name,
    std::string_view("Microsoft.Network/routeTables/routes"),
    kNatGateway.name,
    kPublicAddress.name,
    kVirtualNetworkGateway.name,
    kLocalNetworkGateway.name,
    kConnection.name,
    kLoadBalancer.name,
    std::string_view("Microsoft.Network/loadBalancers/inboundNatRules"),
    std::string_view("Microsoft.Network/loadBalancers/backendAddressPools"),
    kApplicationGateway.name,
    kFlowLog.name,
    kScaleSet.name,
    kAutoscale.name,
    kStorageAccount.name,
    kBlobService.name,
    kContainer.name,
    kLifecycle.name,
    kVault.name,
    std::string_view("Microsoft.KeyVault/vaults/accessPolicies"),
    kMessaging.name,
    kMessagingNetwork.name,
    kQueue.name,
    kTopic.name,
    kSubscription.name,
    kTableAccount.name,
    kTableDatabase.name,
    kTableContainer.name,
    kTableRole.name,
    kTableAssignment.name,
    kIdentity.name,
    kRoleAssignment.name,
    kRoleDefinition.name,
    kPolicyDefinition.name,
    kPolicyAssignment.name,
    std::string_view("Microsoft.Authorization/policyExemptions"),
    kDeployment.name,
    kPostgresServer.name,
    kMySqlServer.name,
    kSite.name,
    kSiteFunction.name,
    kPublishing.name,
    kStorageQueue.name,
    kEventSource.name,
    kEventSubscription.name,
    kActivityAlert.name,
    kActionGroup.name,
    kMetricAlert.name,
    kWorkflow.name,
    kInterfaceType,
    kMachineType,
    kPrivateEndpointType,
    kBastionType,
    kFirewallType,
};

/// They stand in no network; some have rules of their own that name subnets, which concern only themselves.
constexpr std::array<std::string_view, 52> kIrrelevant = {
    "Microsoft.Advisor/*",
    "Microsoft.AlertsManagement/*",
    "Microsoft.Authorization/*",
    "Microsoft.Automation/*",
    "Microsoft.Blueprint/*",
    "Microsoft.Cdn/*",
    "Microsoft.CognitiveServices/*",
    "Microsoft.Compute/availabilitySets",
    "Microsoft.Compute/diskEncryptionSets",
    "Microsoft.Compute/disks",
    "Microsoft.Compute/galleries*",
    "Microsoft.Compute/images",
    "Microsoft.Compute/proximityPlacementGroups",
    "Microsoft.Compute/snapshots",
    "Microsoft.Compute/sshPublicKeys",
    "Microsoft.Compute/virtualMachines/*",
    "Microsoft.Compute/virtualMachineScaleSets/extensions",
    "Microsoft.Consumption/*",
    "Microsoft.ContainerRegistry/*",
    "Microsoft.DataLakeStore/*",
    "Microsoft.DevTestLab/schedules",
    "Microsoft.DocumentDB/*",
    "Microsoft.EventGrid/*",
    "Microsoft.EventHub/*",
    "Microsoft.GuestConfiguration/*",
    "Microsoft.Insights/*",
    "Microsoft.KeyVault/*",
    "Microsoft.Maintenance/*",
    "Microsoft.ManagedIdentity/*",
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    "Microsoft.Network/ddosProtectionPlans",
    "Microsoft.Network/dnsZones*",
    "Microsoft.Network/frontDoorWebApplicationFirewallPolicies",
    "Microsoft.Network/frontDoors*",
    "Microsoft.Network/networkWatchers*",
    "Microsoft.Network/privateDnsZones*",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    "Microsoft.Network/publicIPPrefixes",
    "Microsoft.Network/trafficManagerProfiles*",
    "Microsoft.OperationalInsights/*",
    "Microsoft.OperationsManagement/*",
    "Microsoft.PolicyInsights/*",
    "Microsoft.Portal/*",
    "Microsoft.RecoveryServices/*",
    "Microsoft.Resources/tags",
    "Microsoft.Resources/resourceGroups",
    "Microsoft.Search/*",
    "Microsoft.Security/*",
    "Microsoft.ServiceBus/*",
    "Microsoft.Sql/servers*",
    "Microsoft.Storage/*",
    "Microsoft.Resources/templateSpecs*",
};

/// The provider runs them outside, unless they are told to stand in a subnet.
constexpr std::array<std::string_view, 35> kByReference = {
    "Microsoft.ApiCenter/*",
    "Microsoft.ApiManagement/*",
    "Microsoft.App/*",
    "Microsoft.AppConfiguration/*",
    "Microsoft.AppPlatform/*",
    "Microsoft.Batch/*",
    "Microsoft.Cache/*",
    "Microsoft.Communication/*",
    "Microsoft.Dashboard/*",
    "Microsoft.DataFactory/*",
    "Microsoft.DataProtection/*",
    "Microsoft.Databricks/*",
    "Microsoft.DBforMariaDB/servers*",
    "Microsoft.DBforMySQL/*",
    "Microsoft.DBforPostgreSQL/*",
    "Microsoft.Devices/*",
    "Microsoft.HealthcareApis/*",
    "Microsoft.HybridCompute/*",
    "Microsoft.Kusto/*",
    "Microsoft.LoadTestService/*",
    "Microsoft.Logic/*",
    "Microsoft.MachineLearningServices/*",
    "Microsoft.Maps/*",
    "Microsoft.Monitor/*",
    "Microsoft.NetApp/*",
    "Microsoft.NotificationHubs/*",
    "Microsoft.Purview/*",
    "Microsoft.Relay/*",
    "Microsoft.Resources/deploymentScripts",
    "Microsoft.SignalRService/*",
    "Microsoft.Sql/managedInstances*",
    "Microsoft.StorageSync/*",
    "Microsoft.StreamAnalytics/*",
    "Microsoft.Synapse/*",
    "Microsoft.Web/*",
};

template <class Table>
bool any(const Table& table, std::string_view type) {
  return std::any_of(table.begin(), table.end(), [&](std::string_view each) { return is_like(each, type); });
}

/// Something in the value is the id of a subnet, or cannot be read under a name that ends like one.
bool names_subnet(const Value& value) {
  if (const auto id = value.fields() == nullptr && value.list() == nullptr ? id_of(value) : std::nullopt) {
    return id->is("Microsoft.Network/virtualNetworks/subnets");
  }
  if (const List* list = value.list()) return std::any_of(list->begin(), list->end(), names_subnet);
  const Fields* fields = value.fields();
  return fields != nullptr && std::any_of(fields->begin(), fields->end(), [](const Field& each) {
           const std::string name = lower(each.name);
           const bool by_name = name.find("subnet") != std::string::npos && each.value.open() != nullptr;
           return by_name || names_subnet(each.value);
         });
}

}  // namespace

std::vector<std::string_view> read_types() { return {kRead.begin(), kRead.end()}; }

Reading reading_of(std::string_view type) {
  // a resource that is attached to another one: `…/providers/diagnosticSettings`
  if (lower(type).find("/providers/") != std::string::npos) return Reading::Irrelevant;
  if (any(kRead, type)) return Reading::Read;
  if (any(kIrrelevant, type)) return Reading::Irrelevant;
  return any(kByReference, type) ? Reading::ByReference : Reading::Unknown;
}

void lift_types(Context& context) {
  for (const Resource& each : context.from.resources) {
    if (each.existing) continue;
    const Reading reading = reading_of(each.id.type);
    const View properties = properties_of(each);
    const bool joins = reading == Reading::ByReference && properties && names_subnet(properties.value());
    if (joins)
      context.unknown("`" + each.id.name() + "` stands in a subnet, and its type `" + each.id.type + "` is not read",
                      each.place);
    if (reading == Reading::Unknown)
      context.unknown("resources of type `" + each.id.type + "` are not read", each.place);
  }
}

}  // namespace crenel::azure::lifting
