#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/agreement/random_azure_roles.h"
#include "tests/agreement/random_documents.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

constexpr const char* kRole = "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '";
constexpr const char* kAddresses = "198.51.100.0/24";
constexpr const char* kAddress = "192.0.2.7";

/// "[resourceId('type', 'a', 'b')]"
std::string id(const std::string& type, const Texts& names) {
  std::string out = "[resourceId('" + type + "'";
  for (const std::string& each : names) out += ", '" + each + "'";
  return out + ")]";
}

/// `id` as a part of another expression.
std::string inner(const std::string& expression) { return expression.substr(1, expression.size() - 2); }

/// Services of Azure, who has roles there, and how they are come by, at random.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  json document() {
    resources_ = json::array();
    programs();
    services();
    for (const auto& [name, kind] : std::vector<std::pair<std::string, std::string>>{{"NearInbox", "store"},
                                                                                     {"NearJobs", "jobs"},
                                                                                     {"NearDone", "done"},
                                                                                     {"NearItems", "table"},
                                                                                     {"NearKeys", "vault"}}) {
      if (often(2)) endpoint(name, kind);
    }
    zones();
    if (often(2)) events();
    roles();
    for (std::size_t i = below(3); i > 0; --i) elsewhere(i);
    return {{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
            {"contentVersion", "1.0.0.0"},
            {"parameters", json::object()},
            {"resources", resources_}};
  }

 private:
  void put(const std::string& type, const std::string& name, json properties, json more = json::object()) {
    json made = {{"type", type}, {"apiVersion", "2025-01-01"}, {"name", name}, {"properties", std::move(properties)}};
    made.update(more);
    resources_.push_back(std::move(made));
  }

  void programs() {
    put("Microsoft.Network/virtualNetworks", "Main",
        {{"addressSpace", {{"addressPrefixes", {"10.0.0.0/16"}}}},
         {"subnets",
          {{{"name", "App"}, {"properties", {{"addressPrefix", "10.0.0.0/24"}, {"defaultOutboundAccess", false}}}},
           {{"name", "Run"}, {"properties", {{"addressPrefix", "10.0.1.0/24"}, {"defaultOutboundAccess", false}}}},
           {{"name", "Ends"}, {"properties", {{"addressPrefix", "10.0.2.0/24"}, {"defaultOutboundAccess", false}}}}}}});
    put("Microsoft.ManagedIdentity/userAssignedIdentities", "FirstIdentity", json::object());
    put("Microsoft.ManagedIdentity/userAssignedIdentities", "StarterIdentity", json::object());
    machines("First", acting_as("FirstIdentity"));
    json own = {{"type", "SystemAssigned"}};
    if (often(4)) {
      own = acting_as("FirstIdentity");
      own["type"] = "SystemAssigned, UserAssigned";
    }
    machines("Second", own);
  }

  /// With the identity's id as the name of a member, or by a function.
  json acting_as(const std::string& name) {
    const std::string identity = id("Microsoft.ManagedIdentity/userAssignedIdentities", {name});
    json out = {{"type", "UserAssigned"}};
    if (often(2)) {
      out["userAssignedIdentities"][identity] = json::object();
    } else {
      out["userAssignedIdentities"] = "[createObject(" + inner(identity) + ", createObject())]";
    }
    return out;
  }

  void machines(const std::string& name, const json& identity) {
    const json configuration = {{"name", "one"},
                                {"properties", {{"subnet", {{"id", subnet("App")}}}, {"primary", true}}}};
    const json interface = {{"name", "one"},
                            {"properties", {{"primary", true}, {"ipConfigurations", json::array({configuration})}}}};
    put("Microsoft.Compute/virtualMachineScaleSets", name + "ScaleSet",
        {{"virtualMachineProfile",
          {{"networkProfile", {{"networkInterfaceConfigurations", json::array({interface})}}}}}},
        {{"identity", identity}, {"sku", {{"capacity", 1}}}});
  }

  static std::string subnet(const std::string& name) {
    return id("Microsoft.Network/virtualNetworks/subnets", {"Main", name});
  }

  void services() {
    json store = json::object();
    maybe(store, "allowSharedKeyAccess", 4);
    maybe(store, "allowBlobPublicAccess", 3);
    public_access(store);
    if (often(6)) store["publicNetworkAccess"] = "SecuredByPerimeter";
    if (!often(3)) store["networkAcls"] = rules("value");
    put("Microsoft.Storage/storageAccounts", "inbox", store);
    json container = json::object();
    if (often(2)) container["publicAccess"] = one_of({"None", "Blob", "Container"});
    put("Microsoft.Storage/storageAccounts/blobServices/containers", "inbox/default/inbox", container);
    messages("jobs", "queues");
    messages("done", "topics");
    put("Microsoft.ServiceBus/namespaces/topics/subscriptions", "done/done/all", json::object());
    table();
    vault();
  }

  void messages(const std::string& name, const std::string& kind) {
    json space = json::object();
    maybe(space, "disableLocalAuth", 4, true);
    public_access(space);
    put("Microsoft.ServiceBus/namespaces", name, space);
    put("Microsoft.ServiceBus/namespaces/" + kind, name + "/" + name, json::object());
    if (often(3)) return;
    json firewall = rules("ipMask");
    public_access(firewall);
    put("Microsoft.ServiceBus/namespaces/networkRuleSets", name + "/default", firewall);
  }

  void table() {
    json account = {{"databaseAccountOfferType", "Standard"}};
    maybe(account, "disableLocalAuth", 4, true);
    public_access(account);
    if (often(2)) account["ipRules"] = addresses("ipAddressOrRange");
    put("Microsoft.DocumentDB/databaseAccounts", "items", account);
    json role = {{"permissions", {{{"dataActions", some_of(random_items())}}}}};
    if (often(3)) role["permissions"][0]["notDataActions"] = some_of(random_items());
    put("Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions", "items/mine", role);
    for (std::size_t i = below(4); i > 0; --i) {
      const std::string built = id("Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions",
                                   {"items", "00000000-0000-0000-0000-00000000000" + one_of({"1", "2"})});
      put("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "items/given" + std::to_string(i),
          {{"principalId", principal()},
           {"scope", id("Microsoft.DocumentDB/databaseAccounts", {"items"})},
           {"roleDefinitionId",
            often(2) ? id("Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions", {"items", "mine"}) : built}});
    }
  }

  void vault() {
    json made = json::object();
    if (!often(8)) made["enableRbacAuthorization"] = !often(3);
    public_access(made);
    if (!often(3)) made["networkAcls"] = rules("value");
    for (std::size_t i = below(3); i > 0; --i) {
      json policy = {{"objectId", principal()}, {"permissions", json::object()}};
      if (often(2)) {
        policy["permissions"]["keys"] =
            some_of({"all", "get", "list", "encrypt", "decrypt", "wrapKey", "unwrapKey", "create", "delete"});
      }
      if (often(2)) policy["permissions"]["secrets"] = some_of({"all", "get", "list", "set"});
      made["accessPolicies"].push_back(policy);
    }
    put("Microsoft.KeyVault/vaults", "keys", made);
    put("Microsoft.KeyVault/vaults/keys", "keys/main", {{"kty", "RSA"}});
    put("Microsoft.KeyVault/vaults/secrets", "keys/pass", json::object());
  }

  void public_access(json& to) {
    if (!often(3)) to["publicNetworkAccess"] = often(2) ? "Enabled" : "Disabled";
  }

  json addresses(const char* of) {
    json out = json::array();
    for (const char* each : {kAddresses, kAddress}) {
      if (often(2)) out.push_back({{of, each}});
    }
    return out;
  }

  json rules(const char* of) {
    json out = json::object();
    if (!often(5)) out["defaultAction"] = often(4) ? "Allow" : "Deny";
    if (often(2)) out["ipRules"] = addresses(of);
    if (often(12)) out["virtualNetworkRules"] = {{{"id", subnet("App")}, {"subnet", {{"id", subnet("App")}}}}};
    return out;
  }

  void endpoint(const std::string& name, const std::string& kind) {
    const bool messages = kind == "jobs" || kind == "done";
    const std::string target = kind == "store"   ? id("Microsoft.Storage/storageAccounts", {"inbox"})
                               : messages        ? id("Microsoft.ServiceBus/namespaces", {kind})
                               : kind == "table" ? id("Microsoft.DocumentDB/databaseAccounts", {"items"})
                                                 : id("Microsoft.KeyVault/vaults", {"keys"});
    const std::string group = kind == "store"   ? one_of({"blob", "dfs", "blob_secondary", "file", "queue"})
                              : messages        ? "namespace"
                              : kind == "table" ? one_of({"Sql", "Sql", "MongoDB"})
                                                : "vault";
    lead(name, target, group, zone_of(kind));
  }

  /// An endpoint, entered in the zone of its kind unless something is amiss.
  void lead(const std::string& name, const std::string& target, const std::string& group, const std::string& kind) {
    const json connection = {{"name", "one"},
                             {"properties", {{"privateLinkServiceId", target}, {"groupIds", {group}}}}};
    put("Microsoft.Network/privateEndpoints", name + "Endpoint",
        {{"subnet", {{"id", subnet("Ends")}}},
         {often(12) ? "manualPrivateLinkServiceConnections" : "privateLinkServiceConnections",
          json::array({connection})}});
    if (often(12)) return;
    const std::string zone = often(12) ? "privatelink.queue.core.windows.net" : kind;
    put("Microsoft.Network/privateEndpoints/privateDnsZoneGroups", name + "Endpoint/default",
        {{"privateDnsZoneConfigs",
          {{{"name", "one"},
            {"properties", {{"privateDnsZoneId", id("Microsoft.Network/privateDnsZones", {zone})}}}}}}});
  }

  static std::string zone_of(const std::string& kind) {
    if (kind == "store") return "privatelink.blob.core.windows.net";
    if (kind == "table") return "privatelink.documents.azure.com";
    return kind == "vault" ? "privatelink.vaultcore.azure.net" : "privatelink.servicebus.windows.net";
  }

  void zones() {
    for (const std::string kind : {"store", "table", "vault", "jobs"}) {
      const std::string zone = zone_of(kind);
      put("Microsoft.Network/privateDnsZones", zone, json::object(), {{"location", "global"}});
      if (often(12)) continue;
      put("Microsoft.Network/privateDnsZones/virtualNetworkLinks", zone + "/Main",
          {{"registrationEnabled", false},
           {"virtualNetwork", {{"id", id("Microsoft.Network/virtualNetworks", {"Main"})}}}},
          {{"location", "global"}});
    }
  }

  /// What is new in the store starts a function, unless something is amiss.
  void events() {
    const std::string host = id("Microsoft.Storage/storageAccounts", {"starterhost"});
    put("Microsoft.Storage/storageAccounts", "starterhost", {{"allowSharedKeyAccess", false}});
    put("Microsoft.Storage/storageAccounts/queueServices/queues", "starterhost/default/events", json::object());
    json site = {{"virtualNetworkSubnetId", subnet("Run")}, {"outboundVnetRouting", {{"allTraffic", true}}}};
    site["siteConfig"]["appSettings"] = {
        {{"name", "AzureWebJobsStorage__accountName"}, {"value", often(8) ? "otherhost" : "starterhost"}}};
    put("Microsoft.Web/sites", "StarterApp", site,
        {{"kind", "functionapp,linux"}, {"identity", acting_as("StarterIdentity")}});
    const json binding = {{"type", often(8) ? "httpTrigger" : "queueTrigger"},
                          {"queueName", often(8) ? "others" : "events"},
                          {"connection", often(8) ? "Elsewhere" : "AzureWebJobsStorage"}};
    json function = {{"config", {{"bindings", json::array({binding})}}}};
    if (often(6)) function["isDisabled"] = often(2);
    put("Microsoft.Web/sites/functions", "StarterApp/starter", function);
    put("Microsoft.EventGrid/systemTopics", "InboxEvents",
        {{"source", id("Microsoft.Storage/storageAccounts", {often(8) ? "starterhost" : "inbox"})},
         {"topicType", "Microsoft.Storage.StorageAccounts"}},
        {{"identity", {{"type", "SystemAssigned"}}}});
    const json to = {{"endpointType", "StorageQueue"}, {"properties", {{"resourceId", host}, {"queueName", "events"}}}};
    put("Microsoft.EventGrid/systemTopics/eventSubscriptions", "InboxEvents/Starter",
        {{"filter", {{"includedEventTypes", {"Microsoft.Storage.BlobCreated"}}}},
         {"deliveryWithResourceIdentity", {{"identity", {{"type", "SystemAssigned"}}}, {"destination", to}}}});
    if (often(4)) return;
    const Place place = often(6) ? Place{"Microsoft.Storage/storageAccounts", {"starterhost"}}
                                 : Place{"Microsoft.Storage/storageAccounts/queueServices/queues",
                                         {"starterhost", "default", "events"}};
    assign(place, own_principal("Microsoft.EventGrid/systemTopics", "InboxEvents"),
           kRole +
               one_of({"c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
                       "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"}) +
               "')]");
  }

  void roles() {
    for (const std::string name : {"mine", "other"}) {
      json permission = {{"actions", json::array()}, {"dataActions", json::array()}};
      if (often(2)) permission["actions"] = some_of(random_controls());
      if (!often(4)) permission["dataActions"] = some_of(random_operations());
      if (often(3)) permission["notActions"] = some_of(random_controls());
      if (often(3)) permission["notDataActions"] = some_of(random_operations());
      put("Microsoft.Authorization/roleDefinitions", name, {{"permissions", json::array({permission})}});
      lets_[name] = permission["dataActions"].get<Texts>();
    }
    for (std::size_t i = 3 + below(6); i > 0; --i) {
      const bool own = often(2);
      const std::string name = own ? one_of({"mine", "other"}) : one_of(random_roles());
      assign(place(), principal(), own ? id("Microsoft.Authorization/roleDefinitions", {name}) : kRole + name + "')]",
             often(4) ? condition(own ? lets_[name] : Texts{}) : "");
    }
  }

  /// A role over what is made elsewhere, and perhaps a private endpoint that leads there.
  void elsewhere(std::size_t number) {
    struct Far {
      std::string account;
      std::string part;
      std::string group;
      std::string zone;
    };
    static const std::vector<Far> kAll = {
        {"Microsoft.Storage/storageAccounts/photos", "/blobServices/default/containers/shop", "blob", zone_of("store")},
        {"Microsoft.Storage/storageAccounts/films", "", "blob", zone_of("store")},
        {"Microsoft.ServiceBus/namespaces/acme", "/topics/alarms", "namespace", zone_of("jobs")},
        {"Microsoft.ServiceBus/namespaces/acme", "/queues/letters", "namespace", zone_of("jobs")},
        {"Microsoft.KeyVault/vaults/login", "", "vault", zone_of("vault")},
    };
    const Far& far = kAll[below(kAll.size())];
    const std::string account =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers/" + far.account;
    json given = {{"principalId", "[parameters('who')]"}, {"roleDefinitionId", kRole + one_of(random_roles()) + "')]"}};
    if (often(3)) {
      given["condition"] = condition({});
      given["conditionVersion"] = "2.0";
    }
    const json assigned = {{"type", "Microsoft.Authorization/roleAssignments"},
                           {"apiVersion", "2022-04-01"},
                           {"name", "given"},
                           {"scope", "[parameters('thing')]"},
                           {"properties", given}};
    const json within = {{"parameters", {{"thing", {{"type", "string"}}}, {"who", {{"type", "string"}}}}},
                         {"resources", json::array({assigned})}};
    put("Microsoft.Resources/deployments", "Far" + std::to_string(number),
        {{"mode", "Incremental"},
         {"expressionEvaluationOptions", {{"scope", "Inner"}}},
         {"parameters", {{"thing", {{"value", account + far.part}}}, {"who", {{"value", principal()}}}}},
         {"template", within}},
        {{"resourceGroup", "central"}, {"subscriptionId", "00000000-0000-0000-0000-000000000000"}});
    if (often(2)) lead("Far" + std::to_string(number), account, far.group, far.zone);
  }

  struct Place {
    std::string type;  ///< empty: the resource group
    Texts names;
  };

  Place place() {
    static const std::vector<Place> kAll = {
        {"Microsoft.Storage/storageAccounts", {"inbox"}},
        {"Microsoft.Storage/storageAccounts/blobServices/containers", {"inbox", "default", "inbox"}},
        {"Microsoft.Storage/storageAccounts/blobServices/containers", {"inbox", "default", "nowhere"}},
        {"Microsoft.ServiceBus/namespaces", {"jobs"}},
        {"Microsoft.ServiceBus/namespaces/queues", {"jobs", "jobs"}},
        {"Microsoft.ServiceBus/namespaces/topics", {"done", "done"}},
        {"Microsoft.ServiceBus/namespaces/topics/subscriptions", {"done", "done", "all"}},
        {"Microsoft.DocumentDB/databaseAccounts", {"items"}},
        {"Microsoft.KeyVault/vaults", {"keys"}},
        {"Microsoft.KeyVault/vaults/keys", {"keys", "main"}},
        {"Microsoft.KeyVault/vaults/secrets", {"keys", "pass"}},
    };
    return often(12) ? Place() : kAll[below(kAll.size())];
  }

  /// At the resource, or as a part of it.
  void assign(const Place& where, const std::string& who, const std::string& role, const std::string& condition = "") {
    json given = {{"principalId", who}, {"roleDefinitionId", role}};
    if (!condition.empty()) {
      given["condition"] = condition;
      given["conditionVersion"] = "2.0";
    }
    std::string name = "given" + std::to_string(resources_.size());
    if (!where.type.empty() && often(6)) {
      std::string whole;
      for (const std::string& each : where.names) whole += each + "/";
      return put(where.type + "/providers/roleAssignments", whole + "Microsoft.Authorization/" + name, given);
    }
    const json more = where.type.empty() ? json::object() : json{{"scope", scope(where)}};
    put("Microsoft.Authorization/roleAssignments", name, given, more);
  }

  /// By a function, or written out.
  std::string scope(const Place& where) {
    if (!often(4)) return id(where.type, where.names);
    std::string out = where.type.substr(0, where.type.find('/'));
    std::string types = where.type.substr(out.size() + 1) + "/";
    for (const std::string& each : where.names) {
      const std::size_t end = types.find('/');
      out += "/" + types.substr(0, end) + "/" + each;
      types.erase(0, end + 1);
    }
    return out;
  }

  std::string condition(Texts named) {
    const std::string blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
    if (named.empty() || often(4)) named = {blobs + "read"};
    if (often(6)) named = {blobs + "read", blobs + "write"};
    std::string out = "((";
    for (const std::string& each : named) out += (out.size() > 2 ? " AND " : "") + ("!(ActionMatches{'" + each + "'})");
    return out + ") OR (@Environment[isPrivateLink] BoolEquals " + (often(3) ? "false" : "true") + "))";
  }

  static std::string own_principal(const std::string& type, const std::string& name) {
    return "[reference(" + inner(id(type, {name})) + ", '2025-01-01', 'Full').identity.principalId]";
  }

  std::string principal() {
    switch (below(4)) {
      case 0:
        return "[reference(" +
               inner(id("Microsoft.ManagedIdentity/userAssignedIdentities",
                        {often(4) ? "StarterIdentity" : "FirstIdentity"})) +
               ", '2024-11-30').principalId]";
      case 1:
        return own_principal("Microsoft.Compute/virtualMachineScaleSets", "SecondScaleSet");
      case 2:
        return "8a1f2e9b-0000-4000-8000-00000000c1e4";
      default:
        return "8a1f2e9b-0000-4000-8000-0000000008d1";
    }
  }

  /// Most often the value that closes a door.
  void maybe(json& to, const char* name, std::size_t one_of, bool closed = false) {
    if (often(8)) return;
    to[name] = often(one_of) ? !closed : closed;
  }

  json some_of(const Texts& all) {
    json out = json::array();
    for (std::size_t i = 0; i <= below(3); ++i) out.push_back(all[below(all.size())]);
    return out;
  }

  std::string one_of(const Texts& all) { return all[below(all.size())]; }
  std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }
  bool often(std::size_t one_of) { return below(one_of) == 0; }

  std::mt19937_64 random_;
  json resources_;
  std::map<std::string, Texts> lets_;
};

}  // namespace

std::function<json()> random_azure_documents(std::uint64_t seed) {
  const auto chance = std::make_shared<Chance>(seed);
  return [chance] { return chance->document(); };
}

}  // namespace crenel::agreement
