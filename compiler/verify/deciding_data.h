#pragma once

#include "compiler/verify/compare_data.h"
#include "compiler/verify/deciding.h"

/// What decides about data actions.
namespace crenel::verify {

/// Every access as it concerns those whom it lets in.
[[nodiscard]] std::vector<Grant> grants_of(const model::Design& design, const estate::Estate& estate,
                                           const BlockFamily& family);
/// Adds the grants, what of them lets each data flow through, and what they come to for each pair of ends.
void decide_data(const model::Design& design, const estate::Estate& estate, const BlockFamily& family, Deciding& out);

}  // namespace crenel::verify
