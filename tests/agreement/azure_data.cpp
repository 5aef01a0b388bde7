#include "tests/agreement/azure_data.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "tests/agreement/arm_expression.h"
#include "tests/agreement/azure_reading.h"

/// What a template makes: things, roles, programs, endpoints.
namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

std::string without(std::string name, const std::string& ending) {
  if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  return name;
}

/// What the design calls it.
std::string stem_of(const json& resource) {
  const std::string declared = text(at(at(resource, "tags"), "declared"));
  const std::string name = resource.at("name");
  return declared.empty() ? name.substr(0, name.find('(')) : declared;
}

/// Resources that open other ways to a service, or let others act, and are not read.
constexpr std::array<const char*, 9> kUnread = {
    "microsoft.keyvault/vaults/accesspolicies",
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials",
    "microsoft.servicebus/namespaces/disasterrecoveryconfigs",
    "microsoft.servicebus/namespaces/authorizationrules",
    "microsoft.storage/storageaccounts/localusers",
    "microsoft.storage/storageaccounts/objectreplicationpolicies",
    "microsoft.storage/storageaccounts/fileservices/shares",
    "microsoft.storage/storageaccounts/tableservices/tables",
    "microsoft.authorization/denyassignments",
};

/// An assignment that is written as a part of what it holds for: "a/Microsoft.Authorization/x" of
/// "Microsoft.X/type/providers/roleAssignments".
constexpr const char* kBeneath = "/providers/roleassignments";

/// Where a role holds.
std::string scope_of(const json& assignment) {
  const std::string type = without(lower(assignment.at("type").get<std::string>()), kBeneath);
  if (type == "microsoft.authorization/roleassignments") return text(at(assignment, "scope"));
  const std::string name = assignment.at("name");
  return type + "|" + name.substr(0, lower(name).rfind("/microsoft.authorization/"));
}

}  // namespace

AzureData::AzureData(const json& document, const ParameterValues& parameters) {
  for (const auto& [name, value] : parameters) {
    const bool numbers =
        value.find('.') != std::string::npos && value.find_first_not_of("0123456789./") == std::string::npos;
    if (numbers) given_.insert(cidr(value.find('/') == std::string::npos ? value + "/32" : value).base);
  }
  read_resources(document, parameters);
  read_packets(document, parameters);
  read_things();
  read_callers();
  read_roles();
  read_elsewhere();
  read_endpoints();
}

std::string AzureData::type_of(const Id& id) {
  const std::size_t begin = id.starts_with("/") ? id.find("/microsoft.") + 1 : 0;
  const std::size_t bar = id.find('|');
  return bar == std::string::npos ? "" : id.substr(begin, bar - begin);
}

/// "type|a/b" of "type/part|a/b/c".
AzureData::Id AzureData::parent_of(Id id) {
  const std::size_t bar = id.find('|');
  const std::string type = id.substr(0, id.rfind('/', bar - 1));
  return type + "|" + id.substr(bar + 1, id.rfind('/') - bar - 1);
}

bool AzureData::is_within(const Id& part, const Id& whole) {
  if (part == whole) return true;
  const std::size_t bar = whole.find('|');
  const std::size_t inner = part.find('|');
  if (bar == std::string::npos || inner == std::string::npos) return false;
  return part.substr(0, inner).starts_with(whole.substr(0, bar) + "/") &&
         part.substr(inner + 1).starts_with(whole.substr(bar + 1) + "/");
}

void AzureData::read_resources(const json& document, const ParameterValues& parameters) {
  const ArmExpressions expressions(document, parameters);
  for (const json& resource : document.at("resources")) {
    const std::string type = lower(resource.at("type").get<std::string>());
    if (type == "microsoft.resources/deployments") {
      read_nested(resource, expressions);
      continue;
    }
    if (resource.contains("copy")) throw std::invalid_argument("copies are not made");
    if (std::find(kUnread.begin(), kUnread.end(), type) != kUnread.end()) {
      throw std::invalid_argument(type + " is not read");
    }
    keep(expressions.evaluate(resource));
  }
}

void AzureData::keep(json made) {
  if (made.contains("condition")) {
    if (!made["condition"].is_boolean()) throw std::invalid_argument("whether something is made is not known");
    if (!made["condition"].get<bool>()) return;
  }
  resources_.push_back(std::move(made));
}

/// The near end of an endpoint, and what a function calls by, are interfaces like those of machines: each is put there
/// as one for the interpreter of packets.
void AzureData::read_packets(const json& document, const ParameterValues& parameters) {
  json with = document;
  const auto put = [&](const json& resource, const std::string& name, const json& subnet, const json& groups,
                       bool private_end) {
    json configuration = {{"name", "one"}, {"properties", {{"subnet", subnet}}}};
    if (groups.is_array()) configuration["properties"]["applicationSecurityGroups"] = groups;
    json interfaces = json::array();
    interfaces.push_back(
        {{"name", "one"},
         {"properties", {{"ipConfigurations", json::array({std::move(configuration)})}, {"privateEnd", private_end}}}});
    json machines = {{"type", "Microsoft.Compute/virtualMachineScaleSets"}, {"name", name}};
    machines["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"] = interfaces;
    if (resource.contains("condition")) machines["condition"] = resource["condition"];
    with["resources"].push_back(std::move(machines));
  };
  for (const json& resource : resources_) {
    const std::string type = lower(resource.at("type").get<std::string>());
    const json& properties = at(resource, "properties");
    const std::string name = id_of(resource);
    if (type == "microsoft.network/privateendpoints" && properties.contains("subnet")) {
      put(resource, name, properties["subnet"], at(properties, "applicationSecurityGroups"), true);
    }
    if (type == "microsoft.web/sites" && properties.contains("virtualNetworkSubnetId")) {
      put(resource, name, json{{"id", properties["virtualNetworkSubnetId"]}}, {}, false);
    }
  }
  packets_ = std::make_unique<AzureInterpreter>(with, parameters, TagReading::Narrow);
}

std::vector<const json*> AzureData::all(const std::string& type) const {
  std::vector<const json*> out;
  for (const json& each : resources_) {
    if (lower(each.at("type").get<std::string>()) == lower(type)) out.push_back(&each);
  }
  return out;
}

const json* AzureData::find(const Id& id) const {
  const auto found =
      std::find_if(resources_.begin(), resources_.end(), [&](const json& each) { return id_of(each) == id; });
  return found == resources_.end() ? nullptr : &*found;
}

/// A function keeps its state in it.
bool AzureData::is_host(const std::string& account) const {
  const auto sites = all("Microsoft.Web/sites");
  return std::any_of(sites.begin(), sites.end(), [&](const json* site) { return host_of(*site) == lower(account); });
}

void AzureData::read_things() {
  struct Kind {
    const char* type;
    const char* word;
    int inside;  ///< names after those of the account
    std::set<std::string> groups;
  };
  const std::array<Kind, 7> kinds = {{
      {"Microsoft.Storage/storageAccounts", "store", 0, {"blob", "dfs", "blob_secondary", "dfs_secondary"}},
      {"Microsoft.ServiceBus/namespaces/queues", "queue", 1, {"namespace"}},
      {"Microsoft.ServiceBus/namespaces/topics", "topic", 1, {"namespace"}},
      {"Microsoft.DocumentDB/databaseAccounts", "table", 0, {"sql"}},
      {"Microsoft.KeyVault/vaults", "vault", 0, {"vault"}},
      {"Microsoft.Compute/virtualMachineScaleSets", "group", 0, {}},
      {"Microsoft.Web/sites", "function", 0, {"sites"}},
  }};
  for (const Kind& kind : kinds) {
    for (const json* each : all(kind.type)) {
      const std::string name = each->at("name");
      const bool host = std::string(kind.word) == "store" && is_host(name);
      Thing made{.named = {.kind = kind.word, .name = name, .stem = "", .elsewhere = false},
                 .id = id_of(*each),
                 .account = id_of(*each),
                 .groups = kind.groups};
      for (int i = kind.inside; i > 0; --i) made.account = parent_of(made.account);
      const json* account = find(made.account);
      if (account == nullptr) continue;
      made.named.stem = without(stem_of(*account), "ScaleSet");
      if (host) made.named.kind = "host";
      things_.push_back(std::move(made));
    }
  }
}

void AzureData::read_callers() {
  const auto principal = [](const std::string& id) { return "(principal of " + id + ")"; };
  for (const char* type : {"Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Web/sites"}) {
    for (const json* each : all(type)) {
      Caller made{.named = {.kind = DataAsker::Kind::Program,
                            .name = each->at("name"),
                            .stem = without(stem_of(*each), "ScaleSet")},
                  .principals = {},
                  .tells = {}};
      const json& identity = at(*each, "identity");
      for (const auto& [id, ignored] : at(identity, "userAssignedIdentities").items()) {
        made.principals.insert(principal(lower(id)));
      }
      if (lower(text(at(identity, "type"))).find("systemassigned") != std::string::npos) {
        made.principals.insert(principal(id_of(*each)));
      }
      callers_.push_back(std::move(made));
    }
  }
  // Event Grid acts as a topic's own identity for nothing but its subscriptions; those of stores start functions
  for (const json* each : all("Microsoft.EventGrid/systemTopics/eventSubscriptions")) {
    const std::string name = each->at("name");
    const Id topic = parent_of(id_of(*each));
    const json* source = find(topic);
    const json& to = at(at(at(*each, "properties"), "deliveryWithResourceIdentity"), "destination");
    if (source == nullptr || !says(at(at(*source, "properties"), "topicType"), "Microsoft.Resources.ResourceGroups")) {
      continue;
    }
    callers_.push_back(
        {.named = {.kind = DataAsker::Kind::Named, .name = name, .stem = name.substr(name.rfind('/') + 1)},
         .principals = {principal(topic)},
         .tells = lower(text(at(at(to, "properties"), "resourceId")))});
  }
}

AzureRole AzureData::role(const std::string& id, bool of_cosmos) const {
  const std::string name = id.substr(id.find_last_of("/|") + 1);
  if (const AzureRole* known = of_cosmos ? cosmos_built_in(name) : azure_built_in(name)) return *known;
  const char* type = of_cosmos ? "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions"
                               : "Microsoft.Authorization/roleDefinitions";
  for (const json* each : all(type)) {
    if (id_of(*each) != lower(id)) continue;
    AzureRole out{.id = id, .actions = {}, .not_actions = {}, .data_actions = {}, .not_data_actions = {}};
    const json& permissions = at(at(*each, "properties"), "permissions");
    if (!permissions.is_array() || permissions.size() > 1) throw std::invalid_argument("a role of several permissions");
    for (const json& one : permissions) {
      const auto list = [&](const char* of, std::vector<std::string>& to) {
        for (const json& operation : at(one, of)) to.push_back(operation.get<std::string>());
      };
      list("actions", out.actions);
      list("notActions", out.not_actions);
      list("dataActions", out.data_actions);
      list("notDataActions", out.not_data_actions);
    }
    return out;
  }
  throw std::invalid_argument("a role is not known: " + id);
}

void AzureData::read_roles() {
  const auto add = [&](const json& resource, bool of_cosmos) {
    const json& properties = at(resource, "properties");
    const std::string said = scope_of(resource);
    Assignment made{.scope = place(said),
                    .said = said,
                    .principal = text(at(properties, "principalId")),
                    .condition = text(at(properties, "condition")),
                    .role = role(text(at(properties, "roleDefinitionId")), of_cosmos),
                    .of_cosmos = of_cosmos};
    // within an account everything that a role of Cosmos DB is about is one table
    if (of_cosmos) made.scope = parent_of(id_of(resource));
    assignments_.push_back(std::move(made));
  };
  for (const json& each : resources_) {
    const std::string type = lower(each.at("type").get<std::string>());
    if (type == "microsoft.authorization/roleassignments" || type.ends_with(kBeneath)) add(each, false);
  }
  for (const json* each : all("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments")) add(*each, true);
  for (const Assignment& each : assignments_) add_named(each.principal);
  for (const json* each : all("Microsoft.KeyVault/vaults")) {
    for (const json& policy : at(at(*each, "properties"), "accessPolicies")) add_named(text(at(policy, "objectId")));
  }
}

/// Somebody who is made elsewhere.
void AzureData::add_named(const std::string& principal) {
  const bool made = principal.starts_with("(principal of ");
  const bool known = std::any_of(callers_.begin(), callers_.end(), [&](const Caller& caller) {
    return caller.named.name == principal || caller.principals.contains(principal);
  });
  if (made || known) return;
  callers_.push_back({.named = {.kind = DataAsker::Kind::Named, .name = principal, .stem = ""},
                      .principals = {principal},
                      .tells = {}});
}

void AzureData::read_endpoints() {
  for (const json* each : all("Microsoft.Network/privateEndpoints")) {
    const json& properties = at(*each, "properties");
    // an endpoint that waits for somebody's word leads nowhere yet
    Endpoint made{.name = each->at("name"),
                  .id = id_of(*each),
                  .subnet = lower(text(at(at(properties, "subnet"), "id"))),
                  .leads = {}};
    for (const json& connection : at(properties, "privateLinkServiceConnections")) {
      const json& inner = at(connection, "properties");
      std::set<std::string> groups;
      for (const json& group : at(inner, "groupIds")) groups.insert(lower(group.get<std::string>()));
      made.leads.emplace_back(place(text(at(inner, "privateLinkServiceId"))), std::move(groups));
    }
    endpoints_.push_back(std::move(made));
  }
}

DataInterpreter azure_data(const json& document, const ParameterValues& parameters) {
  const auto cloud = std::make_shared<AzureData>(document, parameters);
  return {.things = cloud->things(),
          .askers = cloud->askers(),
          .ways = cloud->ways(),
          .actions = [cloud](const DataThing& thing) { return cloud->actions(thing); },
          .answer = [cloud](const DataQuestion& question) { return cloud->answer(question); }};
}

}  // namespace crenel::agreement
