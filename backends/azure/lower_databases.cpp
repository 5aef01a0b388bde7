#include <algorithm>

#include "backends/azure/databases.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Database;
using model::DatabaseId;
using model::Design;
using model::EngineFamily;
using model::NetworkId;

constexpr const char* kAdmin = "dbadmin";
constexpr std::size_t kLongestServer = 63;
constexpr std::size_t kUniquePart = 14;  // a hyphen and what `uniqueString` makes

/// "shop-orders": names of servers and zones take small letters, digits and, between them, hyphens.
std::string host_word(const model::Path& path) {
  std::string out;
  for (const std::string& part : path) {
    if (!out.empty()) out += '-';
    for (const char c : part) {
      const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      const bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
      out += plain ? small : '-';
    }
  }
  out.erase(0, out.find_first_not_of('-'));
  out.resize(out.find_last_not_of('-') + 1);
  return out.empty() ? "unnamed" : out;
}

/// The name of a server is unlike those of everybody else's.
Term server_name(const Database& database) {
  std::string word = host_word(database.origin.path);
  word.resize(std::min(word.size(), kLongestServer - kUniquePart));
  while (!word.empty() && word.back() == '-') word.pop_back();
  return call("format", {Term::literal(word + "-{0}"),
                         call("uniqueString", {Term::expression("resourceGroup().id"),
                                               Term::literal(model::to_string(database.origin.path))})});
}

NetworkId network_of(const Design& design, const Database& database) { return design.tiers[database.tier].network; }

/// A zone for each network and family: no server can have its name.
Term zone_name(const Design& design, NetworkId network, EngineFamily family) {
  return Term::literal(host_word(design.networks[network].origin.path) + ".private." +
                       std::string(server_kind(family).zone));
}

/// Networks whose members call a database of the family in `home`: they must know its name.
std::vector<NetworkId> callers(const Design& design, NetworkId home, EngineFamily family) {
  std::vector<NetworkId> out = {home};
  for (const model::Flow& flow : design.flows) {
    const auto* id = std::get_if<DatabaseId>(&flow.to);
    const auto from = model::tier_of(design, flow.from);
    if (id == nullptr || !from) continue;
    const Database& database = design.databases[*id];
    if (network_of(design, database) != home || engine_of(database).family != family) continue;
    const NetworkId network = design.tiers[*from].network;
    if (std::find(out.begin(), out.end(), network) == out.end()) out.push_back(network);
  }
  return out;
}

Term link_name(const Design& design, NetworkId home, EngineFamily family, NetworkId linked) {
  return Term::literal(zone_name(design, home, family).text() + "/" + host_word(design.networks[linked].origin.path));
}

void add_zone(const Design& design, NetworkId home, EngineFamily family, Template& out) {
  Resource zone;
  zone.type = kPrivateZone;
  zone.name = zone_name(design, home, family);
  zone.location = "global";
  zone.properties = document::object({});
  zone.cause = cause_of(design.networks[home].origin, "network");
  const Term zone_id = id_of(zone);
  out.resources.push_back(std::move(zone));
  for (const NetworkId network : callers(design, home, family)) {
    Resource link;
    link.type = kPrivateZoneLink;
    link.name = link_name(design, home, family, network);
    link.location = "global";
    link.properties = document::object(
        {{"registrationEnabled", false},
         {"virtualNetwork", id_object(resource_id(kVirtualNetwork, network_name(design.networks[network])))}});
    link.depends_on = {zone_id};
    link.cause = cause_of(design.networks[network].origin, "network");
    out.resources.push_back(std::move(link));
  }
}

Value high_availability(const model::Network& network) {
  if (network.zones < 2) return document::object({{"mode", "Disabled"}});
  return document::object({{"mode", "ZoneRedundant"}, {"standbyAvailabilityZone", "2"}});
}

Value server_properties(const Design& design, const Database& database, const ServerKind& kind) {
  const model::Engine& engine = engine_of(database);
  const NetworkId network = network_of(design, database);
  Value out;
  out.set("createMode", "Default");
  out.set("version", engine.version);
  out.set("administratorLogin", kAdmin);
  out.set("administratorLoginPassword", parameter(parameter_name(database.origin.path, "AdminPassword")).value());
  if (engine.family == EngineFamily::Postgres) {
    out.set("authConfig", document::object({{"activeDirectoryAuth", "Disabled"}, {"passwordAuth", "Enabled"}}));
  }
  out.set("availabilityZone", "1");
  out.set("highAvailability", high_availability(design.networks[network]));
  out.set("storage", document::object({{"storageSizeGB", storage_gigabytes(database)}, {"autoGrow", "Enabled"}}));
  out.set("backup",
          document::object({{"backupRetentionDays", backup_days(database)}, {"geoRedundantBackup", "Disabled"}}));
  const Term zone = resource_id(kPrivateZone, zone_name(design, network, engine.family));
  out.set("network", document::object({{"delegatedSubnetResourceId", subnet_id(design, database.tier).value()},
                                       {std::string(kind.zone_property), zone.value()},
                                       {"publicNetworkAccess", "Disabled"}}));
  return out;
}

/// By this tag a server is known whose name only a deployment knows.
Value tags_of(const Database& database) {
  return call("union",
              {variable("Tags"), call("createObject", {Term::literal(std::string(kDeclaredTag)),
                                                       Term::literal(model::to_string(database.origin.path))})})
      .value();
}

void add_server(const Design& design, DatabaseId id, Template& out) {
  const Database& database = design.databases[id];
  const EngineFamily family = engine_of(database).family;
  const ServerKind& kind = server_kind(family);
  const NetworkId network = network_of(design, database);
  const ServerSku sku = *server_sku(database);
  Resource server;
  server.type = kind.server;
  server.name = server_name(database);
  server.sku = document::object({{"name", sku.name}, {"tier", sku.tier}});
  server.tags = tags_of(database);
  server.properties = server_properties(design, database, kind);
  server.depends_on = {
      call("resourceId", {Term::literal(std::string(kPrivateZoneLink.name)), zone_name(design, network, family),
                          Term::literal(host_word(design.networks[network].origin.path))})};
  server.cause = cause_of(database.origin, "database");
  const Term server_id = id_of(server);
  Resource tls;
  tls.type = kind.setting;
  tls.name = call("format", {Term::literal("{0}/" + std::string(kind.tls_setting)), server.name});
  tls.properties = document::object({{"value", kind.tls_value}, {"source", kind.setting_source}});
  tls.depends_on = {server_id};
  tls.cause = server.cause;
  // What it holds is deleted by nobody who deploys.
  Resource lock;
  lock.type = kLock;
  lock.name = resource_name(database.origin.path, "Lock");
  lock.scope = server_id;
  lock.properties = document::object(
      {{"level", "CanNotDelete"}, {"notes", "A database: take the lock away on purpose, before it is deleted."}});
  lock.cause = server.cause;
  out.resources.push_back(std::move(server));
  out.resources.push_back(std::move(tls));
  out.resources.push_back(std::move(lock));
}

}  // namespace

void lower_databases(const Design& design, Template& out) {
  for (const NetworkId network : design.networks.ids()) {
    for (const EngineFamily family : {EngineFamily::Postgres, EngineFamily::MySql}) {
      const bool there = std::any_of(design.databases.begin(), design.databases.end(), [&](const Database& database) {
        return network_of(design, database) == network && engine_of(database).family == family;
      });
      if (there) add_zone(design, network, family, out);
    }
  }
  for (const DatabaseId id : design.databases.ids()) add_server(design, id, out);
}

void add_database_outputs(const Design& design, Template& out) {
  for (const Database& database : design.databases) {
    const ServerKind& kind = server_kind(engine_of(database).family);
    const Term reference = call("reference", {resource_id(kind.server, server_name(database)),
                                              Term::literal(std::string(kind.server.api_version))});
    out.outputs.push_back(
        {parameter_name(database.origin.path, "HostName"),
         Term::expression(reference.text() + ".fullyQualifiedDomainName"),
         "The name by which clients reach database `" + model::to_string(database.origin.path) + "`, over TLS."});
  }
}

}  // namespace crenel::azure
