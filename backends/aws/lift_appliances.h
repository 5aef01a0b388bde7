#pragma once

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// Where a route leads that names an interface, or an instance, to hand packets on.
[[nodiscard]] estate::RouteTarget hop_target(const Reading& reading, const Item& route);

}  // namespace crenel::aws::reading
