#include <string>

#include "backends/aws/databases.h"
#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

constexpr int kZonesOfSubnetGroup = 2;
constexpr std::int64_t kLeastGigabytes = 20;

void check_settings(const model::Database& database, diagnostics::Diagnostics& diagnostics) {
  const std::string name = instance_class(database);
  if (!name.starts_with("db.")) {
    diagnostics.report(kSetting, database.origin.span, std::string(kDatabaseClass), name,
                       "a class of database instances, such as db.r6g.large");
  }
  const std::int64_t storage = storage_gigabytes(database);
  if (storage < kLeastGigabytes || storage >= kMostGigabytes) {
    diagnostics.report(kSetting, database.origin.span, std::string(kStorageGigabytes), std::to_string(storage),
                       std::to_string(kLeastGigabytes) + " to " + std::to_string(kMostGigabytes - 1));
  }
  const model::Engine& engine = *model::engine_named(database.engine);
  const std::string version = engine_version(database);
  const std::string major(engine.version);
  if (version != major && !version.starts_with(major + ".")) {
    diagnostics.report(kSetting, database.origin.span, std::string(kEngineVersion), version,
                       "a version of " + database.engine + ": " + major + " or " + major + ".N");
  }
}

}  // namespace

void check_databases(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Database& database : design.databases) {
    check_settings(database, diagnostics);
    const model::Network& network = design.networks[design.tiers[database.tier].network];
    if (network.zones >= kZonesOfSubnetGroup) continue;
    auto& error =
        diagnostics.report(kDatabaseZones, database.origin.span, model::to_string(database.origin.path), network.zones);
    error.notes.push_back({network.origin.span, "the network is declared here"});
    error.help = "give the network `zones = 2`";
  }
}

}  // namespace crenel::aws
