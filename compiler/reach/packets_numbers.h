#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/net/traffic.h"

/// How packet classes number what they are cut by: a port as it is, an ICMP type and code as type * 256 + code.
namespace crenel::reach {

inline constexpr std::uint32_t kNumbers = 65536;
inline constexpr std::uint32_t kIcmpCodes = 256;
inline constexpr net::Interval kEveryNumber = {.first = 0, .last = 65535};

[[nodiscard]] constexpr bool is_icmp(std::uint8_t protocol) {
  return protocol == static_cast<std::uint8_t>(net::Protocol::Icmp) ||
         protocol == static_cast<std::uint8_t>(net::Protocol::Icmp6);
}

/// The last number of the interval `index` of those that begin at `starts`.
[[nodiscard]] inline std::uint32_t last_of(const std::vector<std::uint32_t>& starts, std::size_t index) {
  return (index + 1 < starts.size() ? starts[index + 1] : kNumbers) - 1;
}

}  // namespace crenel::reach
