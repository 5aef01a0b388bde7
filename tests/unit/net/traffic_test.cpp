#include "compiler/net/traffic.h"

#include <doctest/doctest.h>

#include <bitset>
#include <random>
#include <sstream>

using namespace crenel::net;

namespace {

/// Ports at both ends of the range, where arithmetic goes wrong; ICMP types likewise.
constexpr std::size_t kNumbers = 32;
constexpr std::size_t kSize = kNumbers * kProtocols.size();
using Bits = std::bitset<kSize>;

std::uint16_t top_of(Protocol protocol) {
  return protocol == Protocol::Icmp || protocol == Protocol::Icmp6 ? 255 : 65535;
}

std::uint16_t number_of(Protocol protocol, std::size_t i) {
  return static_cast<std::uint16_t>(i < kNumbers / 2 ? i : top_of(protocol) - (kNumbers - 1 - i));
}

struct Case {
  Traffic traffic;
  Bits bits;
};

/// Ranges stay in one half, so that what they hold is counted by the universe.
Case random_case(std::mt19937& random) {
  Case out;
  for (std::size_t n = random() % 7; n > 0; --n) {
    const std::size_t p = random() % kProtocols.size();
    const std::size_t half = random() % 2 * (kNumbers / 2);
    std::size_t first = half + random() % (kNumbers / 2);
    std::size_t last = half + random() % (kNumbers / 2);
    if (first > last) std::swap(first, last);
    out.traffic = out.traffic.united(
        Traffic::of(kProtocols.at(p), number_of(kProtocols.at(p), first), number_of(kProtocols.at(p), last)));
    for (std::size_t i = first; i <= last; ++i) out.bits.set(p * kNumbers + i);
  }
  return out;
}

Bits bits_of(const Traffic& traffic) {
  Bits out;
  for (std::size_t p = 0; p < kProtocols.size(); ++p) {
    for (std::size_t i = 0; i < kNumbers; ++i) {
      const std::uint16_t number = number_of(kProtocols.at(p), i);
      out[p * kNumbers + i] = traffic.contains(Traffic::of(kProtocols.at(p), number, number));
    }
  }
  return out;
}

bool canonical(const Traffic& traffic) {
  for (const ProtocolPorts& part : traffic.parts()) {
    if (part.ports.empty()) return false;
    for (std::size_t i = 1; i < part.ports.size(); ++i) {
      if (int{part.ports[i].first} <= int{part.ports[i - 1].last} + 1) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("the traffic algebra agrees with a bit for every port") {
  std::mt19937 random(20261123);  // NOLINT: the same cases in every run
  for (int round = 0; round < 3000; ++round) {
    const Case a = random_case(random);
    const Case b = random_case(random);
    CAPTURE(to_string(a.traffic));
    CAPTURE(to_string(b.traffic));
    REQUIRE(bits_of(a.traffic) == a.bits);
    REQUIRE(bits_of(a.traffic.united(b.traffic)) == (a.bits | b.bits));
    REQUIRE(bits_of(a.traffic.intersected(b.traffic)) == (a.bits & b.bits));
    REQUIRE(bits_of(a.traffic.without(b.traffic)) == (a.bits & ~b.bits));
    REQUIRE(a.traffic.contains(b.traffic) == (b.bits & ~a.bits).none());
    REQUIRE(a.traffic.overlaps(b.traffic) == (a.bits & b.bits).any());
    REQUIRE((a.traffic == b.traffic) == (a.bits == b.bits));
    REQUIRE(a.traffic.empty() == a.bits.none());
    REQUIRE(a.traffic.port_count() == a.bits.count());
    REQUIRE(canonical(a.traffic.united(b.traffic)));
    REQUIRE(canonical(a.traffic.without(b.traffic)));
    REQUIRE(a.traffic.without(b.traffic).united(a.traffic.intersected(b.traffic)) == a.traffic);
  }
}

TEST_CASE("all packets hold protocols without a name") {
  const Traffic all = Traffic::all();
  Traffic named;
  for (const Protocol protocol : kProtocols) named = named.united(Traffic::of(protocol));
  CHECK(all.contains(named));
  CHECK(!named.contains(all));
  CHECK(all.united(named) == all);
  CHECK(all.intersected(named) == named);
  CHECK(named.intersected(all) == named);
  CHECK(all.without(named) == all);  // what is left cannot be written as named protocols
  CHECK(all.without(all).empty());
  CHECK(named.without(all).empty());
  CHECK(all.contains(all));
  CHECK(Traffic().contains(Traffic()));
  CHECK(!Traffic().contains(all));
  CHECK(all.port_count() == 65536);
  CHECK(!all.overlaps(Traffic()));
}

TEST_CASE("ports of two protocols are different things") {
  CHECK(!Traffic::of(Protocol::Tcp, 53, 53).overlaps(Traffic::of(Protocol::Udp, 53, 53)));
  CHECK(!Traffic::of(Protocol::Icmp).overlaps(Traffic::of(Protocol::Icmp6)));
}

TEST_CASE("traffic reads as the language writes it") {
  CHECK(to_string(Traffic::of(Protocol::Tcp, 443, 443)) == "tcp/443");
  CHECK(to_string(Traffic::of(Protocol::Tcp, 1024, 65535)) == "tcp/1024..65535");
  CHECK(to_string(Traffic::of(Protocol::Tcp)) == "tcp/0..65535");
  CHECK(to_string(Traffic::of(Protocol::Icmp)) == "icmp");
  CHECK(to_string(Traffic::of(Protocol::Icmp, 8, 8)) == "icmp/8");
  CHECK(to_string(Traffic::of(Protocol::Udp, 53, 53).united(Traffic::of(Protocol::Tcp, 443, 443))) ==
        "tcp/443, udp/53");
  CHECK(to_string(Traffic::of(Protocol::Tcp, 80, 80).united(Traffic::of(Protocol::Tcp, 81, 90))) == "tcp/80..90");
  CHECK(to_string(Traffic::all()) == "all packets");
  CHECK(to_string(Traffic()) == "nothing");
}

TEST_CASE("protocol names") {
  for (const Protocol protocol : kProtocols) CHECK(parse_protocol(to_string(protocol)) == protocol);
  CHECK(!parse_protocol("gre"));
  CHECK(!parse_protocol("TCP"));
}
