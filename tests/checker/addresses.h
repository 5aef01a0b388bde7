#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

/// Which addresses a template gives to networks and subnets: a reading of its own.
namespace crenel::checker {

/// "10.0.0.0/16", and no expression that only deployment answers.
[[nodiscard]] bool is_block(const std::string& text);

/// The blocks of the template's networks and subnets that are written as such.
[[nodiscard]] std::multiset<std::string> blocks_of(const nlohmann::json& document);

/// Those of a certificate's networks and subnets.
[[nodiscard]] std::multiset<std::string> blocks_said(const nlohmann::json& certificate);

}  // namespace crenel::checker
