#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>

#include "tests/agreement/random_agreement.h"
#include "tests/agreement/random_data.h"
#include "tests/agreement/trials.h"

/// crenel_agreement [SAMPLES [SEED]]: the engine against the interpreters, for each provider on so many random packets
/// (ten million) of templates changed at random, and on who uses which service, by one template with random policies
/// for each ten thousand of them. Exit status 0 when they never disagree.
int main(int argc, char** argv) {
  try {
    const std::uint64_t samples = argc > 1 ? std::stoull(argv[1]) : 10'000'000;
    const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;
    bool agree = true;
    for (const char* provider : {"aws", "azure"}) {
      const auto trials = crenel::agreement::trials_of(
          {CRENEL_SOURCE_DIR "/tests/agreement/programs", CRENEL_SOURCE_DIR "/stdlib/patterns"}, provider);
      const auto start = std::chrono::steady_clock::now();
      const auto outcome = crenel::agreement::agree_at_random(trials.trials, samples, seed);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      std::printf(
          "%s: %llu packets of %llu templates (%llu of them not read), %llu admitted, %llu undecided, "
          "%llu disagreements, %.1f s\n",
          provider, static_cast<unsigned long long>(outcome.samples),
          static_cast<unsigned long long>(outcome.templates), static_cast<unsigned long long>(outcome.unread),
          static_cast<unsigned long long>(outcome.admitted), static_cast<unsigned long long>(outcome.undecided),
          static_cast<unsigned long long>(outcome.disagreements), took.count());
      for (const std::string& example : outcome.examples) std::printf("  %s", example.c_str());
      agree = agree && outcome.disagreements == 0;
    }
    const auto data = crenel::agreement::agree_on_data_at_random(samples / 10'000, seed);
    std::printf("data on aws: %llu questions of %llu templates, %llu admitted, %llu undecided, %llu disagreements\n",
                static_cast<unsigned long long>(data.questions), static_cast<unsigned long long>(data.templates),
                static_cast<unsigned long long>(data.admitted), static_cast<unsigned long long>(data.undecided),
                static_cast<unsigned long long>(data.disagreements));
    for (const std::string& example : data.examples) std::printf("  %s", example.c_str());
    return agree && data.disagreements == 0 ? 0 : 1;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "crenel_agreement: %s\n", fault.what());
    return 2;
  }
}
