#pragma once

#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/reach/address_tree.h"

namespace crenel::reach {

/// A route table, resolved: which route wins, by cell.
class RouteMap {
 public:
  RouteMap(const estate::RouteTable& table, const AddressTree& tree);

  struct Winner {
    const estate::Route* route = nullptr;  ///< none: nothing leads there
    /// Another route to the same block stands beside it with the same rank and leads elsewhere.
    bool doubtful = false;
  };
  [[nodiscard]] Winner at(Cell cell) const;

  /// From `first` to the next piece's.
  struct Piece {
    Cell first = 0;
    Winner winner;
  };
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  void put(Cell first, Winner winner);

  std::vector<Piece> pieces_;
};

}  // namespace crenel::reach
