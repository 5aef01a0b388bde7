#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What the two interpreters of templates and the reader of designs agree on: single packets between single hosts.
/// Nothing here, and nothing in the interpreters, is shared with the compiler: an error there must not hide
/// here.
namespace crenel::agreement {

/// An address as a number: below 2^32 one of IPv4, above one of IPv6. (The addresses of IPv6 that this leaves out,
/// those of ::/96, are nobody's: RFC 4291, "Format Prefix for IPv4-compatible addresses".)
__extension__ using Ip = unsigned __int128;

[[nodiscard]] Ip ip(const std::string& text);
[[nodiscard]] std::string dotted(Ip address);
[[nodiscard]] constexpr bool is_ipv6(Ip address) { return address >> 32 != 0; }

struct Cidr {
  Ip base = 0;
  int length = 0;
  int bits = 32;  ///< of an address: 32, or 128
  [[nodiscard]] bool holds(Ip address) const {
    if (is_ipv6(address) != (bits == 128)) return false;
    return length == 0 || ((address ^ base) >> (bits - length)) == 0;
  }
  [[nodiscard]] Ip last() const {
    return base + (bits == length ? 0 : (((Ip{1} << (bits - length - 1)) - 1) << 1) + 1);
  }
};
[[nodiscard]] Cidr cidr(const std::string& text);

/// IANA protocol numbers.
inline constexpr int kTcp = 6;
inline constexpr int kUdp = 17;
inline constexpr int kIcmp = 1;
inline constexpr int kIcmp6 = 58;

/// The first packet of a conversation. For ICMP `port` is the type.
struct Packet {
  Ip from = 0;
  Ip to = 0;
  int protocol = kTcp;
  int port = 0;
};
[[nodiscard]] std::string show(const Packet& packet);

/// A host that a template makes: an instance of a group or a node of a balancer.
struct Host {
  std::string name;  ///< the resource's name: the logical id on AWS, the resource name on Azure
  bool balancer = false;
  Ip address = 0;
  bool has_public_address = false;
};

/// RFC 1918, RFC 4193: nothing on the Internet has such an address, and no Internet gateway passes one.
[[nodiscard]] bool is_private(Ip address);

/// Without case and punctuation, so that a path and what a provider makes of it are the same.
[[nodiscard]] std::string plain(const std::string& text);

/// What the far ends of lines announce, which no template says: by the link, plainly.
using Announcements = std::map<std::string, std::vector<Cidr>>;

/// Values for the template's parameters, by the template's own names.
using ParameterValues = std::map<std::string, std::string>;

}  // namespace crenel::agreement
