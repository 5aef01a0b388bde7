#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/resource_types.h"

/// Key vaults.
namespace crenel::azure::lifting {
namespace {

using estate::Service;

void add_vault(Data& data, const Resource& vault) {
  const View properties = properties_of(vault);
  data.context.check(
      properties, "vault",
      {"accessPolicies", "enablePurgeProtection", "enableRbacAuthorization", "enableSoftDelete", "networkAcls",
       "publicNetworkAccess", "enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"},
      {"tenantId", "sku", "softDeleteRetentionInDays", "createMode", "vaultUri", "hsmPoolResourceId",
       "privateEndpointConnections"});
  Service made = service_of(Service::Kind::Vault, vault);
  const View purge = properties.at("enablePurgeProtection");
  if (purge.truth() != std::optional(true)) {
    weak(made, "can lose its keys for good", purge ? purge.place() : vault.place, !purge.open());
  }
  const View soft = properties.at("enableSoftDelete");
  if (soft && soft.truth() != std::optional(true)) {
    weak(made, "can lose its keys for good", soft.place(), !soft.open());
  }
  for (const auto& [door, what] :
       {std::pair("enabledForDeployment", "gives its secrets to deployments"),
        std::pair("enabledForTemplateDeployment", "gives its secrets to deployments"),
        std::pair("enabledForDiskEncryption", "gives its keys to the encryption of disks")}) {
    const View open = properties.at(door);
    if (!open || open.truth() == std::optional(false)) continue;
    weak(made, what, open.place(), open.truth() == std::optional(true));
  }
  const Ways ways = ways_of(
      data,
      {.access = properties.at("publicNetworkAccess"), .rules = properties.at("networkAcls"), .address = "value"});
  add_service(data, std::move(made), vault,
              {.id = {}, .resource = vault.id, .connected = vault.id, .group = "vault", .ways = ways});
}

}  // namespace

void lift_vaults(Data& data) {
  for (const Resource* each : data.context.all(kVault.name)) add_vault(data, *each);
}

void check_keys(Data& data) {
  for (const ServiceInfo& info : data.services) {
    const auto uses_key = [&](const estate::Access& access) {
      const auto& all = access.actions;
      const auto has = [&](estate::Action each) { return std::find(all.begin(), all.end(), each) != all.end(); };
      return access.service == info.id && (has(estate::Action::Encrypt) || has(estate::Action::Decrypt));
    };
    const Resource* vault = data.context.find(info.resource);
    if (vault == nullptr || vault->existing || !vault->is(kVault.name)) continue;
    const auto& accesses = data.context.estate.accesses;
    if (makes_key(data, info.id) || std::none_of(accesses.begin(), accesses.end(), uses_key)) continue;
    weak(data.context.estate.services[info.id], "has no key, and somebody is let use one", vault->place);
  }
}

}  // namespace crenel::azure::lifting
