#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace crenel::tests {

/// How a program ended and what it said.
struct Outcome {
  int exit_code = 0;  ///< 128 + the signal's number where a signal ended it
  std::string out;
  std::string err;
  double milliseconds = 0;     ///< from its start to its end, by the wall's clock
  std::size_t peak_bytes = 0;  ///< the most memory it held at once
};

/// In which surroundings a program runs: those of the test where nothing is said.
struct Surroundings {
  std::filesystem::path folder;
  std::vector<std::pair<std::string, std::string>> variables;
};

/// Runs a program to its end.
[[nodiscard]] Outcome run(const std::vector<std::string>& command, const Surroundings& surroundings = {});

/// The `crenel` that was built with the tests.
[[nodiscard]] std::filesystem::path crenel_program();

/// Runs it.
[[nodiscard]] Outcome run_crenel(std::vector<std::string> arguments, const Surroundings& surroundings = {});

}  // namespace crenel::tests
