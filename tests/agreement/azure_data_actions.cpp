#include "tests/agreement/azure_data_actions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/agreement/azure_condition.h"

namespace crenel::agreement {
namespace {

using Actions = std::vector<AzureAction>;
using Texts = std::vector<std::string>;

std::vector<AzureOperation> on_data(const std::string& begin, const Texts& ends) {
  std::vector<AzureOperation> out;
  for (const std::string& each : ends) out.push_back({begin + each, true});
  return out;
}

/// Whoever may do one of these changes the thing, takes its keys, or lets others in: `ends` of its own type, and of
/// what is within. ("Azure permissions for Storage", "for Security", "for Integration", "for Databases", "for Compute",
/// "for Web and Mobile", "for Management and governance".)
AzureAction administer(const std::string& type, const Texts& ends, std::vector<AzureOperation> data = {}) {
  AzureAction out = {"administer", {}, std::move(data), true};
  for (const char* each : {"roleAssignments/write", "roleDefinitions/write"}) {
    out.some.push_back({std::string("Microsoft.Authorization/") + each, false});
  }
  for (const char* each : {"write", "delete"}) out.some.push_back({type + "/" + each, false});
  for (const std::string& each : ends) out.some.push_back({type + "/" + each, false});
  return out;
}

AzureAction control(const std::string& word, const std::string& type, const Texts& needed, const Texts& some = {}) {
  AzureAction out = {word, {}, {}, true};
  for (const std::string& each : needed) out.needed.push_back({type + "/" + each, false});
  for (const std::string& each : some) out.some.push_back({type + "/" + each, false});
  return out;
}

Actions stores() {
  const std::string account = "Microsoft.Storage/storageAccounts";
  const std::string blobs = account + "/blobServices/containers/blobs/";
  return {
      {"read", on_data(blobs, {"read"}), {}},
      // "Put Blob": write, or add for what is new
      {"write", on_data(blobs, {"write"}), on_data(blobs, {"add/action", "move/action"})},
      {"delete", on_data(blobs, {"delete"}), on_data(blobs, {"deleteBlobVersion/action", "permanentDelete/action"})},
      {"archive", on_data(blobs, {"tags/write"}), {}},
      administer(account,
                 {"listkeys/action", "regeneratekey/action", "ListAccountSas/action", "ListServiceSas/action",
                  "blobServices/write", "blobServices/containers/write", "blobServices/containers/delete",
                  "blobServices/containers/immutabilityPolicies/write", "managementPolicies/write", "localUsers/write",
                  "privateEndpointConnections/write"},
                 on_data(blobs, {"manageOwnership/action", "modifyPermissions/action", "runAsSuperUser/action"}))};
}

/// Objects, and the messages of the account's queues.
Actions hosts() {
  const std::string queues = "Microsoft.Storage/storageAccounts/queueServices/queues/messages/";
  Actions out = stores();
  out.push_back(
      {"messages", on_data(queues, {"read"}), on_data(queues, {"write", "delete", "add/action", "process/action"})});
  return out;
}

Actions messages(const char* put, const char* take) {
  const std::string type = "Microsoft.ServiceBus/namespaces";
  return {{put, on_data(type, {"/messages/send/action"}), {}},
          {take, on_data(type, {"/messages/receive/action"}), {}},
          administer(type, {"queues/write", "queues/delete", "queues/authorizationRules/listkeys/action",
                            "topics/write", "topics/delete", "topics/subscriptions/write",
                            "authorizationRules/listkeys/action", "networkRuleSets/write"})};
}

Actions tables() {
  const std::string cosmos = "Microsoft.DocumentDB/databaseAccounts";
  const auto with_metadata = [&](const Texts& ends) {
    auto out = on_data(cosmos + "/sqlDatabases/containers/", ends);
    out.insert(out.begin(), {cosmos + "/readMetadata", true});
    return out;
  };
  const auto items = [&](const Texts& ends) { return on_data(cosmos + "/sqlDatabases/containers/", ends); };
  return {{"get", with_metadata({"items/read"}), {}},
          {"put", with_metadata({"items/create", "items/replace", "items/upsert"}),
           items({"items/delete", "manageConflicts"})},
          {"query", with_metadata({"executeQuery", "readChangeFeed"}), {}},
          // a stored procedure does what its author wrote
          administer(cosmos,
                     {"listKeys/action", "readonlykeys/action", "listConnectionStrings/action", "regenerateKey/action",
                      "sqlRoleAssignments/write", "sqlRoleDefinitions/write", "sqlDatabases/write",
                      "sqlDatabases/containers/write"},
                     items({"executeStoredProcedure"}))};
}

Actions vaults() {
  const std::string vault = "Microsoft.KeyVault/vaults";
  auto changes = on_data(vault + "/keys/",
                         {"create/action", "import/action", "update/action", "delete", "purge/action", "recover/action",
                          "backup/action", "restore/action", "rotate/action", "release/action", "sign/action"});
  const auto of_secrets = on_data(vault + "/secrets/", {"setSecret/action", "update/action", "delete", "purge/action",
                                                        "recover/action", "backup/action", "restore/action"});
  changes.insert(changes.end(), of_secrets.begin(), of_secrets.end());
  for (const char* each : {"/keyrotationpolicies/write", "/certificates/create/action", "/certificates/delete"}) {
    changes.push_back({vault + each, true});
  }
  return {{"read", on_data(vault, {"/secrets/getSecret/action"}), {}},
          {"encrypt", on_data(vault, {"/keys/encrypt/action", "/keys/wrap/action"}), {}},
          {"decrypt", on_data(vault, {"/keys/decrypt/action", "/keys/unwrap/action"}), {}},
          administer(vault, {"accessPolicies/write", "keys/write", "secrets/write", "deploy/action"}, changes)};
}

std::map<std::string, Actions> all() {
  const std::string sets = "Microsoft.Compute/virtualMachineScaleSets";
  const std::string sites = "Microsoft.Web/sites";
  return {
      {"store", stores()},
      {"host", hosts()},
      {"queue", messages("send", "receive")},
      {"topic", messages("publish", "subscribe")},
      {"table", tables()},
      {"vault", vaults()},
      {"group",
       {control("launch", sets, {"start/action", "virtualMachines/start/action"}),
        control("terminate", sets, {"delete/action", "virtualMachines/delete"},
                {"deallocate/action", "powerOff/action", "virtualMachines/deallocate/action"}),
        administer(sets, {"extensions/write"})}},
      {"function",
       {control("invoke", sites, {"functions/action"}),
        administer(sites, {"host/listkeys/action", "publish/action", "config/write", "functions/write"})}},
  };
}

/// learn.microsoft.com, "Azure built-in roles", by area; checked 2026-11-27. What they let do to other things is left
/// out.
std::map<std::string, AzureRole> roles() {
  const std::string accounts = "Microsoft.Storage/storageAccounts/";
  const std::string containers = accounts + "blobServices/containers/";
  const std::string blob = containers + "blobs/";
  const std::string queue = accounts + "queueServices/queues/messages/";
  const std::string vault = "Microsoft.KeyVault/vaults/";
  const std::string bus = "Microsoft.ServiceBus/";
  const std::string cosmos = "Microsoft.DocumentDB/databaseAccounts/";
  std::map<std::string, AzureRole> out;
  const auto add = [&](const std::string& id, const Texts& actions, const Texts& not_actions, const Texts& data) {
    out[id] = {id, actions, not_actions, data, {}};
  };
  add("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", {"*"}, {}, {});
  add("b24988ac-6180-42a0-ab88-20f7382dd24c", {"*"},
      {"Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
       "Microsoft.Authorization/elevateAccess/Action"},
      {});
  add("acdd72a7-3385-48ef-bd42-f606fba81ae7", {"*/read"}, {}, {});
  add("17d1049b-9a84-46fb-8f53-869881c3d3ab", {accounts + "*"}, {}, {});
  add("ba92f5b4-2d11-453d-a403-e96b0029c9fe", {containers + "delete", containers + "read", containers + "write"}, {},
      {blob + "delete", blob + "read", blob + "write", blob + "move/action", blob + "add/action"});
  add("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", {containers + "*"}, {}, {blob + "*"});
  add("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", {containers + "read"}, {}, {blob + "read"});
  add("974c5e8b-45b9-4653-ba55-5f855dd0fb88", {accounts + "queueServices/queues/*"}, {}, {queue + "*"});
  add("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", {}, {}, {queue + "add/action"});
  add("f25e0fa2-a7c8-4377-a976-54943a77a395", {"Microsoft.KeyVault/*"}, {}, {});
  add("00482a5a-887f-4fb3-b363-3b7fe8e74483", {vault + "*/read"}, {}, {vault + "*"});
  add("14b46e9e-c2b7-41b4-b07b-48a6ebf60603", {vault + "*/read"}, {},
      {vault + "keys/*", vault + "keyrotationpolicies/*"});
  Texts with_keys;
  for (const char* each : {"read", "update/action", "backup/action", "encrypt/action", "decrypt/action", "wrap/action",
                           "unwrap/action", "sign/action", "verify/action"}) {
    with_keys.push_back(vault + "keys/" + each);
  }
  add("12338af0-0e69-4776-bea7-57ae8d297424", {}, {}, with_keys);
  add("e147488a-f6f5-4113-8e2d-b22465e65bf6", {}, {},
      {vault + "keys/read", vault + "keys/wrap/action", vault + "keys/unwrap/action"});
  add("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", {vault + "*/read"}, {}, {vault + "secrets/*"});
  add("4633458b-17de-408a-b874-0445c86b69e6", {}, {},
      {vault + "secrets/getSecret/action", vault + "secrets/readMetadata/action"});
  add("21090545-7ca7-4776-b22c-e363652d74d2", {vault + "*/read"}, {},
      {vault + "*/read", vault + "secrets/readMetadata/action"});
  add("090c5cfd-751d-490a-894a-3ce6f1109419", {bus + "*"}, {}, {bus + "*"});
  add("69a216fc-b8fb-44d8-bc22-1f3c2cd27a39", {bus + "*/queues/read", bus + "*/topics/read"}, {},
      {bus + "*/send/action"});
  add("4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", {bus + "*/queues/read", bus + "*/topics/read"}, {},
      {bus + "*/receive/action"});
  add("5bd9cd88-fe45-4216-938b-f97437e15450", {cosmos + "*"}, {}, {});
  add("230815da-be43-4aae-9cb4-875f7bd000aa", {cosmos + "*"},
      {cosmos + "dataTransferJobs/*", cosmos + "readonlyKeys/*", cosmos + "regenerateKey/*", cosmos + "listKeys/*",
       cosmos + "listConnectionStrings/*", cosmos + "sqlRoleDefinitions/write", cosmos + "sqlRoleAssignments/write"},
      {});
  add("d5a91429-5739-47e2-a06b-3470a27159e7", {}, {}, {"Microsoft.EventGrid/events/send/action"});
  return out;
}

std::map<std::string, AzureRole> cosmos_roles() {
  const std::string account = "Microsoft.DocumentDB/databaseAccounts/";
  const std::string within = account + "sqlDatabases/containers/";
  const std::string id = "00000000-0000-0000-0000-00000000000";
  return {
      {id + "1",
       {id + "1",
        {},
        {},
        {account + "readMetadata", within + "items/read", within + "executeQuery", within + "readChangeFeed"},
        {}}},
      {id + "2", {id + "2", {}, {}, {account + "readMetadata", within + "*", within + "items/*"}, {}}},
  };
}

const AzureRole* find(const std::map<std::string, AzureRole>& among, const std::string& id) {
  const auto found = among.find(id);
  return found == among.end() ? nullptr : &found->second;
}

}  // namespace

const std::vector<AzureAction>& azure_actions(const std::string& kind) {
  static const std::map<std::string, Actions> kAll = all();
  return kAll.at(kind);
}

bool lets(const AzureRole& role, const AzureOperation& operation) {
  const auto in = [&](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& each) { return is_for(each, operation.name); });
  };
  return operation.on_data ? in(role.data_actions) && !in(role.not_data_actions)
                           : in(role.actions) && !in(role.not_actions);
}

const AzureRole* azure_built_in(const std::string& id) {
  static const std::map<std::string, AzureRole> kAll = roles();
  return find(kAll, id);
}

const AzureRole* cosmos_built_in(const std::string& id) {
  static const std::map<std::string, AzureRole> kAll = cosmos_roles();
  return find(kAll, id);
}

}  // namespace crenel::agreement
