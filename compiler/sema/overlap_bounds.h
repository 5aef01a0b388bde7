#pragma once

#include <cstdint>

#include "compiler/model/design.h"

namespace crenel::sema {

/// What is known about two blocks that can wait until deployment.
enum class Overlap : std::uint8_t {
  Never,   ///< disjoint for all values within the bounds
  Maybe,   ///< the bounds do not tell
  Always,  ///< they share an address for all values within the bounds
};

[[nodiscard]] Overlap overlap(const model::Design& design, const model::Late<net::Prefix>& a,
                              const model::Late<net::Prefix>& b);

/// The largest number of public addresses of a family (outside `net::private_blocks`) that the blocks can hold
/// together. Blocks that are known count once, however often they are named.
[[nodiscard]] net::U128 public_addresses(const model::Design& design,
                                         const std::vector<model::Late<net::Prefix>>& blocks, net::Family family);

/// The one block that a parameter can be given, when its bounds leave no choice.
[[nodiscard]] std::optional<net::Prefix> forced(const model::Design& design, const model::Late<net::Prefix>& block);

}  // namespace crenel::sema
