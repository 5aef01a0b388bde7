#include "tests/agreement/random_azure_roles.h"

namespace crenel::agreement {

const Texts& random_roles() {
  static const Texts kAll = {"8e3af657-a8ff-443c-a75c-2fe8c4bcb635",  // Owner
                             "b24988ac-6180-42a0-ab88-20f7382dd24c",  // Contributor
                             "acdd72a7-3385-48ef-bd42-f606fba81ae7",  // Reader
                             "ba92f5b4-2d11-453d-a403-e96b0029c9fe",  // of blobs
                             "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
                             "17d1049b-9a84-46fb-8f53-869881c3d3ab", "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
                             "4633458b-17de-408a-b874-0445c86b69e6",  // of vaults
                             "e147488a-f6f5-4113-8e2d-b22465e65bf6", "00482a5a-887f-4fb3-b363-3b7fe8e74483",
                             "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "12338af0-0e69-4776-bea7-57ae8d297424",
                             "b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "f25e0fa2-a7c8-4377-a976-54943a77a395",
                             "21090545-7ca7-4776-b22c-e363652d74d2",
                             "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39",  // of messages
                             "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", "090c5cfd-751d-490a-894a-3ce6f1109419",
                             "5bd9cd88-fe45-4216-938b-f97437e15450",  // of Cosmos DB
                             "230815da-be43-4aae-9cb4-875f7bd000aa"};
  return kAll;
}

const Texts& random_controls() {
  static const Texts kAll = {"*",
                             "*/read",
                             "Microsoft.Authorization/*",
                             "Microsoft.Authorization/roleAssignments/write",
                             "Microsoft.Storage/storageAccounts/*",
                             "Microsoft.Storage/storageAccounts/listkeys/action",
                             "Microsoft.Storage/storageAccounts/blobServices/containers/write",
                             "Microsoft.KeyVault/vaults/write",
                             "Microsoft.KeyVault/vaults/accessPolicies/write",
                             "Microsoft.KeyVault/vaults/*/read",
                             "Microsoft.ServiceBus/namespaces/queues/write",
                             "Microsoft.ServiceBus/*/read",
                             "Microsoft.ServiceBus/namespaces/authorizationRules/listkeys/action",
                             "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
                             "Microsoft.DocumentDB/databaseAccounts/*",
                             "Microsoft.Web/sites/*/action"};
  return kAll;
}

const Texts& random_operations() {
  static const Texts kAll = [] {
    const std::string blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
    const std::string vault = "Microsoft.KeyVault/vaults/";
    const std::string bus = "Microsoft.ServiceBus/";
    return Texts{"*",
                 "*/read",
                 "*/write",
                 "*/delete",
                 "Microsoft.Storage/*",
                 blobs + "*",
                 blobs + "read",
                 blobs + "write",
                 blobs + "delete",
                 blobs + "add/action",
                 blobs + "*/action",
                 blobs + "tags/write",
                 blobs + "tags/*",
                 blobs + "modifyPermissions/action",
                 vault + "*",
                 vault + "keys/*",
                 vault + "keys/read",
                 vault + "keys/encrypt/action",
                 vault + "keys/*wrap/action",
                 vault + "keys/*crypt/action",
                 vault + "keys/create/action",
                 vault + "secrets/getSecret/action",
                 vault + "secrets/setSecret/action",
                 vault + "secrets/*",
                 vault + "*/readMetadata/action",
                 bus + "*",
                 bus + "*/send/action",
                 bus + "namespaces/messages/*",
                 bus + "namespaces/messages/receive/action"};
  }();
  return kAll;
}

const Texts& random_items() {
  static const Texts kAll = [] {
    const std::string account = "Microsoft.DocumentDB/databaseAccounts/";
    const std::string within = account + "sqlDatabases/containers/";
    return Texts{account + "readMetadata",
                 account + "*",
                 within + "*",
                 within + "items/*",
                 within + "items/read",
                 within + "items/create",
                 within + "items/delete",
                 within + "items/upsert",
                 within + "executeQuery",
                 within + "readChangeFeed",
                 within + "items/replace",
                 within + "executeStoredProcedure"};
  }();
  return kAll;
}

}  // namespace crenel::agreement
