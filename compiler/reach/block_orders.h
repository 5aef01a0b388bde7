#pragma once

#include <cstdint>
#include <optional>

#include "compiler/reach/address_tree.h"

/// How two blocks may lie, as a set of possibilities.
namespace crenel::reach {

using Possible = std::uint8_t;
inline constexpr Possible kApart = 1;
inline constexpr Possible kSame = 2;
inline constexpr Possible kInside = 4;  ///< strictly
inline constexpr Possible kAround = 8;  ///< strictly
inline constexpr Possible kAnyOrder = kApart | kSame | kInside | kAround;

/// Of a block that a symbol gives, and any other block.
[[nodiscard]] Possible possible_orders(const estate::Block& a, const estate::Block& b, const Ordering& ordering);

/// What is known of blocks that the provider gives networks out of its own; `Open` where neither is one.
[[nodiscard]] Order order_of_given(const estate::Estate& estate, const estate::Block& a, const estate::Block& b);

[[nodiscard]] const net::Prefix* known_prefix(const estate::Block& block);
/// A block's length, where it is known.
[[nodiscard]] std::optional<int> length_of(const estate::Block& block);

}  // namespace crenel::reach
