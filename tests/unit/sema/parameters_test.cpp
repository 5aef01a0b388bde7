#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// What binds a parameter, and what becomes of one that nothing binds.
namespace crenel::tests {
namespace {

const std::string kInner =
    "/// Inner.\npattern inner(\n  /// The block.\n  space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16,\n"
    "  image : image,\n  key : secret,\n  zones : int(1..3) = 2,\n) {\n"
    "  network n { space = space  zones = zones  subnet t : private { size = /24 } }\n"
    "  site s { addresses = [172.16.0.0/16]  device = 203.0.113.9 }\n  link n to s by vpn { key = key }\n"
    "  group g in n.t { image = image }\n}\n";

TEST_CASE("unbound, what can wait becomes a parameter of the template, in the order of the source") {
  Front front(kInner);
  const auto all = front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  REQUIRE(all.size() == 1);
  const auto& parameters = all[0]->parameters;
  REQUIRE(parameters.size() == 3);
  const auto& space = parameters[model::ParameterId(0)];
  CHECK(space.origin.path == model::Path{"space"});
  CHECK(space.origin.doc == "The block.");
  CHECK(space.kind == model::ParameterKind::Cidr);
  CHECK(space.shortest == 16);
  CHECK(space.longest == 20);
  CHECK(space.within == std::vector<net::Prefix>{*net::parse_prefix("10.0.0.0/8")});
  CHECK(space.default_value == "10.0.0.0/16");
  CHECK(parameters[model::ParameterId(1)].origin.path == model::Path{"image"});
  CHECK(parameters[model::ParameterId(2)].kind == model::ParameterKind::Secret);
  CHECK_FALSE(parameters[model::ParameterId(2)].default_value);
}

TEST_CASE("bound, a parameter is folded in") {
  Front front(kInner);
  const std::string dump = front.dump({{"space", "10.1.0.0/20"}, {"zones", "3"}});
  CHECK(dump.find("space = 10.1.0.0/20") != std::string::npos);
  CHECK(dump.find("zones = 3") != std::string::npos);
  CHECK(dump.find("parameter space") == std::string::npos);
  CHECK(dump.find("parameter image : image") != std::string::npos);
}

TEST_CASE("in a stack a parameter has the path that leads to it") {
  const std::string stack = kInner +
                            "environment prod { stage = prod }\nstack shop on aws in prod {\n  region = eu_west_1\n"
                            "  use inner(image: \"i\") as net\n}\n";
  Front front(stack);
  const auto all = front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  REQUIRE(all.size() == 2);
  const auto& elaboration = *all[0];
  CHECK(elaboration.name == "shop.prod");
  CHECK_FALSE(elaboration.parameterised);
  CHECK(elaboration.region == "eu_west_1");
  REQUIRE(elaboration.environment);
  CHECK(elaboration.environment->stage == "prod");
  REQUIRE(elaboration.parameters.size() == 2);
  CHECK(elaboration.parameters[model::ParameterId(0)].origin.path == model::Path{"net", "space"});
  CHECK(elaboration.parameters[model::ParameterId(1)].origin.path == model::Path{"net", "key"});
  Front bound(stack);
  CHECK(bound.dump({{"net.space", "10.2.0.0/16"}}).find("space = 10.2.0.0/16") != std::string::npos);
  CHECK(bound.codes().empty());
}

TEST_CASE("--set names what a target leaves open, once: CRN0702 CRN0703") {
  const auto codes = [&](const std::vector<sema::Binding>& bindings) {
    Front front(kInner);
    front.check(bindings);
    return front.codes();
  };
  CHECK(codes({{"spcae", "10.0.0.0/16"}}) == "CRN0702");
  CHECK(codes({{"zones", "3"}, {"zones", "2"}}) == "CRN0703");
  CHECK(codes({{"zones", "4"}}) == "CRN0302");
  CHECK(codes({{"zones", "\"three\""}}) == "CRN0301");
  CHECK(codes({{"zones", "= ="}}).find("CRN01") == 0);
  CHECK(codes({{"zones", "nowhere"}}) == "CRN0201");
  // What the source of a `use` gives is not left open.
  Front given(kInner + "pattern q() { use inner(image: \"i\", key: k) as net }\n");
  given.check({{"net.image", "\"j\""}});
  CHECK(given.codes().find("CRN0702") != std::string::npos);
}

TEST_CASE("a handbook binds its patterns, and the command line goes before it") {
  const std::string handbook = kInner + "handbook \"h\" { patterns = [inner(zones: 3)] }\n";
  Front front(handbook);
  CHECK(front.dump().find("zones = 3") != std::string::npos);
  Front bound(handbook);
  CHECK(bound.dump({{"zones", "1"}}).find("zones = 1") != std::string::npos);
  CHECK(codes_of(kInner + "handbook \"h\" { patterns = [inner(zones: 5)] }\n") == "CRN0302");
  CHECK(codes_of(kInner + "handbook \"h\" { patterns = [inner(3)] }\n") == "CRN0214");
}

TEST_CASE("structure cannot wait: CRN0314 CRN0315") {
  Front unbound(
      "pattern p(n : int(1..3)) { network m { space = 10.0.0.0/16  zones = n  subnet t : private { size = /24 } } }\n");
  unbound.check();
  CHECK(unbound.codes() == "CRN0314");
  CHECK(unbound.one().message == "`n` has no value, and `zones` of network `m` cannot be left to deployment");
  Front bound(
      "pattern p(n : int(1..3)) { network m { space = 10.0.0.0/16  zones = n  subnet t : private { size = /24 } } }\n");
  bound.check({{"n", "2"}});
  CHECK(bound.codes().empty());
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\" } when on", "on : bool")) == "CRN0314");
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\"  boot = script }", "script : string")) == "CRN0315");
  // Nothing needs it, so nothing is wrong but that.
  CHECK(codes_of("pattern p(n : int(1..3)) { }\n") == "CRN0220");
}

TEST_CASE("an unbound parameter is handed on when its bound is tight enough: CRN0316 CRN0301") {
  const auto outer = [&](const std::string& type) {
    return codes_of(kInner + "pattern q(space : " + type + ") { use inner(space: space, image: \"i\") as net }\n");
  };
  CHECK(outer("cidr(/16../20) within 10.0.0.0/8").empty());
  CHECK(outer("cidr(/18../19) within 10.4.0.0/14").empty());
  CHECK(outer("cidr(/16../24) within 10.0.0.0/8") == "CRN0316");
  CHECK(outer("cidr(/16../20)") == "CRN0316");
  CHECK(outer("ip") == "CRN0301");
  Front front(kInner +
              "pattern q(block : cidr(/17) within 10.0.0.0/8) { use inner(space: block, image: \"i\") as net }\n");
  const auto all = front.check();
  REQUIRE(all.size() == 2);
  REQUIRE(all[1]);
  CHECK(all[1]->parameters[model::ParameterId(0)].origin.path == model::Path{"block"});
  CHECK(all[1]->parameters[model::ParameterId(1)].origin.path == model::Path{"net", "key"});
}

TEST_CASE("a parameter that nothing mentions is a warning; one that is off is left out: CRN0220") {
  Front front(in_pattern("site desk { addresses = [home] } when direct",
                         "home : cidr(/32) = 203.0.113.7/32, direct : bool = false, spare : image"));
  const auto all = front.check();
  CHECK(front.codes() == "CRN0220");
  CHECK(front.at(0) == "spare");
  REQUIRE(all[0]);
  CHECK(all[0]->parameters.empty());
}

TEST_CASE("a parameter may be a thing: a door that the pattern offers") {
  const std::string door =
      "import std/services { postgres }\npattern base(readers : list of group = [], one : group) {\n"
      "  network n { space = 10.0.0.0/16  subnet t : private { size = /24 } }\n"
      "  group db in n.t { image = \"i\" }\n  allow readers -> db : postgres\n  only readers, one -> db : "
      "postgres\n}\n";
  const std::string stack =
      "environment e { }\nstack s on aws in e { region = r\n  use base(readers: [x, y], one: x) as b\n"
      "  group x in b.n.t { image = \"i\" }\n  group y in b.n.t { image = \"i\" } }\n";
  Front front(door + stack);
  const std::string dump = front.dump();
  CHECK_MESSAGE(dump.find("allow x, y -> b.db : postgres\n    [x, y] -> b.db : tcp/5432") != std::string::npos, dump);
  CHECK(dump.find("claim only x, y, x -> b.db : postgres") != std::string::npos);
  // Alone, `readers` is empty, and `one` is missing where a claim needs it.
  Front alone(door);
  alone.check();
  CHECK(alone.codes() == "CRN0314");
  CHECK(codes_of(door + "pattern q() { network m { space = 10.1.0.0/16  subnet t : private { size = /24 } }\n use "
                        "base(readers: [m], one: m) as b }\n")
            .find("CRN0202") != std::string::npos);
}

}  // namespace
}  // namespace crenel::tests
