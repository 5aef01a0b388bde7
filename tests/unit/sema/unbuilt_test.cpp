#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Constructs that are checked and refused: once each, and only when they are there.
namespace crenel::tests {
namespace {

TEST_CASE("declarations that no back end takes: CRN0801") {
  for (const char* text : {"existing network s = \"vpc-1\"", "existing network other = \"vpc-2\""}) {
    CAPTURE(text);
    const std::string codes = codes_of(in_pattern(text));
    CHECK(codes.find("CRN0801") == 0);
    CHECK(codes.find("CRN02") == std::string::npos);
  }
}

TEST_CASE("clauses: CRN0802") {
  CHECK(
      codes_of("pattern p() { network n { space = 10.0.0.0/16  ipv6 = true  subnet t : private { size = /24 } } }\n") ==
      "CRN0802");
}

TEST_CASE("one error a construct and target, at the first, with the number of the others") {
  Front front(
      in_pattern("existing network a = \"vpc-1\"\nexisting network b = \"vpc-2\"\nexisting network c = \"vpc-3\""));
  front.check();
  CHECK(front.codes() == "CRN0801");
  CHECK(front.at(0).find('a') != std::string::npos);
  REQUIRE(front.one().notes.size() == 1);
  CHECK(front.one().notes[0].message == "2 more of them in this target");
}

TEST_CASE("what is off is not refused, and what is wrong in it is") {
  CHECK(codes_of(in_pattern("existing network s = \"vpc-1\" when false")).empty());
  CHECK(codes_of(in_pattern("guard s { watch = [main]  revret = 5m } when false")) == "CRN0207");
  CHECK(codes_of(in_pattern("guard s { watch = [main]  revret = 5m }")) == "CRN0207");
  CHECK(codes_of(in_pattern("guard w { watch = [app] }")) == "CRN0202");
}

}  // namespace
}  // namespace crenel::tests
