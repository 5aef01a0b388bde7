#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The compiler's reading of who may use which service against the interpreter's, over policies that nobody meant.
namespace crenel::agreement {

struct DataOutcome {
  std::uint64_t questions = 0;
  std::uint64_t admitted = 0;   ///< by the interpreter
  std::uint64_t undecided = 0;  ///< one of the two does not say
  std::uint64_t templates = 0;
  std::uint64_t disagreements = 0;
  std::vector<std::string> examples;  ///< at most a dozen, by the number of the template and the seed
};

/// Makes so many templates for the provider ("aws", "azure"), as `random_documents.h` tells, and asks every question of
/// each. The same seed makes the same.
[[nodiscard]] DataOutcome agree_on_data_at_random(std::string_view provider, std::uint64_t templates,
                                                  std::uint64_t seed);

}  // namespace crenel::agreement
