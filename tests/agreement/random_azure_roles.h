#pragma once

#include <string>
#include <vector>

/// What roles of random templates are made of.
namespace crenel::agreement {

using Texts = std::vector<std::string>;

/// Roles that are built in, by their ids.
[[nodiscard]] const Texts& random_roles();
/// Operations of control.
[[nodiscard]] const Texts& random_controls();
/// Operations on data, of all services but Cosmos DB.
[[nodiscard]] const Texts& random_operations();
/// Those of Cosmos DB.
[[nodiscard]] const Texts& random_items();

}  // namespace crenel::agreement
