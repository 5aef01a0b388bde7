#pragma once

#include <cstdint>
#include <vector>

#include "backends/aws/lift_value.h"
#include "compiler/estate/estate.h"

namespace crenel::aws::reading {

inline constexpr std::uint8_t kTcp = 6;  ///< protocol numbers of IANA
inline constexpr std::uint8_t kUdp = 17;

/// What a rule is about. Where it is not certain it is at most these.
struct Kinds {
  std::vector<estate::Kind> kinds;
  bool certain = true;
};

/// Of a rule of a security group: `IpProtocol`, `FromPort`, `ToPort`.
[[nodiscard]] Kinds group_kinds(const Value& rule);
/// Of an entry of a network ACL: `Protocol`, `PortRange`, `Icmp`.
[[nodiscard]] Kinds acl_kinds(const Value& entry);

/// Puts what may or may not be meant where it belongs: known blocks may match, everything else is not known.
void weaken(estate::Peers& peers);

}  // namespace crenel::aws::reading
