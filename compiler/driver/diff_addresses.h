#pragma once

#include <string>
#include <vector>

#include "compiler/driver/diff_certificates.h"
#include "compiler/estate/estate.h"
#include "compiler/model/design.h"

namespace crenel::driver {

/// What lies at which addresses.
struct Placed {
  std::string name;    ///< "subnet main.web"
  std::string blocks;  ///< "10.0.1.0/24"
};

/// The networks, subnets and links of a template.
[[nodiscard]] std::vector<Placed> places(const estate::Estate& estate);

/// The sites and the blocks of addresses that a design names, each once; `$name` is an address known at deployment.
[[nodiscard]] std::vector<Placed> places_outside(const model::Design& design);

/// Networks, subnets and links of one name whose addresses are others now, in the newer one's order. A change of `what`
/// "addresses": nobody reaches anybody else by it, and what is deployed is moved.
[[nodiscard]] std::vector<BesideChange> moved_addresses(const estate::Estate& older, const estate::Estate& newer);

}  // namespace crenel::driver
