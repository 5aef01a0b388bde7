#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
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

/// How two blocks may lie: `Inside` is "a within b, perhaps equal", `Around` the reverse. `Open`: it depends on the
/// deployment; `OpenShorter` and `OpenLonger`: that too, but a is the larger block of the two, or the smaller one.
enum class Order { Apart, Same, Inside, StrictlyInside, Around, StrictlyAround, Open, OpenShorter, OpenLonger };

/// What holds of two blocks for every deployment. Never asked of two known blocks, nor of two parts that arithmetic
/// decides. The whole space of a family is asked like any other block: what is not apart from 0.0.0.0/0 may be IPv4.
using Ordering = std::function<Order(const estate::Block& a, const estate::Block& b)>;

/// One way the blocks can lie. A value; cheap to ask.
class AddressTree {
 public:
  /// All trees over `blocks` (both families' whole spaces are always in it, and the symbol of every part) that agree
  /// with `ordering`. Empty when there would be more than `most`: then nothing is decided.
  [[nodiscard]] static std::vector<AddressTree> all(const std::vector<estate::Block>& blocks, const Ordering& ordering,
                                                    std::size_t most = 64);

  [[nodiscard]] std::size_t cells() const;
  /// Of a block that was given.
  [[nodiscard]] CellRange range(const estate::Block& block) const;
  [[nodiscard]] net::Family family(Cell cell) const;
  /// The block that a cell belongs to, and the blocks cut out of it: for a witness.
  [[nodiscard]] const estate::Block& block(Cell cell) const;
  [[nodiscard]] std::vector<estate::Block> holes(Cell cell) const;
  /// Known blocks fill the cell's block up: the cell holds no address.
  [[nodiscard]] bool surely_empty(Cell cell) const;

 private:
  friend class AddressTreeBuilder;
  struct Node {
    estate::Block block;
    Cell end = 0;
    net::Family family = net::Family::V4;
  };
  struct Slot {
    std::uint64_t key = 0;  ///< of an IPv4 block; 0: free
    Cell cell = 0;
  };

  void index_known();
  [[nodiscard]] Cell find(const net::Prefix& prefix) const;

  std::vector<Node> nodes_;                       ///< by cell
  std::vector<Slot> slots_;                       ///< IPv4 blocks by hash; a power of two of them
  std::vector<std::pair<net::Prefix, Cell>> v6_;  ///< sorted
  std::vector<std::pair<estate::Block, Cell>> symbolic_;
};

}  // namespace crenel::reach
