#include "tests/agreement/packet.h"

#include <arpa/inet.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <stdexcept>

namespace crenel::agreement {

namespace {

Ip ipv6(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) throw std::invalid_argument("not an address: " + text);
  Ip out = 0;
  for (const unsigned char byte : bytes) out = (out << 8) | byte;
  return out;
}

}  // namespace

Ip ip(const std::string& text) {
  if (text.find(':') != std::string::npos) return ipv6(text);
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
  if (is_ipv6(address)) {
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[15 - i] = static_cast<unsigned char>(address >> (8 * i));
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  }
  const auto part = [&](unsigned shift) { return std::to_string(static_cast<unsigned>(address >> shift) & 255U); };
  return part(24) + "." + part(16) + "." + part(8) + "." + part(0);
}

Cidr cidr(const std::string& text) {
  const std::size_t slash = text.find('/');
  const int bits = text.find(':') == std::string::npos ? 32 : 128;
  const int length = slash == std::string::npos ? bits : std::stoi(text.substr(slash + 1));
  if (length < 0 || length > bits) throw std::invalid_argument("not a block: " + text);
  const Ip base = ip(text.substr(0, slash));
  const Ip kept = length == 0 ? 0 : base >> (bits - length) << (bits - length);
  return {kept, length, bits};
}

std::string show(const Packet& packet) {
  const std::string protocol = packet.protocol == kTcp     ? "tcp/"
                               : packet.protocol == kUdp   ? "udp/"
                               : packet.protocol == kIcmp  ? "icmp/"
                               : packet.protocol == kIcmp6 ? "icmp6/"
                                                           : "protocol " + std::to_string(packet.protocol) + "/";
  return dotted(packet.from) + " -> " + dotted(packet.to) + " " + protocol + std::to_string(packet.port);
}

bool is_private(Ip address) {
  static const Cidr kBlocks[] = {cidr("10.0.0.0/8"), cidr("172.16.0.0/12"), cidr("192.168.0.0/16"), cidr("fc00::/7")};
  for (const Cidr& block : kBlocks) {
    if (block.holds(address)) return true;
  }
  return false;
}

std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace crenel::agreement
