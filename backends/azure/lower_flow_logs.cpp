#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Network;

constexpr int kRetentionDays = 90;

Term storage_name() { return variable("FlowLogStorageName"); }
Term storage_id() { return resource_id(kStorageAccount, storage_name()); }
Term writer_name() { return Term::literal("FlowLogWriter"); }
Term writer_id() { return resource_id(kIdentity, writer_name()); }
Term role_id() { return built_in_role(kBlobContributor); }

/// The account that keeps the logs of a network: a declared store's, or one that holds nothing else.
Term kept_in(const Design& design, const Network& network) {
  if (!network.flow_log_store) return storage_id();
  return resource_id(kStorageAccount, name_of_service(design, *network.flow_log_store));
}

Cause cause() { return {.text = "the flow logs", .span = {}}; }

/// Holds the logs and nothing else: no keys, no public reader, no network but Azure's own writer.
Resource storage_account(bool several_zones) {
  Resource out;
  out.type = kStorageAccount;
  out.name = storage_name();
  out.kind = "StorageV2";
  out.sku = document::object({{"name", several_zones ? "Standard_ZRS" : "Standard_LRS"}});
  out.properties =
      document::object({{"accessTier", "Hot"},
                        {"allowBlobPublicAccess", false},
                        {"allowCrossTenantReplication", false},
                        {"allowSharedKeyAccess", false},
                        {"defaultToOAuthAuthentication", true},
                        {"minimumTlsVersion", "TLS1_2"},
                        {"supportsHttpsTrafficOnly", true},
                        {"networkAcls", document::object({{"bypass", "AzureServices"}, {"defaultAction", "Deny"}})}});
  out.cause = cause();
  return out;
}

Resource writer() {
  Resource out;
  out.type = kIdentity;
  out.name = writer_name();
  out.cause = cause();
  return out;
}

/// For the whole account: the container that the logs lie in is made by their writer. ("Managed identity for virtual
/// network flow logs", 2026-11-27.)
Resource assignment(const Term& account) {
  Resource out;
  out.type = kRoleAssignment;
  out.name = call("guid", {account, writer_id(), role_id()});
  out.scope = account;
  const Term principal = Term::expression(
      call("reference", {writer_id(), Term::literal(std::string(kIdentity.api_version))}).text() + ".principalId");
  out.properties = document::object({{"roleDefinitionId", role_id().value()},
                                     {"principalId", principal.value()},
                                     {"principalType", "ServicePrincipal"}});
  out.cause = cause();
  return out;
}

/// The log itself, in a template of its own: it is a child of the region's network watcher, which lives in another
/// resource group. Its parameters begin with small letters, those of the outer template never do.
Value inner_template() {
  const auto given = [](const char* name) { return parameter(name).value(); };
  const Value text = document::object({{"type", "string"}});
  const Term name = call("format", {Term::literal("{0}/{1}"), parameter("watcher"), parameter("name")});
  const Value log = document::object(
      {{"type", kFlowLog.name},
       {"apiVersion", kFlowLog.api_version},
       {"name", name.value()},
       {"location", given("location")},
       {"tags", given("tags")},
       {"identity", document::object({{"type", "UserAssigned"},
                                      {"userAssignedIdentities", identity_set(parameter("writer")).value()}})},
       {"properties",
        document::object({{"targetResourceId", given("network")},
                          {"storageId", given("storage")},
                          {"enabled", true},
                          {"format", document::object({{"type", "JSON"}, {"version", 2}})},
                          {"retentionPolicy", document::object({{"days", kRetentionDays}, {"enabled", true}})}})}});
  return document::object(
      {{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
       {"contentVersion", "1.0.0.0"},
       {"parameters", document::object({{"location", text},
                                        {"tags", document::object({{"type", "object"}})},
                                        {"watcher", text},
                                        {"name", text},
                                        {"network", text},
                                        {"storage", text},
                                        {"writer", text}})},
       {"resources", document::array({log})}});
}

Resource flow_log(const Design& design, const Network& network) {
  const Term account = kept_in(design, network);
  const std::string own_name = pascal(network.origin.path) + "FlowLog";
  const auto given = [](const Term& value) { return document::object({{"value", value.value()}}); };
  Resource out;
  out.type = kDeployment;
  out.name = Term::literal(own_name);
  out.resource_group = parameter("NetworkWatcherResourceGroup").value();
  out.properties = document::object(
      {{"mode", "Incremental"},
       {"expressionEvaluationOptions", document::object({{"scope", "Inner"}})},
       {"parameters", document::object({{"location", given(parameter("Location"))},
                                        {"tags", given(variable("Tags"))},
                                        {"watcher", given(parameter("NetworkWatcherName"))},
                                        {"name", given(flow_log_name(network))},
                                        {"network", given(resource_id(kVirtualNetwork, network_name(network)))},
                                        {"storage", given(account)},
                                        {"writer", given(writer_id())}})},
       {"template", inner_template()}});
  out.depends_on = {id_of(assignment(account))};
  out.cause = cause_of(network.origin, "network");
  return out;
}

}  // namespace

void lower_flow_logs(const Design& design, Template& out) {
  const auto is_logged = [](const Network& network) { return network.flow_logs; };
  if (std::none_of(design.networks.begin(), design.networks.end(), is_logged)) return;
  const auto by_itself = [](const Network& network) { return network.flow_logs && !network.flow_log_store; };
  const bool several_zones = std::any_of(design.networks.begin(), design.networks.end(),
                                         [](const Network& network) { return network.zones > 1; });
  if (std::any_of(design.networks.begin(), design.networks.end(), by_itself)) {
    out.variables.emplace_back(
        "FlowLogStorageName",
        call("concat", {Term::literal("flowlogs"),
                        call("uniqueString", {Term::expression("resourceGroup().id"), Term::literal(design.name)})})
            .value());
    out.resources.push_back(storage_account(several_zones));
  }
  out.resources.push_back(writer());
  std::vector<Term> accounts;
  for (const Network& network : design.networks) {
    if (!network.flow_logs) continue;
    const Term account = kept_in(design, network);
    if (std::find(accounts.begin(), accounts.end(), account) != accounts.end()) continue;
    accounts.push_back(account);
    out.resources.push_back(assignment(account));
  }
  for (const Network& network : design.networks) {
    if (network.flow_logs) out.resources.push_back(flow_log(design, network));
  }
}

}  // namespace crenel::azure
