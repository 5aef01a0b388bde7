#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_sites.h"
#include "backends/azure/resource_types.h"

/// Storage accounts, each as one store of objects.
namespace crenel::azure::lifting {
namespace {

using estate::Service;

bool is_false(const View& value) { return value.truth() == std::optional(false); }
bool is_true(const View& value) { return value.truth() == std::optional(true); }

void check_account(Data& data, const View& properties) {
  data.context.check(properties, "storage account",
                     {"allowBlobPublicAccess", "allowCrossTenantReplication", "allowSharedKeyAccess", "encryption",
                      "immutableStorageWithVersioning", "isLocalUserEnabled", "isSftpEnabled", "minimumTlsVersion",
                      "networkAcls", "publicNetworkAccess", "supportsHttpsTrafficOnly", "isNfsV3Enabled"},
                     {"accessTier",
                      "allowedCopyScope",
                      "defaultToOAuthAuthentication",
                      "isHnsEnabled",
                      "largeFileSharesState",
                      "dnsEndpointType",
                      "routingPreference",
                      "sasPolicy",
                      "keyPolicy",
                      "customDomain",
                      "enableExtendedGroups",
                      "azureFilesIdentityBasedAuthentication",
                      "dualStackEndpointPreference",
                      "primaryEndpoints",
                      "creationTime",
                      "privateEndpointConnections",
                      "statusOfPrimary",
                      "primaryLocation",
                      "secondaryLocation",
                      "statusOfSecondary"});
}

void add_transport(const View& properties, const Place& place, Service& to) {
  if (properties.at("supportsHttpsTrafficOnly") && !is_true(properties.at("supportsHttpsTrafficOnly"))) {
    weak(to, "takes connections without TLS", properties.at("supportsHttpsTrafficOnly").place(),
         is_false(properties.at("supportsHttpsTrafficOnly")));
  }
  const View tls = properties.at("minimumTlsVersion");
  if (!tls.says("TLS1_2") && !tls.says("TLS1_3")) {
    weak(to, "takes versions of TLS before 1.2", tls ? tls.place() : place, !tls || !tls.open());
  }
}

void add_keys(const View& properties, const Place& place, Service& to) {
  const View shared = properties.at("allowSharedKeyAccess");
  if (!is_false(shared)) {
    weak(to, "can be used with a shared key", shared ? shared.place() : place, !shared || is_true(shared));
  }
  const View anonymous = properties.at("allowBlobPublicAccess");
  if (!is_false(anonymous)) {
    weak(to, "lets containers be opened to everybody", anonymous ? anonymous.place() : place, is_true(anonymous));
  }
  if (!is_false(properties.at("isLocalUserEnabled")) && is_true(properties.at("isSftpEnabled"))) {
    weak(to, "has users of its own, beside the directory's", properties.at("isSftpEnabled").place());
  }
  if (properties.at("isNfsV3Enabled") && !is_false(properties.at("isNfsV3Enabled"))) {
    weak(to, "takes NFS, which asks nobody who he is", properties.at("isNfsV3Enabled").place());
  }
  const View across = properties.at("allowCrossTenantReplication");
  if (across && !is_false(across)) weak(to, "can be replicated to other tenants", across.place(), is_true(across));
}

void add_encryption(Data& data, const View& encryption, Service& to) {
  if (!encryption.at("keySource").says("Microsoft.Keyvault")) {
    if (encryption.at("keySource").open()) {
      weak(to, "is encrypted with a key that is known at deployment", encryption.place(), false);
    }
    return;
  }
  const View key = encryption.at("keyvaultproperties");
  set_key(data, to, key.at("keyvaulturi") ? key.at("keyvaulturi") : encryption, key.at("keyname").text());
}

void add_lock(const View& lock, Service& to) {
  const View policy = lock.at("immutabilityPolicy");
  if (!is_true(lock.at("enabled")) || !policy || policy.at("state").says("Disabled")) return;
  // another state, or one that is known at deployment only, locks nothing for sure
  if (!policy.at("state").says("Unlocked") && !policy.at("state").says("Locked")) return;
  to.lock_days = policy.at("immutabilityPeriodSinceCreationInDays").number();
  const View append = policy.at("allowProtectedAppendWrites");
  if (append && !is_false(append)) weak(to, "lets locked objects be added to", append.place(), is_true(append));
}

/// A part of the account at any depth: `blobServices/default/containers/x`.
std::vector<const Resource*> parts(const Data& data, std::string_view type, const ResourceId& account) {
  std::vector<const Resource*> out;
  for (const Resource* each : data.context.all(type)) {
    std::optional<ResourceId> up = each->id.parent();
    while (up && up->names.size() > account.names.size()) up = up->parent();
    if (up && up->key() == account.key()) out.push_back(each);
  }
  return out;
}

void add_blob_service(Data& data, const Resource& account, Service& to) {
  bool versions = false;
  for (const Resource* each : parts(data, kBlobService.name, account.id)) {
    data.context.check(
        properties_of(*each), "blob service", {"isVersioningEnabled"},
        {"deleteRetentionPolicy", "containerDeleteRetentionPolicy", "changeFeed", "restorePolicy",
         "lastAccessTimeTrackingPolicy", "cors", "defaultServiceVersion", "automaticSnapshotPolicyEnabled"});
    versions = versions || (is_true(properties_of(*each).at("isVersioningEnabled")) && each->is_sure());
  }
  if (!versions) weak(to, "keeps no versions", account.place);
}

/// The rule is for all objects that are marked, and for no fewer.
bool follows_mark(const View& filters) {
  const auto tags = filters.at("blobIndexMatch").elements();
  return tags.size() == 1 && tags.front().at("name").says("archive") && tags.front().at("op").says("==") &&
         tags.front().at("value").says("true") && filters.at("prefixMatch").elements().empty();
}

/// Only block blobs have tiers, and a rule is for those that it lists. ("Configure a lifecycle management policy")
bool is_of_blocks(const View& filters) {
  const auto types = filters.at("blobTypes").elements();
  return std::any_of(types.begin(), types.end(), [](const View& each) { return each.says("blockBlob"); });
}

/// Rules that move to the archive by age alone, or what is marked.
void add_lifecycle(Data& data, const Resource& account, Service& to) {
  for (const Resource* each : parts(data, kLifecycle.name, account.id)) {
    for (const View& rule : properties_of(*each).at("policy").at("rules").elements()) {
      // "If not specified, the rule is enabled"; what a deployment alone knows promises nothing
      const bool runs = !rule.at("enabled") || is_true(rule.at("enabled"));
      const View filters = rule.at("definition").at("filters");
      const View actions = rule.at("definition").at("actions").at("baseBlob");
      const bool of_all =
          filters.at("prefixMatch").elements().empty() && filters.at("blobIndexMatch").elements().empty();
      const View after = actions.at("tierToArchive").at("daysAfterModificationGreaterThan");
      const bool sure = runs && each->is_sure() && is_of_blocks(filters) && same_word(each->id.names.back(), "default");
      to.archives_marked = to.archives_marked || (after && follows_mark(filters) && sure);
      if (after && of_all && sure) {
        const auto days = after.number();
        if (days && (!to.archive_after_days || *days < *to.archive_after_days)) to.archive_after_days = days;
      }
      if (actions.at("delete") && !is_false(rule.at("enabled"))) {
        data.context.unknown("a lifecycle rule of `" + to.name + "` deletes objects", actions.at("delete").place());
      }
    }
  }
}

/// What the account holds besides objects is not followed.
void check_parts(Data& data, const Resource& account) {
  for (const char* type : {"queueServices/queues", "tableServices/tables", "fileServices/shares", "localUsers",
                           "objectReplicationPolicies"}) {
    for (const Resource* each : parts(data, std::string(kStorageAccount.name) + "/" + type, account.id)) {
      data.context.unknown("`" + each->id.name() + "` is of a type that is not read: `" + each->id.type + "`",
                           each->place);
    }
  }
}

/// Flow logs of the template go there, and nothing else is kept in it: it has no container of the template's.
bool is_for_logs(const Data& data, const Resource& account) {
  return takes_logs(data, account.id) && parts(data, kContainer.name, account.id).empty();
}

void add_store(Data& data, const Resource& account, bool for_logs) {
  const View properties = properties_of(account);
  check_account(data, properties);
  Service made = service_of(Service::Kind::Store, account);
  add_transport(properties, account.place, made);
  add_keys(properties, account.place, made);
  add_encryption(data, properties.at("encryption"), made);
  add_lock(properties.at("immutableStorageWithVersioning"), made);
  // a log that is written once needs none
  if (!for_logs) add_blob_service(data, account, made);
  add_lifecycle(data, account, made);
  check_parts(data, account);
  const Ways ways = ways_of(
      data,
      {.access = properties.at("publicNetworkAccess"), .rules = properties.at("networkAcls"), .address = "value"});
  add_service(
      data, std::move(made), account,
      {.for_logs = for_logs, .id = {}, .resource = account.id, .connected = account.id, .group = "blob", .ways = ways});
}

}  // namespace

bool takes_logs(const Data& data, const ResourceId& account) {
  const auto logs = data.context.all(kFlowLog.name);
  return std::any_of(logs.begin(), logs.end(), [&](const Resource* each) {
    const View target = properties_of(*each).at("storageId");
    return target && mentions(target.value(), account);
  });
}

void lift_stores(Data& data) {
  for (const Resource* each : data.context.all(kStorageAccount.name)) {
    if (app_hosted_by(data.context, each->id) != nullptr) continue;  // what it is is told with the function
    if (!is_for_logs(data, *each)) add_store(data, *each, false);
  }
}

void lift_log_stores(Data& data) {
  for (const Resource* each : data.context.all(kStorageAccount.name)) {
    if (is_for_logs(data, *each) && app_hosted_by(data.context, each->id) == nullptr) add_store(data, *each, true);
  }
}

void drop_closed_log_stores(Data& data) {
  estate::Estate& estate = data.context.estate;
  std::size_t kept = estate.services.size();
  while (kept > 0) {
    const ServiceInfo& last = data.services[kept - 1];
    const bool used = std::any_of(estate.accesses.begin(), estate.accesses.end(),
                                  [&](const estate::Access& access) { return access.service == last.id; });
    if (!last.for_logs || used || !last.ways.none() || !estate.services[last.id].weaknesses.empty()) break;
    --kept;
  }
  base::Table<ServiceId, Service> left;
  for (const ServiceId id : estate.services.ids()) {
    if (id.index() < kept) left.add(estate.services[id]);
  }
  estate.services = std::move(left);
}

}  // namespace crenel::azure::lifting
