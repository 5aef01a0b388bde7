#include "tests/agreement/random_data.h"

#include <doctest/doctest.h>

TEST_CASE("the compiler and the interpreter agree on who uses which service of AWS, by policies that nobody meant") {
  constexpr std::uint64_t kTemplates = 12;
  const auto outcome = crenel::agreement::agree_on_data_at_random(kTemplates, 1);
  for (const std::string& example : outcome.examples) FAIL_CHECK(example);
  CHECK(outcome.disagreements == 0);
  // else little was asked
  CHECK(outcome.admitted > outcome.questions / 100);
  CHECK(outcome.undecided < outcome.questions / 4);
}
