#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What is fuzzed. A program has one target, and one of the two mains: libFuzzer's, or our own.
namespace crenel::fuzz {

struct Target {
  std::string_view name;
  /// Tries one input; ends the program when a promise is broken.
  void (*run)(std::string_view input);
  /// Whether a file of the project, by its path, is an input to start from.
  bool (*is_seed)(std::string_view path);
  /// Words that inputs of this kind are made of.
  std::vector<std::string_view> words;
  bool documents = false;  ///< inputs are JSON or YAML: also change them part by part, so that they stay readable
};

/// Defined by the program's own file.
[[nodiscard]] const Target& target();

/// A promise that must hold whatever the input is.
void promise(bool kept, std::string_view what);

}  // namespace crenel::fuzz
