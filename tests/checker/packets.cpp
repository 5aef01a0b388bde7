#include "tests/checker/packets.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace crenel::checker {
namespace {

constexpr int kIcmp = 1;
constexpr int kIcmp6 = 58;
constexpr int kCodes = 256;

std::pair<int, int> interval(const std::string& text) {
  const std::size_t dots = text.find("..");
  const int first = std::stoi(text.substr(0, dots));
  return {first, dots == std::string::npos ? first : std::stoi(text.substr(dots + 2))};
}

Packets parse_one(std::string text) {
  Packets out;
  if (text == "all packets") return out;
  const std::string from = " from port ";
  if (const std::size_t at = text.find(from); at != std::string::npos) {
    std::tie(out.source_first, out.source_last) = interval(text.substr(at + from.size()));
    text.resize(at);
  }
  const std::size_t slash = text.find('/');
  out.protocol = protocol_number(text.substr(0, slash));
  if (slash == std::string::npos) return out;
  std::string numbers = text.substr(slash + 1);
  const bool icmp = out.protocol == kIcmp || out.protocol == kIcmp6;
  const std::size_t code = numbers.find(" code");
  const auto [first, last] = interval(numbers.substr(0, code));
  out.first = icmp ? first * kCodes : first;
  out.last = icmp ? last * kCodes + kCodes - 1 : last;
  if (code == std::string::npos) return out;
  const auto [first_code, last_code] = interval(numbers.substr(numbers.find_first_of("0123456789", code)));
  out.first = first * kCodes + first_code;
  out.last = first * kCodes + last_code;
  return out;
}

bool empty(const Packets& one) { return one.first > one.last || one.source_first > one.source_last; }

/// What is left of `one` without `other`: at most four pieces around it.
PacketList without(const Packets& one, const Packets& other) {
  if (other.protocol != kAnyProtocol && other.protocol != one.protocol) return {one};
  Packets below = one;
  below.last = std::min(one.last, other.first - 1);
  Packets above = one;
  above.first = std::max(one.first, other.last + 1);
  Packets left = one;
  left.first = std::max(one.first, other.first);
  left.last = std::min(one.last, other.last);
  Packets right = left;
  left.source_last = std::min(one.source_last, other.source_first - 1);
  right.source_first = std::max(one.source_first, other.source_last + 1);
  PacketList out;
  for (const Packets& piece : {below, above, left, right}) {
    if (!empty(piece)) out.push_back(piece);
  }
  return out;
}

}  // namespace

int protocol_number(const std::string& name) {
  static const std::map<std::string, int> names = {{"tcp", 6},
                                                   {"udp", 17},
                                                   {"icmp", kIcmp},
                                                   {"icmp6", kIcmp6},
                                                   {"icmpv6", kIcmp6},
                                                   {"sctp", 132},
                                                   {"*", kAnyProtocol},
                                                   {"any protocol", kAnyProtocol},
                                                   {"other protocols", kOtherProtocols}};
  if (const auto found = names.find(name); found != names.end()) return found->second;
  const std::string numbered = "protocol ";
  const int number = std::stoi(name.starts_with(numbered) ? name.substr(numbered.size()) : name);
  if (number < kAnyProtocol || number > 255) throw std::invalid_argument("no protocol: " + name);
  return number;
}

PacketList parse_packets(const std::string& text) {
  PacketList out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(", ", at), text.size());
    out.push_back(parse_one(text.substr(at, comma - at)));
    at = comma + 2;
  }
  return out;
}

bool covers(const PacketList& outer, const PacketList& inner) {
  PacketList left = inner;
  for (const Packets& each : outer) {
    PacketList next;
    for (const Packets& one : left) {
      for (const Packets& piece : without(one, each)) next.push_back(piece);
    }
    left = std::move(next);
  }
  return std::all_of(left.begin(), left.end(), empty);
}

}  // namespace crenel::checker
