#include "tests/checker/packets.h"

#include <doctest/doctest.h>

using crenel::checker::covers;
using crenel::checker::parse_packets;

TEST_CASE("packets in words") {
  const auto all = parse_packets("tcp/22, udp/8000..8443 from port 53, icmp/8, icmp/3 code 4, protocol 47");
  REQUIRE(all.size() == 5);
  CHECK(all[0].protocol == 6);
  CHECK(all[1].source_last == 53);
  CHECK(all[2].first == 8 * 256);
  CHECK(all[2].last == 8 * 256 + 255);
  CHECK(all[3].first == 3 * 256 + 4);
  CHECK(all[3].last == 3 * 256 + 4);
  CHECK(all[4].protocol == 47);
  CHECK_THROWS((void)parse_packets("carrier pigeons"));
}

TEST_CASE("what covers what") {
  const auto holds = [](const char* outer, const char* inner) {
    return covers(parse_packets(outer), parse_packets(inner));
  };
  CHECK(holds("all packets", "tcp/22, icmp, protocol 47, other protocols"));
  CHECK(holds("tcp/1..100, tcp/101..200", "tcp/50..150"));
  CHECK(!holds("tcp/1..100, tcp/102..200", "tcp/50..150"));
  CHECK(!holds("tcp", "udp/53"));
  CHECK(!holds("tcp/22", "all packets"));
  CHECK(holds("icmp/8", "icmp/8 codes 0..3"));
  CHECK(!holds("icmp/8 code 0", "icmp/8"));
  CHECK(!holds("udp/53 from port 53", "udp/53"));
  CHECK(holds("udp/53 from port 0..1023, udp/53 from port 1024..65535", "udp/53"));
  CHECK(holds("tcp/22", ""));
}
