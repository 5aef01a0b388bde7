#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// Accounts of Cosmos DB for NoSQL, each as one table, with the roles that are assigned within them.
namespace crenel::azure::lifting {
namespace {

using estate::Service;

void check_account(Data& data, const Resource& account) {
  const View properties = properties_of(account);
  data.context.check(properties, "database account",
                     {"capabilities", "defaultIdentity", "disableLocalAuth", "ipRules", "keyVaultKeyUri",
                      "minimalTlsVersion", "networkAclBypass", "publicNetworkAccess", "virtualNetworkRules"},
                     {"databaseAccountOfferType", "locations", "consistencyPolicy", "backupPolicy",
                      "disableKeyBasedMetadataWriteAccess", "enableAutomaticFailover", "enableFreeTier",
                      "isVirtualNetworkFilterEnabled", "enableMultipleWriteLocations", "createMode",
                      "analyticalStorageConfiguration", "enablePartitionMerge", "enableBurstCapacity"});
  const View kind = view_of(account, "kind");
  if (kind && !kind.says("GlobalDocumentDB")) {
    data.context.unknown("`" + account.id.name() + "` is an account of a kind that is not read", kind.place());
  }
  for (const View& each : properties.at("capabilities").elements()) {
    const View name = each.at("name");
    if (name.says("EnableServerless") || name.says("EnableNoSQLVectorSearch")) continue;
    data.context.unknown("capability `" + name.text() + "` of an account is not read", each.place());
  }
  const View bypass = properties.at("networkAclBypass");
  if (bypass && !bypass.says("None")) {
    data.context.unknown("the firewall of `" + account.id.name() + "` lets services of the provider pass",
                         bypass.place());
  }
}

void add_table(Data& data, const Resource& account) {
  const View properties = properties_of(account);
  check_account(data, account);
  Service made = service_of(Service::Kind::Table, account);
  const View local = properties.at("disableLocalAuth");
  if (local.truth() != std::optional(true)) {
    weak(made, "can be used with a shared key", local ? local.place() : account.place, !local.open());
  }
  const View tls = properties.at("minimalTlsVersion");
  if (tls && !tls.says("Tls12")) weak(made, "takes versions of TLS before 1.2", tls.place(), !tls.open());
  if (const View key = properties.at("keyVaultKeyUri")) {
    const std::string text = key.text();
    const std::size_t at = text.rfind("/keys/");
    const std::string rest = at == std::string::npos ? "" : text.substr(at + std::string_view("/keys/").size());
    set_key(data, made, key, rest.substr(0, rest.find('/')));
  }
  Ways ways = ways_of(data, {.access = properties.at("publicNetworkAccess"),
                             .rules = properties,
                             .address = "ipAddressOrRange",
                             .closed_by_rules = true});
  // "Configure IP firewall in Azure Cosmos DB": this address stands for all of the provider's data centers
  for (const View& each : properties.at("ipRules").elements()) {
    if (each.at("ipAddressOrRange").says("0.0.0.0")) ways.doubt = "the firewall admits all of Azure's data centers";
  }
  const View networks = properties.at("virtualNetworkRules");
  if (networks && !networks.elements().empty()) ways.doubt = "`virtualNetworkRules` of the firewall is not read";
  add_service(data, std::move(made), account,
              {.id = {}, .resource = account.id, .connected = account.id, .group = "sql", .ways = ways});
}

}  // namespace

void lift_data_tables(Data& data) {
  for (const Resource* each : data.context.all(kTableAccount.name)) add_table(data, *each);
}

namespace {

/// What a client needs besides.
std::string missing_part(const RoleRead& role) {
  if (role_lets(role, "Microsoft.DocumentDB/databaseAccounts/readMetadata")) return {};
  return role.name + " does not let read what a client asks for first";
}

/// Within the account: `/dbs/DATABASE/colls/CONTAINER`, of a container that the template makes.
void tell_scope(Data& data, const Resource& assignment, const ServiceInfo& service) {
  const View scope = properties_of(assignment).at("scope");
  const std::string text = lower(scope.text());
  const bool inside = text.find("/dbs/") != std::string::npos && text.find("/colls/") != std::string::npos;
  if (inside) return;
  weak(data.context.estate.services[service.id], "is given as a whole account, not as the container alone",
       scope ? scope.place() : assignment.place, !scope || scope.id().has_value());
}

}  // namespace

void lift_table_assignments(Data& data) {
  for (const Resource* each : data.context.all(kTableAssignment.name)) {
    const auto parent = each->id.parent();
    const View properties = properties_of(*each);
    for (const ServiceInfo& service : data.services) {
      if (!parent || service.resource.key() != parent->key()) continue;
      const RoleRead role = read_table_role(data.context, properties.at("roleDefinitionId"));
      const Principal principal = principal_of(data, properties.at("principalId"));
      if (!principal.who) continue;
      const Granted given = granted(role, Service::Kind::Table);
      std::string doubt = principal.doubt.empty() ? given.doubt : principal.doubt;
      if (each->presence == Presence::Open || each->repeated) doubt = "whether the role is assigned is not known";
      if (doubt.empty()) doubt = missing_part(role);
      if (given.none()) continue;
      tell_scope(data, *each, service);
      add_access(data, service, *principal.who, given.actions, doubt, each->place);
      add_access(data, service, *principal.who, given.in_part, doubt.empty() ? some_of(role) : doubt, each->place);
    }
  }
}

}  // namespace crenel::azure::lifting
