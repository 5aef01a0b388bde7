#include <algorithm>
#include <limits>
#include <numeric>

#include "compiler/reach/door_ways.h"
#include "compiler/reach/row_collector.h"

namespace crenel::reach {
namespace {

using Fan = RowCollector::Fan;

/// Which ends may take something from the end at a spot, while spots are gone through in order.
class Takers {
 public:
  struct Taker {
    Spot spot = 0;
    Between takes;  ///< when no packet crosses its subnet's edge
  };

  Takers(Engine& engine, const std::vector<bool>& skipped) : place_(engine.ends().inside()) {
    // twice over all pieces: to count them by spot, and to put them there
    const auto each_piece = [&](auto visit) {
      const Spot inside = engine.ends().inside();
      for (Spot taker = 0; taker < inside; ++taker) {
        if (skipped[taker]) continue;
        for (const Piece& piece : engine.profiles()[engine.filter(engine.ends().end_at(taker), Direction::In, false)]) {
          if (piece.first >= inside) break;
          visit(taker, piece, std::min(piece.end, inside));
        }
      }
    };
    begins_.at.resize(std::size_t{engine.ends().inside()} + 2);
    ends_.at.resize(begins_.at.size());
    each_piece([&](Spot /*taker*/, const Piece& piece, Spot end) {
      ++begins_.at[piece.first + 2];
      ++ends_.at[end + 1];
    });
    std::partial_sum(begins_.at.begin(), begins_.at.end(), begins_.at.begin());
    std::partial_sum(ends_.at.begin(), ends_.at.end(), ends_.at.begin());
    begins_.takers.resize(begins_.at.back());
    ends_.takers.resize(begins_.takers.size());
    each_piece([&](Spot taker, const Piece& piece, Spot end) {
      begins_.takers[begins_.at[piece.first + 1]++] = {.spot = taker, .takes = piece.packets};
      if (end < engine.ends().inside()) ends_.takers[ends_.at[end]++] = taker;
    });
  }

  /// To the next spot. False when nothing changes there.
  bool move_to(Spot spot) {
    // one piece of a profile may end where another begins
    const std::size_t first_end = spot == 0 ? 0 : ends_.at[spot - 1];
    for (std::size_t i = first_end; i < ends_.at[spot]; ++i) leave(ends_.takers[i]);
    for (std::size_t i = begins_.at[spot]; i < begins_.at[spot + 1]; ++i) {
      place_[begins_.takers[i].spot] = active_.size();
      active_.push_back(begins_.takers[i]);
    }
    return first_end < ends_.at[spot] || begins_.at[spot] < begins_.at[spot + 1];
  }
  [[nodiscard]] const std::vector<Taker>& active() const { return active_; }

 private:
  /// By spot, where in `takers` its own begin.
  template <class T>
  struct BySpot {
    std::vector<std::size_t> at;
    std::vector<T> takers;
  };

  void leave(Spot taker) {
    place_[active_.back().spot] = place_[taker];
    active_[place_[taker]] = active_.back();
    active_.pop_back();
  }

  BySpot<Taker> begins_;
  BySpot<Spot> ends_;
  std::vector<Taker> active_;
  std::vector<std::size_t> place_;  ///< by taker: where in `active_`
};

class RowBuilder {
 public:
  explicit RowBuilder(Engine& engine)
      : engine_(engine),
        ends_(engine.ends()),
        doors_(engine),
        out_(engine.sets(), engine.packets()),
        all_doors_(engine.estate().doors.ids()) {
    rewriting_.resize(ends_.inside());
    for (Spot spot = 0; spot < ends_.inside(); ++spot) {
      const estate::Balancer* balancer = engine.balancer(end_at(spot));
      rewriting_[spot] = balancer != nullptr && balancer->rewrites_only;
      if (rewriting_[spot]) rewriters_.push_back(spot);
    }
  }

  Rows build() {
    from_members();
    Fan fan;
    for (const auto id : ends_.table().ids()) {
      if (!ends_.table()[id].interface) continue;
      fan.clear();
      inward(id, fan);
      out_.add_to(id, fan);
    }
    return out_.take();
  }

 private:
  [[nodiscard]] const End& end_at(Spot spot) const { return ends_.table()[ends_.end_at(spot)]; }
  [[nodiscard]] bool is_balancer(const End& end) const {
    return engine_.estate().interfaces[*end.interface].role == estate::Role::Balancer;
  }

  void from_members() {
    Takers takers(engine_, rewriting_);
    Spot last = std::numeric_limits<Spot>::max();
    Fan fan;
    for (Spot spot = 0; spot < ends_.inside(); ++spot) {
      const bool changed = takers.move_to(spot);
      if (changed || last == std::numeric_limits<Spot>::max() || !are_alike(last, spot)) {
        fan.clear();
        inside(spot, takers.active(), fan);
        outward(ends_.end_at(spot), fan);
      }
      last = spot;
      out_.add_from(ends_.end_at(spot), fan);
    }
  }

  /// Where the same ends take from both, they open the same.
  [[nodiscard]] bool are_alike(Spot a, Spot b) {
    const End& first = end_at(a);
    const End& second = end_at(b);
    const estate::Interface& one = engine_.estate().interfaces[*first.interface];
    const estate::Interface& other = engine_.estate().interfaces[*second.interface];
    if (first.cell != second.cell || first.subnet != second.subnet) return false;
    if (one.role != estate::Role::Member || other.role != estate::Role::Member) return false;
    if (one.most == 1 || other.most == 1 || !engine_.is_pair(ends_.end_at(a), ends_.end_at(b))) return false;
    if (one.public_address != other.public_address || one.public_address_v6 != other.public_address_v6) return false;
    for (const bool crossing : {false, true}) {
      if (engine_.filter(ends_.end_at(a), Direction::Out, crossing) !=
          engine_.filter(ends_.end_at(b), Direction::Out, crossing)) {
        return false;
      }
    }
    // rules that name the one and not the other by tag would show in who takes from them; NAT asks anew
    return one.tags == other.tags && (!first.subnet || doors_.roundabout(*first.subnet).empty());
  }

  void try_pair(EndId from, Spot to, Fan& fan) {
    const Between admitted = engine_.between(from, ends_.end_at(to));
    fan.add(admitted, {.first = ends_.end_at(to), .count = 1});
  }

  void inside(Spot spot, const std::vector<Takers::Taker>& takers, Fan& fan) {
    const EndId from = ends_.end_at(spot);
    const End& end = ends_.table()[from];
    for (const Spot rewriter : rewriters_) try_pair(from, rewriter, fan);
    if (is_balancer(end)) {
      to_targets(from, fan);
      return;
    }
    const ProfileId opens = engine_.filter(from, Direction::Out, false);
    std::size_t reach = 0;
    for (const Piece& piece : engine_.profiles()[opens]) {
      if (piece.first < ends_.inside()) reach += std::min(piece.end, ends_.inside()) - piece.first;
    }
    const bool roundabout = end.subnet && !doors_.roundabout(*end.subnet).empty();
    // who takes is known already, with what
    constexpr std::size_t kDearer = 4;
    if (!roundabout && takers.size() <= reach * kDearer) {
      for (const Takers::Taker& taker : takers) {
        const EndId to = ends_.end_at(taker.spot);
        const bool balances = engine_.estate().interfaces[*ends_.table()[to].interface].role == estate::Role::Balancer;
        fan.add(balances ? engine_.between(from, to) : engine_.between_members(from, to, taker.takes),
                {.first = to, .count = 1});
      }
      return;
    }
    // profiles are made on the way, so that references to them do not last
    for (std::size_t i = 0; i < engine_.profiles()[opens].size(); ++i) {
      const Piece piece = engine_.profiles()[opens][i];
      for (Spot to = piece.first; to < std::min(piece.end, ends_.inside()); ++to) {
        if (!rewriting_[to]) try_pair(from, to, fan);
      }
    }
  }

  void to_targets(EndId from, Fan& fan) {
    const estate::Balancer* balancer = engine_.balancer(ends_.table()[from]);
    if (balancer == nullptr) return;
    std::vector<estate::InterfaceId> done;
    for (const estate::Forward& forward : balancer->forwards) {
      if (std::find(done.begin(), done.end(), forward.target) != done.end()) continue;
      done.push_back(forward.target);
      const EndRange targets = ends_.of(forward.target);
      for (std::size_t i = 0; i < targets.count; ++i) {
        const Spot target = ends_.spot(EndId(targets.first.index() + i));
        if (!rewriting_[target]) try_pair(from, target, fan);
      }
    }
  }

  // ---- outside
  void outward(EndId from, Fan& fan) {
    const End& end = ends_.table()[from];
    if (is_balancer(end)) return;
    const ProfileId near = engine_.filter(from, Direction::Out, false);
    const ProfileId far = engine_.filter(from, Direction::Out, true);
    // most ways cross the subnet's edge; one by a NAT in it does not
    std::vector<Cell> of_edge;
    for (const Piece& piece : far == near ? Profile{} : engine_.profiles()[far]) {
      for (const Spot spot : {piece.first, piece.end}) {
        if (spot > ends_.inside()) of_edge.push_back(spot - ends_.inside());
      }
    }
    each_door(end, near, false, of_edge,
              [&](EndRange behind) { fan.add(engine_.between(from, behind.first), behind); });
  }

  void inward(EndId to, Fan& fan) {
    const End& end = ends_.table()[to];
    const estate::Balancer* balancer = engine_.balancer(end);
    const bool rewrites = rewriting_[ends_.spot(to)];
    // its targets' rules decide, beside its own or in their place
    const bool followed = balancer != nullptr && Engine::sees_client(*balancer);
    const ProfileId takes = rewrites ? Profiles::kEverything : engine_.filter(to, Direction::In, true);
    each_door(end, takes, rewrites, followed ? doors_.cuts_of_targets(*balancer) : std::vector<Cell>{},
              [&](EndRange behind) { fan.add(engine_.between(behind.first, to), behind); });
  }

  void join_cuts(const End& end, estate::DoorId door, const std::vector<Cell>& more) {
    cuts_ = doors_.cuts(door);
    if (end.subnet) cuts_.insert(cuts_.end(), doors_.cuts(*end.subnet).begin(), doors_.cuts(*end.subnet).end());
    cuts_.insert(cuts_.end(), more.begin(), more.end());
    std::sort(cuts_.begin(), cuts_.end());
  }

  /// All that is behind each door that matters, in parts that fare alike.
  template <class Visit>
  void each_door(const End& end, ProfileId rules, bool every_door, const std::vector<Cell>& more_cuts, Visit visit) {
    const bool any = every_door || !end.subnet;
    const std::vector<estate::DoorId>& doors = any ? all_doors_ : doors_.doors(*end.subnet);
    for (std::size_t which = 0; which < doors.size(); ++which) {
      const estate::DoorId door = doors[which];
      const bool ready = !any && more_cuts.empty();
      if (!ready) join_cuts(end, door, more_cuts);
      const std::vector<Cell>& cuts = ready ? doors_.cuts(*end.subnet, which) : cuts_;
      for (std::size_t i = 0; i < engine_.profiles()[rules].size(); ++i) {
        const Piece piece = engine_.profiles()[rules][i];
        if (piece.end <= ends_.inside()) continue;
        const Cell end_cell = piece.end - ends_.inside();
        Cell at = std::max(piece.first, ends_.inside()) - ends_.inside();
        auto cut = std::upper_bound(cuts.begin(), cuts.end(), at);
        while (at < end_cell) {
          while (cut != cuts.end() && *cut <= at) ++cut;
          const Cell until = cut == cuts.end() ? end_cell : std::min(end_cell, *cut);
          const EndRange behind = doors_.behind(door, at, until);
          if (behind.count > 0) visit(behind);
          at = until;
        }
      }
    }
  }

  Engine& engine_;
  const Ends& ends_;
  DoorWays doors_;
  RowCollector out_;
  std::vector<bool> rewriting_;  ///< by spot
  std::vector<Spot> rewriters_;
  std::vector<estate::DoorId> all_doors_;
  std::vector<Cell> cuts_;  // reused
};

}  // namespace

Rows Relation::rows() const { return RowBuilder(*engine_).build(); }

}  // namespace crenel::reach
