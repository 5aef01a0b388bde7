#pragma once

#include <array>
#include <string_view>

#include "compiler/model/provider_schema.h"

namespace crenel::aws {

inline constexpr std::string_view kAccountSetting = "account";
inline constexpr std::string_view kRegionSetting = "region";
inline constexpr std::string_view kRoleSetting = "role";
inline constexpr std::string_view kInstanceType = "instance_type";
inline constexpr std::string_view kKeyName = "key_name";
inline constexpr std::string_view kRootDevice = "root_device";
inline constexpr std::string_view kDirectGateway = "direct_connect_gateway";
inline constexpr std::string_view kLogRetention = "log_retention_days";
inline constexpr std::string_view kDatabaseClass = "class";
inline constexpr std::string_view kEngineVersion = "engine_version";
inline constexpr std::string_view kStorageGigabytes = "storage_gb";

/// What CloudWatch Logs takes (AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html, 2026-11-23).
inline constexpr std::array kRetentionDays = {1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                              365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};

/// What `on aws { … }` may say.
[[nodiscard]] const model::ProviderSchema& schema();

}  // namespace crenel::aws
