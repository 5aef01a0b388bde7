#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>

/// Templates that nobody meant: one thing in a good one is changed, so that readers of templates can be held against
/// each other on more than what the compiler writes.
namespace crenel::agreement {

using Random = std::mt19937_64;

/// Changes one rule, route, association, address, port or name of a template, of either provider. What was changed, for
/// a message; empty when there was nothing to change.
std::string mutate(nlohmann::json& document, Random& random);

}  // namespace crenel::agreement
