#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Store;
using model::StoreId;

constexpr std::size_t kLongestAccountName = 24;
/// How long what was deleted can still be brought back.
constexpr int kUndeleteDays = 7;
constexpr std::int64_t kSecondsOfDay = 86400;

int days(std::int64_t seconds) { return static_cast<int>((seconds + kSecondsOfDay - 1) / kSecondsOfDay); }

bool is_archived_by_flow(const Design& design, StoreId id) {
  return std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
    return flow.to == model::Endpoint(id) &&
           std::find(flow.actions.begin(), flow.actions.end(), model::DataAction::Archive) != flow.actions.end();
  });
}

/// The archive exists in accounts that keep their copies in one zone, not in those that spread them ("Access tiers for
/// blob data", section Archive access tier).
const char* copies(const Design& design, StoreId id) {
  const bool archive = design.stores[id].archive_after_seconds.has_value() || is_archived_by_flow(design, id);
  const bool several_zones = std::any_of(design.networks.begin(), design.networks.end(),
                                         [](const model::Network& network) { return network.zones > 1; });
  return archive || !several_zones ? "Standard_LRS" : "Standard_ZRS";
}

Value encryption(const Design& design, StoreId id) {
  Value out;
  const auto vault = design.stores[id].key;
  out.set("requireInfrastructureEncryption", true);
  out.set("services", document::object({{"blob", document::object({{"enabled", true}, {"keyType", "Account"}})},
                                        {"file", document::object({{"enabled", true}, {"keyType", "Account"}})}}));
  if (!vault) {
    out.set("keySource", "Microsoft.Storage");
    return out;
  }
  out.set("keySource", "Microsoft.Keyvault");
  out.set("keyvaultproperties",
          document::object({{"keyname", kKeyName}, {"keyvaulturi", vault_uri(design, *vault).value()}}));
  out.set("identity", document::object({{"userAssignedIdentity", encryption_identity_id(design, *vault).value()}}));
  return out;
}

/// Which public addresses may come. Storage takes a lone address without its length. Network Watcher, which writes flow
/// logs, comes by the exception for services of Azure, and that is one of the firewall: it has to be there ("Configure
/// Azure Storage firewalls and virtual networks", section Trusted access for resources registered in your
/// subscription).
Value network_rules(const Design& design, StoreId id) {
  Value out =
      document::object({{"bypass", is_logged_to(design, id) ? "AzureServices" : "None"}, {"defaultAction", "Deny"}});
  if (is_private_only(design, id)) return out;
  Value rules = document::array({});
  for (const Term& block : source_blocks(design, id)) rules.push(document::object({{"value", block.value()}}));
  out.set("ipRules", rules);
  return out;
}

Resource account(const Design& design, StoreId id) {
  const Store& store = design.stores[id];
  Resource out;
  out.type = kStorageAccount;
  out.name = name_of_service(design, id);
  out.tags = service_tags(design, id);
  out.kind = "StorageV2";
  out.sku = document::object({{"name", copies(design, id)}});
  if (store.key) {
    out.identity = acting_as(encryption_identity_id(design, *store.key));
    out.depends_on = {key_id(design, *store.key), encryption_assignment_id(design, *store.key)};
  }
  out.properties = storage_account_properties();
  out.properties.set("encryption", encryption(design, id));
  out.properties.set("publicNetworkAccess",
                     is_private_only(design, id) && !is_logged_to(design, id) ? "Disabled" : "Enabled");
  out.properties.set("networkAcls", network_rules(design, id));
  if (store.lock_seconds) {
    out.properties.set(
        "immutableStorageWithVersioning",
        document::object({{"enabled", true},
                          {"immutabilityPolicy",
                           document::object({{"immutabilityPeriodSinceCreationInDays", days(*store.lock_seconds)},
                                             {"state", "Unlocked"},
                                             {"allowProtectedAppendWrites", false}})}}));
  }
  out.cause = cause_of(store.origin, "store");
  return out;
}

Resource blob_service(const Design& design, StoreId id) {
  const Value retained = document::object({{"enabled", true}, {"days", kUndeleteDays}});
  Resource out;
  out.type = kBlobService;
  out.name = child_name(name_of_service(design, id), {"default"});
  out.properties = document::object({{"isVersioningEnabled", true},
                                     {"deleteRetentionPolicy", retained},
                                     {"containerDeleteRetentionPolicy", retained}});
  out.depends_on = {resource_id(kStorageAccount, name_of_service(design, id))};
  out.cause = cause_of(design.stores[id].origin, "store");
  return out;
}

Resource container(const Design& design, StoreId id) {
  Resource out;
  out.type = kContainer;
  out.name = child_name(name_of_service(design, id), {"default", part_name(design.stores[id].origin.path)});
  out.properties = document::object({{"publicAccess", "None"}});
  out.depends_on = {resource_id(kStorageAccount, name_of_service(design, id)),
                    resource_id(kStorageAccount, name_of_service(design, id), {"blobServices", "default"})};
  out.cause = cause_of(design.stores[id].origin, "store");
  return out;
}

Value lifecycle_rule(const char* name, Value filters, Value actions) {
  return document::object(
      {{"name", name},
       {"enabled", true},
       {"type", "Lifecycle"},
       {"definition", document::object({{"filters", std::move(filters)}, {"actions", std::move(actions)}})}});
}

/// When objects go to the archive: by their age, and when somebody who may archive marks them.
Resource lifecycle(const Design& design, StoreId id) {
  const Store& store = design.stores[id];
  const auto block_blobs = [] { return document::object({{"blobTypes", document::array({"blockBlob"})}}); };
  const auto to_archive = [](const char* since, int after) {
    return document::object({{"tierToArchive", document::object({{since, after}})}});
  };
  Value rules = document::array({});
  if (store.archive_after_seconds) {
    const int after = days(*store.archive_after_seconds);
    rules.push(lifecycle_rule("archive-by-age", block_blobs(),
                              document::object({{"baseBlob", to_archive("daysAfterModificationGreaterThan", after)},
                                                {"version", to_archive("daysAfterCreationGreaterThan", after)}})));
  }
  if (is_archived_by_flow(design, id)) {
    Value marked = block_blobs();
    marked.set("blobIndexMatch",
               document::array({document::object({{"name", "archive"}, {"op", "=="}, {"value", "true"}})}));
    rules.push(lifecycle_rule("archive-when-marked", std::move(marked),
                              document::object({{"baseBlob", to_archive("daysAfterModificationGreaterThan", 0)}})));
  }
  Resource out;
  out.type = kLifecycle;
  out.name = child_name(name_of_service(design, id), {"default"});
  out.properties = document::object({{"policy", document::object({{"rules", rules}})}});
  out.depends_on = {resource_id(kStorageAccount, name_of_service(design, id)),
                    resource_id(kStorageAccount, name_of_service(design, id), {"blobServices", "default"})};
  out.cause = cause_of(store.origin, "store");
  return out;
}

}  // namespace

Value storage_account_properties() {
  return document::object({{"accessTier", "Hot"},
                           {"allowBlobPublicAccess", false},
                           {"allowCrossTenantReplication", false},
                           {"allowSharedKeyAccess", false},
                           {"allowedCopyScope", "AAD"},
                           {"defaultToOAuthAuthentication", true},
                           {"isLocalUserEnabled", false},
                           {"isSftpEnabled", false},
                           {"minimumTlsVersion", "TLS1_2"},
                           {"supportsHttpsTrafficOnly", true}});
}

void lower_stores(const Design& design, Template& out) {
  for (const StoreId id : design.stores.ids()) {
    if (design.stores[id].existing) continue;
    add_global_name(design, id, kLongestAccountName, out);
    out.resources.push_back(account(design, id));
    out.resources.push_back(blob_service(design, id));
    out.resources.push_back(container(design, id));
    if (design.stores[id].archive_after_seconds || is_archived_by_flow(design, id)) {
      out.resources.push_back(lifecycle(design, id));
    }
  }
}

}  // namespace crenel::azure
