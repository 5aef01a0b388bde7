#pragma once

#include <string_view>

#include "backends/azure/expression.h"
#include "compiler/model/design.h"

/// How private endpoints lead to services: the sub-resource that they ask for and the zone of its private names.
/// learn.microsoft.com, "Azure Private Endpoint private DNS zone values", "Private-link resource", not checked again.
namespace crenel::azure {

struct PrivateLink {
  std::string_view group;
  std::string_view zone;
};
[[nodiscard]] PrivateLink private_link_of(const model::Endpoint& service);
/// The resource that a private endpoint for the service is connected to.
[[nodiscard]] Term private_link_resource(const model::Design& design, const model::Endpoint& service);

}  // namespace crenel::azure
