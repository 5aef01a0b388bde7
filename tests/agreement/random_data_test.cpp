#include "tests/agreement/random_data.h"

#include <doctest/doctest.h>

namespace {

/// A bounded run of what `crenel_agreement` does at length.
void check_at_random(std::string_view provider, std::uint64_t templates) {
  const auto outcome = crenel::agreement::agree_on_data_at_random(provider, templates, 1);
  for (const std::string& example : outcome.examples) FAIL_CHECK(example);
  CHECK(outcome.disagreements == 0);
  // else little was asked
  CHECK(outcome.admitted > outcome.questions / 100);
  CHECK(outcome.undecided < outcome.questions / 4);
}

}  // namespace

TEST_CASE("the compiler and the interpreter agree on who uses which service of AWS, by policies that nobody meant") {
  check_at_random("aws", 12);
}

TEST_CASE("the compiler and the interpreter agree on who uses which service of Azure, by roles that nobody meant") {
  check_at_random("azure", 60);
}
