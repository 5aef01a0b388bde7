#pragma once

#include <vector>

#include "compiler/verify/changes.h"
#include "compiler/verify/compare_blocks.h"

/// What changed in what two estates let whom do with services.
namespace crenel::verify {

/// By the names of the ends, which are the declared ones where a design is known, else what their resources' names say.
/// The estates have one list of symbols. `family`: what is known of the parameters; none: nothing is.
[[nodiscard]] std::vector<Change> data_changes(const estate::Estate& older, const estate::Estate& newer,
                                               const model::Design* design, const BlockFamily* family);

}  // namespace crenel::verify
