#include <algorithm>
#include <array>
#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"

/// Tables: a container of Cosmos DB for NoSQL, in an account of its own. Its roles tell one item from a query, which
/// those of storage tables do not (learn.microsoft.com, "Azure Cosmos DB for NoSQL data plane security reference",
/// checked 2026-11-26).
namespace crenel::azure {
namespace {

using document::Value;
using model::DataAction;
using model::DataFlow;
using model::Design;
using model::TableId;

constexpr std::size_t kLongestDatabaseAccountName = 44;
constexpr const char* kDatabase = "data";

/// What a client reads first, whatever it is going to do.
constexpr const char* kMetadata = "Microsoft.DocumentDB/databaseAccounts/readMetadata";

struct TableAction {
  DataAction action;
  const char* key;
  const char* title;
  std::array<const char*, 3> operations;  ///< of containers; null: none
};
constexpr std::array<TableAction, 3> kActions = {{
    {DataAction::Get, "TableGet", "get items", {"items/read", nullptr, nullptr}},
    {DataAction::Put, "TablePut", "put items", {"items/create", "items/upsert", "items/replace"}},
    // clients of the provider read the change feed to run a query in parts ("… data plane security reference", note)
    {DataAction::Query, "TableQuery", "query items", {"executeQuery", "readChangeFeed", nullptr}},
}};

Term account_id(const Design& design, TableId id) { return resource_id(kTableAccount, name_of_service(design, id)); }

Term role_variable(const TableAction& action) { return variable(std::string(action.key) + "RoleName"); }

Term definition_id(const Design& design, TableId id, const TableAction& action) {
  return call("resourceId",
              {Term::literal(std::string(kTableRole.name)), name_of_service(design, id), role_variable(action)});
}

bool is_done(const Design& design, TableId id, DataAction action) {
  return std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const DataFlow& flow) {
    return flow.to == model::Endpoint(id) &&
           std::find(flow.actions.begin(), flow.actions.end(), action) != flow.actions.end();
  });
}

Resource account(const Design& design, TableId id) {
  Resource out;
  out.type = kTableAccount;
  out.name = name_of_service(design, id);
  out.tags = service_tags(design, id);
  out.kind = "GlobalDocumentDB";
  const Value here = document::object(
      {{"locationName", parameter("Location").value()}, {"failoverPriority", 0}, {"isZoneRedundant", false}});
  out.properties = document::object(
      {{"databaseAccountOfferType", "Standard"},
       {"locations", document::array({here})},
       {"consistencyPolicy", document::object({{"defaultConsistencyLevel", "Session"}})},
       {"capabilities", document::array({document::object({{"name", "EnableServerless"}})})},
       {"backupPolicy",
        document::object(
            {{"type", "Continuous"}, {"continuousModeProperties", document::object({{"tier", "Continuous7Days"}})}})},
       {"disableKeyBasedMetadataWriteAccess", true},
       {"disableLocalAuth", true},
       {"minimalTlsVersion", "Tls12"},
       {"networkAclBypass", "None"},
       {"publicNetworkAccess", "Disabled"}});
  if (const auto vault = design.data_tables[id].key) {
    const Term identity = encryption_identity_id(design, *vault);
    out.identity = acting_as(identity);
    out.properties.set(
        "keyVaultKeyUri",
        call("format", {Term::literal("{0}/keys/" + std::string(kKeyName)), vault_uri(design, *vault)}).value());
    out.properties.set("defaultIdentity",
                       call("format", {Term::literal("UserAssignedIdentity={0}"), identity}).value());
    out.depends_on = {key_id(design, *vault), encryption_assignment_id(design, *vault)};
  }
  out.cause = cause_of_service(design, id);
  return out;
}

Resource part(const ResourceType& type, const Design& design, TableId id, Term name, Value properties) {
  Resource out;
  out.type = type;
  out.name = std::move(name);
  out.properties = std::move(properties);
  out.depends_on = {account_id(design, id)};
  out.cause = cause_of_service(design, id);
  return out;
}

void add_container(const Design& design, TableId id, Template& out) {
  const Term account = name_of_service(design, id);
  const std::string name = part_name(design.data_tables[id].origin.path);
  out.resources.push_back(part(kTableDatabase, design, id, child_name(account, {kDatabase}),
                               document::object({{"resource", document::object({{"id", kDatabase}})}})));
  Resource made =
      part(kTableContainer, design, id, child_name(account, {kDatabase, name}),
           document::object(
               {{"resource", document::object({{"id", name},
                                               {"partitionKey", document::object({{"paths", document::array({"/id"})},
                                                                                  {"kind", "Hash"}})}})}}));
  made.depends_on.push_back(resource_id(kTableAccount, account, {"sqlDatabases", kDatabase}));
  out.resources.push_back(std::move(made));
}

Resource definition(const Design& design, TableId id, const TableAction& action) {
  Value operations = document::array({kMetadata});
  for (const char* each : action.operations) {
    if (each == nullptr) continue;
    operations.push(std::string(kTableContainer.name) + "/" + each);
  }
  const Term name = call("format", {Term::literal("{0}/{1}"), name_of_service(design, id), role_variable(action)});
  return part(kTableRole, design, id, name,
              document::object({{"roleName", std::string(action.title)},
                                {"type", "CustomRole"},
                                {"assignableScopes", document::array({account_id(design, id).value()})},
                                {"permissions", document::array({document::object({{"dataActions", operations}})})}}));
}

/// Roles of Cosmos DB are its own, and are assigned within the account.
Resource grant(const Design& design, TableId id, const DataFlow& flow, const TableAction& action) {
  const Term who = identity_id(design, flow.from);
  const Term role = definition_id(design, id, action);
  const Term own = call("guid", {account_id(design, id), who, role});
  const std::string inside =
      std::string("/dbs/") + kDatabase + "/colls/" + part_name(design.data_tables[id].origin.path);
  Resource out =
      part(kTableAssignment, design, id, call("format", {Term::literal("{0}/{1}"), name_of_service(design, id), own}),
           document::object({{"roleDefinitionId", role.value()},
                             {"scope", call("format", {Term::literal("{0}" + inside), account_id(design, id)}).value()},
                             {"principalId", principal_of(who).value()}}));
  out.depends_on.push_back(role);
  return out;
}

}  // namespace

void lower_tables(const Design& design, Template& out) {
  std::set<std::string> named;
  for (const TableId id : design.data_tables.ids()) {
    add_global_name(design, id, kLongestDatabaseAccountName, out);
    out.resources.push_back(account(design, id));
    add_container(design, id, out);
    for (const TableAction& action : kActions) {
      if (!is_done(design, id, action.action)) continue;
      if (named.insert(action.key).second) {
        out.variables.emplace_back(
            std::string(action.key) + "RoleName",
            call("guid", {Term::expression("resourceGroup().id"), Term::literal(design.name + " " + action.key)})
                .value());
      }
      out.resources.push_back(definition(design, id, action));
    }
    std::set<std::string> done;
    for (const DataFlow& flow : design.data_flows) {
      if (flow.to != model::Endpoint(id)) continue;
      for (const TableAction& action : kActions) {
        if (std::find(flow.actions.begin(), flow.actions.end(), action.action) == flow.actions.end()) continue;
        Resource made = grant(design, id, flow, action);
        if (done.insert(made.name.text()).second) out.resources.push_back(std::move(made));
      }
    }
  }
}

}  // namespace crenel::azure
