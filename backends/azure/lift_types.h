#pragma once

#include <string_view>
#include <vector>

/// Resource types that this backend reads and does not write (those are in resource_types.h).
namespace crenel::azure::lifting {

/// Types that a part of the lift reads.
[[nodiscard]] std::vector<std::string_view> read_types();

inline constexpr std::string_view kInterfaceType = "Microsoft.Network/networkInterfaces";
inline constexpr std::string_view kMachineType = "Microsoft.Compute/virtualMachines";
inline constexpr std::string_view kPrivateEndpointType = "Microsoft.Network/privateEndpoints";
inline constexpr std::string_view kBastionType = "Microsoft.Network/bastionHosts";
inline constexpr std::string_view kFirewallType = "Microsoft.Network/azureFirewalls";

enum class Reading {
  Read,         ///< by one of the parts of the lift
  Irrelevant,   ///< decides nothing about packets
  ByReference,  ///< decides nothing about packets, unless it names a subnet to stand in
  Unknown,
};

[[nodiscard]] Reading reading_of(std::string_view type);

}  // namespace crenel::azure::lifting
