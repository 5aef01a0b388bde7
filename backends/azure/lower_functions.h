#pragma once

#include "backends/azure/lower.h"

/// Function apps, the storage that each keeps its state in, and the events that start them.
namespace crenel::azure {

void lower_functions(const model::Design& design, Template& out);
/// Events of the stores that functions wait for.
void lower_events(const model::Design& design, Template& out);

/// Of a function's host: the queue that takes its events, and the container of those that could not be delivered.
inline constexpr std::string_view kEventQueue = "events";
inline constexpr std::string_view kLostEvents = "lost-events";
inline constexpr std::string_view kHostBlobZone = "privatelink.blob.core.windows.net";
inline constexpr std::string_view kHostQueueZone = "privatelink.queue.core.windows.net";

}  // namespace crenel::azure
