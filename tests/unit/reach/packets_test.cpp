#include "compiler/reach/packets.h"

#include <doctest/doctest.h>

using namespace crenel;
using estate::Kind;
using reach::AtomRanges;
using reach::Packets;
using reach::PacketSet;

namespace {

constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kIcmp = 1;

Kind kind(std::optional<std::uint8_t> protocol, std::uint16_t first = 0, std::uint16_t last = 65535) {
  return {.protocol = protocol, .ports = {first, last}, .source_ports = {0, 65535}};
}
Kind from_port(Kind of, std::uint16_t first, std::uint16_t last) {
  of.source_ports = {first, last};
  return of;
}

std::string text(const Packets& packets, const AtomRanges& ranges) { return packets.text(packets.set(ranges)); }

}  // namespace

TEST_CASE("sets are written in words") {
  const Kind web = kind(kTcp, 443, 444);
  const Kind gre = kind(47);
  const Packets packets({web, gre, kind(kUdp, 53, 53)}, {});
  CHECK(packets.text(packets.of(web)) == "tcp/443..444");
  CHECK(packets.text(packets.of(gre)) == "protocol 47");
  CHECK(packets.text(packets.all()) == "all packets");
  CHECK(packets.text(PacketSet(packets.size())) == "no packet");
  CHECK(packets.text(packets.of(kind(kTcp))) == "tcp");
  PacketSet both = packets.of(web);
  both |= packets.of(kind(kUdp, 53, 53));
  CHECK(packets.text(both) == "tcp/443..444, udp/53");
  PacketSet rest = packets.of(kind(kTcp));
  rest -= packets.of(web);
  CHECK(packets.text(rest) == "tcp/0..442, tcp/445..65535");
}

TEST_CASE("an atom's witness is one packet of it") {
  const Packets packets({kind(kTcp, 443, 443), kind(kIcmp, 3 * 256 + 4, 3 * 256 + 4), kind(47)}, {});
  CHECK(packets.witness(packets.of(kind(kTcp, 443, 443)).atoms().front()) == "tcp/443");
  CHECK(packets.witness(packets.of(kind(kTcp)).atoms().front()) == "tcp/1");
  CHECK(packets.witness(packets.of(kind(kIcmp, 3 * 256 + 4, 3 * 256 + 4)).atoms().front()) == "icmp/3 code 4");
  CHECK(packets.witness(packets.of(kind(47)).atoms().front()) == "protocol 47");
  CHECK(packets.witness(packets.all().atoms().back()) == "protocol 0");
}

TEST_CASE("what a design declares is the same as what rules say") {
  const net::Traffic web = net::Traffic::of(net::Protocol::Tcp, 443, 443);
  const net::Traffic ping = net::Traffic::of(net::Protocol::Icmp, 8, 8);
  const Packets packets({}, {web, ping});
  CHECK(packets.of(web) == packets.of(kind(kTcp, 443, 443)));
  CHECK(packets.of(ping) == packets.of(kind(kIcmp, 8 * 256, 8 * 256 + 255)));
  CHECK(packets.of(net::Traffic::of(net::Protocol::Icmp)) == packets.of(kind(kIcmp)));
  CHECK(packets.of(net::Traffic::all()) == packets.all());
  CHECK(packets.of(kind(std::nullopt)) == packets.all());
}

TEST_CASE("ports of every protocol: surely of those that have ports, perhaps of all") {
  const Kind every = kind(std::nullopt, 80, 80);
  const Packets packets({every}, {});
  CHECK(text(packets, packets.surely_match(every)) == "tcp/80, udp/80, sctp/80");
  CHECK(text(packets, packets.may_match(every)) == "icmp, tcp/80, udp/80, icmp6, sctp/80, other protocols");
  const Kind all = kind(std::nullopt);
  CHECK(packets.surely_match(all) == packets.may_match(all));
}

TEST_CASE("source ports are told apart where a rule does") {
  const Kind low = from_port(kind(kTcp, 22, 22), 0, 1023);
  const Packets packets({low}, {});
  CHECK(packets.text(packets.of(low)) == "tcp/22 from port 0..1023");
  CHECK(packets.text(packets.of(kind(kTcp, 22, 22))) == "tcp/22");
  PacketSet rest = packets.of(kind(kTcp, 22, 22));
  rest -= packets.of(low);
  CHECK(packets.text(rest) == "tcp/22 from port 1024..65535");
  CHECK(packets.witness(rest.atoms().front()) == "tcp/22 from port 1024");
}

TEST_CASE("answers go to the client's port, whichever it took") {
  const Kind ephemeral = kind(kTcp, 1024, 65535);
  const Kind some = kind(kTcp, 32768, 60999);
  const Packets packets({kind(kTcp, 443, 443), ephemeral, some}, {});
  const auto of_tcp = [&](const AtomRanges& ranges) {
    PacketSet out = packets.set(ranges);
    out &= packets.of(kind(kTcp));
    return packets.text(out);
  };
  CHECK(of_tcp(packets.answered_by(packets.may_match(ephemeral))) == "tcp");
  CHECK(of_tcp(packets.answered_by(packets.may_match(some))) == "no packet");
  CHECK(of_tcp(packets.perhaps_answered_by(packets.may_match(some))) == "tcp");
  CHECK(of_tcp(packets.answered_by(packets.may_match(kind(kTcp, 443, 443)))) == "no packet");
  CHECK(of_tcp(packets.answered_by({})) == "no packet");
}

TEST_CASE("answers come from the port that was asked") {
  const Kind from_web = from_port(kind(kTcp, 1024, 65535), 443, 443);
  const Packets packets({from_web}, {});
  PacketSet answered = packets.set(packets.answered_by(packets.may_match(from_web)));
  answered &= packets.of(kind(kTcp));
  // who asks from port 443 itself would be answered there
  CHECK(packets.text(answered) == "tcp/443 from port 444..65535");
}

TEST_CASE("an echo is answered by an echo reply, another type by nothing") {
  const Kind reply = kind(kIcmp, 0, 255);
  const Packets packets({reply, kind(kIcmp, 8 * 256, 8 * 256 + 255)}, {});
  const PacketSet answered = packets.set(packets.answered_by(packets.may_match(reply)));
  CHECK(answered.contains(packets.of(kind(kIcmp, 8 * 256, 8 * 256 + 255)).atoms().front()));
  const PacketSet without = packets.set(packets.answered_by({}));
  CHECK_FALSE(without.contains(packets.of(kind(kIcmp, 8 * 256, 8 * 256 + 255)).atoms().front()));
  CHECK(without.contains(packets.of(kind(kIcmp, 3 * 256, 3 * 256 + 255)).atoms().front()));
}

TEST_CASE("a protocol without ports is answered in kind") {
  const Packets packets({kind(47)}, {});
  CHECK(text(packets, packets.answered_by(packets.may_match(kind(47)))).find("protocol 47") != std::string::npos);
}
