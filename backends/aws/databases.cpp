#include "backends/aws/databases.h"

#include "backends/aws/legalize_steps.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

constexpr std::int64_t kDefaultDays = 7;

}  // namespace

std::string parameter_family(const model::Engine& engine) {
  const bool postgres = engine.family == model::EngineFamily::Postgres;
  return (postgres ? "postgres" : "mysql") + std::string(engine.version);
}

std::string engine_version(const model::Database& database) {
  if (const auto said = text_setting(database.settings, kEngineVersion)) return *said;
  return std::string(model::engine_named(database.engine)->version);
}

/// AmazonRDS/latest/UserGuide, "DB instance classes", checked 2026-11-23: offered in every Region for every engine that
/// the language knows.
std::string instance_class(const model::Database& database) {
  if (const auto said = text_setting(database.settings, kDatabaseClass)) return *said;
  switch (database.size) {
    case model::Size::Small:
      return "db.t4g.medium";
    case model::Size::Medium:
      return "db.m6g.large";
    case model::Size::Large:
      break;
  }
  return "db.m6g.2xlarge";
}

std::int64_t storage_gigabytes(const model::Database& database) {
  if (const auto said = number_setting(database.settings, kStorageGigabytes)) return *said;
  switch (database.size) {
    case model::Size::Small:
      return 64;
    case model::Size::Medium:
      return 128;
    case model::Size::Large:
      break;
  }
  return 512;
}

std::int64_t backup_days(const model::Database& database) {
  return database.backup_seconds ? *database.backup_seconds / model::kSecondsPerDay : kDefaultDays;
}

}  // namespace crenel::aws
