#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/model/design.h"
#include "compiler/model/provider_schema.h"

/// What `on azure { … }` may say, and what it comes to where it says nothing.
namespace crenel::azure {

[[nodiscard]] const model::ProviderSchema& schema();

[[nodiscard]] std::optional<std::string> text_setting(const model::ProviderSettings& settings, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> int_setting(const model::ProviderSettings& settings, std::string_view name);
[[nodiscard]] bool bool_setting(const model::ProviderSettings& settings, std::string_view name, bool otherwise);

/// The size of a group's instances, `vm_size` or what its `size` stands for.
[[nodiscard]] std::string vm_size(const model::Group& group);
[[nodiscard]] std::string admin_name(const model::Group& group);
/// The SKU of a network's VPN gateway.
[[nodiscard]] std::string direct_sku(const model::Network& network);
[[nodiscard]] std::string vpn_sku(const model::Network& network);

}  // namespace crenel::azure
