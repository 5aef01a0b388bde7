#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/unit/azure/lifted.h"

/// What roles give in part, what firewalls are when little is said of them, and promises that nothing in the template
/// keeps for sure.
using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

std::string resource(std::string_view type, std::string_view name, std::string_view properties) {
  return R"({"type": ")" + std::string(type) + R"(", "name": ")" + std::string(name) + R"(", "properties": {)" +
         std::string(properties) + "}}";
}

std::string assignment(std::string_view role, std::string_view principal = "\"someone\"") {
  return resource("Microsoft.Authorization/roleAssignments", "one",
                  R"("principalId": )" + std::string(principal) +
                      R"(, "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', ')" +
                      std::string(role) + R"(')]")");
}

/// A role of the template with these operations, and its assignment.
std::string given(std::string_view permission) {
  return resource("Microsoft.Authorization/roleDefinitions", "mine",
                  R"("permissions": [{)" + std::string(permission) + "}]") +
         "," + assignment("mine");
}

constexpr const char* kStore = R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "properties": {
  "allowSharedKeyAccess": false, "allowBlobPublicAccess": false, "minimumTlsVersion": "TLS1_2"}})";
constexpr const char* kVault = R"({"type": "Microsoft.KeyVault/vaults", "name": "keys", "properties": {
  "enablePurgeProtection": true, "enableRbacAuthorization": true}})";
constexpr const char* kBlobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
constexpr const char* kKeys = "Microsoft.KeyVault/vaults/keys/";

std::string data(std::initializer_list<std::string> operations) {
  std::string out;
  for (const std::string& each : operations) out += (out.empty() ? "\"" : ", \"") + each + "\"";
  return "\"dataActions\": [" + out + "]";
}

/// "write" for what is given in whole, "write?" for what is given in part.
std::string told(const std::string& service, const std::string& permission) {
  std::string out;
  for (const Access& access : lifted(template_of(service + "," + given(permission))).accesses) {
    const bool some = access.doubt.find("and not all") != std::string::npos;
    for (const Action each : access.actions) {
      out += (out.empty() ? "" : " ") + std::string(word(each)) + (some ? "?" : access.doubt.empty() ? "" : "!");
    }
  }
  return out;
}

/// A namespace with these rules, and a queue in it.
Estate with_rules(const std::string& rules, const std::string& access = "") {
  return lifted(template_of(resource("Microsoft.ServiceBus/namespaces", "bus",
                                     R"("minimumTlsVersion": "1.2", "disableLocalAuth": true)" + access) +
                            "," + resource("Microsoft.ServiceBus/namespaces/queues", "bus/orders", "") + "," +
                            resource("Microsoft.ServiceBus/namespaces/networkRuleSets", "bus/default", rules) + "," +
                            assignment("69a216fc-b8fb-44d8-bc22-1f3c2cd27a39")));
}

}  // namespace

TEST_CASE("a role that gives a part of an action does not give the action") {
  const std::string blobs = kBlobs;
  const std::string keys = kKeys;
  CHECK(told(kStore, data({blobs + "write"})) == "write");
  CHECK(told(kStore, data({blobs + "add/action"})) == "write?");
  CHECK(told(kStore, data({blobs + "move/action"})) == "write?");
  CHECK(told(kStore, data({blobs + "deleteBlobVersion/action"})) == "delete?");
  CHECK(told(kVault, data({keys + "wrap/action"})) == "encrypt?");
  CHECK(told(kVault, data({keys + "wrap/action", keys + "encrypt/action"})) == "encrypt");
  CHECK(told(kVault, data({keys + "unwrap/action", keys + "encrypt/action"})) == "encrypt? decrypt?");
}

TEST_CASE("what a role leaves out can be what an action takes") {
  const std::string all = data({std::string(kBlobs) + "*"});
  CHECK(told(kStore, all + R"(, "notDataActions": [")" + kBlobs + R"(write", ")" + kBlobs + R"(read"])") ==
        "delete archive administer write?");
  CHECK(told(kStore, all + R"(, "notDataActions": [")" + kBlobs + R"(add/action", "*/tags/write", "*User/action",
        "*/modifyPermissions/action", "*/manageOwnership/action"])") == "read write delete");
}

TEST_CASE("operations that no table has can be written as a pattern") {
  CHECK(told(kStore, R"("actions": ["Microsoft.Storage/storageAccounts/objectReplicationPolicies/*"])") ==
        "administer");
  CHECK(told(kStore, R"("actions": ["Microsoft.Storage/storageAccounts/objectReplicationPolicies/*/read"])").empty());
  // queues of an account hold no objects
  CHECK(told(kStore, R"("actions": ["Microsoft.Storage/storageAccounts/queueServices/queues/*"])").empty());
  CHECK(told(kStore, data({std::string(kBlobs) + "tele*/action"})) == "read! write! delete! archive! administer!");
}

TEST_CASE("what is given at a part of a service is not given of the whole") {
  const auto at = [](const std::string& service, const char* scope, const std::string& permission) {
    std::string assigned = given(permission);
    assigned.insert(assigned.rfind("{\"type\"") + 1, "\"scope\": \"" + std::string(scope) + "\", ");
    std::string out;
    for (const Access& access : lifted(template_of(service + "," + assigned)).accesses) {
      for (const Action each : access.actions) out += (out.empty() ? "" : " ") + std::string(word(each));
    }
    return out;
  };
  const std::string in = resource("Microsoft.Storage/storageAccounts/blobServices/containers", "data/default/in", "");
  const std::string store = std::string(kStore) + "," + in;
  const std::string keys = R"("actions": ["Microsoft.Storage/storageAccounts/listkeys/action"])";
  CHECK(at(store, "Microsoft.Storage/storageAccounts/data", keys) == "administer");
  const char* container = "Microsoft.Storage/storageAccounts/data/blobServices/default/containers/in";
  CHECK(at(store, container, keys).empty());
  CHECK(at(store, container, R"("actions": ["Microsoft.Authorization/roleAssignments/write"])") == "administer");
  CHECK(at(store, container, data({std::string(kBlobs) + "read"})) == "read");
  const std::string vault = std::string(kVault) + "," + resource("Microsoft.KeyVault/vaults/keys", "keys/one", "");
  const std::string change = R"("actions": ["Microsoft.KeyVault/vaults/write"])";
  CHECK(at(vault, "Microsoft.KeyVault/vaults/keys", change) == "administer");
  CHECK(at(vault, "Microsoft.KeyVault/vaults/keys/keys/one", change).empty());
  const std::string all = data({"Microsoft.KeyVault/vaults/*"});
  CHECK(at(vault, "Microsoft.KeyVault/vaults/keys/keys/one", all) == "encrypt decrypt administer");
  const std::string bus =
      resource("Microsoft.ServiceBus/namespaces", "bus", R"("minimumTlsVersion": "1.2", "disableLocalAuth": true)") +
      "," + resource("Microsoft.ServiceBus/namespaces/topics", "bus/news", "") + "," +
      resource("Microsoft.ServiceBus/namespaces/topics/subscriptions", "bus/news/all", "");
  const std::string messages = data({"Microsoft.ServiceBus/namespaces/messages/*"});
  CHECK(at(bus, "Microsoft.ServiceBus/namespaces/bus/topics/news", messages) == "publish subscribe");
  CHECK(at(bus, "Microsoft.ServiceBus/namespaces/bus/topics/news/subscriptions/all", messages) == "subscribe");
  const std::string rules = R"("actions": ["Microsoft.ServiceBus/namespaces/networkRuleSets/write"])";
  CHECK(at(bus, "Microsoft.ServiceBus/namespaces/bus", rules) == "administer");
  CHECK(at(bus, "Microsoft.ServiceBus/namespaces/bus/topics/news", rules).empty());
}

TEST_CASE("what roles let do with keys counts where access policies do not") {
  std::string vault = kVault;
  vault.replace(vault.find("Authorization\": true"), 20, "Authorization\": false");
  const std::string create = data({std::string(kKeys) + "create/action"});
  CHECK(told(kVault, create) == "administer");
  CHECK(told(vault, create).empty());
  CHECK(told(vault, create + R"(, "actions": ["Microsoft.KeyVault/vaults/write"])") == "administer");
}

TEST_CASE("a table's items are put when they can be made and made otherwise") {
  const auto with = [](const std::string& operations) {
    const std::string account = R"({"type": "Microsoft.DocumentDB/databaseAccounts", "name": "items",
      "kind": "GlobalDocumentDB", "properties": {"disableLocalAuth": true}})";
    const std::string role = resource("Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions", "items/mine",
                                      R"("permissions": [{"dataActions": [)" + operations + "]}]");
    const std::string grant =
        resource("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "items/one",
                 R"("principalId": "someone", "scope": "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'items')]",
        "roleDefinitionId": "[resourceId('Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions', 'items', 'mine')]")");
    // roles of Azure let do nothing with items
    CHECK(told(account, "\"dataActions\": [" + operations + "]").empty());
    return lifted(template_of(account + "," + role + "," + grant));
  };
  const std::string metadata = R"("Microsoft.DocumentDB/databaseAccounts/readMetadata", )";
  const std::string containers = R"("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/)";
  const Estate some = with(metadata + containers + "items/create\"");
  REQUIRE(some.accesses.size() == 1);
  CHECK(some.accesses.front().doubt.find("and not all") != std::string::npos);
  const Estate whole = with(metadata + containers + "items/*\"");
  CHECK(std::any_of(whole.accesses.begin(), whole.accesses.end(), [](const Access& each) {
    return each.doubt.empty() && std::find(each.actions.begin(), each.actions.end(), Action::Put) != each.actions.end();
  }));
}

TEST_CASE("a namespace is open where its rules admit nobody, or say nothing of the rest") {
  const std::string one = R"(, "ipRules": [{"ipMask": "198.51.100.9", "action": "Allow"}])";
  const auto is_open = [](const Estate& estate) {
    return estate.accesses.size() == 1 && estate.accesses.front().anywhere && estate.accesses.front().doubt.empty();
  };
  CHECK(is_open(with_rules(R"("defaultAction": "Deny")")));
  CHECK(is_open(with_rules(R"("defaultAction": "Deny", "ipRules": [])")));
  CHECK(is_open(with_rules(R"("trustedServiceAccessEnabled": false)" + one)));
  const Estate some = with_rules(R"("defaultAction": "Deny")" + one);
  REQUIRE(some.accesses.size() == 1);
  CHECK(!some.accesses.front().anywhere);
  CHECK(with_rules(R"("defaultAction": "Deny", "publicNetworkAccess": "Disabled")").accesses.empty());
  CHECK(with_rules(R"("defaultAction": "Deny")", R"(, "publicNetworkAccess": "Disabled")").accesses.empty());
}

TEST_CASE("nothing said of a firewall is an open one") {
  for (const char* role : {"2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "4633458b-17de-408a-b874-0445c86b69e6"}) {
    const std::string both = std::string(kStore) + "," + kVault + "," + assignment(role);
    const Estate estate = lifted(template_of(both));
    REQUIRE(estate.accesses.size() == 1);
    CHECK(estate.accesses.front().anywhere);
    CHECK(estate.accesses.front().doubt.empty());
  }
}

TEST_CASE("an endpoint that waits for approval leads nowhere for sure") {
  const auto endpoint = [](const std::string& list) {
    return resource(
        "Microsoft.Network/privateEndpoints", "DataEndpoint",
        R"("subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"}, ")" + list +
            R"(": [{"name": "a", "properties": {"groupIds": ["blob"],
                        "privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'data')]"}}])");
  };
  const auto doubt = [&](const std::string& list) {
    return lifted(template_of(network() + "," + kStore + "," + endpoint(list) + "," +
                              assignment("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1")))
        .accesses.front()
        .doubt;
  };
  CHECK(doubt("manualPrivateLinkServiceConnections").find("approved") != std::string::npos);
  CHECK(doubt("privateLinkServiceConnections").find("approved") == std::string::npos);
}

TEST_CASE("objects are locked by a policy whose state is known") {
  const auto days = [](const std::string& state) {
    const std::string account = resource("Microsoft.Storage/storageAccounts", "data",
                                         R"("immutableStorageWithVersioning": {
      "enabled": true, "immutabilityPolicy": {"immutabilityPeriodSinceCreationInDays": 7, "state": )" +
                                             state + "}}");
    return lifted(template_of(account, R"("state": {"type": "string"})")).services.begin()->lock_days;
  };
  CHECK(days(R"("Unlocked")") == 7);
  CHECK(days(R"("Locked")") == 7);
  CHECK(!days(R"("Disabled")"));
  CHECK(!days(R"("[parameters('state')]")"));
}

TEST_CASE("objects are archived by a rule that runs for sure and is for them") {
  const auto days = [](const std::string& rule, const std::string& name = "data/default") {
    const std::string policy =
        resource("Microsoft.Storage/storageAccounts/managementPolicies", name,
                 R"("policy": {"rules": [{"name": "a", "type": "Lifecycle", )" + rule +
                     R"("actions": {"baseBlob": {"tierToArchive": {"daysAfterModificationGreaterThan": 30}}}}}]})");
    return lifted(template_of(std::string(kStore) + "," + policy, R"("runs": {"type": "bool"})"))
        .services.begin()
        ->archive_after_days;
  };
  const std::string of_blocks = R"("definition": {"filters": {"blobTypes": ["blockBlob"]}, )";
  CHECK(days(of_blocks) == 30);
  CHECK(days(R"("enabled": true, )" + of_blocks) == 30);
  CHECK(!days(R"("enabled": false, )" + of_blocks));
  CHECK(!days(R"("enabled": "[parameters('runs')]", )" + of_blocks));
  CHECK(!days(R"("definition": {"filters": {"blobTypes": ["appendBlob"]}, )"));
  CHECK(!days(of_blocks, "data/other"));
}

TEST_CASE("a store that names no key of the vault") {
  const auto doubts = [](const std::string& names) {
    const std::string store = R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "properties": {
      "allowSharedKeyAccess": false, "encryption": {"keySource": "Microsoft.Keyvault",
      "keyvaultproperties": {"keyvaulturi": "https://keys.vault.azure.net/")" +
                              names + "}}}}";
    const std::string key = resource("Microsoft.KeyVault/vaults/keys", "keys/one", "");
    const Estate estate = lifted(template_of(std::string(kVault) + "," + key + "," + store));
    return std::any_of(estate.services.begin(), estate.services.end(), [](const Service& service) {
      return std::any_of(service.weaknesses.begin(), service.weaknesses.end(), [](const Weakness& each) {
        return each.what == "is encrypted with a key that the template makes" && !each.sure;
      });
    });
  };
  CHECK_FALSE(doubts(R"(, "keyname": "one")"));
  CHECK(doubts(R"(, "keyname": "other")"));
  CHECK(doubts(""));
}

TEST_CASE("a key is used by whoever may get, wrap and unwrap it") {
  const auto is_doubted = [](const std::string& operations, const std::string& principal = ".principalId",
                             const std::string& scope = "") {
    const std::string identity = R"({"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "KeyUser"})";
    const std::string of_identity = "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'KeyUser')]";
    const std::string store = R"({"type": "Microsoft.Storage/storageAccounts", "name": "data",
      "identity": {"type": "UserAssigned", "userAssignedIdentities": {")" +
                              of_identity + R"(": {}}}, "properties": {
      "allowSharedKeyAccess": false, "encryption": {"keySource": "Microsoft.Keyvault",
      "identity": {"userAssignedIdentity": ")" +
                              of_identity + R"("},
      "keyvaultproperties": {"keyvaulturi": "https://keys.vault.azure.net/", "keyname": "one"}}}})";
    const std::string key = resource("Microsoft.KeyVault/vaults/keys", "keys/one", "");
    const std::string role = resource("Microsoft.Authorization/roleDefinitions", "mine",
                                      R"("permissions": [{"dataActions": [)" + operations + "]}]");
    const std::string who = R"("[)" + std::string(principal.empty() ? "" : "reference(") +
                            "resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'KeyUser')" +
                            (principal.empty() ? "" : ")" + principal) + "]\"";
    std::string assigned = assignment("mine", who);
    if (scope == "beneath") {
      const std::string of = R"("Microsoft.Authorization/roleAssignments", "name": "one")";
      assigned.replace(assigned.find(of), of.size(),
                       R"("Microsoft.KeyVault/vaults/keys/providers/roleAssignments",
                       "name": "keys/one/Microsoft.Authorization/one")");
    } else if (!scope.empty())
      assigned.insert(1, "\"scope\": \"" + scope + "\", ");
    const Estate estate = lifted(
        template_of(std::string(kVault) + "," + key + "," + identity + "," + store + "," + role + "," + assigned));
    return std::any_of(estate.services.begin(), estate.services.end(), [](const Service& service) {
      return std::any_of(service.weaknesses.begin(), service.weaknesses.end(),
                         [](const Weakness& each) { return each.what.starts_with("may use the key"); });
    });
  };
  const std::string keys = "\"" + std::string(kKeys);
  CHECK(!is_doubted(keys + "read\", " + keys + "wrap/action\", " + keys + "unwrap/action\""));
  CHECK(is_doubted(keys + "read\", " + keys + "encrypt/action\", " + keys + "decrypt/action\""));
  CHECK(is_doubted(keys + "read\", " + keys + "wrap/action\""));
  const std::string all = keys + "read\", " + keys + "wrap/action\", " + keys + "unwrap/action\"";
  const std::string key = "resourceId('Microsoft.KeyVault/vaults/keys', 'keys', 'one')";
  CHECK(!is_doubted(all, ".principalId", "[" + key + "]"));
  CHECK(!is_doubted(all, ".principalId", "beneath"));
  CHECK(is_doubted(all, ".principalId",
                   "[extensionResourceId(" + key + ", 'Microsoft.Authorization/roleAssignments', 'one')]"));
  // the id of an identity is nobody's principal
  CHECK(is_doubted(keys + "read\", " + keys + "wrap/action\", " + keys + "unwrap/action\"", ""));
}
