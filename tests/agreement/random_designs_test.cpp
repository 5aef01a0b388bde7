#include "tests/agreement/random_designs.h"

#include <doctest/doctest.h>

namespace {

/// A bounded run of what `crenel_agreement` does at length.
void check_designs(std::string_view provider) {
  constexpr std::uint64_t kDesigns = 60;
  const auto outcome = crenel::agreement::agree_on_designs(provider, kDesigns, 1);
  for (const std::string& fault : outcome.faults) FAIL_CHECK(fault);
  CHECK(outcome.drawn == kDesigns);
  // else little was tried
  CHECK(outcome.built > kDesigns / 2);
  CHECK(outcome.flows > outcome.built);
  CHECK(outcome.admitted > outcome.built * 10);
}

}  // namespace

TEST_CASE("designs that nobody wrote are built for AWS as they are declared, or refused") { check_designs("aws"); }
TEST_CASE("designs that nobody wrote are built for Azure as they are declared, or refused") { check_designs("azure"); }
