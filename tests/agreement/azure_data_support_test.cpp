#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/agreement/azure_data.h"

/// Keys, what a function keeps its state in, and what is made elsewhere.
using namespace crenel::agreement;

namespace {

using nlohmann::json;

constexpr const char* kIdentity = "resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'own')";

std::string role(const std::string& name, const std::string& type, const std::string& names, const std::string& id,
                 const std::string& principal) {
  return R"({"type": "Microsoft.Authorization/roleAssignments", "name": ")" + name + R"(", "scope": "[resourceId(')" +
         type + "', " + names + R"x()]", "properties": {"principalId": ")x" + principal +
         R"(", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ')" + id +
         R"x(')]"}})x";
}

std::string its() { return std::string("[reference(") + kIdentity + ").principalId]"; }

json document(const std::string& resources) {
  return json::parse(R"({"parameters": {}, "resources": [)" + resources + "]}");
}

/// How an action of somebody on a thing fares over the Internet.
DataAnswer asked(const json& text, const std::string& who, const std::string& action, const std::string& thing) {
  const DataInterpreter cloud = azure_data(text, {});
  const auto asker = std::find_if(cloud.askers.begin(), cloud.askers.end(), [&](const DataAsker& each) {
    return each.name == who || (who.empty() && each.kind == DataAsker::Kind::Account);
  });
  REQUIRE(asker != cloud.askers.end());
  return cloud.answer({.who = *asker, .action = action, .thing = thing, .way = {}});
}

/// A store whose key is in a vault of the template, and a clerk who reads it.
json keyed(const std::string& key, const std::string& given, const std::string& vault) {
  return document(
      R"({"type": "Microsoft.KeyVault/vaults", "name": "keys", "properties": {"enableRbacAuthorization": true, )" +
      vault + R"(}}, {"type": "Microsoft.KeyVault/vaults/keys", "name": "keys/main"},
      {"type": "Microsoft.Storage/storageAccounts", "name": "inbox", "identity": {"type": "UserAssigned",
       "userAssignedIdentities": {"[)" +
      kIdentity + R"(]": {}}}, "properties": {"allowSharedKeyAccess": false, "allowBlobPublicAccess": false,
       "encryption": {"keySource": "Microsoft.Keyvault", "identity": {"userAssignedIdentity": "[)" +
      kIdentity + R"(]"}, "keyvaultproperties": {"keyname": ")" + key +
      R"(", "keyvaulturi": "https://keys.vault.azure.net/"}}}}, )" +
      role("one", "Microsoft.Storage/storageAccounts", "'inbox'", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "clerk") +
      "," + role("two", "Microsoft.KeyVault/vaults", "'keys'", given, its()));
}

/// A function with storage of its own that is open to the Internet.
json hosted(const std::string& doors, const std::string& more = "") {
  return document(
      R"({"type": "Microsoft.Storage/storageAccounts", "name": "host", "properties": {"allowBlobPublicAccess": false)" +
      doors + R"(}}, {"type": "Microsoft.Storage/storageAccounts", "name": "inbox", "properties": {}},
      {"type": "Microsoft.Web/sites", "name": "app", "identity": {"type": "UserAssigned",
       "userAssignedIdentities": {"[)" +
      kIdentity + R"(]": {}}}, "properties": {"siteConfig": {"appSettings": [
       {"name": "AzureWebJobsStorage__accountName", "value": "host"}]}}}, )" +
      role("one", "Microsoft.Storage/storageAccounts", "'host'", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", its()) + "," +
      role("two", "Microsoft.Storage/storageAccounts", "'inbox'", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", its()) +
      more);
}

}  // namespace

TEST_CASE("a store works while it can unwrap its key") {
  const std::string user = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
  const std::string kept = R"("enablePurgeProtection": true)";
  const auto works = [](const json& text) {
    const DataAnswer answer = asked(text, "clerk", "read", "inbox");
    CHECK(answer.admitted == Says::Yes);
    return answer.works == Says::Yes;
  };
  CHECK(works(keyed("main", user, kept)));
  CHECK_FALSE(works(keyed("other", user, kept)));
  CHECK_FALSE(works(keyed("main", "4633458b-17de-408a-b874-0445c86b69e6", kept)));
  CHECK_FALSE(works(keyed("main", user, R"("enableSoftDelete": true)")));
  CHECK_FALSE(works(keyed("main", user, kept + R"(, "networkAcls": {"bypass": "None"})")));
}

TEST_CASE("a function does something while it gets to its own storage, which is nobody else's") {
  const std::string queues =
      "," + role("three", "Microsoft.Storage/storageAccounts", "'host'", "974c5e8b-45b9-4653-ba55-5f855dd0fb88", its());
  const std::string shut = R"(, "allowSharedKeyAccess": false)";
  CHECK(asked(hosted(shut, queues), "app", "read", "inbox").arrives == Says::Yes);
  CHECK(asked(hosted(shut), "app", "read", "inbox").arrives == Says::No);
  CHECK(asked(hosted(shut + R"(, "publicNetworkAccess": "Disabled")", queues), "app", "read", "inbox").arrives ==
        Says::No);
  CHECK(asked(hosted(shut), "app", "read", "host").admitted == Says::No);
  CHECK(asked(hosted(shut), "", "messages", "host").admitted == Says::No);
  CHECK(asked(hosted(""), "", "messages", "host").admitted == Says::Yes);
  const std::string other = "," + role("three", "Microsoft.Storage/storageAccounts", "'host'",
                                       "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "clerk");
  CHECK(asked(hosted(shut, other), "clerk", "read", "host").admitted == Says::Yes);
}

TEST_CASE("what is made elsewhere is known by the scope of a role in another group") {
  const std::string photos =
      "/subscriptions/0/resourceGroups/central/providers/Microsoft.Storage/storageAccounts/photos/blobServices/default/"
      "containers/shop";
  const auto nested = [&](const std::string& scope) {
    return document(R"({"type": "Microsoft.Resources/deployments", "name": "far", "resourceGroup": "central",
      "properties": {"expressionEvaluationOptions": {"scope": "Inner"}, "parameters": {"thing": {"value": ")" +
                    photos + R"("}, "who": {"value": "clerk"}}, "template": {
      "parameters": {"thing": {"type": "string"}, "who": {"type": "string"}}, "resources": [
      {"type": "Microsoft.Authorization/roleAssignments", "name": "one", "scope": ")" +
                    scope + R"(", "properties": {"principalId": "[parameters('who')]",
       "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')]"}}]}}})");
  };
  const DataInterpreter cloud = azure_data(nested("[parameters('thing')]"), {});
  REQUIRE(cloud.things.size() == 1);
  CHECK(cloud.things.front().elsewhere);
  CHECK(cloud.things.front().kind == "store");
  CHECK(cloud.things.front().stem == photos);
  CHECK(asked(nested("[parameters('thing')]"), "clerk", "read", photos).works == Says::Yes);
  CHECK(asked(nested("[parameters('thing')]"), "clerk", "write", photos).admitted == Says::No);
  // the other group has things by the same names
  CHECK_THROWS((void)azure_data(nested("[resourceId('Microsoft.Storage/storageAccounts', 'inbox')]"), {}));
}
