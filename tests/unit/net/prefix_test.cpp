#include "compiler/net/prefix.h"

#include <doctest/doctest.h>

using namespace crenel::net;

namespace {

std::string shown(std::string_view text) {
  PrefixError error{};
  Prefix corrected{};
  if (const auto prefix = parse_prefix(text, &error, &corrected)) return to_string(*prefix);
  switch (error) {
    case PrefixError::Malformed:
      return "malformed";
    case PrefixError::OctetTooLarge:
      return "octet";
    case PrefixError::LengthTooLarge:
      return "length";
    case PrefixError::HostBits:
      return "host bits: " + to_string(corrected);
  }
  return "";
}

std::string address(std::string_view text) {
  const auto parsed = parse_address(text);
  return parsed ? to_string(*parsed) : "none";
}

Prefix block(std::string_view text) { return parse_prefix(text).value(); }

}  // namespace

TEST_CASE("IPv4 blocks") {
  CHECK(shown("10.0.0.0/16") == "10.0.0.0/16");
  CHECK(shown("0.0.0.0/0") == "0.0.0.0/0");
  CHECK(shown("255.255.255.255/32") == "255.255.255.255/32");
  CHECK(shown("203.0.113.128/25") == "203.0.113.128/25");
}

TEST_CASE("what is no block says why") {
  CHECK(shown("") == "malformed");
  CHECK(shown("/16") == "malformed");
  CHECK(shown("10.0.0.0") == "malformed");
  CHECK(shown("10.0.0.0/") == "malformed");
  CHECK(shown("10.0.0/16") == "malformed");
  CHECK(shown("10.0.0.0.0/16") == "malformed");
  CHECK(shown("10..0.0/16") == "malformed");
  CHECK(shown("10.0.0.0/+8") == "malformed");
  CHECK(shown("10.0.0.0/08") == "malformed");
  CHECK(shown("10.0.0.0/8/8") == "malformed");
  CHECK(shown(" 10.0.0.0/8") == "malformed");
  CHECK(shown("10.0.0.0/8 ") == "malformed");
  CHECK(shown("-1.0.0.0/8") == "malformed");
  CHECK(shown("a.0.0.0/8") == "malformed");
  CHECK(shown("256.0.0.0/8") == "octet");
  CHECK(shown("10.0.0.99999999999999999999/8") == "octet");
  CHECK(shown("10.0.0.0/33") == "length");
  CHECK(shown("10.0.0.0/99999999999999999999") == "length");
  CHECK(shown("2001:db8::/129") == "length");
}

TEST_CASE("a leading zero is refused: some read it as octal") {
  CHECK(address("010.0.0.1") == "none");
  CHECK(address("10.00.0.1") == "none");
  CHECK(address("10.0.0.01") == "none");
  CHECK(address("10.0.0.0") == "10.0.0.0");
}

TEST_CASE("host bits are an error that knows the block that was meant") {
  CHECK(shown("10.0.0.1/16") == "host bits: 10.0.0.0/16");
  CHECK(shown("255.255.255.255/0") == "host bits: 0.0.0.0/0");
  CHECK(shown("10.0.0.1/31") == "host bits: 10.0.0.0/31");
  CHECK(shown("2001:db8::1/64") == "host bits: 2001:db8::/64");
  CHECK(shown("ffff::/0") == "host bits: ::/0");
}

TEST_CASE("IPv6 addresses are written as RFC 5952 says") {
  CHECK(address("::") == "::");
  CHECK(address("::1") == "::1");
  CHECK(address("1::") == "1::");
  CHECK(address("2001:0DB8:0000:0000:0000:0000:0000:0001") == "2001:db8::1");
  CHECK(address("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");  // one zero group is not shortened
  CHECK(address("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");           // the longest run
  CHECK(address("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");     // the first of equal ones
  CHECK(address("1:2:3:4:5:6:7::") == "1:2:3:4:5:6:7:0");            // `::` for one group is read, not written
  CHECK(address("::2:3:4:5:6:7:8") == "0:2:3:4:5:6:7:8");
  CHECK(address("fe80::ABCD") == "fe80::abcd");
}

TEST_CASE("what is no IPv6 address") {
  for (const char* text :
       {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3",
        "12345::", "g::", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "::ffff:10.0.0.1", "::1%eth0", "[::1]", "1:::2"}) {
    CAPTURE(text);
    CHECK(address(text) == "none");
  }
}

TEST_CASE("blocks contain, overlap and end where they should") {
  CHECK(to_string(block("10.0.0.0/16").last()) == "10.0.255.255");
  CHECK(to_string(block("0.0.0.0/0").last()) == "255.255.255.255");
  CHECK(to_string(block("::/0").last()) == "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  CHECK(block("10.0.0.0/16").contains(block("10.0.1.0/24")));
  CHECK(!block("10.0.1.0/24").contains(block("10.0.0.0/16")));
  CHECK(block("10.0.1.0/24").overlaps(block("10.0.0.0/16")));
  CHECK(!block("10.0.0.0/24").overlaps(block("10.0.1.0/24")));
  CHECK(block("0.0.0.0/0").contains(parse_address("1.2.3.4").value()));
  CHECK(!block("0.0.0.0/0").contains(parse_address("::1").value()));
  CHECK(!block("::/0").contains(block("0.0.0.0/0")));
  CHECK(host(parse_address("::1").value()).contains(parse_address("::1").value()));
}

TEST_CASE("parts of a block are counted from its start") {
  CHECK(block("10.0.0.0/16").part(24, 3) == block("10.0.3.0/24"));
  CHECK(block("10.0.0.0/16").part(24, 255) == block("10.0.255.0/24"));
  CHECK(!block("10.0.0.0/16").part(24, 256));
  CHECK(block("10.0.0.0/16").part(16, 0) == block("10.0.0.0/16"));
  CHECK(!block("10.0.0.0/16").part(16, 1));
  CHECK(!block("10.0.0.0/16").part(15, 0));
  CHECK(!block("10.0.0.0/16").part(33, 0));
  CHECK(block("0.0.0.0/0").part(32, 0xFFFFFFFFU) == block("255.255.255.255/32"));
  CHECK(block("2001:db8::/32").part(64, 1) == block("2001:db8:0:1::/64"));
  CHECK(block("::/0").part(128, ~U128{0}) == block("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"));
  CHECK(block("::/0").part(0, 0) == block("::/0"));
  CHECK(!block("::/0").part(0, 1));
}

TEST_CASE("private space is RFC 1918 and RFC 4193") {
  std::string all;
  for (const Prefix& each : private_blocks()) all += to_string(each) + " ";
  CHECK(all == "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 ");
}
