#pragma once

#include <vector>

#include "compiler/reach/engine.h"

namespace crenel::reach {

/// Through which doors an end may have to do with whom, and where among the addresses outside that can change: between
/// two cuts everybody behind one door fares alike.
class DoorWays {
 public:
  explicit DoorWays(Engine& engine);

  /// Doors by which something may leave a subnet, or come in with a way back.
  [[nodiscard]] const std::vector<estate::DoorId>& doors(estate::SubnetId subnet) const {
    return by_subnet_[subnet.index()].doors;
  }
  /// Where the ways of a subnet change; sorted.
  [[nodiscard]] const std::vector<Cell>& cuts(estate::SubnetId subnet) const { return by_subnet_[subnet.index()].cuts; }
  /// Where either changes, of a subnet and one of its doors; sorted.
  [[nodiscard]] const std::vector<Cell>& cuts(estate::SubnetId subnet, std::size_t door) const {
    return by_subnet_[subnet.index()].cuts_by_door[door];
  }
  /// Where what is behind a door changes; sorted.
  [[nodiscard]] const std::vector<Cell>& cuts(estate::DoorId door) const { return by_door_[door.index()]; }
  /// Where the rules and ways of a balancer's targets change; sorted.
  [[nodiscard]] std::vector<Cell> cuts_of_targets(const estate::Balancer& balancer) const;
  /// Spots of members that a subnet's packets may come to by a NAT, or by one of several ways.
  [[nodiscard]] const std::vector<SpotRange>& roundabout(estate::SubnetId subnet) const {
    return by_subnet_[subnet.index()].roundabout;
  }
  /// The ends behind a door at cells from `first` up to `end`.
  [[nodiscard]] EndRange behind(estate::DoorId door, Cell first, Cell end) const;

 private:
  struct Ways {
    std::vector<estate::DoorId> doors;
    std::vector<Cell> cuts;
    std::vector<std::vector<Cell>> cuts_by_door;  ///< as `doors`
    std::vector<SpotRange> roundabout;
  };

  [[nodiscard]] Ways ways_of(estate::SubnetId subnet) const;
  void add_door(estate::DoorId door, Ways& to) const;
  void add_all_doors(Ways& to) const;
  void add_nat(const estate::Interface& nat, estate::NetworkId network, CellRange cells, Ways& to) const;
  void add_appliance(const estate::Interface& appliance, estate::NetworkId network, CellRange cells, Ways& to) const;
  void cut(estate::RuleListId list, std::vector<Cell>& cuts) const;
  void cut(const std::vector<estate::Block>& blocks, std::vector<Cell>& cuts) const;
  [[nodiscard]] bool leads_inside(const RouteMap::Winner& winner) const;

  Engine& engine_;
  std::vector<Ways> by_subnet_;
  std::vector<std::vector<Cell>> by_door_;
};

}  // namespace crenel::reach
