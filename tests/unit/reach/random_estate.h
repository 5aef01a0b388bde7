#pragma once

#include <cstdint>

#include "compiler/estate/estate.h"

namespace crenel::reach_tests {

/// An estate of small blocks, with some of everything; the same for the same seed.
[[nodiscard]] estate::Estate random_estate(std::uint64_t seed);

/// Nothing in it is unknown, or depends on where something is.
[[nodiscard]] bool is_certain(const estate::Estate& estate);

}  // namespace crenel::reach_tests
