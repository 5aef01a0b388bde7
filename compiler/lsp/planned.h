#pragma once

#include <string>
#include <vector>

#include "compiler/lsp/declarations.h"
#include "compiler/model/design.h"

/// What the address plans of designs say of a file's declarations.
namespace crenel::lsp {

/// "10.0.1.0/24"; for a block of an unbound parameter with a default "10.0.1.0/24 by default", else
/// "the /24 number 1 of `space`".
[[nodiscard]] std::string block_text(const model::Design& design, const model::Block& block);

/// The tier of the design that is declared by `declaration`, a subnet; null when it has none.
[[nodiscard]] const model::Tier* planned_tier(const model::Design& design, const Declaration& declaration);

/// A tier with the design that has it.
struct Planned {
  const model::Design* design = nullptr;
  const model::Tier* tier = nullptr;
};

/// The tier that is declared by `declaration`, a subnet of `item`: in the designs that `item` itself came to, and where
/// there is none in those that use it.
[[nodiscard]] std::vector<Planned> planned_tiers(const Declaration& declaration, const Declaration* item,
                                                 const std::vector<model::Design>& designs);

/// Of the designs that the item itself came to.
[[nodiscard]] bool is_own(const model::Design& design, const Declaration* item);

}  // namespace crenel::lsp
