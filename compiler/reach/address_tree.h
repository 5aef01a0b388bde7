#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"

/// Addresses, cut at every block that matters.
///
/// Blocks are nested or apart, never crossed, so they form a tree under 0.0.0.0/0 and ::/0. Numbered depth first, every
/// block is an interval of *cells*; a cell is a block without the blocks inside it. Blocks that only a deployment knows
/// are placed by what is known of them; where that leaves several places open there are several trees, and what is to
/// hold must hold in each.
namespace crenel::reach {

using Cell = std::uint32_t;

/// Cells from `first` up to, not including, `end`.
struct CellRange {
  Cell first = 0;
  Cell end = 0;
  bool operator==(const CellRange&) const = default;
};

enum class Order { Apart, Same, Inside, Around, Open };

/// How two blocks lie for every deployment: `Inside` is "a within b, perhaps equal". `Open`: it depends.
/// For two known blocks it is never asked.
using Ordering = std::function<Order(const estate::Block& a, const estate::Block& b)>;

/// One way the blocks can lie.
class AddressTree {
 public:
  /// All trees over `blocks` (both families' whole spaces are always in it) that agree with `ordering`. Empty when
  /// there would be more than `most`: then nothing is decided.
  [[nodiscard]] static std::vector<AddressTree> all(const std::vector<estate::Block>& blocks, const Ordering& ordering,
                                                    std::size_t most = 64);

  [[nodiscard]] std::size_t cells() const;
  /// Of a block that was given.
  [[nodiscard]] CellRange range(const estate::Block& block) const;
  /// The block that a cell belongs to, and the blocks cut out of it: for a witness.
  [[nodiscard]] const estate::Block& block(Cell cell) const;
  [[nodiscard]] std::vector<estate::Block> holes(Cell cell) const;
  /// Known blocks fill the cell's block up: the cell holds no address.
  [[nodiscard]] bool surely_empty(Cell cell) const;
};

}  // namespace crenel::reach
