#pragma once

#include <string>
#include <vector>

#include "compiler/verify/compare_data.h"
#include "compiler/verify/relation.h"
#include "compiler/verify/verify.h"

/// Claims about data actions, decided over what a template lets whom do.
namespace crenel::verify {

/// What an estate lets whom do with the services of a design, as steps of a relation. Everybody whom the design does
/// not declare is somebody outside; where an access comes by private paths, from any address.
[[nodiscard]] std::vector<Step> requests_of(const model::Design& design, const estate::Estate& estate,
                                            const BlockFamily& family);

/// The claims that do not hold over an estate, or of which it is open, as far as they are about data actions: packets
/// are taken as the design declares them. A claim that says nothing is none of them.
[[nodiscard]] std::vector<OpenClaim> open_claims(const model::Design& design, const estate::Estate& estate,
                                                 const BlockFamily& family);

}  // namespace crenel::verify
