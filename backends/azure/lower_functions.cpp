#include "backends/azure/functions.h"

#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/lower_functions.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::FunctionId;
using model::TierId;

constexpr std::size_t kLongestApp = 43;  // so that the name of its address stays below the 63 of a DNS label

Cause cause_of_function(const Design& design, FunctionId id) {
  return cause_of(design.functions[id].origin, "function");
}

Term plan_id(const Design& design, TierId tier) {
  return resource_id(kPlan, resource_name(design.tiers[tier].origin.path, "Plan"));
}

/// One for each tier: a subnet serves the apps of one plan.
Resource plan(const Design& design, TierId tier) {
  Resource out;
  out.type = kPlan;
  out.name = resource_name(design.tiers[tier].origin.path, "Plan");
  out.kind = "linux";
  out.sku = document::object({{"name", "P0v3"}, {"tier", "Premium0V3"}, {"capacity", 1}});
  out.properties = document::object({{"reserved", true}, {"zoneRedundant", false}});
  out.cause = cause_of(design.tiers[tier].origin, "tier");
  return out;
}

Value setting(std::string_view name, Value value) {
  return document::object({{"name", name}, {"value", std::move(value)}});
}

Value settings(const Design& design, FunctionId id) {
  const Term identity = identity_id(design, id);
  const Term client = Term::expression(
      call("reference", {identity, Term::literal(std::string(kIdentity.api_version))}).text() + ".clientId");
  Value out = document::array({});
  out.push(setting("AZURE_CLIENT_ID", client.value()));
  out.push(setting("AzureFunctionsJobHost__extensionBundle__id", "Microsoft.Azure.Functions.ExtensionBundle"));
  out.push(setting("AzureFunctionsJobHost__extensionBundle__version", literal("[4.*, 5.0.0)")));
  out.push(setting("AzureWebJobsStorage__accountName", host_name(design, id).value()));
  out.push(setting("AzureWebJobsStorage__clientId", client.value()));
  out.push(setting("AzureWebJobsStorage__credential", "managedidentity"));
  out.push(setting("FUNCTIONS_EXTENSION_VERSION", "~4"));
  out.push(setting("FUNCTIONS_WORKER_RUNTIME", "python"));
  // the code that the template brings stays in the app
  out.push(setting("WEBSITES_ENABLE_APP_SERVICE_STORAGE", "true"));
  for (const KnownService& known : known_services(design, id)) out.push(setting(known.variable, known.value.value()));
  return out;
}

Value site_config(const Design& design, FunctionId id) {
  return document::object({{"linuxFxVersion", literal(runtime_stack(design.functions[id]).value_or(""))},
                           {"alwaysOn", true},
                           {"ftpsState", "Disabled"},
                           {"http20Enabled", true},
                           {"ipSecurityRestrictionsDefaultAction", "Deny"},
                           {"minTlsVersion", "1.2"},
                           {"remoteDebuggingEnabled", false},
                           {"scmIpSecurityRestrictionsDefaultAction", "Deny"},
                           {"scmMinTlsVersion", "1.2"},
                           {"appSettings", settings(design, id)}});
}

Resource site(const Design& design, FunctionId id) {
  const TierId tier = *design.functions[id].tier;
  Resource out;
  out.type = kSite;
  out.name = name_of_service(design, id);
  out.kind = "functionapp,linux";
  out.tags = service_tags(design, id);
  out.identity = acting_as(identity_id(design, id));
  out.properties = document::object({{"serverFarmId", plan_id(design, tier).value()},
                                     {"reserved", true},
                                     {"httpsOnly", true},
                                     {"publicNetworkAccess", "Disabled"},
                                     {"virtualNetworkSubnetId", subnet_id(design, tier).value()},
                                     {"outboundVnetRouting", document::object({{"allTraffic", true}})},
                                     {"clientAffinityEnabled", false},
                                     {"sshEnabled", false},
                                     {"keyVaultReferenceIdentity", identity_id(design, id).value()},
                                     {"siteConfig", site_config(design, id)}});
  out.cause = cause_of_function(design, id);
  return out;
}

/// Nobody publishes to the app with a password.
Resource publishing(const Design& design, FunctionId id, const char* way) {
  Resource out;
  out.type = kPublishing;
  out.name = child_name(name_of_service(design, id), {way});
  out.properties = document::object({{"allow", false}});
  out.depends_on = {resource_id(kSite, name_of_service(design, id))};
  out.cause = cause_of_function(design, id);
  return out;
}

/// The code stands in the template: of all ways in which an app comes by its code this is the one that fetches nothing.
Resource code(const Design& design, FunctionId id) {
  const Value trigger = document::object({{"type", "queueTrigger"},
                                          {"direction", "in"},
                                          {"name", "event"},
                                          {"queueName", kEventQueue},
                                          {"connection", "AzureWebJobsStorage"}});
  Resource out;
  out.type = kSiteFunction;
  out.name = child_name(name_of_service(design, id), {part_name(design.functions[id].origin.path)});
  out.properties = document::object({{"config", document::object({{"scriptFile", "__init__.py"},
                                                                  {"entryPoint", "handler"},
                                                                  {"bindings", document::array({trigger})}})},
                                     {"files", document::object({{"__init__.py", literal(design.functions[id].code)}})},
                                     {"language", "python"},
                                     {"isDisabled", false}});
  out.depends_on = {resource_id(kSite, name_of_service(design, id))};
  out.cause = cause_of_function(design, id);
  return out;
}

// ---- the host

void add_host_name(const Design& design, FunctionId id, Template& out) {
  constexpr std::size_t kLongestAccountName = 24;
  constexpr std::size_t kUnique = 13;
  const model::Origin& origin = design.functions[id].origin;
  std::string begin;
  for (const char c : pascal(origin.path)) begin += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  begin.resize(std::min(begin.size(), kLongestAccountName - kUnique));
  const Term unique = call("uniqueString", {Term::expression("resourceGroup().id"),
                                            Term::literal(design.name + " host of " + model::to_string(origin.path))});
  out.variables.emplace_back(host_variable(design, id), call("concat", {Term::literal(begin), unique}).value());
}

/// As closed as a store. Event Grid is let past the firewall, as the only way by which it can deliver; what it is let
/// do is its roles' matter ("Storage queue as an event handler").
Resource host(const Design& design, FunctionId id) {
  const bool events = starts_by_event(design.functions[id]);
  const Value of_account = document::object({{"enabled", true}, {"keyType", "Account"}});
  Resource out;
  out.type = kStorageAccount;
  out.name = host_name(design, id);
  out.kind = "StorageV2";
  out.sku = document::object({{"name", "Standard_LRS"}});
  out.properties = storage_account_properties();
  out.properties.set(
      "encryption",
      document::object(
          {{"keySource", "Microsoft.Storage"},
           {"requireInfrastructureEncryption", true},
           {"services", document::object({{"blob", of_account}, {"file", of_account}, {"queue", of_account}})}}));
  out.properties.set("publicNetworkAccess", "Disabled");
  out.properties.set("networkAcls",
                     document::object({{"bypass", events ? "AzureServices" : "None"}, {"defaultAction", "Deny"}}));
  out.cause = cause_of_function(design, id);
  return out;
}

Resource part_of_host(const Design& design, FunctionId id, const ResourceType& type,
                      const std::vector<std::string>& names, Value properties) {
  Resource out;
  out.type = type;
  out.name = child_name(host_name(design, id), names);
  out.properties = std::move(properties);
  out.depends_on = {resource_id(kStorageAccount, host_name(design, id))};
  out.cause = cause_of_function(design, id);
  return out;
}

Resource host_role(const Design& design, FunctionId id, std::string_view role) {
  const Term identity = identity_id(design, id);
  return assignment(resource_id(kStorageAccount, host_name(design, id)), identity, principal_of(identity),
                    built_in_role(role), true, cause_of_function(design, id));
}

Resource host_endpoint(const Design& design, FunctionId id, TierId tier, std::string_view group,
                       std::string_view role) {
  Resource out;
  out.type = kPrivateEndpoint;
  out.name = resource_name(design.functions[id].origin.path, role);
  out.properties = document::object(
      {{"subnet", id_object(subnet_id(design, tier))},
       {"applicationSecurityGroups", document::array({id_object(host_group_id(design, id))})},
       {"privateLinkServiceConnections",
        document::array({document::object(
            {{"name", "host"},
             {"properties",
              document::object({{"privateLinkServiceId", resource_id(kStorageAccount, host_name(design, id)).value()},
                                {"groupIds", document::array({group})}})}})})}});
  out.cause = cause_of_function(design, id);
  return out;
}

Resource host_names(const Design& design, FunctionId id, std::string_view zone, std::string_view role) {
  const Term name = resource_name(design.functions[id].origin.path, role);
  return private_names(name, zone, "host", cause_of_function(design, id));
}

/// The host with its private endpoints; gives the resources that the app has to wait for.
std::vector<Term> add_host(const Design& design, FunctionId id, Template& out) {
  std::vector<Term> awaited;
  add_host_name(design, id, out);
  out.resources.push_back(host(design, id));
  if (starts_by_event(design.functions[id])) {
    out.resources.push_back(part_of_host(design, id, kStorageQueue, {"default", std::string(kEventQueue)},
                                         document::object({{"metadata", document::object({})}})));
    out.resources.push_back(part_of_host(design, id, kContainer, {"default", std::string(kLostEvents)},
                                         document::object({{"publicAccess", "None"}})));
    awaited.push_back(resource_id(kStorageAccount, host_name(design, id),
                                  {"queueServices", "default", "queues", std::string(kEventQueue)}));
  }
  for (const std::string_view role : {kBlobOwner, kQueueContributor}) {
    out.resources.push_back(host_role(design, id, role));
    awaited.push_back(id_of(out.resources.back()));
  }
  const auto tier = tier_for_ends(design, design.tiers[*design.functions[id].tier].network);
  if (!tier) return awaited;
  struct Door {
    std::string_view group;
    std::string_view zone;
    std::string_view role;
  };
  for (const Door& door :
       {Door{"blob", kHostBlobZone, "HostBlobEndpoint"}, Door{"queue", kHostQueueZone, "HostQueueEndpoint"}}) {
    out.resources.push_back(host_endpoint(design, id, *tier, door.group, door.role));
    awaited.push_back(id_of(out.resources.back()));
    out.resources.push_back(host_names(design, id, door.zone, door.role));
  }
  return awaited;
}

}  // namespace

void lower_functions(const Design& design, Template& out) {
  for (const TierId tier : design.tiers.ids()) {
    if (!functions_in(design, tier).empty()) out.resources.push_back(plan(design, tier));
  }
  for (const FunctionId id : design.functions.ids()) {
    add_global_name(design, id, kLongestApp, out);
    const std::vector<Term> awaited = add_host(design, id, out);
    Resource app = site(design, id);
    app.depends_on = awaited;
    out.resources.push_back(std::move(app));
    out.resources.push_back(publishing(design, id, "ftp"));
    out.resources.push_back(publishing(design, id, "scm"));
    out.resources.push_back(code(design, id));
  }
  lower_events(design, out);
}

}  // namespace crenel::azure
