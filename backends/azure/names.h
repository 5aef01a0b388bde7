#pragma once

#include <string>
#include <string_view>

#include "backends/azure/expression.h"
#include "compiler/model/design.h"

/// Names of resources and parameters: the declared path in PascalCase and a role. They depend on no order, no hash and
/// no other declaration, so a change elsewhere renames nothing.
namespace crenel::azure {

/// `app_rpc` → "AppRpc"; other characters than letters and digits part words.
[[nodiscard]] std::string pascal(std::string_view text);
/// {"shop", "main", "app"} → "ShopMainApp".
[[nodiscard]] std::string pascal(const model::Path& path);

/// `resource_name({"shop", "web"}, "Nsg")` → 'ShopWebNsg'.
[[nodiscard]] Term resource_name(const model::Path& path, std::string_view role);
[[nodiscard]] std::string parameter_name(const model::Path& path, std::string_view role = "");
/// A subnet's name within its network; the network's own name is not repeated in it.
[[nodiscard]] std::string subnet_name(const model::Tier& tier);

/// What a VPN gateway's subnet must be called.
inline constexpr std::string_view kGatewaySubnet = "GatewaySubnet";

/// A text for the description of a security rule: at most 140 bytes, cut between characters.
/// (Azure REST, SecurityRulePropertiesFormat.description, checked 2026-11-23.)
[[nodiscard]] std::string short_description(std::string_view text);

}  // namespace crenel::azure
