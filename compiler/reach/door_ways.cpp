#include "compiler/reach/door_ways.h"

#include <algorithm>

namespace crenel::reach {
namespace {

void tidy(std::vector<Cell>& cuts) {
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
}

}  // namespace

DoorWays::DoorWays(Engine& engine) : engine_(engine) {
  const estate::Estate& estate = engine.estate();
  const Cell v6 = engine.tree().range({.base = net::whole(net::Family::V6), .part = std::nullopt}).first;
  by_door_.reserve(estate.doors.size());
  for (const estate::Door& door : estate.doors) {
    std::vector<Cell> cuts = {v6};
    if (const auto* link = std::get_if<estate::LinkDoor>(&door.kind)) cut(link->prefixes, cuts);
    tidy(cuts);
    by_door_.push_back(std::move(cuts));
  }
  by_subnet_.reserve(estate.subnets.size());
  for (const auto id : estate.subnets.ids()) by_subnet_.push_back(ways_of(id));
}

void DoorWays::cut(const std::vector<estate::Block>& blocks, std::vector<Cell>& cuts) const {
  for (const estate::Block& block : blocks) {
    const CellRange range = engine_.tree().range(block);
    cuts.push_back(range.first);
    cuts.push_back(range.end);
  }
}

void DoorWays::cut(estate::RuleListId list, std::vector<Cell>& cuts) const {
  const estate::RuleList& of = engine_.estate().rule_lists[list];
  for (const auto* rules : {&of.in, &of.out}) {
    for (const estate::Rule& rule : *rules) {
      for (const estate::Peers* peers : {&rule.source, &rule.destination}) {
        cut(peers->blocks, cuts);
        cut(peers->perhaps, cuts);
        cut(peers->except, cuts);
      }
    }
  }
}

void DoorWays::add_door(estate::DoorId door, Ways& to) const {
  if (std::find(to.doors.begin(), to.doors.end(), door) == to.doors.end()) to.doors.push_back(door);
}

void DoorWays::add_all_doors(Ways& to) const { to.doors = engine_.estate().doors.ids(); }

bool DoorWays::leads_inside(const RouteMap::Winner& winner) const {
  return winner.route != nullptr &&
         (winner.doubtful || !(std::holds_alternative<estate::DoorId>(winner.route->target) ||
                               std::holds_alternative<estate::NowhereTarget>(winner.route->target)));
}

/// What is sent to a NAT from `cells`, goes on by its own subnet's routes and rules.
void DoorWays::add_nat(const estate::Interface& nat, estate::NetworkId network, CellRange cells, Ways& to) const {
  const estate::Estate& estate = engine_.estate();
  if (nat.subnets.empty()) {
    for (const auto door : estate.doors.ids()) {
      if (estate.doors[door].network == network) add_door(door, to);
    }
  }
  for (const auto& set : nat.lists) {
    for (const auto list : set) cut(list, to.cuts);
  }
  for (const auto place : nat.subnets) {
    for (const auto list : estate.subnets[place].lists) cut(list, to.cuts);
    const auto& pieces = engine_.routing().map(place).pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const CellRange piece = {.first = std::max(pieces[i].first, cells.first),
                               .end = std::min(i + 1 < pieces.size() ? pieces[i + 1].first : cells.end, cells.end)};
      if (piece.first >= piece.end || pieces[i].winner.route == nullptr) continue;
      to.cuts.push_back(piece.first);
      to.cuts.push_back(piece.end);
      const auto* door = std::get_if<estate::DoorId>(&pieces[i].winner.route->target);
      if (door != nullptr && !pieces[i].winner.doubtful) {
        add_door(*door, to);
      } else if (leads_inside(pieces[i].winner)) {
        add_all_doors(to);
        const SpotRange spots = engine_.ends().inside(piece);
        if (spots.first < spots.end) to.roundabout.push_back(spots);
      }
    }
  }
}

/// What is handed to an appliance from `cells` goes on by its own subnet's routes and rules, perhaps to a NAT.
void DoorWays::add_appliance(const estate::Interface& appliance, estate::NetworkId network, CellRange cells,
                             Ways& to) const {
  const estate::Estate& estate = engine_.estate();
  add_nat(appliance, network, cells, to);
  for (const auto place : appliance.subnets) {
    const auto& pieces = engine_.routing().map(place).pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const CellRange piece = {.first = std::max(pieces[i].first, cells.first),
                               .end = std::min(i + 1 < pieces.size() ? pieces[i + 1].first : cells.end, cells.end)};
      if (piece.first >= piece.end || pieces[i].winner.route == nullptr) continue;
      const auto* next = std::get_if<estate::InterfaceId>(&pieces[i].winner.route->target);
      if (next == nullptr || estate.interfaces[*next].role != estate::Role::Nat) continue;
      add_nat(estate.interfaces[*next], estate.subnets[place].network, piece, to);
    }
  }
  add_all_doors(to);
  const SpotRange spots = engine_.ends().inside(cells);
  if (spots.first < spots.end) to.roundabout.push_back(spots);
}

DoorWays::Ways DoorWays::ways_of(estate::SubnetId subnet) const {
  const estate::Estate& estate = engine_.estate();
  Ways out;
  const auto& pieces = engine_.routing().map(subnet).pieces();
  const auto cells = static_cast<Cell>(engine_.tree().cells());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const CellRange piece = {.first = pieces[i].first, .end = i + 1 < pieces.size() ? pieces[i + 1].first : cells};
    out.cuts.push_back(piece.first);
    const RouteMap::Winner& winner = pieces[i].winner;
    if (winner.route == nullptr || piece.first >= piece.end) continue;
    if (winner.doubtful) {
      add_all_doors(out);
      const SpotRange spots = engine_.ends().inside(piece);
      if (spots.first < spots.end) out.roundabout.push_back(spots);
      continue;
    }
    if (const auto* door = std::get_if<estate::DoorId>(&winner.route->target)) {
      add_door(*door, out);
    } else if (std::holds_alternative<estate::UnknownTarget>(winner.route->target)) {
      add_all_doors(out);
    } else if (const auto* interface = std::get_if<estate::InterfaceId>(&winner.route->target)) {
      const estate::Interface& next = estate.interfaces[*interface];
      if (next.role == estate::Role::Nat) {
        add_nat(next, estate.subnets[subnet].network, piece, out);
      } else if (next.role == estate::Role::Appliance) {
        add_appliance(next, estate.subnets[subnet].network, piece, out);
      } else {
        add_all_doors(out);
      }
    }
  }
  tidy(out.cuts);
  std::sort(out.doors.begin(), out.doors.end());
  for (const auto door : out.doors) {
    std::vector<Cell> both = out.cuts;
    both.insert(both.end(), cuts(door).begin(), cuts(door).end());
    tidy(both);
    out.cuts_by_door.push_back(std::move(both));
  }
  return out;
}

std::vector<Cell> DoorWays::cuts_of_targets(const estate::Balancer& balancer) const {
  const estate::Estate& estate = engine_.estate();
  std::vector<Cell> out;
  for (const estate::Forward& forward : balancer.forwards) {
    for (const auto& set : estate.interfaces[forward.target].lists) {
      for (const auto list : set) cut(list, out);
    }
    for (const auto subnet : estate.interfaces[forward.target].subnets) {
      for (const auto list : estate.subnets[subnet].lists) cut(list, out);
      out.insert(out.end(), cuts(subnet).begin(), cuts(subnet).end());
    }
  }
  tidy(out);
  return out;
}

EndRange DoorWays::behind(estate::DoorId door, Cell first, Cell end) const {
  const EndRange all = engine_.ends().behind(door);
  const auto before = [&](Cell cell) {
    std::size_t low = 0;
    std::size_t high = all.count;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (engine_.ends().table()[EndId(all.first.index() + middle)].cell < cell) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  const std::size_t from = before(first);
  return {.first = EndId(all.first.index() + from), .count = before(end) - from};
}

}  // namespace crenel::reach
