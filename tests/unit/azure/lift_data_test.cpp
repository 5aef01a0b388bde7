#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

constexpr const char* kReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
constexpr const char* kContributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";

/// A storage account that is closed in every way; members of `more` come first, and so instead.
std::string account(std::string_view more = "") {
  return R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "sku": {"name": "Standard_LRS"},
    "properties": {)" +
         std::string(more) + R"("allowSharedKeyAccess": false, "allowBlobPublicAccess": false,
    "minimumTlsVersion": "TLS1_2", "supportsHttpsTrafficOnly": true, "publicNetworkAccess": "Disabled"}})";
}

/// One that takes requests from public addresses, by its rules.
std::string open_account(std::string_view rules) {
  return R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "properties": {
    "allowSharedKeyAccess": false, "allowBlobPublicAccess": false, "minimumTlsVersion": "TLS1_2",
    "networkAcls": )" +
         std::string(rules) + "}}";
}

constexpr const char* kOpen = R"({"defaultAction": "Allow"})";

/// A role for a named principal; `more` are further members of the resource.
std::string assignment(std::string_view role, std::string_view more = "", std::string_view properties = "") {
  return R"({"type": "Microsoft.Authorization/roleAssignments", "name": "one", )" + std::string(more) +
         R"("properties": {)" + std::string(properties) +
         R"("principalId": "someone", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ')" +
         std::string(role) + R"(')]"}})";
}

std::vector<Action> actions(const Estate& estate) {
  std::vector<Action> out;
  for (const Access& each : estate.accesses) out.insert(out.end(), each.actions.begin(), each.actions.end());
  return out;
}

bool is_weak(const Estate& estate, std::string_view part) {
  const auto all = estate.services.begin();
  return std::any_of(all->weaknesses.begin(), all->weaknesses.end(),
                     [&](const Weakness& each) { return each.what.find(part) != std::string::npos; });
}

std::string scoped(std::string_view scope) { return R"("scope": ")" + std::string(scope) + R"(", )"; }

Estate with_role(std::string_view role, std::string_view more = "", std::string_view properties = "") {
  return lifted(template_of(open_account(kOpen) + "," + assignment(role, more, properties)));
}

}  // namespace

TEST_CASE("a built-in role is what Azure says of it") {
  CHECK(actions(with_role(kReader)) == std::vector{Action::Read});
  CHECK(actions(with_role("ba92f5b4-2d11-453d-a403-e96b0029c9fe")) ==
        std::vector{Action::Read, Action::Write, Action::Delete, Action::Administer});
  CHECK(actions(with_role("b7e6dc6d-f1e8-4753-8033-0f276bb0955b")) ==
        std::vector{Action::Read, Action::Write, Action::Delete, Action::Archive, Action::Administer});
}

TEST_CASE("marks move objects to the archive where a rule follows them") {
  const std::string rule = R"({"type": "Microsoft.Storage/storageAccounts/managementPolicies", "name": "data/default",
    "properties": {"policy": {"rules": [{"name": "a", "enabled": true, "type": "Lifecycle", "definition": {
    "filters": {"blobTypes": ["blockBlob"], "blobIndexMatch": [{"name": "archive", "op": "==", "value": "true"}]},
    "actions": {"baseBlob": {"tierToArchive": {"daysAfterModificationGreaterThan": 0}}}}}]}}})";
  const auto marked = [](const std::string& rules) {
    const Estate estate = lifted(template_of(open_account(kOpen) + rules));
    REQUIRE(estate.services.size() == 1);
    return estate.services.begin()->archives_marked;
  };
  CHECK(marked("," + rule));
  CHECK_FALSE(marked(""));
  std::string other = rule;
  other.replace(other.find("\"true\""), 6, "\"some\"");
  CHECK_FALSE(marked("," + other));
}

TEST_CASE("roles of control administer, and do nothing with the objects") {
  CHECK(actions(with_role(kContributor)) == std::vector{Action::Administer});
  CHECK(actions(with_role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")) == std::vector{Action::Administer});
  CHECK(actions(with_role("acdd72a7-3385-48ef-bd42-f606fba81ae7")).empty());
}

TEST_CASE("control is not held off by the service's firewall") {
  const Estate estate = lifted(template_of(account() + "," + assignment(kContributor)));
  REQUIRE(estate.accesses.size() == 1);
  CHECK(estate.accesses.front().anywhere);
}

TEST_CASE("a role that is not known may be everything") {
  const Estate estate = with_role("00000000-0000-0000-0000-000000000000");
  REQUIRE(!estate.accesses.empty());
  for (const Access& each : estate.accesses) CHECK(each.doubt.find("is not known") != std::string::npos);
  CHECK(actions(estate).size() == 5);
}

TEST_CASE("a condition is not read, and said so") {
  const Estate estate = with_role(kReader, "", R"("condition": "true", )");
  REQUIRE(estate.accesses.size() == 1);
  CHECK(estate.accesses.front().doubt.find("condition") != std::string::npos);
}

TEST_CASE("a condition that asks for a private link is read") {
  const auto with = [](const std::string& action, const std::string& value) {
    const std::string blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
    const std::string condition =
        "((!(ActionMatches{'" + blobs + action + "'})) OR (@Environment[isPrivateLink] BoolEquals " + value + "))";
    return with_role(kReader, "", "\"condition\": \"" + condition + "\", ");
  };
  // nobody comes by a private link that is not there
  CHECK(with("read", "true").accesses.empty());
  const Estate from_outside = with("read", "false");
  REQUIRE(from_outside.accesses.size() == 1);
  CHECK(from_outside.accesses.front().anywhere);
  CHECK(from_outside.accesses.front().doubt.empty());
  // what the condition does not name is not held back by it
  CHECK(!with("write", "true").accesses.front().doubt.empty());
  CHECK(!with("read", "true) OR (true").accesses.front().doubt.empty());
}

TEST_CASE("a role holds where its scope is, however that is spelled") {
  for (const char* scope :
       {"[resourceId('Microsoft.Storage/storageAccounts', 'data')]", "[resourceGroup().id]", "[subscription().id]",
        "Microsoft.Storage/storageAccounts/data", "[format('Microsoft.Storage/storageAccounts/{0}', 'data')]"}) {
    CAPTURE(scope);
    CHECK(actions(with_role(kReader, scoped(scope))) == std::vector{Action::Read});
  }
  const std::string part =
      scoped("[resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', 'data', 'default', 'in')]");
  const std::string container =
      R"(, {"type": "Microsoft.Storage/storageAccounts/blobServices/containers", "name": "data/default/in"})";
  CHECK(actions(lifted(template_of(open_account(kOpen) + container + "," + assignment(kReader, part)))) ==
        std::vector{Action::Read});
  CHECK(actions(with_role(kReader, part)).empty());
  CHECK(actions(with_role(kReader, scoped("[resourceId('Microsoft.Storage/storageAccounts', 'other')]"))).empty());
  CHECK(actions(with_role(kReader, scoped("[resourceId('Microsoft.Storage/storageAccounts', 'data2')]"))).empty());
}

TEST_CASE("an assignment can be a part of what it is about") {
  const std::string part = R"({"type": "Microsoft.Storage/storageAccounts/providers/roleAssignments",
    "name": "data/Microsoft.Authorization/one", "properties": {"principalId": "someone",
    "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', ')" +
                           std::string(kReader) + R"(')]"}})";
  CHECK(actions(lifted(template_of(open_account(kOpen) + "," + part))) == std::vector{Action::Read});
}

TEST_CASE("roles of the template are read with what they leave out") {
  const std::string role = R"({"type": "Microsoft.Authorization/roleDefinitions", "name": "mine", "properties": {
    "permissions": [{"dataActions": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"],
    "notDataActions": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
    "Microsoft.Storage/*/action", "*/tags/write"]}]}})";
  const Estate estate = lifted(template_of(open_account(kOpen) + "," + role + "," + assignment("mine")));
  CHECK(actions(estate) == std::vector{Action::Read, Action::Write});
}

TEST_CASE("an operation that is not known leaves in doubt what a role does") {
  const std::string role = R"({"type": "Microsoft.Authorization/roleDefinitions", "name": "mine", "properties": {
    "permissions": [{"dataActions": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/teleport/action"]}]}})";
  const Estate estate = lifted(template_of(open_account(kOpen) + "," + role + "," + assignment("mine")));
  REQUIRE(!estate.accesses.empty());
  CHECK(estate.accesses.front().doubt.find("teleport") != std::string::npos);
}

TEST_CASE("a firewall admits by addresses, by nothing, or everybody") {
  const auto of = [](const char* rules) {
    return lifted(template_of(open_account(rules) + "," + assignment(kReader)));
  };
  CHECK(of(kOpen).accesses.front().anywhere);
  const Estate some =
      of(R"({"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/28"}, {"value": "203.0.113.9"}]})");
  REQUIRE(some.accesses.size() == 1);
  CHECK(!some.accesses.front().anywhere);
  CHECK(some.accesses.front().from == std::vector{block("198.51.100.0/28"), block("203.0.113.9/32")});
  CHECK(of(R"({"defaultAction": "Deny"})").accesses.empty());
  const Estate unread = of(R"({"defaultAction": "Deny", "virtualNetworkRules": [{"id": "x"}]})");
  REQUIRE(unread.accesses.size() == 1);
  CHECK(!unread.accesses.front().doubt.empty());
}

TEST_CASE("a private endpoint is a way to what it is connected to") {
  const std::string endpoint = R"({"type": "Microsoft.Network/privateEndpoints", "name": "DataInboxEndpoint",
    "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"},
    "privateLinkServiceConnections": [{"name": "a", "properties": {"groupIds": ["blob"],
    "privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'data')]"}}]}})";
  const Estate estate = lifted(template_of(network() + "," + account() + "," + endpoint + "," + assignment(kReader)));
  REQUIRE(estate.private_paths.size() == 1);
  const PrivatePath& path = *estate.private_paths.begin();
  CHECK(path.services.size() == 1);
  CHECK(!path.others);
  CHECK(estate.interfaces[path.interface].role == Role::Service);
  CHECK(estate.interfaces[path.interface].stem == "DataInbox");
  REQUIRE(estate.accesses.size() == 1);
  CHECK(estate.accesses.front().paths.size() == 1);
  const Estate elsewhere = lifted(template_of(network() + "," + endpoint));
  CHECK(elsewhere.private_paths.begin()->others);
}

TEST_CASE("a shared key is a door for the whole account") {
  const Estate estate = lifted(template_of(
      R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "properties": {"minimumTlsVersion": "TLS1_0"}})"));
  CHECK(is_weak(estate, "shared key"));
  CHECK(is_weak(estate, "TLS before"));
  CHECK(is_weak(estate, "no versions"));
  REQUIRE(!estate.accesses.empty());
  CHECK(std::holds_alternative<Account>(estate.accesses.front().who));
  CHECK(lifted(template_of(account())).accesses.empty());
  CHECK(!is_weak(lifted(template_of(account())), "shared key"));
}

TEST_CASE("a public container is read by anyone") {
  const std::string container = R"({"type": "Microsoft.Storage/storageAccounts/blobServices/containers",
    "name": "data/default/in", "properties": {"publicAccess": "Blob"}})";
  const std::string of_all = R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "properties": {
    "allowSharedKeyAccess": false, "allowBlobPublicAccess": true}})";
  const Estate estate = lifted(template_of(of_all + "," + container));
  REQUIRE(estate.accesses.size() == 1);
  CHECK(std::holds_alternative<Anyone>(estate.accesses.front().who));
  CHECK(lifted(template_of(account() + "," + container)).accesses.empty());
}

TEST_CASE("access policies count where roles do not") {
  const auto vault = [](const char* roles, const char* keys) {
    return R"({"type": "Microsoft.KeyVault/vaults", "name": "keys", "properties": {"enablePurgeProtection": true,
      "enableRbacAuthorization": )" +
           std::string(roles) + R"(, "accessPolicies": [{"objectId": "someone", "permissions": {"secrets": ["Get"],
      "keys": [)" +
           std::string(keys) + R"(, "create"]}}]}})";
  };
  CHECK(actions(lifted(template_of(vault("false", R"("wrapKey", "encrypt")")))) ==
        std::vector{Action::Read, Action::Encrypt, Action::Administer});
  CHECK(actions(lifted(template_of(vault("true", R"("wrapKey")")))).empty());
  // one word of two is a part of the action
  const Estate some = lifted(template_of(vault("false", R"("wrapKey")")));
  REQUIRE(some.accesses.size() == 3);
  CHECK(some.accesses.back().actions == std::vector{Action::Encrypt});
  CHECK(some.accesses.back().doubt.find("and not all") != std::string::npos);
  CHECK(some.accesses.front().doubt.empty());
}

TEST_CASE("an identity is whoever has it") {
  const std::string identity = R"({"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "WebIdentity"})";
  const std::string set = R"({"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "WebScaleSet",
    "identity": {"type": "UserAssigned", "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'WebIdentity')]": {}}},
    "properties": {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [{"name": "a",
    "properties": {"ipConfigurations": [{"name": "b", "properties": {"subnet":
    {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"}}}]}}]}}}})";
  const std::string grant = R"({"type": "Microsoft.Authorization/roleAssignments", "name": "one", "properties": {
    "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'WebIdentity')).principalId]",
    "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', ')" +
                            std::string(kReader) + R"(')]"}})";
  const Estate estate =
      lifted(template_of(network() + "," + open_account(kOpen) + "," + identity + "," + set + "," + grant));
  REQUIRE(estate.identities.size() == 1);
  CHECK(estate.identities.begin()->stem == "Web");
  CHECK(estate.identities.begin()->interfaces.size() == 1);
  REQUIRE(estate.accesses.size() == 1);
  CHECK(std::holds_alternative<IdentityId>(estate.accesses.front().who));
  CHECK(estate.accesses.front().doubt.empty());
}

TEST_CASE("queues are closed by their namespace") {
  const std::string space =
      R"({"type": "Microsoft.ServiceBus/namespaces", "name": "bus", "tags": {"declared": "Orders"},
    "properties": {"disableLocalAuth": true, "minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled"}})";
  const std::string queue = R"({"type": "Microsoft.ServiceBus/namespaces/queues", "name": "bus/orders",
    "properties": {"maxDeliveryCount": 3, "defaultMessageTimeToLive": "P4DT1H"}})";
  const Estate estate = lifted(template_of(space + "," + queue));
  REQUIRE(estate.services.size() == 1);
  const Service& made = *estate.services.begin();
  CHECK(made.kind == Service::Kind::Queue);
  CHECK(made.stem == "Orders");
  CHECK(made.tries == 3);
  CHECK(made.retain_seconds == 349200);
  CHECK(made.weaknesses.empty());
  CHECK(estate.accesses.empty());
  const std::string open = R"({"type": "Microsoft.ServiceBus/namespaces", "name": "bus", "properties": {}})";
  const Estate weak = lifted(template_of(open + "," + queue));
  CHECK(actions(weak) == std::vector{Action::Send, Action::Receive});
  CHECK(weak.accesses.front().anywhere);
}

TEST_CASE("messages that are handed on are not followed, and said so") {
  const std::string space = R"({"type": "Microsoft.ServiceBus/namespaces", "name": "bus", "properties": {}})";
  const std::string queue = R"({"type": "Microsoft.ServiceBus/namespaces/queues", "name": "bus/orders",
    "properties": {"forwardTo": "elsewhere"}})";
  CHECK(has_unknown(lifted(template_of(space + "," + queue)), "hands its messages on"));
}

TEST_CASE("tables have roles of their own") {
  const std::string table =
      R"({"type": "Microsoft.DocumentDB/databaseAccounts", "name": "items", "kind": "GlobalDocumentDB",
    "properties": {"disableLocalAuth": true)";
  const auto grant = [](const char* role) {
    return R"({"type": "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "name": "items/one", "properties": {
      "principalId": "someone", "scope": "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'items')]",
      "roleDefinitionId": "[resourceId('Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions', 'items', ')" +
           std::string(role) + R"(')]"}})";
  };
  const std::string open = table + "}}";
  CHECK(actions(lifted(template_of(open + "," + grant("00000000-0000-0000-0000-000000000001")))) ==
        std::vector{Action::Get, Action::Query});
  const Estate all = lifted(template_of(open + "," + grant("00000000-0000-0000-0000-000000000002")));
  CHECK(actions(all) == std::vector{Action::Get, Action::Put, Action::Query, Action::Administer});
  CHECK(all.accesses.front().anywhere);
  CHECK(!lifted(template_of(open + "," + grant("mine"))).accesses.front().doubt.empty());
  const std::string some = table + R"(, "ipRules": [{"ipAddressOrRange": "198.51.100.9"}]}})";
  const Estate narrow = lifted(template_of(some + "," + grant("00000000-0000-0000-0000-000000000001")));
  CHECK(narrow.accesses.front().from == std::vector{block("198.51.100.9/32")});
  const std::string centers = table + R"(, "ipRules": [{"ipAddressOrRange": "0.0.0.0"}]}})";
  CHECK(!lifted(template_of(centers + "," + grant("00000000-0000-0000-0000-000000000001")))
             .accesses.front()
             .doubt.empty());
}
