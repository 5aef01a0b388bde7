#pragma once

#include <vector>

#include "compiler/driver/diff_certificates.h"
#include "compiler/estate/estate.h"

namespace crenel::driver {

/// Networks, subnets and links of one name whose addresses are others now, in the newer one's order. A change of `what`
/// "addresses": nobody reaches anybody else by it, and what is deployed is moved.
[[nodiscard]] std::vector<BesideChange> moved_addresses(const estate::Estate& older, const estate::Estate& newer);

}  // namespace crenel::driver
