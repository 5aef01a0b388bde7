#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "compiler/model/design.h"
#include "compiler/reach/relation.h"

/// The ends of two estates, by what they have in common.
namespace crenel::verify {

/// One of the two estates.
struct ComparedSide {
  const estate::Estate* estate = nullptr;
  const reach::Relation* relation = nullptr;
};
using ComparedSides = std::array<ComparedSide, 2>;  ///< the older first

/// Ends of the older and of the newer that are in the same place of one party; of one of them perhaps none.
struct Slot {
  std::array<std::vector<reach::EndId>, 2> ends;
  std::optional<reach::Cell> cell;  ///< of ends outside
};

/// Whom two estates know under one name.
struct Party {
  std::string name;
  bool outside = false;
  std::vector<Slot> slots;  ///< of ends outside: by their cells
};

/// In the order of their names, those inside first. A member is known by its declared name, else by the path in its
/// resource's name, else by the resource's name: by the first that only one of its estate has. Its place is its subnet
/// and its addresses in it, so far as both estates have the same ones.
[[nodiscard]] std::vector<Party> parties(const ComparedSides& sides, const reach::AddressTree& tree,
                                         const model::Design* design);

}  // namespace crenel::verify
