#pragma once

#include <string>
#include <vector>

/// Sets of packets as a certificate and a template say them.
namespace crenel::checker {

inline constexpr int kAnyProtocol = -1;
inline constexpr int kOtherProtocols = 256;  ///< all that nobody names

/// Packets of one protocol: destination ports (of ICMP type * 256 + code) and source ports, ends included.
struct Packets {
  int protocol = kAnyProtocol;
  int first = 0;
  int last = 65535;
  int source_first = 0;
  int source_last = 65535;
};
using PacketList = std::vector<Packets>;

/// "tcp/22, udp/8000..8443 from port 53, icmp/8, protocol 47, all packets"; throws what it does not know.
[[nodiscard]] PacketList parse_packets(const std::string& text);
/// Each packet of `inner` is in `outer`.
[[nodiscard]] bool covers(const PacketList& outer, const PacketList& inner);
[[nodiscard]] int protocol_number(const std::string& name);

}  // namespace crenel::checker
