#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>

/// Templates whose policies nobody meant: over a few services and programs that are always there, who may use what and
/// how it is come by is made up. Each call makes another one; the same seed makes the same ones.
namespace crenel::agreement {

/// Policies on both sides, on endpoints and on keys.
[[nodiscard]] std::function<nlohmann::json()> random_aws_documents(std::uint64_t seed);
/// Roles, where they hold and under which condition; keys, access policies, public containers; firewalls; private
/// endpoints and their names; events that start a function; roles over what is made elsewhere.
[[nodiscard]] std::function<nlohmann::json()> random_azure_documents(std::uint64_t seed);

}  // namespace crenel::agreement
