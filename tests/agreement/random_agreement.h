#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

/// The engine against the interpreters, over templates that the compiler made and that were changed at random.
namespace crenel::agreement {

struct RandomOutcome {
  std::uint64_t samples = 0;    ///< (template, packet)
  std::uint64_t admitted = 0;   ///< by the interpreter
  std::uint64_t undecided = 0;  ///< the engine does not say
  std::uint64_t templates = 0;  ///< tried
  std::uint64_t unread = 0;     ///< changed so that one of the two does not read it
  std::uint64_t disagreements = 0;
  std::vector<std::string> examples;  ///< at most a dozen
};

struct Trial {
  const model::Design* design = nullptr;
  const backend::Backend* backend = nullptr;
  std::string text;  ///< of the template
};

/// Asks about `samples` packets in all, spread over the trials' templates, each changed by nothing, one or two things.
/// The same seed asks the same.
[[nodiscard]] RandomOutcome agree_at_random(const std::vector<Trial>& trials, std::uint64_t samples,
                                            std::uint64_t seed);

}  // namespace crenel::agreement
