#pragma once

#include <cstdint>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/reach/address_tree.h"
#include "compiler/reach/relation.h"

/// All ends of conversations, and where they stand for rules.
namespace crenel::reach {

/// What rules tell apart. First come the ends of interfaces, in the order of their cells; then everybody outside, by
/// cell, whatever door is between. So a block of addresses is two intervals of spots.
using Spot = std::uint32_t;

struct SpotRange {
  Spot first = 0;
  Spot end = 0;
  bool operator==(const SpotRange&) const = default;
};

class Ends {
 public:
  Ends(const estate::Estate& estate, const AddressTree& tree);

  [[nodiscard]] const base::Table<EndId, End>& table() const { return table_; }
  [[nodiscard]] EndRange of(estate::InterfaceId interface) const { return of_interface_[interface.index()]; }
  [[nodiscard]] EndRange behind(estate::DoorId door) const { return behind_door_[door.index()]; }

  [[nodiscard]] Spot spot(EndId end) const { return spots_[end.index()]; }
  [[nodiscard]] Spot spots() const { return inside() + cells_; }
  /// How many spots are ends of interfaces.
  [[nodiscard]] Spot inside() const { return static_cast<Spot>(by_spot_.size()); }
  [[nodiscard]] EndId end_at(Spot inside_spot) const { return by_spot_[inside_spot]; }

  [[nodiscard]] SpotRange inside(CellRange cells) const {
    return {.first = spots_before_[cells.first], .end = spots_before_[cells.end]};
  }
  [[nodiscard]] SpotRange outside(CellRange cells) const {
    return {.first = inside() + cells.first, .end = inside() + cells.end};
  }
  /// The spots of interfaces that carry the tag: sorted, apart, not adjacent.
  [[nodiscard]] const std::vector<SpotRange>& carrying(estate::TagId tag) const { return by_tag_[tag.index()]; }

 private:
  using Cells = std::vector<Cell>;

  void add_interface(const estate::Estate& estate, const AddressTree& tree, estate::InterfaceId id);
  void add_door(const estate::Estate& estate, const AddressTree& tree, estate::DoorId id);
  void order(const estate::Estate& estate);
  [[nodiscard]] Cells cells_in(const AddressTree& tree, const std::vector<estate::Block>& blocks) const;

  base::Table<EndId, End> table_;
  std::vector<EndRange> of_interface_;
  std::vector<EndRange> behind_door_;
  std::vector<Spot> spots_;
  std::vector<EndId> by_spot_;
  std::vector<Spot> spots_before_;  ///< by cell: how many inside spots lie in cells before it
  std::vector<std::vector<SpotRange>> by_tag_;
  std::vector<bool> empty_;  ///< cells without an address
  Cell cells_ = 0;
};

}  // namespace crenel::reach
