#pragma once

#include <optional>
#include <string_view>

#include "compiler/net/traffic.h"

namespace crenel::driver {

/// The traffic that a certificate or a change writes: "tcp/443, udp/53", "tcp/1024..65535", "icmp", "icmp/8", "all
/// packets". Nothing for any other text.
[[nodiscard]] std::optional<net::Traffic> traffic_of(std::string_view text);

}  // namespace crenel::driver
