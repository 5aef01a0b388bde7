#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/unit/azure/lifted.h"

/// What a template leaves open but for one lock, and grants that go further than the services it makes.
using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

constexpr const char* kReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

bool is_weak(const Estate& estate, std::string_view part) {
  return std::any_of(estate.services.begin(), estate.services.end(), [&](const Service& service) {
    return std::any_of(service.weaknesses.begin(), service.weaknesses.end(),
                       [&](const Weakness& each) { return each.what.find(part) != std::string::npos; });
  });
}

std::string resource(std::string_view type, std::string_view name, std::string_view properties) {
  return R"({"type": ")" + std::string(type) + R"(", "name": ")" + std::string(name) + R"(", "properties": {)" +
         std::string(properties) + "}}";
}

std::string account(std::string_view access, std::string_view rules) {
  return resource("Microsoft.Storage/storageAccounts", "data",
                  R"("allowSharedKeyAccess": false, "allowBlobPublicAccess": false, "minimumTlsVersion": "TLS1_2",
                  "publicNetworkAccess": ")" +
                      std::string(access) + R"(", "networkAcls": )" + std::string(rules));
}

constexpr const char* kClosed = R"({"bypass": "None", "defaultAction": "Deny"})";
constexpr const char* kVaultBegin = R"("enablePurgeProtection": true, "publicNetworkAccess": "Disabled", )";

std::string assignment(std::string_view scope, std::string_view principal = "someone") {
  return R"({"type": "Microsoft.Authorization/roleAssignments", "name": "one", "scope": ")" + std::string(scope) +
         R"(", "properties": {"principalId": ")" + std::string(principal) +
         R"(", "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', ')" + kReader + R"(')]"}})";
}

}  // namespace

TEST_CASE("a service is shut to public networks twice") {
  const auto of = [](const char* access, const char* rules) { return lifted(template_of(account(access, rules))); };
  CHECK(of("Disabled", kClosed).services.begin()->weaknesses.size() == 1);  // keeps no versions
  CHECK(is_weak(of("Enabled", kClosed), "by its firewall alone"));
  CHECK(is_weak(of("Disabled", R"({"bypass": "None", "defaultAction": "Allow"})"), "lets everybody pass"));
  CHECK(is_weak(of("Disabled", R"({"bypass": "None"})"), "lets everybody pass"));
  CHECK(is_weak(of("Disabled", R"({"bypass": "AzureServices", "defaultAction": "Deny"})"), "past its firewall"));
  CHECK(is_weak(of("Disabled", R"({"defaultAction": "Deny"})"), "past its firewall"));
  CHECK(is_weak(of("Enabled", R"({"bypass": "None", "defaultAction": "Allow"})"), "is open to public networks"));
}

TEST_CASE("rules of a namespace are a second lock") {
  const std::string space = resource("Microsoft.ServiceBus/namespaces", "bus",
                                     R"("disableLocalAuth": true, "minimumTlsVersion": "1.2",
                                     "publicNetworkAccess": "Disabled")");
  const std::string queue = resource("Microsoft.ServiceBus/namespaces/queues", "bus/orders", "");
  const auto of = [&](const std::string& rules) {
    return lifted(template_of(space + "," + queue + "," +
                              resource("Microsoft.ServiceBus/namespaces/networkRuleSets", "bus/default", rules)));
  };
  CHECK(of(R"("publicNetworkAccess": "Disabled", "defaultAction": "Deny")").services.begin()->weaknesses.empty());
  CHECK(is_weak(of(R"("publicNetworkAccess": "Enabled", "defaultAction": "Deny")"), "by its firewall alone"));
  CHECK(is_weak(of(R"("publicNetworkAccess": "Disabled", "defaultAction": "Allow")"), "lets everybody pass"));
  CHECK(is_weak(of(R"("publicNetworkAccess": "Disabled", "defaultAction": "Deny",
                   "trustedServiceAccessEnabled": true)"),
                "past its firewall"));
}

TEST_CASE("a vault can be lost, or opened to deployments and disks") {
  const auto of = [](const char* more) {
    return lifted(template_of(resource("Microsoft.KeyVault/vaults", "keys", kVaultBegin + std::string(more))));
  };
  CHECK(of(R"("enableSoftDelete": true)").services.begin()->weaknesses.empty());
  CHECK(is_weak(of(R"("enableSoftDelete": false)"), "for good"));
  CHECK(is_weak(of(R"("enabledForDiskEncryption": true)"), "encryption of disks"));
  CHECK(is_weak(of(R"("enabledForDeployment": true)"), "deployments"));
}

TEST_CASE("roles do nothing at a vault that goes by access policies") {
  const std::string secrets = R"({"type": "Microsoft.Authorization/roleAssignments", "name": "one",
    "scope": "[resourceId('Microsoft.KeyVault/vaults', 'keys')]", "properties": {"principalId": "someone",
    "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')]"}})";
  const auto of = [&](const char* roles) {
    return lifted(template_of(
        resource("Microsoft.KeyVault/vaults", "keys", R"("enablePurgeProtection": true)" + std::string(roles)) + "," +
        secrets));
  };
  REQUIRE(of(R"(, "enableRbacAuthorization": true)").accesses.size() == 1);
  CHECK(of(R"(, "enableRbacAuthorization": true)").accesses.front().doubt.empty());
  CHECK(of(R"(, "enableRbacAuthorization": false)").accesses.empty());
  REQUIRE(of("").accesses.size() == 1);
  CHECK(!of("").accesses.front().doubt.empty());
}

TEST_CASE("a role that holds further than the service is told") {
  const std::string open = account("Enabled", R"({"bypass": "None", "defaultAction": "Allow"})");
  const std::string container = resource("Microsoft.Storage/storageAccounts/blobServices/containers", "data/default/in",
                                         R"("publicAccess": "None")");
  const auto of = [&](const std::string& scope) {
    return lifted(template_of(open + "," + container + "," + assignment(scope)));
  };
  const Estate whole = of("[resourceId('Microsoft.Storage/storageAccounts', 'data')]");
  CHECK(is_weak(whole, "as a whole account"));
  CHECK(has_unknown(of("[resourceGroup().id]"), "for what the template does not make"));
  const Estate part =
      of("[resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', 'data', 'default', 'in')]");
  CHECK(!is_weak(part, "as a whole account"));
  CHECK(part.unknowns.empty());
}

TEST_CASE("a private endpoint that no private name leads to is in doubt") {
  const std::string endpoint = R"({"type": "Microsoft.Network/privateEndpoints", "name": "DataEndpoint",
    "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"},
    "privateLinkServiceConnections": [{"name": "a", "properties": {"groupIds": ["blob"],
    "privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'data')]"}}]}})";
  const std::string zone = resource("Microsoft.Network/privateDnsZones", "privatelink.blob.core.windows.net", "");
  const std::string link =
      resource("Microsoft.Network/privateDnsZones/virtualNetworkLinks", "privatelink.blob.core.windows.net/net",
               R"("virtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"})");
  const std::string names = resource("Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "DataEndpoint/default",
                                     R"("privateDnsZoneConfigs": [{"name": "a", "properties": {"privateDnsZoneId":
      "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.blob.core.windows.net')]"}}])");
  const std::string begin = network() + "," + account("Disabled", kClosed) + "," + endpoint + "," +
                            assignment("[resourceId('Microsoft.Storage/storageAccounts', 'data')]");
  const auto doubt = [&](const std::string& more) {
    const Estate estate = lifted(template_of(begin + more));
    REQUIRE(estate.accesses.size() == 1);
    return estate.accesses.front().doubt;
  };
  CHECK(doubt("," + zone + "," + link + "," + names).empty());
  CHECK(doubt("," + zone + "," + link).find("private name") != std::string::npos);
  CHECK(!doubt("," + zone + "," + names).empty());
  CHECK(!doubt("," + link + "," + names).empty());
}

TEST_CASE("a key must be there, and its user let use it") {
  const std::string vault = resource("Microsoft.KeyVault/vaults", "keys",
                                     kVaultBegin + std::string(R"("enableRbacAuthorization": true, "sku": {})"));
  const std::string key = resource("Microsoft.KeyVault/vaults/keys", "keys/main", R"("kty": "RSA")");
  const std::string identity = R"({"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "Unwraps"})";
  const std::string own = R"([resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'Unwraps')])";
  const std::string encrypted = R"({"type": "Microsoft.Storage/storageAccounts", "name": "data", "identity":
    {"type": "UserAssigned", "userAssignedIdentities": {")" +
                                own + R"(": {}}}, "properties": {"publicNetworkAccess": "Disabled", "encryption": {
    "keySource": "Microsoft.Keyvault", "identity": {"userAssignedIdentity": ")" +
                                own + R"("}, "keyvaultproperties": {"keyname": "main",
    "keyvaulturi": "https://keys.vault.azure.net"}}}})";
  const std::string grant = R"({"type": "Microsoft.Authorization/roleAssignments", "name": "one",
    "scope": "[resourceId('Microsoft.KeyVault/vaults/keys', 'keys', 'main')]", "properties": {
    "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'Unwraps')).principalId]",
    "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', 'e147488a-f6f5-4113-8e2d-b22465e65bf6')]"}})";
  const std::string begin = vault + "," + identity + "," + encrypted;
  const Estate whole = lifted(template_of(begin + "," + key + "," + grant));
  CHECK(!is_weak(whole, "may use the key"));
  CHECK(!is_weak(whole, "that the template makes"));
  CHECK(is_weak(lifted(template_of(begin + "," + key)), "may use the key"));
  const std::string by_policies =
      resource("Microsoft.KeyVault/vaults", "keys", kVaultBegin + std::string(R"("sku": {})"));
  CHECK(is_weak(lifted(template_of(by_policies + "," + identity + "," + encrypted + "," + key + "," + grant)),
                "may use the key"));
  CHECK(is_weak(lifted(template_of(begin + "," + grant)), "that the template makes"));
}
