#pragma once

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// Where a route leads that names an interface, or an instance, to hand packets on.
[[nodiscard]] estate::RouteTarget hop_target(const Reading& reading, const Item& route);

/// The target of a route of which only this is known.
[[nodiscard]] inline estate::UnknownTarget open_target(const Item& route, const std::string& why) {
  return {"`" + route.id() + "` " + why};
}

}  // namespace crenel::aws::reading
