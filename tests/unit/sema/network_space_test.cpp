#include <doctest/doctest.h>

#include "compiler/model/design.h"
#include "tests/unit/sema/front.h"

/// What a network says of its addresses, and how its tiers lie in them.
namespace crenel::tests {
namespace {

std::string pattern(const std::string& network, const std::string& providers, const std::string& rest) {
  return "pattern p(image : image, given : cidr(/16../20) within 10.0.0.0/8) for " + providers + " {\n" +
         "  network main { " + network +
         "  subnet one : private { size = /24 }  subnet two : private { size = /24 } }\n"
         "  group app in main.one { image = image }\n  group web in main.two { image = image }\n"
         "  allow web -> app : tcp/443\n" +
         rest + "}\n";
}

std::optional<model::Design> built(const std::string& text, std::string* codes = nullptr) {
  Front front(text);
  const auto all = front.check();
  std::optional<model::Design> design;
  if (all.size() == 1 && all.front().has_value()) design = sema::build_design(*all.front(), front.found);
  for (const auto& one : front.found.all()) {
    if (codes != nullptr && one.code != "CRN0220") *codes += one.code;
  }
  return design;
}

std::string codes_of(const std::string& network, const std::string& providers = "azure", const std::string& rest = "") {
  std::string codes;
  built(pattern(network, providers, rest), &codes);
  return codes;
}

TEST_CASE("a network has the block of IPv6 that it says") {
  for (const char* space :
       {"[10.0.0.0/16, fd12:3456:789a::/56]", "[fd12:3456:789a::/56, 10.0.0.0/16]", "[given, fd12:3456:789a::/56]"}) {
    const auto design = built(pattern("space = " + std::string(space), "azure", ""));
    REQUIRE(design.has_value());
    const model::Network& network = design->networks[design->networks.ids().front()];
    REQUIRE(network.ipv6.has_value());
    const model::Parameter& block = design->parameters[*network.ipv6];
    CHECK(block.within == std::vector{*net::parse_prefix("fd12:3456:789a::/56")});
    CHECK(block.longest == 56);
    CHECK(model::has_family(*design, network.tiers.front(), net::Family::V6));
  }
  CHECK(codes_of("space = [10.0.0.0/16]").empty());
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/56]  ipv6 = true").empty());
}

TEST_CASE("it is one block of each family, of which it may have that one") {
  CHECK(codes_of("space = [10.0.0.0/16, 10.1.0.0/16]") == "CRN0434");
  CHECK(codes_of("space = [fd12:3456:789a::/56]") == "CRN0434");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/56, fd13::/56]") == "CRN0434");
  CHECK(codes_of("space = []") == "CRN0434");
  CHECK(codes_of("space = fd12:3456:789a::/56") == "CRN0410");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456::/47]") == "CRN0435");
  CHECK(codes_of("space = [10.0.0.0/16, fe80::/56]") == "CRN0435");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/65]") == "CRN0435");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/48]").empty());
  CHECK(codes_of("space = [10.0.0.0/16, 2001:db8:7:8::/56]").find("CRN") == 0);  // host bits
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/56]  ipv6 = false") == "CRN0436");
}

TEST_CASE("the tiers have room in it, a /64 a zone") {
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/62]").empty());
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/63]") == "CRN0401");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/64]") == "CRN0401");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/63]  zones = 1").empty());
}

TEST_CASE("a provider that gives networks their blocks takes none") {
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/56]", "aws") == "CRN0437");
  CHECK(codes_of("space = [10.0.0.0/16, fd12:3456:789a::/56]", "aws, azure") == "CRN0437");
  CHECK(codes_of("space = 10.0.0.0/16  ipv6 = true", "aws, azure").empty());
}

TEST_CASE("what is joined has blocks of IPv6 of its own") {
  const std::string main = "space = [10.0.0.0/16, fd12:3456:789a::/56]";
  const auto peered = [&](const std::string& block) {
    return codes_of(main, "azure",
                    "  network far { space = [10.1.0.0/16, " + block +
                        "]  subnet all : private { size = /24 } }\n  group there in far.all { image = image }\n"
                        "  peer main with far\n  allow app -> there : tcp/22\n");
  };
  CHECK(peered("fd12:3456:789b::/56").empty());
  CHECK(peered("fd12:3456:789a::/56") == "CRN0411");
  CHECK(peered("fd12:3456:789a::/60") == "CRN0411");
  const auto linked = [&](const std::string& block) {
    return codes_of(main, "azure",
                    "  site office { addresses = [192.168.0.0/24, " + block +
                        "] }\n  link main to office by direct\n  allow office -> app : tcp/22\n");
  };
  CHECK(linked("fd12:3456:789b::/56").empty());
  CHECK(linked("fd12:3456:789a:8::/64") == "CRN0411");
}

TEST_CASE("a network made elsewhere has what is said of it") {
  const auto design = built(pattern("space = 10.0.0.0/16", "azure",
                                    "  existing network hub = \"hub\" { space = [10.9.0.0/16, fd12::/56] }\n"
                                    "  peer main with hub\n  allow hub -> app : tcp/22\n"));
  REQUIRE(design.has_value());
  CHECK(design->sites[design->sites.ids().front()].addresses ==
        std::vector<model::LateBlock>{*net::parse_prefix("10.9.0.0/16"), *net::parse_prefix("fd12::/56")});
}

}  // namespace
}  // namespace crenel::tests
