#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// What is in a file without belonging to a target.
namespace crenel::tests {
namespace {

std::string policy(const std::string& rules) { return "policy base {\n" + rules + "\n}\n"; }
const std::string kRule = "rule r : error because \"x\" never internet -> inside";

TEST_CASE("policies: CRN0708 CRN0711 CRN0201 CRN0222") {
  CHECK(codes_of(policy(kRule)).empty());
  CHECK(codes_of(policy(kRule + "\n" + kRule)) == "CRN0708");
  CHECK(codes_of(policy("rule r : error never internet -> inside")) == "CRN0711");
  CHECK(codes_of(policy("rule r : error because \"x\" because \"y\" never internet -> inside")) == "CRN0711");
  CHECK(codes_of(policy("rule r : error because \"x\" never internet -> insde")) == "CRN0201");
  CHECK(codes_of(policy("rule r : error because \"x\" never internet -> inside : admn")) == "CRN0222");
  CHECK(codes_of(policy("rule r : error because \"x\" never any -> every group g where g.immutable")).empty());
  CHECK(codes_of(policy(kRule + "\nunder other")) == "CRN0201");
}

TEST_CASE("waivers: CRN0709 CRN0210 CRN0201 CRN0307") {
  const auto waiver = [](const std::string& rule, const std::string& clauses) {
    Front front(
        Files{{"main.crenel", policy(kRule) + "environment e { waivers = \"w.crenel\" }\n"
                                              "stack a on aws in e { region = eu_west_1 }\n"},
              {"w.crenel", "import \"main.crenel\" { base, a }\nwaive " + rule + " for group a.b\n" + clauses + "\n"}});
    front.check();
    return front.codes();
  };
  const std::string all = "because \"b\" owner \"o\" ticket \"t\" until 2027-01-31";
  CHECK(waiver("base.r", all).empty());
  CHECK(waiver("base.s", all) == "CRN0210");
  CHECK(waiver("bsae.r", all) == "CRN0201");
  CHECK(waiver("base.r", "because \"b\" owner \"o\" ticket \"t\"") == "CRN0709");
  CHECK(waiver("base.r", "because \"b\" until 2027-01-31") == "CRN0709 CRN0709");
  CHECK(waiver("base.r", all + " owner \"p\"") == "CRN0709");
  CHECK(waiver("base.r", "because \"b\" owner \"o\" ticket \"t\" until 2027-02-30") == "CRN0307");
}

TEST_CASE("tests: names, arguments and claims are checked") {
  const std::string pattern =
      "pattern t(n : int(1..3) = 2) { network m { space = 10.0.0.0/16  zones = n  subnet a : private { size = /24 } }\n"
      "  group g in m.a { image = \"i\" } }\n";
  const auto test = [&](const std::string& head, const std::string& body) {
    return codes_of(pattern + "test \"x\" of " + head + " {\n" + body + "\n}\n");
  };
  CHECK(test("t(n: 3)", "never internet -> g").empty());
  CHECK(test("t(n: 4)", "never internet -> g") == "CRN0302");
  CHECK(test("t(m: 3)", "never internet -> g") == "CRN0212");
  CHECK(test("u()", "never internet -> g") == "CRN0201");
  CHECK(test("t()", "never internet -> h") == "CRN0201");
  CHECK(test("t() on gcp", "never internet -> g") == "CRN0218");
  CHECK(test("t() in nowhere", "never internet -> g") == "CRN0201");
  CHECK(test("t()", "under nobody") == "CRN0201");
}

TEST_CASE("environments and module-level values") {
  CHECK(codes_of("environment e { stage = prod  regions = [a, b]  network_admins = [\"n\"]  owner = \"o\"\n"
                 "  on aws { account = \"1\"  quota = 3 } }\n")
            .empty());
  CHECK(codes_of("environment e { stagee = prod }\n") == "CRN0207");
  CHECK(codes_of("environment e { stage = \"prod\" }\n") == "CRN0301");
  CHECK(codes_of("environment e { network_admins = \"n\" }\n") == "CRN0301");
  CHECK(codes_of("environment e { on aws { acount = \"1\" } }\n") == "CRN0207");
  CHECK(codes_of("addresses a = [10.0.0.1/8]\n") == "CRN0303");
  CHECK(codes_of("site s { addresses = [10.0.0.0/8]  devce = 203.0.113.1 }\n") == "CRN0207");
  CHECK(codes_of("agent a { cloud_native = 3 }\n") == "CRN0301");
}

TEST_CASE("a site of a file is in the targets that refer to it, and in no other") {
  const std::string text =
      "site office { addresses = [203.0.113.0/28] }\nsite spare { addresses = [198.51.100.0/28] }\n" +
      in_pattern("never office -> app");
  Front front(text);
  const std::string dump = front.dump();
  CHECK(dump.find("site office") != std::string::npos);
  CHECK(dump.find("site spare") == std::string::npos);
  CHECK(dump.find("site office") < dump.find("network main"));
}

}  // namespace
}  // namespace crenel::tests
