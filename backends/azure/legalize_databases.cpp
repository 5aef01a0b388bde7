#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/databases.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Database;
using model::DatabaseId;
using model::Design;
using model::EngineFamily;
using model::Flow;

/// Blocks that hold the addresses of servers: four for one of PostgreSQL with its standby.
constexpr int kSmallestOfPostgres = 28;
constexpr std::int64_t kLeastDaysOfPostgres = 7;

std::string name_of(const Database& database) { return model::to_string(database.origin.path); }

void check_one(const Design& design, const Database& database, Diagnostics& diagnostics) {
  const model::Engine& engine = engine_of(database);
  const auto refuse = [&](const std::string& setting, const std::string& value, const std::string& wanted) {
    diagnostics.report(kSettingValue, database.origin.span, setting, value, wanted).help =
        "see `" + name_of(database) + "`";
  };
  const auto sku = server_sku(database);
  const int zones = design.networks[design.tiers[database.tier].network].zones;
  if (!sku) {
    refuse("sku", "another name", "a size of a flexible server, such as Standard_D4ds_v5");
  } else if (sku->tier == "Burstable" && zones > 1) {
    refuse("sku", sku->name, "of a tier with a standby in another zone: General Purpose or Memory Optimized");
  }
  const std::int64_t storage = storage_gigabytes(database);
  const bool power = storage > 0 && (storage & (storage - 1)) == 0;
  if (storage < 32 || storage > 16384 || (engine.family == EngineFamily::Postgres && !power)) {
    refuse("storage_gb", std::to_string(storage), "a power of two from 32 to 16384");
  }
  if (engine.family == EngineFamily::Postgres && backup_days(database) < kLeastDaysOfPostgres) {
    refuse("backup", std::to_string(backup_days(database)) + "d", "7 days at least, for PostgreSQL on Azure");
  }
}

void check_tier(const Design& design, model::TierId tier, Diagnostics& diagnostics) {
  const auto all = databases_in(design, tier);
  if (all.empty()) return;
  const auto length = length_of(design.tiers[tier].block);
  const EngineFamily family = *family_in(design, tier);
  if (family == EngineFamily::Postgres && length && *length > kSmallestOfPostgres) {
    diagnostics
        .report(kTierTooSmall, design.tiers[tier].origin.span, model::to_string(design.tiers[tier].origin.path),
                "holds a PostgreSQL server", *length, kSmallestOfPostgres)
        .help = "give it a larger `size`";
  }
  for (const DatabaseId id : all) {
    const Database& database = design.databases[id];
    if (engine_of(database).family == family) continue;
    const Database& first = design.databases[all.front()];
    auto& report = diagnostics.report(kEnginesShareTier, database.origin.span, name_of(first), name_of(database),
                                      model::to_string(design.tiers[tier].origin.path));
    report.notes.push_back({first.origin.span, "the other one is declared here"});
    report.help = "give one of them a tier of its own";
  }
}

bool is_granted(const Design& design, const model::Endpoint& from, DatabaseId to) {
  return std::any_of(design.flows.begin(), design.flows.end(),
                     [&](const Flow& flow) { return flow.from == from && flow.to == model::Endpoint(to); });
}

/// Rules know the databases of a tier by its addresses: who reaches one reaches all of them.
void check_callers(const Design& design, Diagnostics& diagnostics) {
  for (const Flow& flow : design.flows) {
    const auto* called = std::get_if<DatabaseId>(&flow.to);
    if (called == nullptr) continue;
    for (const DatabaseId other : databases_in(design, design.databases[*called].tier)) {
      const bool same_port = engine_of(design.databases[other]).family == engine_of(design.databases[*called]).family;
      if (other == *called || !same_port || is_granted(design, flow.from, other)) continue;
      const model::FlowStatement& statement = design.statements[flow.statement];
      auto& report = diagnostics.report(kDatabasesShareTier, statement.span, statement.text,
                                        name_of(design.databases[other]), model::name_of(design, flow.from));
      report.notes.push_back({design.databases[other].origin.span, "it is declared here"});
      report.help = "give one of the databases a tier of its own";
      return;
    }
  }
}

}  // namespace

void check_databases(const Design& design, Diagnostics& diagnostics) {
  for (const Database& database : design.databases) check_one(design, database, diagnostics);
  for (const model::TierId tier : design.tiers.ids()) check_tier(design, tier, diagnostics);
  check_callers(design, diagnostics);
}

}  // namespace crenel::azure
