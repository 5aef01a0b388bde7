#pragma once

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// Whether a route leads to a transit gateway. Those come after all others: where they lead depends on the tables of
/// the networks at the far end.
[[nodiscard]] bool leads_to_transit(const Item& route);
/// What a route to a transit gateway comes to, for what it leads there.
[[nodiscard]] std::vector<estate::Route> transit_routes(Reading& reading, const Item& route,
                                                        const estate::Block& destination, estate::NetworkId from);

}  // namespace crenel::aws::reading
