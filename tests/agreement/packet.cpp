#include "tests/agreement/packet.h"

#include <cstdio>
#include <stdexcept>

namespace crenel::agreement {

Ip ip(const std::string& text) {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (std::sscanf(text.c_str(), "%u.%u.%u.%u", &a, &b, &c, &d) != 4 || a > 255 || b > 255 || c > 255 || d > 255) {
    throw std::invalid_argument("not an IPv4 address: " + text);
  }
  return (a << 24) | (b << 16) | (c << 8) | d;
}

std::string dotted(Ip address) {
  return std::to_string(address >> 24) + "." + std::to_string((address >> 16) & 255) + "." +
         std::to_string((address >> 8) & 255) + "." + std::to_string(address & 255);
}

Cidr cidr(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return {ip(text), 32};
  const int length = std::stoi(text.substr(slash + 1));
  if (length < 0 || length > 32) throw std::invalid_argument("not a block: " + text);
  const Ip mask = length == 0 ? 0 : ~Ip{0} << (32 - length);
  return {ip(text.substr(0, slash)) & mask, length};
}

std::string show(const Packet& packet) {
  const std::string protocol = packet.protocol == kTcp    ? "tcp/"
                               : packet.protocol == kUdp  ? "udp/"
                               : packet.protocol == kIcmp ? "icmp/"
                                                          : "protocol " + std::to_string(packet.protocol) + "/";
  return dotted(packet.from) + " -> " + dotted(packet.to) + " " + protocol + std::to_string(packet.port);
}

bool is_private(Ip address) {
  static const Cidr kBlocks[] = {cidr("10.0.0.0/8"), cidr("172.16.0.0/12"), cidr("192.168.0.0/16")};
  for (const Cidr& block : kBlocks) {
    if (block.holds(address)) return true;
  }
  return false;
}

}  // namespace crenel::agreement
