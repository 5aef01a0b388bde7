#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "tests/agreement/random_agreement.h"
#include "tests/agreement/random_data.h"
#include "tests/agreement/random_designs.h"
#include "tests/agreement/trials.h"

/// crenel_agreement [SAMPLES [SEED [NAME]]]: the engine against the interpreters, for each provider on so many random
/// packets (ten million) of templates changed at random, and on who uses which service, by one template with random
/// policies for each ten thousand of them; and the whole compiler on as many random designs. All of "packets on aws",
/// "packets on azure", "data on aws", "data on azure", "designs on aws" and "designs on azure", or those that hold
/// NAME. Exit status 0 when nothing ever disagrees.
///
/// crenel_agreement FILE.crenel: the same for one design, `pattern … for aws` or `for azure`.
namespace {

using namespace crenel::agreement;

unsigned long long shown(std::uint64_t number) { return number; }

bool agree_on_packets(const std::string& provider, std::uint64_t samples, std::uint64_t seed) {
  const auto trials =
      trials_of({CRENEL_SOURCE_DIR "/tests/agreement/programs", CRENEL_SOURCE_DIR "/stdlib/patterns"}, provider);
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = agree_at_random(trials.trials, samples, seed);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf(
      "%s: %llu packets of %llu templates (%llu of them not read), %llu admitted, %llu undecided, "
      "%llu disagreements, %.1f s\n",
      provider.c_str(), shown(outcome.samples), shown(outcome.templates), shown(outcome.unread),
      shown(outcome.admitted), shown(outcome.undecided), shown(outcome.disagreements), took.count());
  for (const std::string& example : outcome.examples) std::printf("  %s", example.c_str());
  return outcome.disagreements == 0;
}

bool agree_on_data(const std::string& provider, std::uint64_t templates, std::uint64_t seed) {
  const auto outcome = agree_on_data_at_random(provider, templates, seed);
  std::printf("data on %s: %llu questions of %llu templates, %llu admitted, %llu undecided, %llu disagreements\n",
              provider.c_str(), shown(outcome.questions), shown(outcome.templates), shown(outcome.admitted),
              shown(outcome.undecided), shown(outcome.disagreements));
  for (const std::string& example : outcome.examples) std::printf("  %s", example.c_str());
  return outcome.disagreements == 0;
}

bool shows(const std::string& provider, const DesignsOutcome& outcome) {
  std::printf(
      "designs on %s: %zu drawn, %zu built with %zu flows and %zu of data, %zu packets, %zu admitted, %zu faults\n",
      provider.c_str(), outcome.drawn, outcome.built, outcome.flows, outcome.data_flows, outcome.packets,
      outcome.admitted, outcome.faults.size());
  for (const auto& [code, lines] : outcome.refused) std::printf("  %s refused %zu lines\n", code.c_str(), lines);
  for (const std::string& fault : outcome.faults) std::printf("%s\n", fault.c_str());
  return outcome.faults.empty();
}

/// A program that stands in a file, for the provider that it is for.
bool agree_on_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::invalid_argument(path + " cannot be read");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  bool agree = true;
  if (text.find(" for aws") == std::string::npos && text.find(" for azure") == std::string::npos) {
    throw std::invalid_argument(path + " is for neither provider: say `pattern … for aws` or `for azure`");
  }
  for (const std::string provider : {"aws", "azure"}) {
    if (text.find(" for " + provider) != std::string::npos)
      agree = shows(provider, agree_on_design(provider, text)) && agree;
  }
  return agree;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 2 && std::string(argv[1]).ends_with(".crenel")) return agree_on_file(argv[1]) ? 0 : 1;
    const std::uint64_t samples = argc > 1 ? std::stoull(argv[1]) : 10'000'000;
    const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;
    const std::string wanted = argc > 3 ? argv[3] : "";
    bool agree = true;
    for (const std::string provider : {"aws", "azure"}) {
      if (("packets on " + provider).find(wanted) != std::string::npos) {
        agree = agree_on_packets(provider, samples, seed) && agree;
      }
    }
    for (const std::string provider : {"aws", "azure"}) {
      if (("data on " + provider).find(wanted) != std::string::npos) {
        agree = agree_on_data(provider, samples / 10'000, seed) && agree;
      }
    }
    for (const std::string provider : {"aws", "azure"}) {
      if (("designs on " + provider).find(wanted) != std::string::npos) {
        agree = shows(provider, agree_on_designs(provider, samples / 10'000, seed)) && agree;
      }
    }
    return agree ? 0 : 1;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "crenel_agreement: %s\n", fault.what());
    return 2;
  }
}
