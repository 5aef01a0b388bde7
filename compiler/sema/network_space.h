#pragma once

#include <optional>
#include <vector>

#include "compiler/sema/build_context.h"

/// What a network says of its addresses: `space = BLOCK`, or `space = [BLOCK, BLOCK]` of IPv4 and of IPv6.
namespace crenel::sema {

/// The space of IPv4 and, with `ipv6 = true` or a block of that family in `space`, the one of IPv6. False, and said,
/// when these are not what a network can have.
[[nodiscard]] bool read_space(BuildContext& context, const Declared& declared, model::Network& network);

}  // namespace crenel::sema
