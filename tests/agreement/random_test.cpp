#include <doctest/doctest.h>

#include "tests/agreement/random_agreement.h"
#include "tests/agreement/trials.h"

namespace {

/// A bounded run of what `crenel_agreement` does at length.
void check_at_random(std::string_view provider) {
  const auto trials = crenel::agreement::trials_of(
      {CRENEL_SOURCE_DIR "/tests/agreement/programs", CRENEL_SOURCE_DIR "/stdlib/patterns"}, provider);
  constexpr std::uint64_t kSamples = 100'000;
  const auto outcome = crenel::agreement::agree_at_random(trials.trials, kSamples, 1);
  for (const std::string& example : outcome.examples) FAIL_CHECK(example);
  CHECK(outcome.disagreements == 0);
  CHECK(outcome.samples == kSamples);
  // else little was asked
  CHECK(outcome.admitted > kSamples / 200);
  CHECK(outcome.undecided < kSamples / 4);
  CHECK(outcome.unread < outcome.templates / 2);
}

}  // namespace

TEST_CASE("the engine and the interpreter of AWS agree on templates that nobody meant") { check_at_random("aws"); }
TEST_CASE("the engine and the interpreter of Azure agree on templates that nobody meant") { check_at_random("azure"); }
