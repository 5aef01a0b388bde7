#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crenel::net {

/// The protocols that the language names; the value is the IANA protocol number.
enum class Protocol : std::uint8_t { Icmp = 1, Tcp = 6, Udp = 17, Icmp6 = 58, Sctp = 132 };

inline constexpr std::array<Protocol, 5> kProtocols = {Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Icmp6,
                                                       Protocol::Sctp};

[[nodiscard]] std::string to_string(Protocol protocol);  ///< "tcp"
[[nodiscard]] std::optional<Protocol> parse_protocol(std::string_view name);

/// Numbers from `first` to `last`, both included: destination ports, or ICMP types (0..255).
struct Interval {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  auto operator<=>(const Interval&) const = default;
};

/// A set of numbers as sorted, disjoint, non-adjacent intervals.
using IntervalSet = std::vector<Interval>;

/// The intervals of one protocol. For ICMP the numbers are types, and `{0, 255}` is all of them.
struct ProtocolPorts {
  Protocol protocol;
  IntervalSet ports;
  auto operator<=>(const ProtocolPorts&) const = default;
};

/// An exact set of packet kinds, seen from the side that opens the conversation: protocols with destination ports or
/// ICMP types. `any_protocol` is everything, protocols without a name included; then `parts` is empty.
/// Canonical: equal sets compare equal; parts are in the order of `kProtocols`, none is empty.
class Traffic {
 public:
  Traffic() = default;
  [[nodiscard]] static Traffic all();
  [[nodiscard]] static Traffic of(Protocol protocol, std::uint16_t first, std::uint16_t last);
  [[nodiscard]] static Traffic of(Protocol protocol);  ///< every port or type

  [[nodiscard]] bool empty() const { return !any_protocol_ && parts_.empty(); }
  [[nodiscard]] bool is_all() const { return any_protocol_; }
  [[nodiscard]] const std::vector<ProtocolPorts>& parts() const { return parts_; }

  [[nodiscard]] Traffic united(const Traffic& other) const;
  [[nodiscard]] Traffic intersected(const Traffic& other) const;
  /// What is here and not there. Of `all()`, only `all()` and nothing can be taken exactly; taking less leaves `all()`.
  [[nodiscard]] Traffic without(const Traffic& other) const;
  [[nodiscard]] bool overlaps(const Traffic& other) const { return !intersected(other).empty(); }
  [[nodiscard]] bool contains(const Traffic& other) const;
  /// How many destination ports (TCP, UDP, SCTP together) and ICMP types; 65,536 for `all()`.
  [[nodiscard]] std::uint32_t port_count() const;

  bool operator==(const Traffic&) const = default;

 private:
  bool any_protocol_ = false;
  std::vector<ProtocolPorts> parts_;
};

/// "tcp/443, udp/53", "tcp/1024..65535", "icmp", "icmp/8", "all packets".
[[nodiscard]] std::string to_string(const Traffic& traffic);

}  // namespace crenel::net
