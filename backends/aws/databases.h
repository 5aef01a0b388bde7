#pragma once

#include <cstdint>
#include <string>

#include "compiler/model/engines.h"
#include "compiler/model/services.h"

/// What a database comes to in the words of Amazon RDS.
namespace crenel::aws {

/// Storage grows by itself up to here.
inline constexpr int kMostGigabytes = 4096;

/// "postgres16", "mysql8.4": what a parameter group is for.
[[nodiscard]] std::string parameter_family(const model::Engine& engine);
/// `engine_version` of `on aws`, or the engine's own: RDS then takes the minor version that it recommends.
[[nodiscard]] std::string engine_version(const model::Database& database);
/// `class` of `on aws`, or what the size stands for.
[[nodiscard]] std::string instance_class(const model::Database& database);
[[nodiscard]] std::int64_t storage_gigabytes(const model::Database& database);
[[nodiscard]] std::int64_t backup_days(const model::Database& database);

}  // namespace crenel::aws
