#pragma once

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// Where a route leads that names an interface, or an instance, to hand packets on.
[[nodiscard]] estate::RouteTarget hop_target(const Reading& reading, const Item& route);

/// An endpoint of a gateway load balancer's service: it takes and opens nothing itself.
[[nodiscard]] bool is_inspecting(const Item& endpoint);
/// Where a route leads that names an endpoint: to the instances behind its gateway load balancer, which become
/// appliances by it.
[[nodiscard]] estate::RouteTarget inspection_target(Reading& reading, const Item& route);

/// The target of a route of which only this is known.
[[nodiscard]] inline estate::UnknownTarget open_target(const Item& route, const std::string& why) {
  return {"`" + route.id() + "` " + why};
}

}  // namespace crenel::aws::reading
