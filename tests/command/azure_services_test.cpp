#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Templates of Azure with services, edited by hand: every edit is told.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/azure_services/input.crenel";

/// One change of the first resource of a type whose name, or whose text, has `part` in it.
struct Edit {
  std::string type;
  std::string part;
  std::string path;  ///< of what is changed, in the resource
  json value;        ///< null: it is taken away
  std::string code;
  std::string words;
};

json& find(json& made, const std::string& type, const std::string& part) {
  for (json& each : made["resources"]) {
    if (each["type"] == type && each.dump().find(part) != std::string::npos) return each;
  }
  FAIL("no resource of the type " << type << " has " << part);
  return made;
}

void apply(json& made, const Edit& edit) {
  json& resource = find(made, edit.type, edit.part);
  const json::json_pointer place(edit.path);
  if (!edit.value.is_null()) {
    resource[place] = edit.value;
    return;
  }
  json& parent = resource[place.parent_pointer()];
  REQUIRE(parent.contains(place.back()));
  parent.erase(place.back());
}

const std::string kAccount = "Microsoft.Storage/storageAccounts";
const std::string kVault = "Microsoft.KeyVault/vaults";
const std::string kBus = "Microsoft.ServiceBus/namespaces";
const std::string kCosmos = "Microsoft.DocumentDB/databaseAccounts";
const std::string kEndpoint = "Microsoft.Network/privateEndpoints";
const std::string kAssignment = "Microsoft.Authorization/roleAssignments";
const std::string kDefinition = "Microsoft.Authorization/roleDefinitions";

json role(const char* id) {
  return "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '" + std::string(id) + "')]";
}

const char* const kReadsInbox = "app -> inbox : read";

const std::vector<Edit>& edits() {
  static const std::vector<Edit> kEdits = {
      // wider roles and scopes
      {kAssignment, kReadsInbox, "/properties/roleDefinitionId", role("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
       "CRN0911", "app -> inbox : write"},
      {kAssignment, kReadsInbox, "/properties/roleDefinitionId", role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
       "CRN0911", "administer"},
      {kAssignment, kReadsInbox, "/properties/roleDefinitionId", role("00000000-0000-0000-0000-00000000000a"),
       "CRN0913", "is not known"},
      {kAssignment, kReadsInbox, "/scope", nullptr, "CRN0911", "app -> mail : read"},
      {kAssignment, kReadsInbox, "/scope",
       "[resourceId('Microsoft.Storage/storageAccounts', variables('InboxStoreName'))]", "CRN0919", "whole account"},
      {kAssignment, kReadsInbox, "/scope", "[resourceGroup().id]", "CRN0913", "for what the template does not make"},
      {kAssignment, kReadsInbox, "/properties/condition", "true", "CRN0913", "condition"},
      {kAssignment, "work -> jobs", "/properties/principalId",
       "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'AppIdentity'), "
       "'2024-11-30').principalId]",
       "CRN0911", "app -> jobs : receive"},
      {kDefinition, "write objects", "/properties/permissions/0/dataActions/0",
       "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*", "CRN0911", "delete"},
      {kAssignment, "app -> mail : read", "/properties/condition", nullptr, "CRN0911", "app -> mail : read from"},
      {kAssignment, "office -> mail", "/properties/condition",
       "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}) AND "
       "!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'})) OR "
       "(@Environment[isPrivateLink] BoolEquals true))",
       "CRN0912", "office -> mail : write"},
      {kAssignment, "office -> mail", "/properties/condition",
       "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR "
       "(@Environment[isPrivateLink] BoolEquals false))",
       "CRN0913", "condition"},
      // stores
      {kAccount, "InboxStoreName", "/properties/networkAcls/defaultAction", "Allow", "CRN0919", "lets everybody pass"},
      {kAccount, "MailStoreName", "/properties/networkAcls/defaultAction", "Allow", "CRN0911", "from anywhere"},
      {kAccount, "InboxStoreName", "/properties/networkAcls/bypass", "AzureServices", "CRN0919", "past its firewall"},
      {kAccount, "InboxStoreName", "/properties/publicNetworkAccess", "Enabled", "CRN0919", "by its firewall alone"},
      {kAccount, "InboxStoreName", "/properties/allowSharedKeyAccess", true, "CRN0919", "shared key"},
      {kAccount, "InboxStoreName", "/properties/allowSharedKeyAccess", nullptr, "CRN0919", "shared key"},
      {kAccount, "InboxStoreName", "/properties/minimumTlsVersion", "TLS1_0", "CRN0919", "before 1.2"},
      {kAccount, "InboxStoreName", "/properties/supportsHttpsTrafficOnly", false, "CRN0919", "without TLS"},
      {kAccount, "InboxStoreName", "/properties/allowBlobPublicAccess", true, "CRN0919", "opened to everybody"},
      {kAccount, "InboxStoreName", "/properties/encryption/keySource", "Microsoft.Storage", "CRN0919", "not encrypted"},
      {kAccount, "ResultsStoreName",
       "/properties/immutableStorageWithVersioning/immutabilityPolicy/immutabilityPeriodSinceCreationInDays", 9,
       "CRN0919", "locks objects for 9 days"},
      {kAccount + "/blobServices", "InboxStoreName", "/properties/isVersioningEnabled", false, "CRN0919",
       "keeps no versions"},
      {kAccount + "/blobServices", "InboxStoreName", "/properties/isVersioningEnabled", nullptr, "CRN0919",
       "keeps no versions"},
      // vaults
      {kVault, "KeysVaultName", "/properties/enablePurgeProtection", false, "CRN0919", "for good"},
      {kVault, "KeysVaultName", "/properties/enablePurgeProtection", nullptr, "CRN0919", "for good"},
      {kVault, "KeysVaultName", "/properties/publicNetworkAccess", "Enabled", "CRN0919", "by its firewall alone"},
      {kVault, "KeysVaultName", "/properties/networkAcls/defaultAction", "Allow", "CRN0919", "lets everybody pass"},
      {kVault, "KeysVaultName", "/properties/enableRbacAuthorization", false, "CRN0912", "app -> keys"},
      // queues, topics, tables
      {kBus, "JobsQueueName", "/properties/disableLocalAuth", false, "CRN0919", "shared key"},
      {kBus, "JobsQueueName", "/properties/minimumTlsVersion", "1.0", "CRN0919", "before 1.2"},
      {kBus, "JobsQueueName", "/properties/publicNetworkAccess", "Enabled", "CRN0919", "by its firewall alone"},
      {kBus + "/networkRuleSets", "JobsQueueName", "/properties/defaultAction", "Allow", "CRN0919",
       "lets everybody pass"},
      {kBus + "/queues", "jobs", "/properties/maxDeliveryCount", 4, "CRN0919", "after 4 tries"},
      {kCosmos, "ItemsTableName", "/properties/disableLocalAuth", false, "CRN0919", "shared key"},
      {kCosmos, "ItemsTableName", "/properties/publicNetworkAccess", "Enabled", "CRN0911", "from anywhere"},
      {kCosmos, "ItemsTableName", "/properties/minimalTlsVersion", "Tls", "CRN0919", "before 1.2"},
      {kCosmos + "/sqlRoleAssignments", "ItemsTableName", "/properties/scope",
       "[resourceId('Microsoft.DocumentDB/databaseAccounts', variables('ItemsTableName'))]", "CRN0919",
       "whole account"},
      // private endpoints
      {kEndpoint, "DataInbox", "/properties/subnet/id",
       "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'MainNetwork', 'MainWorkTier')]", "CRN09", "inbox"},
      {kEndpoint, "DataInbox", "/properties/privateLinkServiceConnections/0/properties/privateLinkServiceId",
       "[resourceId('Microsoft.Storage/storageAccounts', variables('MailStoreName'))]", "CRN0912", "app -> inbox"},
      {kEndpoint, "DataInbox", "/properties/privateLinkServiceConnections/0/properties/groupIds/0", "file", "CRN0919",
       "does not make"},
      {kEndpoint + "/privateDnsZoneGroups", "DataInbox", "/properties/privateDnsZoneConfigs", nullptr, "CRN0913",
       "private name"},
  };
  return kEdits;
}

}  // namespace

TEST_CASE("a program that is given control of the network is told") {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  const auto given = [&](const char* id, const std::string& scope) {
    json made = json::parse(read_text(folder / "desk.azure.json"));
    json more = find(made, kAssignment, kReadsInbox);
    more["name"] = "[guid('more')]";
    more["properties"].erase("condition");
    more["properties"].erase("conditionVersion");
    more["properties"]["roleDefinitionId"] = role(id);
    more["scope"] = scope;
    made["resources"].push_back(more);
    write_text(folder / "edited.json", made.dump(1));
    return run_crenel({"verify", folder / "edited.json", kProgram});
  };
  const std::string network = "[resourceId('Microsoft.Network/virtualNetworks', 'MainNetwork')]";
  for (const char* id : {"4d97b98b-1d4f-4787-a291-c67834d212e7", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
                         "00000000-0000-0000-0000-00000000000a"}) {
    const Outcome outcome = given(id, network);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("what it can come to by that is not known") != std::string::npos);
  }
  CHECK(given("acdd72a7-3385-48ef-bd42-f606fba81ae7", network).exit_code == 0);  // a reader
}

TEST_CASE("every edit of a template with services is told") {
  const ScratchFolder folder;
  const Outcome built = run_crenel({"build", kProgram, "-o", folder.path()});
  CAPTURE(built.err);
  REQUIRE(built.exit_code == 0);
  const std::string path = folder / "desk.azure.json";
  CHECK(run_crenel({"verify", path, kProgram}).exit_code == 0);
  for (const Edit& edit : edits()) {
    json made = json::parse(read_text(path));
    apply(made, edit);
    write_text(folder / "edited.json", made.dump(1));
    const Outcome outcome = run_crenel({"verify", folder / "edited.json", kProgram});
    CAPTURE(edit.type);
    CAPTURE(edit.path);
    CAPTURE(edit.code);
    CAPTURE(edit.words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find(edit.code) != std::string::npos);
    CHECK(outcome.err.find(edit.words) != std::string::npos);
  }
}
