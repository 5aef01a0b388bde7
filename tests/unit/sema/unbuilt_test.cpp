#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Constructs that are checked and refused: once each, and only when they are there.
namespace crenel::tests {
namespace {

TEST_CASE("clauses: CRN0802") {
  CHECK(
      codes_of("pattern p() { network n { space = 10.0.0.0/16  ipv6 = true  subnet t : private { size = /24 } } }\n") ==
      "CRN0802");
}

TEST_CASE("what is off is not refused, and what is wrong in it is") {
  CHECK(codes_of(in_pattern("guard s { watch = [main]  revret = 5m } when false")) == "CRN0207");
  CHECK(codes_of(in_pattern("guard s { watch = [main]  revret = 5m }")) == "CRN0207");
  CHECK(codes_of(in_pattern("guard w { watch = [app] }")) == "CRN0202");
}

}  // namespace
}  // namespace crenel::tests
