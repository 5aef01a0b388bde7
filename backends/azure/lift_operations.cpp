#include "backends/azure/lift_operations.h"

namespace crenel::azure::lifting {
namespace {

using estate::Action;
using ServiceKind = estate::Service::Kind;

/// Whoever may do these gives himself all the rest.
void add_common(KindOperations& to) {
  for (const char* name :
       {"Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/elevateAccess/action",
        "Microsoft.Authorization/roleDefinitions/write", "Microsoft.Authorization/locks/delete",
        "Microsoft.Resources/deployments/write", "Microsoft.Network/privateEndpoints/write"}) {
    // deployments and endpoints do nothing by themselves: they are listed so that they are known
    const std::string_view text = name;
    const bool by_itself = text.starts_with("Microsoft.Authorization/");
    to.operations.push_back(
        {.name = text, .on_data = false, .means = by_itself ? std::optional(Action::Administer) : std::nullopt});
  }
}

KindOperations store() {
  KindOperations out{
      .provider = "Microsoft.Storage/storageAccounts/",
      .operations =
          {
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", true, Action::Read},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write", true, Action::Write},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action", true, Action::Write,
               false},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action", true, Action::Write,
               false},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete", true, Action::Delete},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/deleteBlobVersion/action", true,
               Action::Delete, false},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/permanentDelete/action", true,
               Action::Delete, false},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write", true, Action::Archive},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/read", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/filter/action", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/manageOwnership/action", true,
               Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/modifyPermissions/action", true,
               Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action", true,
               Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/immutableStorage/runAsSuperUser/action",
               true, Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action", false, std::nullopt},
              {"Microsoft.Storage/storageAccounts/write", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/delete", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/listkeys/action", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/regeneratekey/action", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/ListAccountSas/action", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/ListServiceSas/action", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/write", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/write", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/delete", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/write", false,
               Action::Administer},
              {"Microsoft.Storage/storageAccounts/managementPolicies/write", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/localUsers/write", false, Action::Administer},
              {"Microsoft.Storage/storageAccounts/privateEndpointConnections/write", false, Action::Administer},
              // other services of an account hold no objects
              {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/read", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/write", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/read", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/write", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/update/action", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write", true, std::nullopt},
              {"Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete", true, std::nullopt},
          },
      .beside = {"Microsoft.Storage/storageAccounts/queueServices/", "Microsoft.Storage/storageAccounts/tableServices/",
                 "Microsoft.Storage/storageAccounts/fileServices/"}};
  add_common(out);
  return out;
}

KindOperations vault() {
  KindOperations out{
      .provider = "Microsoft.KeyVault/vaults/",
      .operations = {
          {"Microsoft.KeyVault/vaults/secrets/getSecret/action", true, Action::Read},
          {"Microsoft.KeyVault/vaults/secrets/readMetadata/action", true, std::nullopt},
          {"Microsoft.KeyVault/vaults/keys/encrypt/action", true, Action::Encrypt},
          {"Microsoft.KeyVault/vaults/keys/wrap/action", true, Action::Encrypt},
          {"Microsoft.KeyVault/vaults/keys/decrypt/action", true, Action::Decrypt},
          {"Microsoft.KeyVault/vaults/keys/unwrap/action", true, Action::Decrypt},
          {"Microsoft.KeyVault/vaults/keys/read", true, std::nullopt},
          {"Microsoft.KeyVault/vaults/keyrotationpolicies/read", true, std::nullopt},
          {"Microsoft.KeyVault/vaults/certificates/read", true, std::nullopt},
          {"Microsoft.KeyVault/vaults/keys/verify/action", true, std::nullopt},
          {"Microsoft.KeyVault/vaults/keys/sign/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/create/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/import/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/update/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/delete", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/purge/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/recover/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/backup/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/restore/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/rotate/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/release/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/keyrotationpolicies/write", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/setSecret/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/update/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/delete", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/purge/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/recover/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/backup/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/restore/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/certificates/create/action", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/certificates/delete", true, Action::Administer},
          {"Microsoft.KeyVault/vaults/write", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/delete", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/accessPolicies/write", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/keys/write", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/secrets/write", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/eventGridFilters/write", false, Action::Administer},
          {"Microsoft.KeyVault/vaults/deploy/action", false, Action::Administer},
      }};
  add_common(out);
  return out;
}

KindOperations messages(Action put, Action take) {
  KindOperations out{
      .provider = "Microsoft.ServiceBus/namespaces/",
      .operations = {
          {"Microsoft.ServiceBus/namespaces/messages/send/action", true, put},
          {"Microsoft.ServiceBus/namespaces/messages/receive/action", true, take},
          {"Microsoft.ServiceBus/namespaces/write", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/delete", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/authorizationRules/listkeys/action", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/queues/write", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/queues/delete", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/queues/authorizationRules/listkeys/action", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/topics/write", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/topics/delete", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/topics/subscriptions/write", false, Action::Administer},
          {"Microsoft.ServiceBus/namespaces/networkRuleSets/write", false, Action::Administer},
      }};
  add_common(out);
  return out;
}

KindOperations table() {
  KindOperations out{
      .provider = "Microsoft.DocumentDB/databaseAccounts/",
      .operations = {
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read", true, Action::Get},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create", true, Action::Put},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/upsert", true, Action::Put},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace", true, Action::Put},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete", true, Action::Put, false},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery", true, Action::Query},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/readChangeFeed", true, Action::Query},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeStoredProcedure", true,
           Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/manageConflicts", true, Action::Put, false},
          {"Microsoft.DocumentDB/databaseAccounts/readMetadata", true, std::nullopt},
          {"Microsoft.DocumentDB/databaseAccounts/write", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/delete", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/listKeys/action", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/readonlykeys/action", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/regenerateKey/action", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions/write", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/write", false, Action::Administer},
          {"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/write", false, Action::Administer},
      }};
  add_common(out);
  return out;
}

KindOperations group() {
  KindOperations out{
      .provider = "Microsoft.Compute/virtualMachineScaleSets/",
      .operations = {
          {"Microsoft.Compute/virtualMachineScaleSets/start/action", false, Action::Launch},
          {"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/start/action", false, Action::Launch},
          {"Microsoft.Compute/virtualMachineScaleSets/delete/action", false, Action::Terminate},
          {"Microsoft.Compute/virtualMachineScaleSets/deallocate/action", false, Action::Terminate, false},
          {"Microsoft.Compute/virtualMachineScaleSets/powerOff/action", false, Action::Terminate, false},
          {"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete", false, Action::Terminate},
          {"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/deallocate/action", false, Action::Terminate,
           false},
          {"Microsoft.Compute/virtualMachineScaleSets/write", false, Action::Administer},
          {"Microsoft.Compute/virtualMachineScaleSets/delete", false, Action::Administer},
          {"Microsoft.Compute/virtualMachineScaleSets/extensions/write", false, Action::Administer},
          {"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write", false, Action::Administer},
          {"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action", false, Action::Administer},
      }};
  add_common(out);
  return out;
}

KindOperations function() {
  KindOperations out{.provider = "Microsoft.Web/sites/",
                     .operations = {
                         {"Microsoft.Web/sites/write", false, Action::Administer},
                         {"Microsoft.Web/sites/delete", false, Action::Administer},
                         {"Microsoft.Web/sites/config/write", false, Action::Administer},
                         {"Microsoft.Web/sites/host/listkeys/action", false, Action::Administer},
                         {"Microsoft.Web/sites/publish/action", false, Action::Administer},
                         {"Microsoft.Web/sites/functions/write", false, Action::Administer},
                         {"Microsoft.Web/sites/functions/action", false, Action::Invoke},
                     }};
  add_common(out);
  return out;
}

}  // namespace

const KindOperations& operations_of(ServiceKind kind) {
  static const KindOperations kStore = store();
  static const KindOperations kVault = vault();
  static const KindOperations kQueue = messages(Action::Send, Action::Receive);
  static const KindOperations kTopic = messages(Action::Publish, Action::Subscribe);
  static const KindOperations kTable = table();
  static const KindOperations kGroup = group();
  static const KindOperations kFunction = function();
  switch (kind) {
    case ServiceKind::Store:
      return kStore;
    case ServiceKind::Queue:
      return kQueue;
    case ServiceKind::Topic:
      return kTopic;
    case ServiceKind::Table:
      return kTable;
    case ServiceKind::Vault:
      return kVault;
    case ServiceKind::Function:
      return kFunction;
    case ServiceKind::Group:
      return kGroup;
  }
  return kStore;
}

}  // namespace crenel::azure::lifting
