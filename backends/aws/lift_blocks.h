#pragma once

#include <optional>
#include <string>

#include "backends/aws/lift_value.h"
#include "compiler/estate/estate.h"
#include "compiler/net/prefix.h"

namespace crenel::aws::reading {

/// A block as people write it. Bits past the length are dropped, as EC2 does.
[[nodiscard]] std::optional<net::Prefix> prefix_of(const std::string& text);

/// The block that a value is; what is not known becomes a symbol of the estate. Nothing when it is no block at all.
[[nodiscard]] std::optional<estate::Block> block_of(const Value& value, estate::Estate& estate);

/// The symbol of that name, made when there is none.
[[nodiscard]] estate::SymbolId symbol_of(const Late& late, bool host, const Place& place, estate::Estate& estate);

/// Where that is certain: of a block that is known, or that Amazon gives.
[[nodiscard]] std::optional<net::Family> family_of(const estate::Block& block, const estate::Estate& estate);

/// True for a block in which nobody is: loopback and the limited broadcast address. Templates name them where a list
/// must not be empty.
[[nodiscard]] bool holds_nobody(const estate::Block& block);

}  // namespace crenel::aws::reading
