#include <doctest/doctest.h>

#include "compiler/model/design.h"
#include "tests/unit/sema/front.h"

/// Networks that were made elsewhere.
namespace crenel::tests {
namespace {

std::string with_hub(const std::string& statements) {
  return "pattern p(image : image) {\n"
         "  site office { addresses = [172.16.0.0/16] }\n"
         "  network main { space = 10.0.0.0/16  subnet work : private { size = /24 } }\n"
         "  group worker in main.work { image = image }\n"
         "  existing network hub = \"vpc-0123456789abcdef0\" { space = 10.200.0.0/16 }\n" +
         statements + "\n}\n";
}

std::optional<model::Design> built(const std::string& statements, std::string* codes = nullptr) {
  Front front(with_hub(statements));
  const auto all = front.check();
  std::optional<model::Design> design;
  if (all.size() == 1 && all.front().has_value()) design = sema::build_design(*all.front(), front.found);
  for (const auto& one : front.found.all()) {
    if (codes != nullptr && one.code != "CRN0220") *codes += one.code;
  }
  return design;
}

std::string built_codes(const std::string& statements) {
  std::string codes;
  CHECK_FALSE(built(statements, &codes).has_value());
  return codes;
}

TEST_CASE("a network made elsewhere is a place outside, and a peering is the way there") {
  const auto design = built("  peer main with hub\n  allow worker -> hub : tcp/53\n  allow hub -> worker : tcp/443");
  REQUIRE(design.has_value());
  REQUIRE(design->sites.size() == 2);
  const model::Site& hub = design->sites[design->sites.ids().back()];
  CHECK(hub.addresses == std::vector<model::Late<net::Prefix>>{*net::parse_prefix("10.200.0.0/16")});
  REQUIRE(hub.network.has_value());
  CHECK(hub.network->id == model::Late<std::string>("vpc-0123456789abcdef0"));
  REQUIRE(design->links.size() == 1);
  const model::Link& link = design->links[design->links.ids().front()];
  CHECK(link.kind == model::LinkKind::Peering);
  CHECK(link.site == design->sites.ids().back());
  CHECK(design->peerings.size() == 0);
  CHECK(design->networks.size() == 1);
  CHECK(std::any_of(design->assumptions.begin(), design->assumptions.end(),
                    [](const std::string& said) { return said.find("`hub` is made elsewhere") == 0; }));
}

TEST_CASE("either side of a peering may be the one made elsewhere, and one of them has to be the design's") {
  CHECK(built("  peer hub with main\n  allow worker -> hub : tcp/53").has_value());
  CHECK(built_codes("  existing network far = \"vpc-1\" { space = 10.201.0.0/16 }\n  peer hub with far\n"
                    "  allow worker -> worker : tcp/53") == "CRN0462");
}

TEST_CASE("without a peering nothing leads there; two are one too many; one that nothing uses is told") {
  CHECK(built_codes("  allow worker -> hub : tcp/53") == "CRN0522");
  CHECK(built_codes("  peer main with hub\n  peer hub with main\n  allow worker -> hub : tcp/53") == "CRN0415");
}

TEST_CASE("what its owner decides is not asked of it") {
  const std::string peered = "  peer main with hub\n  allow worker -> hub : tcp/53\n";
  CHECK(built_codes(peered + "  link hub to office by direct") == "CRN0462");
  CHECK(built_codes(peered + "  guard g { watch = [hub] }").find("CRN0462") == 0);
  CHECK(built_codes(peered + "  allow worker -> internet : tcp/443 via hub") == "CRN0227");
  CHECK(built_codes("  existing network wide = \"vpc-1\" { space = 10.201.0.0/16  zones = 3 }") == "CRN0462");
  CHECK(built_codes("  existing network lost = \"vpc-1\"") == "CRN0209");
  CHECK(built_codes("  existing topic t = \"arn\" { labels = [a] }").find("CRN0") == 0);
  CHECK(
      built_codes("  store s\n  endpoint e in main.work for s\n" + peered + "  allow hub -> s : read").find("CRN055") !=
      std::string::npos);
}

TEST_CASE("what is off is not refused, and what is wrong in it is") {
  CHECK(codes_of(in_pattern("existing network s = \"vpc-1\" { space = 10.9.0.0/16 } when false")).empty());
  CHECK(codes_of(in_pattern("guard s { watch = [main]  revret = 5m } when false")) == "CRN0207");
  CHECK(codes_of(in_pattern("guard w { watch = [app] }")) == "CRN0202");
}

TEST_CASE("its addresses may not be the design's own") {
  CHECK(built_codes("  existing network near = \"vpc-1\" { space = 10.0.0.0/8 }\n  peer main with near\n"
                    "  allow worker -> near : tcp/53")
            .empty() == false);
}

}  // namespace
}  // namespace crenel::tests
