#include "backends/azure/roles.h"

#include <algorithm>
#include <string>

#include "backends/azure/resource_types.h"

namespace crenel::azure {
namespace {

using model::DataAction;
using model::Endpoint;

const std::vector<Role>& built_in_roles() {
  static const std::vector<Role> kRoles = {
      // Storage Blob Data Reader
      {"StoreRead",
       "",
       "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
       {},
       {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"}},
      {"MessageSend", "", "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39", {}, {}},  // Azure Service Bus Data Sender
      {"MessageTake", "", "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", {}, {}},  // Azure Service Bus Data Receiver
      {"SecretRead", "", "4633458b-17de-408a-b874-0445c86b69e6", {}, {}},   // Key Vault Secrets User
  };
  return kRoles;
}

const Role* find(const std::vector<Role>& among, std::string_view key) {
  const auto found = std::find_if(among.begin(), among.end(), [&](const Role& role) { return role.key == key; });
  return found == among.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<Role>& own_roles() {
  static const std::vector<Role> kRoles = {
      {"StoreWrite",
       "write objects",
       "",
       {},
       {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action"}},
      {"StoreDelete",
       "delete objects",
       "",
       {},
       {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete"}},
      {"StoreArchive",
       "mark objects for the archive",
       "",
       {},
       {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write"}},
      {"KeyEncrypt",
       "encrypt with keys",
       "",
       {},
       {"Microsoft.KeyVault/vaults/keys/encrypt/action", "Microsoft.KeyVault/vaults/keys/wrap/action"}},
      {"KeyDecrypt",
       "decrypt with keys",
       "",
       {},
       {"Microsoft.KeyVault/vaults/keys/decrypt/action", "Microsoft.KeyVault/vaults/keys/unwrap/action"}},
      {"GroupLaunch",
       "start members of scale sets",
       "",
       {"Microsoft.Compute/virtualMachineScaleSets/start/action",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/start/action"},
       {}},
      {"GroupTerminate",
       "delete members of scale sets",
       "",
       {"Microsoft.Compute/virtualMachineScaleSets/delete/action",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete"},
       {}},
  };
  return kRoles;
}

const Role* role_for(const Endpoint& service, DataAction action) {
  const bool is_vault = std::holds_alternative<model::VaultId>(service);
  switch (action) {
    case DataAction::Read:
      return find(built_in_roles(), is_vault ? "SecretRead" : "StoreRead");
    case DataAction::Write:
      return find(own_roles(), "StoreWrite");
    case DataAction::Delete:
      return find(own_roles(), "StoreDelete");
    case DataAction::Archive:
      return find(own_roles(), "StoreArchive");
    case DataAction::Send:
    case DataAction::Publish:
      return find(built_in_roles(), "MessageSend");
    case DataAction::Receive:
    case DataAction::Subscribe:
      return find(built_in_roles(), "MessageTake");
    case DataAction::Encrypt:
      return find(own_roles(), "KeyEncrypt");
    case DataAction::Decrypt:
      return find(own_roles(), "KeyDecrypt");
    case DataAction::Launch:
      return find(own_roles(), "GroupLaunch");
    case DataAction::Terminate:
      return find(own_roles(), "GroupTerminate");
    case DataAction::Get:
    case DataAction::Put:
    case DataAction::Query:
    case DataAction::Invoke:
      return nullptr;
  }
  return nullptr;
}

std::string condition_by_link(const Role& role, bool by_link) {
  std::string actions;
  for (const std::string_view each : role.data_actions) {
    actions += (actions.empty() ? "" : " AND ") + std::string("!(ActionMatches{'") + std::string(each) + "'})";
  }
  return "((" + actions + ") OR (@Environment[isPrivateLink] BoolEquals " + (by_link ? "true" : "false") + "))";
}

Term built_in_role(std::string_view id) {
  return call("subscriptionResourceId",
              {Term::literal(std::string(kRoleDefinition.name)), Term::literal(std::string(id))});
}

Term role_name(const Role& role) { return variable(std::string(role.key) + "RoleName"); }

Term role_id(const Role& role) {
  return role.built_in.empty() ? resource_id(kRoleDefinition, role_name(role)) : built_in_role(role.built_in);
}

}  // namespace crenel::azure
