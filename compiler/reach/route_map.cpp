#include "compiler/reach/route_map.h"

#include <algorithm>
#include <iterator>

namespace crenel::reach {
namespace {

struct Placed {
  CellRange range;
  const estate::Route* route = nullptr;
};

bool is_local(const estate::Route& route) { return std::holds_alternative<estate::LocalTarget>(route.target); }

/// A block that is being gone through, inside of others.
struct Open {
  Cell end = 0;
  RouteMap::Winner winner;
  RouteMap::Winner of_table;  ///< the winner without what gateways decide
  bool local = false;         ///< this block or one around it is the network's own
};

/// The winner among routes to one block that are of the kind asked for.
template <class Counts>
RouteMap::Winner best(const std::vector<Placed>& routes, std::size_t from, std::size_t to, const Counts& counts) {
  RouteMap::Winner out;
  for (std::size_t i = from; i < to; ++i) {
    const estate::Route* route = routes[i].route;
    if (!counts(*route)) continue;
    if (out.route == nullptr || route->rank > out.route->rank) {
      out = {.route = route, .doubtful = false};
    } else if (route->rank == out.route->rank && route->target != out.route->target) {
      out.doubtful = true;
    }
  }
  return out;
}

}  // namespace

RouteMap::RouteMap(const estate::RouteTable& table, const AddressTree& tree) {
  std::vector<Placed> routes;
  routes.reserve(table.routes.size());
  for (const estate::Route& route : table.routes) {
    routes.push_back({.range = tree.range(route.destination), .route = &route});
  }
  // blocks around others first
  std::stable_sort(routes.begin(), routes.end(), [](const Placed& a, const Placed& b) {
    return a.range.first != b.range.first ? a.range.first < b.range.first : a.range.end > b.range.end;
  });
  std::vector<Open> open = {{.end = static_cast<Cell>(tree.cells()), .winner = {}, .of_table = {}, .local = false}};
  put(0, {});
  const auto close_until = [&](Cell cell) {
    while (open.size() > 1 && open.back().end <= cell) {
      const Cell end = open.back().end;
      open.pop_back();
      put(end, open.back().winner);
    }
  };
  for (std::size_t i = 0; i < routes.size();) {
    std::size_t next = i + 1;
    while (next < routes.size() && routes[next].range == routes[i].range) ++next;
    close_until(routes[i].range.first);
    const bool local = open.back().local || std::any_of(routes.begin() + static_cast<std::ptrdiff_t>(i),
                                                        routes.begin() + static_cast<std::ptrdiff_t>(next),
                                                        [](const Placed& one) { return is_local(*one.route); });
    Open now = open.back();
    now.end = routes[i].range.end;
    now.local = local;
    const Winner of_table = best(routes, i, next, [&](const estate::Route& route) {
      return !route.within && !(local && route.yields_to_local);
    });
    if (of_table.route != nullptr) {
      now.winner = now.of_table = of_table;
    } else {
      const estate::Route* sends = now.of_table.route;
      const Winner decided = best(routes, i, next, [&](const estate::Route& route) {
        return route.within && sends != nullptr && *route.within == sends->destination;
      });
      if (decided.route != nullptr) {
        now.winner = {.route = decided.route, .doubtful = decided.doubtful || now.of_table.doubtful};
      }
    }
    put(routes[i].range.first, now.winner);
    open.push_back(now);
    i = next;
  }
  close_until(static_cast<Cell>(tree.cells()));
}

void RouteMap::put(Cell first, Winner winner) {
  if (!pieces_.empty() && pieces_.back().first == first) {
    pieces_.back().winner = winner;
  } else {
    pieces_.push_back({.first = first, .winner = winner});
  }
}

RouteMap::Winner RouteMap::at(Cell cell) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), cell,
                                      [](Cell one, const Piece& piece) { return one < piece.first; });
  return std::prev(after)->winner;
}

}  // namespace crenel::reach
