#include "compiler/driver/traffic_text.h"

#include <doctest/doctest.h>

#include <string>

namespace crenel::driver {

TEST_CASE("traffic is read as it is written") {
  using net::Protocol;
  using net::Traffic;
  for (const Traffic& traffic :
       {Traffic(), Traffic::all(), Traffic::of(Protocol::Tcp, 443, 443), Traffic::of(Protocol::Icmp),
        Traffic::of(Protocol::Icmp, 8, 8).united(Traffic::of(Protocol::Udp, 1024, 65535)),
        Traffic::of(Protocol::Tcp, 0, 65535).united(Traffic::of(Protocol::Sctp, 7, 9))}) {
    CAPTURE(net::to_string(traffic));
    if (!traffic.empty()) CHECK(traffic_of(net::to_string(traffic)) == traffic);
  }
  for (const std::string text :
       {"", "tcp/", "tcp/70000", "tcp/2..1", "tcp/1,udp/2", "tup/1", "tcp/1, ", "47", "tcp/1 "}) {
    CAPTURE(text);
    CHECK(!traffic_of(text));
  }
}

}  // namespace crenel::driver
