#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/expression.h"
#include "backends/azure/rules.h"
#include "compiler/model/design.h"
#include "compiler/model/engines.h"

/// What a database comes to in the words of Azure's flexible servers.
namespace crenel::azure {

/// What PostgreSQL and MySQL call the same things.
struct ServerKind {
  ResourceType server;
  ResourceType setting;
  std::string_view zone;           ///< what the names of its private DNS zones end with
  std::string_view zone_property;  ///< of `network`: the zone
  std::string_view setting_source;
  std::string_view tls_setting;
  std::string_view tls_value;
};
[[nodiscard]] const ServerKind& server_kind(model::EngineFamily family);
[[nodiscard]] const model::Engine& engine_of(const model::Database& database);

/// Whether the published resource type names the version among those that it takes; it takes others too.
[[nodiscard]] bool is_published(const model::Engine& engine);

struct ServerSku {
  std::string name;
  std::string tier;  ///< "Burstable", "GeneralPurpose" or "MemoryOptimized"
};
/// `sku` of `on azure`, as Azure spells it or with its tier before it ("GP_Standard_D4ds_v5"); or what the size stands
/// for. Nothing for a name that is none.
[[nodiscard]] std::optional<ServerSku> server_sku(const model::Database& database);
[[nodiscard]] std::int64_t storage_gigabytes(const model::Database& database);
[[nodiscard]] std::int64_t backup_days(const model::Database& database);

[[nodiscard]] std::vector<model::DatabaseId> databases_in(const model::Design& design, model::TierId tier);
/// The engines of a tier with databases are of one family: a subnet is delegated to one service.
[[nodiscard]] std::optional<model::EngineFamily> family_in(const model::Design& design, model::TierId tier);

/// Of a tier with databases, by address: rules that name application security groups are not supported there
/// (learn.microsoft.com, "Network with private access for Azure Database for PostgreSQL", checked 2026-11-23).
[[nodiscard]] std::vector<Rule> rules_of_databases(const model::Design& design, model::TierId tier);
[[nodiscard]] Term rules_id_of_databases(const model::Design& design, model::TierId tier);

}  // namespace crenel::azure
