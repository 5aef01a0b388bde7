#include "tests/agreement/azure_data_actions.h"

#include <algorithm>
#include <map>

namespace crenel::agreement {
namespace {

using Actions = std::vector<AzureAction>;

/// Whoever may do one of these changes the thing, takes its keys, or lets others in.
AzureAction administer(const std::string& type, std::vector<std::string> more = {}) {
  std::vector<std::string> some = {type + "/write", type + "/delete", "Microsoft.Authorization/roleAssignments/write"};
  some.insert(some.end(), more.begin(), more.end());
  return {"administer", {}, some, true};
}

Actions messages(const char* put, const char* take) {
  const std::string type = "Microsoft.ServiceBus/namespaces";
  return {
      {put, {type + "/messages/send/action"}, {}, false},
      {take, {type + "/messages/receive/action"}, {}, false},
      administer(type, {type + "/queues/write", type + "/topics/write", type + "/authorizationRules/listkeys/action"})};
}

std::map<std::string, Actions> all() {
  const std::string account = "Microsoft.Storage/storageAccounts";
  const std::string blobs = account + "/blobServices/containers/blobs/";
  const std::string vault = "Microsoft.KeyVault/vaults";
  const std::string cosmos = "Microsoft.DocumentDB/databaseAccounts";
  const std::string items = cosmos + "/sqlDatabases/containers/";
  const std::string metadata = cosmos + "/readMetadata";
  const std::string sets = "Microsoft.Compute/virtualMachineScaleSets";
  const std::string sites = "Microsoft.Web/sites";
  return {
      {"store",
       {{"read", {blobs + "read"}, {}, false},
        // "Put Blob": write, or add for what is new
        {"write", {blobs + "write"}, {blobs + "add/action", blobs + "move/action"}, false},
        {"delete", {blobs + "delete"}, {blobs + "deleteBlobVersion/action", blobs + "permanentDelete/action"}, false},
        {"archive", {blobs + "tags/write"}, {}, false},
        administer(account, {account + "/listkeys/action", account + "/blobServices/containers/write"})}},
      {"queue", messages("send", "receive")},
      {"topic", messages("publish", "subscribe")},
      {"table",
       {{"get", {metadata, items + "items/read"}, {}, false},
        {"put",
         {metadata, items + "items/create", items + "items/replace", items + "items/upsert"},
         {items + "items/delete"},
         false},
        {"query", {metadata, items + "executeQuery", items + "readChangeFeed"}, {}, false},
        administer(cosmos, {cosmos + "/listKeys/action", cosmos + "/sqlRoleAssignments/write"})}},
      {"vault",
       {{"read", {vault + "/secrets/getSecret/action"}, {}, false},
        {"encrypt", {vault + "/keys/encrypt/action", vault + "/keys/wrap/action"}, {}, false},
        {"decrypt", {vault + "/keys/decrypt/action", vault + "/keys/unwrap/action"}, {}, false},
        administer(vault, {vault + "/accessPolicies/write", vault + "/keys/write"})}},
      {"group",
       {{"launch", {sets + "/start/action", sets + "/virtualMachines/start/action"}, {}, true},
        {"terminate",
         {sets + "/delete/action", sets + "/virtualMachines/delete"},
         {sets + "/deallocate/action", sets + "/powerOff/action", sets + "/virtualMachines/deallocate/action"},
         true},
        administer(sets, {sets + "/extensions/write"})}},
      {"function",
       {{"invoke", {sites + "/functions/action"}, {}, true}, administer(sites, {sites + "/host/listkeys/action"})}},
  };
}

/// learn.microsoft.com, "Azure built-in roles", by area; checked 2026-11-27.
const std::vector<AzureRole>& roles() {
  static const std::string kBlob = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
  static const std::string kQueue = "Microsoft.Storage/storageAccounts/queueServices/queues/messages/";
  static const std::string kVault = "Microsoft.KeyVault/vaults/";
  static const std::string kBus = "Microsoft.ServiceBus/";
  static const std::vector<AzureRole> kRoles = {
      {"8e3af657-a8ff-443c-a75c-2fe8c4bcb635", {"*"}, {}, {}, {}},
      {"b24988ac-6180-42a0-ab88-20f7382dd24c", {"*"}, {"Microsoft.Authorization/*/write"}, {}, {}},
      {"acdd72a7-3385-48ef-bd42-f606fba81ae7", {"*/read"}, {}, {}, {}},
      {"ba92f5b4-2d11-453d-a403-e96b0029c9fe",
       {"Microsoft.Storage/storageAccounts/blobServices/containers/write"},
       {},
       {kBlob + "delete", kBlob + "read", kBlob + "write", kBlob + "move/action", kBlob + "add/action"},
       {}},
      {"b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
       {"Microsoft.Storage/storageAccounts/blobServices/containers/*"},
       {},
       {kBlob + "*"},
       {}},
      {"2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", {}, {}, {kBlob + "read"}, {}},
      {"974c5e8b-45b9-4653-ba55-5f855dd0fb88", {}, {}, {kQueue + "*"}, {}},
      {"c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", {}, {}, {kQueue + "add/action"}, {}},
      {"4633458b-17de-408a-b874-0445c86b69e6",
       {},
       {},
       {kVault + "secrets/getSecret/action", kVault + "secrets/readMetadata/action"},
       {}},
      {"e147488a-f6f5-4113-8e2d-b22465e65bf6",
       {},
       {},
       {kVault + "keys/read", kVault + "keys/wrap/action", kVault + "keys/unwrap/action"},
       {}},
      {"69a216fc-b8fb-44d8-bc22-1f3c2cd27a39", {}, {}, {kBus + "*/send/action"}, {}},
      {"4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", {}, {}, {kBus + "*/receive/action"}, {}},
      {"d5a91429-5739-47e2-a06b-3470a27159e7", {}, {}, {"Microsoft.EventGrid/events/send/action"}, {}},
  };
  return kRoles;
}

const AzureRole* find(const std::vector<AzureRole>& among, const std::string& id) {
  const auto found = std::find_if(among.begin(), among.end(), [&](const AzureRole& role) { return role.id == id; });
  return found == among.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<AzureAction>& azure_actions(const std::string& kind) {
  static const std::map<std::string, Actions> kAll = all();
  return kAll.at(kind);
}

const AzureRole* azure_built_in(const std::string& id) { return find(roles(), id); }

const AzureRole* cosmos_built_in(const std::string& id) {
  static const std::string kAccount = "Microsoft.DocumentDB/databaseAccounts/";
  static const std::string kItems = kAccount + "sqlDatabases/containers/";
  static const std::vector<AzureRole> kRoles = {
      {"00000000-0000-0000-0000-000000000001",
       {},
       {},
       {kAccount + "readMetadata", kItems + "items/read", kItems + "executeQuery", kItems + "readChangeFeed"},
       {}},
      {"00000000-0000-0000-0000-000000000002",
       {},
       {},
       {kAccount + "readMetadata", kItems + "*", kItems + "items/*"},
       {}},
  };
  return find(kRoles, id);
}

}  // namespace crenel::agreement
