#include "compiler/net/traffic.h"

#include <algorithm>
#include <cassert>

namespace crenel::net {
namespace {

constexpr std::uint16_t kLastPort = 65535;
constexpr std::uint16_t kLastIcmpType = 255;

bool is_icmp(Protocol protocol) { return protocol == Protocol::Icmp || protocol == Protocol::Icmp6; }

std::uint16_t last_number(Protocol protocol) { return is_icmp(protocol) ? kLastIcmpType : kLastPort; }

IntervalSet united(const IntervalSet& a, const IntervalSet& b) {
  IntervalSet sorted = a;
  sorted.insert(sorted.end(), b.begin(), b.end());
  std::sort(sorted.begin(), sorted.end());
  IntervalSet out;
  for (const Interval& next : sorted) {
    // As int: 65535 + 1 is no port.
    if (!out.empty() && int{next.first} <= int{out.back().last} + 1) {
      out.back().last = std::max(out.back().last, next.last);
    } else {
      out.push_back(next);
    }
  }
  return out;
}

IntervalSet intersected(const IntervalSet& a, const IntervalSet& b) {
  IntervalSet out;
  auto mine = a.begin();
  auto theirs = b.begin();
  while (mine != a.end() && theirs != b.end()) {
    const std::uint16_t first = std::max(mine->first, theirs->first);
    const std::uint16_t last = std::min(mine->last, theirs->last);
    if (first <= last) out.push_back({.first = first, .last = last});
    (mine->last < theirs->last ? mine : theirs)++;
  }
  return out;
}

IntervalSet without(const IntervalSet& a, const IntervalSet& b) {
  IntervalSet out;
  for (const Interval& range : a) {
    int first = range.first;
    for (const Interval& cut : b) {
      if (int{cut.last} < first || cut.first > range.last) continue;
      if (first < int{cut.first}) {
        out.push_back({.first = static_cast<std::uint16_t>(first), .last = static_cast<std::uint16_t>(cut.first - 1)});
      }
      first = int{cut.last} + 1;
    }
    if (first <= int{range.last}) out.push_back({.first = static_cast<std::uint16_t>(first), .last = range.last});
  }
  return out;
}

const IntervalSet& ports_of(const std::vector<ProtocolPorts>& parts, Protocol protocol) {
  static const IntervalSet none;
  const auto part =
      std::find_if(parts.begin(), parts.end(), [&](const ProtocolPorts& each) { return each.protocol == protocol; });
  return part == parts.end() ? none : part->ports;
}

/// Combines protocol by protocol, in the order of `kProtocols`; what comes out empty is left out.
template <class Combine>
std::vector<ProtocolPorts> combine(const std::vector<ProtocolPorts>& a, const std::vector<ProtocolPorts>& b,
                                   Combine operation) {
  std::vector<ProtocolPorts> out;
  for (const Protocol protocol : kProtocols) {
    IntervalSet ports = operation(ports_of(a, protocol), ports_of(b, protocol));
    if (!ports.empty()) out.push_back({.protocol = protocol, .ports = std::move(ports)});
  }
  return out;
}

}  // namespace

std::string to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::Icmp:
      return "icmp";
    case Protocol::Tcp:
      return "tcp";
    case Protocol::Udp:
      return "udp";
    case Protocol::Icmp6:
      return "icmp6";
    case Protocol::Sctp:
      return "sctp";
  }
  return "";
}

std::optional<Protocol> parse_protocol(std::string_view name) {
  for (const Protocol protocol : kProtocols) {
    if (to_string(protocol) == name) return protocol;
  }
  return std::nullopt;
}

Traffic Traffic::all() {
  Traffic out;
  out.any_protocol_ = true;
  return out;
}

Traffic Traffic::of(Protocol protocol, std::uint16_t first, std::uint16_t last) {
  assert(first <= last && last <= last_number(protocol));
  Traffic out;
  out.parts_ = {{.protocol = protocol, .ports = {{.first = first, .last = last}}}};
  return out;
}

Traffic Traffic::of(Protocol protocol) { return of(protocol, 0, last_number(protocol)); }

Traffic Traffic::united(const Traffic& other) const {
  if (any_protocol_ || other.any_protocol_) return all();
  Traffic out;
  out.parts_ =
      combine(parts_, other.parts_, [](const IntervalSet& a, const IntervalSet& b) { return net::united(a, b); });
  return out;
}

Traffic Traffic::intersected(const Traffic& other) const {
  if (any_protocol_) return other;
  if (other.any_protocol_) return *this;
  Traffic out;
  out.parts_ =
      combine(parts_, other.parts_, [](const IntervalSet& a, const IntervalSet& b) { return net::intersected(a, b); });
  return out;
}

Traffic Traffic::without(const Traffic& other) const {
  if (other.any_protocol_) return {};
  // What is left of everything has protocols without a name in it, which only `all()` can hold.
  if (any_protocol_) return *this;
  Traffic out;
  out.parts_ =
      combine(parts_, other.parts_, [](const IntervalSet& a, const IntervalSet& b) { return net::without(a, b); });
  return out;
}

bool Traffic::contains(const Traffic& other) const {
  if (any_protocol_ || other.empty()) return true;
  return !other.any_protocol_ && other.without(*this).empty();
}

std::uint32_t Traffic::port_count() const {
  if (any_protocol_) return std::uint32_t{kLastPort} + 1;
  std::uint32_t total = 0;
  for (const ProtocolPorts& part : parts_) {
    for (const Interval& range : part.ports) total += std::uint32_t{range.last} - range.first + 1;
  }
  return total;
}

std::string to_string(const Traffic& traffic) {
  if (traffic.is_all()) return "all packets";
  std::string out;
  for (const ProtocolPorts& part : traffic.parts()) {
    for (const Interval& range : part.ports) {
      if (!out.empty()) out += ", ";
      out += to_string(part.protocol);
      const bool every = range.first == 0 && range.last == last_number(part.protocol);
      if (every && is_icmp(part.protocol)) continue;
      out += "/" + std::to_string(range.first);
      if (range.first != range.last) out += ".." + std::to_string(range.last);
    }
  }
  return out.empty() ? "nothing" : out;
}

}  // namespace crenel::net
