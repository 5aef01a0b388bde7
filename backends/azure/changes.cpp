#include "backends/azure/changes.h"

#include <algorithm>
#include <array>

#include "backends/azure/resource_types.h"

namespace crenel::azure {
namespace {

std::vector<Verb> written() { return {Verb::Write, Verb::Delete}; }
/// What a POST changes too: keys made anew, connections approved, code published.
std::vector<Verb> acted_on() { return {Verb::Write, Verb::Delete, Verb::Action}; }

constexpr std::string_view kOfData =
    "what is asked of a service at its own address (containers, keys and secrets, queues, items) and not of Azure's "
    "Resource Manager";
constexpr std::string_view kOfOtherGroups = "what lies in other resource groups, as the log of a network does";
constexpr std::string_view kAbove =
    "roles that are assigned or defined at the subscription or above it, and policies that are defined, assigned or "
    "exempted there";

std::vector<Change> of_networks() {
  return {
      {.type = kVirtualNetwork.name, .verbs = written()},
      {.type = "Microsoft.Network/virtualNetworks/subnets", .verbs = acted_on()},
      {.type = kPeering.name, .verbs = acted_on()},
      {.type = kNetworkSecurityGroup.name, .verbs = written(), .benchmarked = true},
      {.type = "Microsoft.Network/networkSecurityGroups/securityRules", .verbs = written(), .benchmarked = true},
      {.type = kApplicationSecurityGroup.name, .verbs = written()},
      {.type = kRouteTable.name, .verbs = written()},
      {.type = "Microsoft.Network/routeTables/routes", .verbs = written()},
      {.type = kNatGateway.name, .verbs = written()},
      {.type = kPublicAddress.name, .verbs = acted_on(), .benchmarked = true},
      {.type = kVirtualNetworkGateway.name, .verbs = acted_on()},
      {.type = kLocalNetworkGateway.name, .verbs = written()},
      {.type = kConnection.name, .verbs = acted_on()},
      {.type = kLoadBalancer.name, .verbs = acted_on()},
      {.type = "Microsoft.Network/loadBalancers/inboundNatRules", .verbs = written()},
      {.type = "Microsoft.Network/loadBalancers/backendAddressPools", .verbs = acted_on()},
      {.type = kApplicationGateway.name, .verbs = acted_on()},
      {.type = kFirewallPolicy.name, .verbs = written()},
      {.type = "Microsoft.Network/networkInterfaces", .verbs = acted_on()},
      {.type = kPrivateEndpoint.name, .verbs = acted_on()},
      {.type = kPrivateNames.name, .verbs = written()},
      {.type = kPrivateZone.name, .verbs = written()},
      {.type = kPrivateZoneLink.name, .verbs = written()},
      {.type = "Microsoft.Network/bastionHosts", .verbs = acted_on()},
      {.type = "Microsoft.Network/azureFirewalls", .verbs = acted_on()},
      // of a guard: whoever changes it changes networks by it
      {.type = kWorkflow.name, .verbs = acted_on()},
      {.type = kFlowLog.name, .verbs = {}, .past = kOfOtherGroups},
  };
}

std::vector<Change> of_machines() {
  return {
      {.type = kScaleSet.name, .verbs = acted_on()},
      {.type = "Microsoft.Compute/virtualMachines", .verbs = acted_on()},
      {.type = kImage.name, .verbs = written()},
      {.type = kAutoscale.name, .verbs = written()},
      {.type = kPlan.name, .verbs = acted_on()},
      {.type = kSite.name, .verbs = acted_on()},
      {.type = kSiteFunction.name, .verbs = acted_on()},
      {.type = kPublishing.name, .verbs = written()},
      {.type = kPostgresServer.name, .verbs = acted_on()},
      {.type = kPostgresSetting.name, .verbs = written()},
      {.type = kMySqlServer.name, .verbs = acted_on()},
      {.type = kMySqlSetting.name, .verbs = written()},
  };
}

std::vector<Change> of_services() {
  return {
      {.type = kStorageAccount.name, .verbs = acted_on()},
      {.type = kBlobService.name, .verbs = written()},
      {.type = kContainer.name, .verbs = acted_on(), .past = kOfData},
      {.type = kLifecycle.name, .verbs = written()},
      {.type = kStorageQueue.name, .verbs = written(), .past = kOfData},
      {.type = kVault.name, .verbs = acted_on()},
      {.type = "Microsoft.KeyVault/vaults/accessPolicies", .verbs = written()},
      {.type = kKey.name, .verbs = {Verb::Write}, .past = kOfData},
      {.type = kMessaging.name, .verbs = acted_on()},
      {.type = kMessagingNetwork.name, .verbs = written()},
      {.type = kQueue.name, .verbs = written(), .past = kOfData},
      {.type = kTopic.name, .verbs = written(), .past = kOfData},
      {.type = kSubscription.name, .verbs = written(), .past = kOfData},
      {.type = kTableAccount.name, .verbs = acted_on()},
      {.type = kTableDatabase.name, .verbs = written()},
      {.type = kTableContainer.name, .verbs = written()},
      {.type = kTableRole.name, .verbs = written()},
      {.type = kTableAssignment.name, .verbs = written()},
      {.type = kEventSource.name, .verbs = written()},
      {.type = kEventSubscription.name, .verbs = written()},
  };
}

std::vector<Change> of_rights() {
  return {
      {.type = kIdentity.name, .verbs = acted_on()},
      {.type = kRoleAssignment.name, .verbs = written(), .past = kAbove},
      {.type = kRoleDefinition.name, .verbs = written(), .past = kAbove},
      {.type = kLock.name, .verbs = written()},
      // Contributor leaves them out, and so do guards' roles: "Microsoft.Authorization/*/Write" and "/Delete".
      {.type = kPolicyAssignment.name, .verbs = written(), .past = kAbove, .benchmarked = true},
      {.type = kPolicyDefinition.name, .verbs = {}, .past = kAbove},
      {.type = "Microsoft.Authorization/policyExemptions", .verbs = written(), .past = kAbove},
      {.type = kDeployment.name, .verbs = acted_on()},
      {.type = kActivityAlert.name, .verbs = written()},
      {.type = kActionGroup.name, .verbs = written()},
      {.type = kMetricAlert.name, .verbs = written()},
  };
}

struct Event {
  Verb verb;
  std::string_view type;
};
constexpr auto kEvents = std::to_array<Event>({
    {Verb::Write, "Microsoft.Resources.ResourceWriteSuccess"},
    {Verb::Delete, "Microsoft.Resources.ResourceDeleteSuccess"},
    {Verb::Action, "Microsoft.Resources.ResourceActionSuccess"},
});

}  // namespace

const std::vector<Changes>& parts_of_changes() {
  static const std::vector<Changes> all = {
      {"Network", of_networks()}, {"Machine", of_machines()}, {"Service", of_services()}, {"Right", of_rights()}};
  return all;
}

const std::vector<Change>& changes() {
  static const std::vector<Change> all = [] {
    std::vector<Change> out;
    for (const Changes& part : parts_of_changes()) out.insert(out.end(), part.rows.begin(), part.rows.end());
    return out;
  }();
  return all;
}

std::vector<std::string> network_operations() {
  std::vector<std::string> out;
  for (const Change& each : of_networks()) {
    for (const Verb verb : each.verbs) {
      const char* ending = verb == Verb::Write ? "/write" : verb == Verb::Delete ? "/delete" : "/*/action";
      out.push_back(std::string(each.type) + ending);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

const std::vector<std::string_view>& left_out_by_contributor() {
  static const std::vector<std::string_view> all = {"Microsoft.Authorization/*/Delete",
                                                    "Microsoft.Authorization/*/Write",
                                                    "Microsoft.Authorization/elevateAccess/Action",
                                                    "Microsoft.Blueprint/blueprintAssignments/write",
                                                    "Microsoft.Blueprint/blueprintAssignments/delete",
                                                    "Microsoft.Compute/galleries/share/action",
                                                    "Microsoft.Purview/consents/write",
                                                    "Microsoft.Purview/consents/delete",
                                                    "Microsoft.Resources/deploymentStacks/manageDenySetting/action"};
  return all;
}

std::vector<std::string_view> watched_event_types() {
  std::vector<std::string_view> out;
  for (const Event& event : kEvents) {
    const bool used = std::any_of(changes().begin(), changes().end(), [&](const Change& each) {
      return std::find(each.verbs.begin(), each.verbs.end(), event.verb) != each.verbs.end();
    });
    if (used) out.push_back(event.type);
  }
  return out;
}

std::vector<std::string_view> untold_changes() {
  std::vector<std::string_view> out;
  for (const Change& each : changes()) {
    if (!each.past.empty() && std::find(out.begin(), out.end(), each.past) == out.end()) out.push_back(each.past);
  }
  return out;
}

}  // namespace crenel::azure
