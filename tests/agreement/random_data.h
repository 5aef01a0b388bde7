#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// The compiler's reading of who may use which service against the interpreter's, over policies that nobody meant.
namespace crenel::agreement {

struct DataOutcome {
  std::uint64_t questions = 0;
  std::uint64_t admitted = 0;   ///< by the interpreter
  std::uint64_t undecided = 0;  ///< one of the two does not say
  std::uint64_t templates = 0;
  std::uint64_t disagreements = 0;
  std::vector<std::string> examples;  ///< at most a dozen, with the template's policies
};

/// Makes so many templates for AWS with policies at random on both sides, on endpoints and on keys, and asks every
/// question of each. The same seed makes the same.
[[nodiscard]] DataOutcome agree_on_data_at_random(std::uint64_t templates, std::uint64_t seed);

}  // namespace crenel::agreement
