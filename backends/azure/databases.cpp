#include "backends/azure/databases.h"

#include <algorithm>
#include <array>

#include "backends/azure/settings.h"

namespace crenel::azure {
namespace {

constexpr std::int64_t kDefaultDays = 7;

constexpr ServerKind kPostgres{.server = kPostgresServer,
                               .setting = kPostgresSetting,
                               .zone = "postgres.database.azure.com",
                               .zone_property = "privateDnsZoneArmResourceId",
                               .setting_source = "user-override",
                               .tls_setting = "require_secure_transport",
                               .tls_value = "on"};
constexpr ServerKind kMySql{.server = kMySqlServer,
                            .setting = kMySqlSetting,
                            .zone = "mysql.database.azure.com",
                            .zone_property = "privateDnsZoneResourceId",
                            .setting_source = "user-override",
                            .tls_setting = "require_secure_transport",
                            .tls_value = "ON"};

struct TierWord {
  std::string_view prefix;  ///< before a SKU's name, as some tools write it
  std::string_view family;  ///< of machines
  std::string_view tier;
};
constexpr std::array<TierWord, 3> kTiers = {{{"B_", "Standard_B", "Burstable"},
                                             {"GP_", "Standard_D", "GeneralPurpose"},
                                             {"MO_", "Standard_E", "MemoryOptimized"}}};

}  // namespace

const ServerKind& server_kind(model::EngineFamily family) {
  return family == model::EngineFamily::Postgres ? kPostgres : kMySql;
}

const model::Engine& engine_of(const model::Database& database) { return *model::engine_named(database.engine); }

bool is_published(const model::Engine& engine) {
  return engine.family == model::EngineFamily::Postgres && (engine.version == "15" || engine.version == "16");
}

/// learn.microsoft.com, "Compute options in Azure Database for PostgreSQL flexible server" and "Service tiers" of
/// MySQL, checked 2026-11-23.
std::optional<ServerSku> server_sku(const model::Database& database) {
  std::string name = "Standard_D2ds_v4";
  if (database.size == model::Size::Medium) name = "Standard_D4ds_v4";
  if (database.size == model::Size::Large) name = "Standard_D8ds_v4";
  if (auto said = text_setting(database.settings, "sku")) name = std::move(*said);
  for (const TierWord& each : kTiers) {
    if (name.starts_with(each.prefix)) name.erase(0, each.prefix.size());
    if (name.starts_with(each.family)) return ServerSku{.name = name, .tier = std::string(each.tier)};
  }
  return std::nullopt;
}

std::int64_t storage_gigabytes(const model::Database& database) {
  if (const auto said = int_setting(database.settings, "storage_gb")) return *said;
  if (database.size == model::Size::Small) return 64;
  return database.size == model::Size::Medium ? 128 : 512;
}

std::int64_t backup_days(const model::Database& database) {
  return database.backup_seconds ? *database.backup_seconds / model::kSecondsPerDay : kDefaultDays;
}

std::vector<model::DatabaseId> databases_in(const model::Design& design, model::TierId tier) {
  std::vector<model::DatabaseId> out;
  for (const model::DatabaseId id : design.databases.ids()) {
    if (design.databases[id].tier == tier) out.push_back(id);
  }
  return out;
}

std::optional<model::EngineFamily> family_in(const model::Design& design, model::TierId tier) {
  const auto all = databases_in(design, tier);
  if (all.empty()) return std::nullopt;
  return engine_of(design.databases[all.front()]).family;
}

}  // namespace crenel::azure
