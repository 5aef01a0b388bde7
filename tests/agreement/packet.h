#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What the two interpreters of templates and the reader of designs agree on: single packets between single hosts.
/// IPv4 only. Nothing here, and nothing in the interpreters, is shared with the compiler: an error there must not hide
/// here.
namespace crenel::agreement {

/// An IPv4 address as a number.
using Ip = std::uint32_t;

[[nodiscard]] Ip ip(const std::string& dotted);
[[nodiscard]] std::string dotted(Ip address);

struct Cidr {
  Ip base = 0;
  int length = 0;
  [[nodiscard]] bool holds(Ip address) const { return length == 0 || ((address ^ base) >> (32 - length)) == 0; }
};
[[nodiscard]] Cidr cidr(const std::string& text);

/// IANA protocol numbers.
inline constexpr int kTcp = 6;
inline constexpr int kUdp = 17;
inline constexpr int kIcmp = 1;

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

/// RFC 1918: nothing on the Internet has such an address, and no Internet gateway passes one.
[[nodiscard]] bool is_private(Ip address);

/// Values for the template's parameters, by the template's own names.
using ParameterValues = std::map<std::string, std::string>;

}  // namespace crenel::agreement
