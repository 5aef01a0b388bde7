#pragma once

#include <string_view>
#include <vector>

#include "compiler/estate/estate.h"

namespace crenel::aws::reading {

/// A managed service whose resource puts interfaces into subnets, and where the resource says which. A path is the
/// names of members with dots between them.
struct ServiceType {
  std::string_view type;
  std::string_view subnets;            ///< path to a list of subnets, or to one
  std::string_view groups;             ///< path to its security groups
  std::string_view subnet_group;       ///< instead of `subnets`: the property that names a group of subnets
  std::string_view subnet_group_type;  ///< its type; the subnets are its `SubnetIds`
  std::string_view cluster;            ///< the property that names the cluster whose subnets and groups it shares
  std::string_view cluster_type;       ///< its type
  std::string_view public_address;     ///< path to the property that gives it a public address
  estate::PublicAddress without = estate::PublicAddress::No;  ///< where that property is not given
  std::string_view only_with;  ///< the property without which it is in no subnet; empty: it always is
};

/// Nothing for other types.
[[nodiscard]] const ServiceType* service_type(std::string_view type);
[[nodiscard]] const std::vector<ServiceType>& service_types();

/// True for a property of a service, by its name, that may decide about packets. The many others set up the service
/// itself.
[[nodiscard]] bool speaks_of_networks(std::string_view property);

}  // namespace crenel::aws::reading
