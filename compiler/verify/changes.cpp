#include "compiler/verify/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "compiler/reach/block_orders.h"
#include "compiler/reach/words.h"
#include "compiler/verify/changes_data.h"
#include "compiler/verify/changes_parties.h"
#include "compiler/verify/compare_cases.h"
#include "compiler/verify/shared_symbols.h"

namespace crenel::verify {
namespace {

using reach::EndId;
using reach::PacketSet;

constexpr std::size_t kOlder = 0;
constexpr std::size_t kNewer = 1;
/// Without a design nothing is known of the parameters, so that their blocks may lie in many more ways.
constexpr std::size_t kMostTreesAlone = 512;

/// What is known of parameters: nothing without a design.
class Knowledge {
 public:
  Knowledge(const model::Design* design, estate::Estate& symbols) : design_(design), symbols_(symbols) {
    if (design != nullptr) family_.emplace(*design, symbols);
  }

  [[nodiscard]] const BlockFamily* family() const { return family_ ? &*family_ : nullptr; }
  [[nodiscard]] std::vector<reach::AddressTree> trees(const std::vector<estate::Block>& blocks) const {
    if (family_) return family_->arrangements(blocks);
    const auto ordering = [this](const estate::Block& a, const estate::Block& b) {
      return a == b ? reach::Order::Same : reach::order_of_given(symbols_, a, b);
    };
    return reach::AddressTree::all(blocks, ordering, kMostTreesAlone);
  }

  [[nodiscard]] std::optional<Cases> cases(const reach::AddressTree& tree,
                                           const std::vector<estate::Block>& blocks) const {
    if (!family_) return std::nullopt;
    return Cases(*design_, *family_, tree, blocks);
  }

 private:
  const model::Design* design_;
  const estate::Estate& symbols_;
  std::optional<BlockFamily> family_;
};

/// What some, and what all, of the pairs of two slots admit in one estate.
struct Extent {
  PacketSet some_surely;
  PacketSet some_perhaps;
  PacketSet all_surely;
};

/// What differs, and one pair of ends where it does.
struct Part {
  PacketSet packets;
  std::optional<std::pair<const Slot*, const Slot*>> where;

  void add(const PacketSet& more, const Slot& from, const Slot& to) {
    if (more.empty()) return;
    packets |= more;
    if (!where) where = {&from, &to};
  }
};

struct Delta {
  Part gained;
  Part lost;
  Part open;
  bool before = false;  ///< anything was admitted
  bool after = false;
  [[nodiscard]] bool none() const { return gained.packets.empty() && lost.packets.empty() && open.packets.empty(); }
};

PacketSet minus(PacketSet a, const PacketSet& b) {
  a -= b;
  return a;
}

/// Compares over one tree.
class TreeChanges {
 public:
  TreeChanges(const std::array<const estate::Estate*, 2>& estates, const Knowledge& knowledge,
              const reach::AddressTree& tree, const std::vector<estate::Block>& blocks, const reach::Packets& packets,
              const model::Design* design)
      : tree_(tree),
        packets_(packets),
        cases_(knowledge.cases(tree, blocks)),
        older_(*estates[kOlder], tree, packets),
        newer_(*estates[kNewer], tree, packets),
        sides_{ComparedSide{.estate = estates[kOlder], .relation = &older_},
               {.estate = estates[kNewer], .relation = &newer_}},
        parties_(parties(sides_, tree, design)) {}

  std::vector<Change> run() {
    for (const auto& from : parties_) {
      for (const auto& to : parties_) {
        if (!from.outside || !to.outside) pair(from, to);
      }
    }
    return std::move(changes_);
  }

 private:
  /// The cells of an end outside that changed in the same way are one change.
  void pair(const Party& from, const Party& to) {
    std::vector<std::pair<Delta, std::vector<reach::Cell>>> deltas;
    const Party* outside = from.outside ? &from : to.outside ? &to : nullptr;
    const std::size_t count = outside == nullptr ? 1 : outside->slots.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Slot* only = outside == nullptr ? nullptr : &outside->slots[i];
      Delta delta = delta_of(from, to, only);
      if (delta.none()) continue;
      const auto same = std::find_if(deltas.begin(), deltas.end(), [&](const auto& one) {
        return one.first.gained.packets == delta.gained.packets && one.first.lost.packets == delta.lost.packets &&
               one.first.open.packets == delta.open.packets && one.first.before == delta.before &&
               one.first.after == delta.after;
      });
      if (same == deltas.end()) {
        deltas.emplace_back(std::move(delta), std::vector<reach::Cell>{});
        if (only != nullptr) deltas.back().second.push_back(*only->cell);
      } else {
        same->second.push_back(*only->cell);
      }
    }
    for (const auto& [delta, cells] : deltas) {
      std::vector<std::string> addresses;
      if (outside != nullptr && cells.size() < outside->slots.size()) {
        for (const auto cell : cells) addresses.push_back(reach::words(*sides_[kNewer].estate, tree_, cell));
      }
      changes_.push_back(change(from, to, delta, std::move(addresses)));
    }
  }

  Delta delta_of(const Party& from, const Party& to, const Slot* only) const {
    Delta out{.gained = empty(), .lost = empty(), .open = empty()};
    for (const auto& a : from.slots) {
      if (from.outside && &a != only) continue;
      for (const auto& b : to.slots) {
        if (to.outside && &b != only) continue;
        add(a, b, out);
      }
    }
    return out;
  }

  void add(const Slot& from, const Slot& to, Delta& delta) const {
    const Feasible feasible = possible(from, to);
    if (feasible == Feasible::No) return;
    const Extent before = extent(kOlder, from, to);
    const Extent after = extent(kNewer, from, to);
    delta.before = delta.before || !before.some_perhaps.empty();
    delta.after = delta.after || !after.some_perhaps.empty();
    PacketSet gained = minus(after.some_surely, before.some_perhaps);
    PacketSet lost = minus(before.some_surely, after.some_perhaps);
    PacketSet open = minus(minus(after.some_perhaps, before.all_surely), gained);
    open |= minus(minus(before.some_perhaps, after.all_surely), lost);
    if (feasible == Feasible::Unclear) {
      open |= gained;
      open |= lost;
      gained = lost = PacketSet(packets_.size());
    }
    delta.gained.add(gained, from, to);
    delta.lost.add(lost, from, to);
    delta.open.add(open, from, to);
  }

  Extent extent(std::size_t side, const Slot& from, const Slot& to) const {
    const reach::Relation& relation = *sides_[side].relation;
    Extent out{.some_surely = PacketSet(packets_.size()),
               .some_perhaps = PacketSet(packets_.size()),
               .all_surely = PacketSet(packets_.size())};
    bool first = true;
    const auto add = [&](const PacketSet& surely, const PacketSet& perhaps) {
      out.some_surely |= surely;
      out.some_perhaps |= perhaps;
      if (first) {
        out.all_surely |= surely;
      } else {
        out.all_surely &= surely;
      }
      first = false;
    };
    const bool several = from.ends[side].size() * to.ends[side].size() > 1;
    if (from.cell || to.cell) {
      by_doors(side, from, to, add);
      return out;
    }
    for (const EndId a : from.ends[side]) {
      for (const EndId b : to.ends[side]) {
        if (family(side, a) != family(side, b) || (several && a == b)) continue;
        const reach::Admitted admitted = relation.between(a, b);
        add(admitted.surely, admitted.perhaps);
      }
    }
    return out;
  }

  /// Of addresses outside: whatever door of the network they are met through.
  template <class Add>
  void by_doors(std::size_t side, const Slot& from, const Slot& to, Add add) const {
    const bool inward = from.cell.has_value();
    for (const EndId member : (inward ? to : from).ends[side]) {
      PacketSet surely(packets_.size());
      PacketSet perhaps(packets_.size());
      bool any = false;
      for (const EndId far : (inward ? from : to).ends[side]) {
        if (family(side, far) != family(side, member)) continue;
        const reach::Admitted admitted =
            inward ? sides_[side].relation->between(far, member) : sides_[side].relation->between(member, far);
        surely |= admitted.surely;
        perhaps |= admitted.perhaps;
        any = true;
      }
      if (any) add(surely, perhaps);
    }
  }

  net::Family family(std::size_t side, EndId end) const {
    return tree_.family(sides_[side].relation->ends()[end].cell);
  }

  /// Whether there are such addresses, as far as the design tells.
  Feasible possible(const Slot& from, const Slot& to) const {
    const auto solution = solve(from, to);
    return solution ? solution->feasible : Feasible::Yes;
  }

  std::optional<Solution> solve(const Slot& from, const Slot& to) const {
    if (!cases_) return std::nullopt;
    for (const std::size_t side : {kNewer, kOlder}) {
      if (from.ends[side].empty() || to.ends[side].empty()) continue;
      const auto& ends = sides_[side].relation->ends();
      return cases_->solve(ends[from.ends[side].front()], ends[to.ends[side].front()]);
    }
    return std::nullopt;
  }

  // ---- in words -----------------------------------------------------------------------------------------------------
  Change change(const Party& from, const Party& to, const Delta& delta, std::vector<std::string> addresses) const {
    Change out;
    out.kind = kind(delta);
    out.from = from.name;
    out.to = to.name;
    out.addresses = std::move(addresses);
    if (!delta.gained.packets.empty()) {
      out.gained = packets_.text(delta.gained.packets);
      out.newly = turn(from, to, delta.gained, kNewer);
    }
    if (!delta.lost.packets.empty()) {
      out.lost = packets_.text(delta.lost.packets);
      out.no_longer = turn(from, to, delta.lost, kOlder);
    }
    if (!delta.open.packets.empty()) out.open = packets_.text(delta.open.packets);
    return out;
  }

  static Change::Kind kind(const Delta& delta) {
    const bool more = !delta.gained.packets.empty();
    const bool less = !delta.lost.packets.empty();
    if (more && less) return Change::Kind::Altered;
    if (more) return delta.before ? Change::Kind::Widened : Change::Kind::Added;
    if (less) return delta.after ? Change::Kind::Narrowed : Change::Kind::Removed;
    return Change::Kind::Undecided;
  }

  /// One packet of the part: its way in the estate `passing`, and what stops it in the other.
  std::optional<Turn> turn(const Party& from, const Party& to, const Part& part, std::size_t passing) const {
    const auto& [a, b] = *part.where;
    const PacketSet there = extent(passing, *a, *b).some_surely;
    PacketSet both = part.packets;
    both &= there;
    const reach::PacketAtom atom = both.atoms().front();
    Turn out;
    const auto solution = solve(*a, *b);
    out.packet =
        fmt::format("{} -> {} {}", text(from, *a, solution, 0), text(to, *b, solution, 1), packets_.witness(atom));
    if (solution && solution->feasible == Feasible::Yes) out.values = cases_->values(*solution);
    out.passes = steps(passing, *a, *b, atom, true);
    out.stops = steps(1 - passing, *a, *b, atom, false);
    return out;
  }

  std::vector<reach::Step> steps(std::size_t side, const Slot& from, const Slot& to, reach::PacketAtom atom,
                                 bool admitted) const {
    for (const EndId a : from.ends[side]) {
      for (const EndId b : to.ends[side]) {
        if (family(side, a) != family(side, b)) continue;
        const reach::Relation& relation = *sides_[side].relation;
        if (relation.between(a, b).surely.contains(atom) != admitted) continue;
        return relation.trace(a, b, atom).steps;
      }
    }
    return {};
  }

  std::string text(const Party& party, const Slot& slot, const std::optional<Solution>& solution,
                   std::size_t which) const {
    if (!party.outside) return party.name;
    if (solution && solution->feasible == Feasible::Yes) {
      return net::to_string(solution->instance.addresses.at(which));
    }
    return example(*slot.cell);
  }

  /// An address of the cell where its blocks are known.
  [[nodiscard]] std::string example(reach::Cell cell) const {
    const auto* block = std::get_if<net::Prefix>(&tree_.block(cell).base);
    const std::string words = reach::words(*sides_[kNewer].estate, tree_, cell);
    if (block == nullptr || tree_.block(cell).part) return fmt::format("an address of {}", words);
    std::vector<net::Prefix> holes;
    for (const auto& hole : tree_.holes(cell)) {
      const auto* known = std::get_if<net::Prefix>(&hole.base);
      if (known == nullptr) return fmt::format("an address of {}", words);
      holes.push_back(*known);
    }
    const net::AddressSet addresses = net::AddressSet(*block).without(net::AddressSet(holes));
    const auto usual = net::parse_address("203.0.113.7");
    return net::to_string(usual && addresses.contains(*usual) ? *usual : addresses.witness());
  }

  [[nodiscard]] Part empty() const { return {.packets = PacketSet(packets_.size()), .where = {}}; }

  const reach::AddressTree& tree_;
  const reach::Packets& packets_;
  std::optional<Cases> cases_;
  reach::Relation older_;
  reach::Relation newer_;
  ComparedSides sides_;
  std::vector<Party> parties_;
  std::vector<Change> changes_;
};

std::vector<NotKnown> unknowns(const estate::Estate& older, const estate::Estate& newer) {
  std::vector<NotKnown> out;
  for (const auto& unknown : older.unknowns) out.push_back({.newer = false, .unknown = unknown});
  for (const auto& unknown : newer.unknowns) out.push_back({.newer = true, .unknown = unknown});
  return out;
}

bool same_text(const Change& a, const Change& b) {
  return std::tie(a.kind, a.from, a.to, a.addresses, a.gained, a.lost, a.open) ==
         std::tie(b.kind, b.from, b.to, b.addresses, b.gained, b.lost, b.open);
}

}  // namespace

bool Changes::broadened() const {
  return std::any_of(changes.begin(), changes.end(), [](const Change& one) { return one.broadens(); });
}

bool Changes::open() const {
  return !unknowns.empty() || !undecided.empty() ||
         std::any_of(changes.begin(), changes.end(), [](const Change& one) { return !one.open.empty(); });
}

Changes changes(estate::Estate older, estate::Estate newer, const model::Design* design) {
  Changes out{.changes = {}, .unknowns = unknowns(older, newer), .undecided = ""};
  share_symbols(older, newer);
  estate::Estate symbols;
  symbols.symbols = older.symbols;
  const Knowledge knowledge(design, symbols);
  older.symbols = symbols.symbols;
  newer.symbols = symbols.symbols;

  std::vector<estate::Block> blocks = reach::blocks_of(older);
  std::vector<estate::Kind> kinds = reach::kinds_of(older);
  for (const auto& block : reach::blocks_of(newer)) blocks.push_back(block);
  for (const auto& kind : reach::kinds_of(newer)) kinds.push_back(kind);
  const reach::Packets packets(kinds, {});
  const auto trees = knowledge.trees(blocks);
  if (trees.empty()) {
    out.undecided = design == nullptr
                        ? "the parameters can have too many values to go through: name the source of one of the two, "
                          "which says what they are"
                        : "the addresses can lie in too many ways to go through them";
    return out;
  }
  for (const auto& tree : trees) {
    for (auto& change : TreeChanges({&older, &newer}, knowledge, tree, blocks, packets, design).run()) {
      const bool told = std::any_of(out.changes.begin(), out.changes.end(),
                                    [&](const Change& one) { return same_text(one, change); });
      if (!told) out.changes.push_back(std::move(change));
    }
  }
  for (auto& change : data_changes(older, newer, design, knowledge.family())) out.changes.push_back(std::move(change));
  std::stable_sort(out.changes.begin(), out.changes.end(),
                   [](const Change& a, const Change& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
  return out;
}

}  // namespace crenel::verify
