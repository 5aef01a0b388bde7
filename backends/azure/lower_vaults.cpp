#include "backends/azure/data_plan.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::VaultId;

constexpr std::size_t kLongestVaultName = 24;
constexpr int kKeyBits = 3072;

Resource vault(const Design& design, VaultId id) {
  Resource out;
  out.type = kVault;
  out.name = name_of_service(design, id);
  out.tags = service_tags(design, id);
  // Azure's own services reach a closed vault only where this says so, and only as an identity that has a role
  const char* bypass = encrypts(design, id) ? "AzureServices" : "None";
  out.properties =
      document::object({{"tenantId", Term::expression("subscription().tenantId").value()},
                        {"sku", document::object({{"family", "A"}, {"name", "standard"}})},
                        {"enableRbacAuthorization", true},
                        {"enableSoftDelete", true},
                        {"softDeleteRetentionInDays", 90},
                        {"enablePurgeProtection", true},
                        {"enabledForDeployment", false},
                        {"enabledForDiskEncryption", false},
                        {"enabledForTemplateDeployment", false},
                        {"publicNetworkAccess", "Disabled"},
                        {"networkAcls", document::object({{"bypass", bypass}, {"defaultAction", "Deny"}})}});
  out.cause = cause_of_service(design, id);
  return out;
}

/// One key; a new version of it every year. Who uses it names no version.
Resource key(const Design& design, VaultId id) {
  Resource out;
  out.type = kKey;
  out.name = child_name(name_of_service(design, id), {std::string(kKeyName)});
  const Value rotate = document::object({{"trigger", document::object({{"timeAfterCreate", "P1Y"}})},
                                         {"action", document::object({{"type", "rotate"}})}});
  out.properties =
      document::object({{"kty", "RSA"},
                        {"keySize", kKeyBits},
                        {"keyOps", document::array({"encrypt", "decrypt", "wrapKey", "unwrapKey"})},
                        {"rotationPolicy", document::object({{"attributes", document::object({{"expiryTime", "P2Y"}})},
                                                             {"lifetimeActions", document::array({rotate})}})}});
  out.depends_on = {resource_id(kVault, name_of_service(design, id))};
  out.cause = cause_of_service(design, id);
  return out;
}

}  // namespace

void lower_vaults(const Design& design, Template& out) {
  for (const VaultId id : design.vaults.ids()) {
    if (design.vaults[id].existing) continue;
    add_global_name(design, id, kLongestVaultName, out);
    out.resources.push_back(vault(design, id));
    if (has_key(design, id)) out.resources.push_back(key(design, id));
    if (!encrypts(design, id)) continue;
    const Term who = encryption_identity_id(design, id);
    Resource may_unwrap = assignment(key_id(design, id), who, principal_of(who), built_in_role(kEncryptionUser), true,
                                     cause_of_service(design, id));
    may_unwrap.depends_on = {key_id(design, id)};
    out.resources.push_back(std::move(may_unwrap));
  }
}

}  // namespace crenel::azure
