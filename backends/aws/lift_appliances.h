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

/// An endpoint knows only the conversations that it was handed itself: where answers come back by another one, routes
/// to both come to nothing that is known. After the routes, and before those over transit gateways.
void check_ways_back(Reading& reading);

/// The target of a route of which only this is known.
[[nodiscard]] inline estate::UnknownTarget open_target(const Item& route, const std::string& why) {
  return {"`" + route.id() + "` " + why};
}

}  // namespace crenel::aws::reading
