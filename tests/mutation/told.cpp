#include <array>

#include "tests/mutation/judgement.h"

namespace crenel::mutation {
namespace {

enum class How { Removed, Changed, Either };

/// A field of a service, or of who may use it.
struct Field {
  std::string_view type;
  std::string_view end;  ///< of the path; empty: the whole resource
  How how = How::Either;
};

constexpr std::array<Field, 37> kTold = {{
    {"Microsoft.Authorization/roleAssignments", "/scope", How::Either},
    {"Microsoft.Authorization/roleAssignments", "/roleDefinitionId", How::Either},
    {"Microsoft.Authorization/roleAssignments", "/principalId", How::Either},
    {"Microsoft.Storage/storageAccounts", "/defaultAction", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/bypass", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/publicNetworkAccess", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/allowSharedKeyAccess", How::Either},
    {"Microsoft.Storage/storageAccounts", "/allowBlobPublicAccess", How::Either},
    {"Microsoft.Storage/storageAccounts", "/minimumTlsVersion", How::Either},
    {"Microsoft.Storage/storageAccounts", "/supportsHttpsTrafficOnly", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/immutabilityPeriodSinceCreationInDays", How::Either},
    {"Microsoft.Storage/storageAccounts/blobServices", "", How::Removed},
    {"Microsoft.Storage/storageAccounts/blobServices", "/isVersioningEnabled", How::Either},
    {"Microsoft.KeyVault/vaults", "", How::Removed},
    {"Microsoft.KeyVault/vaults", "/enablePurgeProtection", How::Either},
    {"Microsoft.KeyVault/vaults", "/enableRbacAuthorization", How::Either},
    {"Microsoft.KeyVault/vaults", "/enableSoftDelete", How::Changed},
    {"Microsoft.KeyVault/vaults", "/publicNetworkAccess", How::Either},
    {"Microsoft.KeyVault/vaults", "/defaultAction", How::Either},
    {"Microsoft.KeyVault/vaults/keys", "", How::Removed},
    {"Microsoft.ServiceBus/namespaces", "", How::Removed},
    {"Microsoft.ServiceBus/namespaces", "/disableLocalAuth", How::Either},
    {"Microsoft.ServiceBus/namespaces", "/minimumTlsVersion", How::Either},
    {"Microsoft.ServiceBus/namespaces", "/publicNetworkAccess", How::Either},
    {"Microsoft.ServiceBus/namespaces/networkRuleSets", "/publicNetworkAccess", How::Either},
    {"Microsoft.ServiceBus/namespaces/networkRuleSets", "/defaultAction", How::Either},
    {"Microsoft.ServiceBus/namespaces/queues", "/maxDeliveryCount", How::Either},
    {"Microsoft.ServiceBus/namespaces/topics/subscriptions", "", How::Removed},
    {"Microsoft.DocumentDB/databaseAccounts", "", How::Removed},
    {"Microsoft.DocumentDB/databaseAccounts", "/disableLocalAuth", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts", "/publicNetworkAccess", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts", "/minimalTlsVersion", How::Changed},
    {"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "/scope", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "/roleDefinitionId", How::Either},
    {"Microsoft.Network/privateEndpoints", "", How::Removed},
    {"Microsoft.Network/privateEndpoints", "/privateLinkServiceId", How::Either},
    {"Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "", How::Removed},
}};

/// "/resources/7/properties/a" is "/properties/a", "/resources/7" is empty.
std::string_view inside(std::string_view path) {
  for (int i = 0; i < 2 && !path.empty(); ++i) {
    const std::size_t at = path.find('/', 1);
    path = at == std::string_view::npos ? std::string_view() : path.substr(at);
  }
  return path;
}

}  // namespace

bool must_be_told(const Mutant& mutant) {
  const std::string_view path = inside(mutant.path);
  for (const Field& each : kTold) {
    const bool here = each.end.empty() ? path.empty() : path.ends_with(each.end);
    const bool how = each.how == How::Either || (each.how == How::Removed) == mutant.removed;
    if (mutant.type == each.type && here && how) return true;
  }
  return false;
}

}  // namespace crenel::mutation
