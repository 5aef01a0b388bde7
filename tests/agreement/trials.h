#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tests/agreement/random_agreement.h"

namespace crenel::agreement {

/// Templates to try things on, with the designs that they were made from.
struct Trials {
  std::vector<backend::Backend> backends;
  std::deque<model::Design> designs;
  std::vector<Trial> trials;
};

/// Of every program in the folders, for one provider ("aws") or, when empty, for each. Throws when one does not build.
[[nodiscard]] Trials trials_of(const std::vector<std::string>& folders, std::string_view provider);

/// The paths of the programs in a folder, sorted.
[[nodiscard]] std::vector<std::string> programs_in(const std::string& folder);

}  // namespace crenel::agreement
