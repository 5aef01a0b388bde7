#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Constructs that are checked and refused: once each, and only when they are there.
namespace crenel::tests {
namespace {

TEST_CASE("declarations that no back end takes: CRN0801") {
  for (const char* text :
       {"store s", "queue s { retry = 3 }", "topic s", "table s", "vault s", "agent s { }",
        "database s in main.app { engine = postgres16 }", "appliance s in main.app { image = \"i\" }",
        "function s in main.app { code = \"x\"  runtime = \"r\" }", "guard s { watch = [main] }",
        "existing store s = \"arn\"", "existing network s = \"vpc-1\""}) {
    CAPTURE(text);
    const std::string codes = codes_of(in_pattern(text));
    CHECK(codes.find("CRN0801") == 0);
    CHECK(codes.find("CRN02") == std::string::npos);
  }
  CHECK(codes_of(in_pattern("store s\nendpoint e in main.app for s")) == "CRN0801 CRN0801");
}

TEST_CASE("clauses: CRN0802") {
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\"  on aws { override \"X\" { \"A\" = 1 } } }")) ==
        "CRN0802");
  CHECK(codes_of(in_pattern("site s { addresses = [172.16.0.0/16]  identities = [\"me\"] }")) == "CRN0802");
  CHECK(
      codes_of("pattern p() { network n { space = 10.0.0.0/16  ipv6 = true  subnet t : private { size = /24 } } }\n") ==
      "CRN0802");
  CHECK(codes_of(in_pattern("queue q\ngroup b in main.app { image = \"i\"  scale = 0..4 by queued(q) }")) ==
        "CRN0801 CRN0802");
  CHECK(codes_of(in_pattern("verbatim aws \"X\" = \"{}\"")) == "CRN0801");
}

TEST_CASE("data actions: CRN0803") {
  CHECK(codes_of(in_pattern("store s\nallow app -> s : read, write")) == "CRN0801 CRN0803");
  CHECK(codes_of(in_pattern("never app -> app : invoke")) == "CRN0803");
}

TEST_CASE("one error a construct and target, at the first, with the number of the others") {
  Front front(in_pattern("store a\nstore b\nqueue c\nstore d"));
  front.check();
  CHECK(front.codes() == "CRN0801 CRN0801");
  CHECK(front.at(0) == "a");
  REQUIRE(front.one().notes.size() == 1);
  CHECK(front.one().notes[0].message == "2 more of them in this target");
  CHECK(front.at(1) == "c");
}

TEST_CASE("what is off is not refused, and what is wrong in it is") {
  CHECK(codes_of(in_pattern("store s when false")).empty());
  CHECK(codes_of(in_pattern("store s { lokc = 1d } when false")) == "CRN0207");
  CHECK(codes_of(in_pattern("store s { lokc = 1d }")) == "CRN0207 CRN0801");
  CHECK(codes_of(in_pattern("guard w { watch = [app] }")) == "CRN0202 CRN0801");
}

}  // namespace
}  // namespace crenel::tests
