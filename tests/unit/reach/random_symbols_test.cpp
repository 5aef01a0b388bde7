#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "compiler/reach/relation.h"
#include "tests/unit/reach/random_estate.h"
#include "tests/unit/reach/scene.h"

using namespace crenel;
using namespace crenel::reach_tests;

/// A block of an estate becomes one that only a deployment gives. Of all the ways in which that can lie one is the way
/// in which the block did lie, and there everything must be as it was.
namespace {

constexpr std::uint64_t kEstates = 400;

/// The estate with `known` replaced by a symbol, wherever it is said.
class Replacing {
 public:
  Replacing(estate::Estate estate, Block known) : estate_(std::move(estate)), known_(std::move(known)) {
    symbol_ = {.base = estate_.symbols.add({.name = "symbol", .parameter = true, .host = false, .place = {}}),
               .part = std::nullopt};
    for (auto& network : estate_.networks) replace(network.spaces);
    for (auto& subnet : estate_.subnets) replace(subnet.blocks);
    for (auto& table : estate_.route_tables) {
      for (auto& route : table.routes) {
        replace(route.destination);
        if (route.within) replace(*route.within);
      }
    }
    for (auto& door : estate_.doors) {
      if (auto* link = std::get_if<estate::LinkDoor>(&door.kind)) replace(link->prefixes);
    }
    for (auto& interface : estate_.interfaces) replace(interface.addresses);
    for (auto& list : estate_.rule_lists) {
      for (auto* rules : {&list.in, &list.out}) {
        for (auto& rule : *rules) {
          for (auto* peers : {&rule.source, &rule.destination}) {
            replace(peers->blocks);
            replace(peers->perhaps);
            replace(peers->except);
          }
        }
      }
    }
  }

  [[nodiscard]] const estate::Estate& estate() const { return estate_; }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] Block renamed(const Block& block) const { return block == known_ ? symbol_ : block; }

 private:
  void replace(Block& block) {
    if (!(block == known_)) return;
    block = symbol_;
    any_ = true;
  }
  void replace(std::vector<Block>& blocks) {
    for (Block& block : blocks) replace(block);
  }

  estate::Estate estate_;
  Block known_;
  Block symbol_;
  bool any_ = false;
};

bool within(reach::CellRange inner, reach::CellRange outer) {
  return outer.first <= inner.first && inner.end <= outer.end;
}

reach::Order open(const Block& /*a*/, const Block& /*b*/) { return reach::Order::Open; }

class Comparison {
 public:
  Comparison(const estate::Estate& known, const Replacing& replaced)
      : known_(known), replaced_(replaced), blocks_(reach::blocks_of(known)) {}

  /// How many of the trees are like the known one.
  std::size_t run() {
    const auto known_trees = reach::AddressTree::all(blocks_, open);
    const reach::AddressTree& known_tree = known_trees.front();
    const auto trees = reach::AddressTree::all(reach::blocks_of(replaced_.estate()), open, 4096);
    const reach::Packets packets(reach::kinds_of(known_), {});
    std::size_t alike = 0;
    for (const auto& tree : trees) {
      if (!are_alike(known_tree, tree)) continue;
      ++alike;
      compare(known_tree, tree, packets);
    }
    return alike;
  }

 private:
  [[nodiscard]] bool are_alike(const reach::AddressTree& known, const reach::AddressTree& tree) const {
    return std::all_of(blocks_.begin(), blocks_.end(), [&](const Block& a) {
      return std::all_of(blocks_.begin(), blocks_.end(), [&](const Block& b) {
        return within(known.range(a), known.range(b)) ==
               within(tree.range(replaced_.renamed(a)), tree.range(replaced_.renamed(b)));
      });
    });
  }

  void compare(const reach::AddressTree& known_tree, const reach::AddressTree& tree,
               const reach::Packets& packets) const {
    const reach::Relation before(known_, known_tree, packets);
    const reach::Relation after(replaced_.estate(), tree, packets);
    std::vector<reach::EndId> ends;
    for (const auto& end : before.ends()) {
      const auto cell = tree.range(replaced_.renamed(known_tree.block(end.cell))).first;
      const auto ids = after.ends().ids();
      const auto found = std::find_if(ids.begin(), ids.end(), [&](reach::EndId id) {
        const reach::End& other = after.ends()[id];
        return other.interface == end.interface && other.subnet == end.subnet && other.door == end.door &&
               other.cell == cell;
      });
      REQUIRE(found != ids.end());
      ends.push_back(*found);
    }
    for (const auto from : before.ends().ids()) {
      for (const auto to : before.ends().ids()) {
        const bool same = before.between(from, to) == after.between(ends[from.index()], ends[to.index()]);
        REQUIRE(same);
      }
    }
  }

  const estate::Estate& known_;
  const Replacing& replaced_;
  std::vector<Block> blocks_;
};

}  // namespace

TEST_CASE("a block that a deployment gives, lying where a known one lay, is the same as that") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= kEstates; ++seed) {
    const estate::Estate known = random_estate(seed);
    // a balancer's targets may be anywhere, and so are clients: cells that are surely empty in the one are not in the
    // other
    if (!known.balancers.empty()) continue;
    for (const char* text : {"192.168.0.0/30", "198.51.100.2/31", "10.0.0.4/30", "10.0.0.0/28"}) {
      const Replacing replaced(known, block(text));
      if (!replaced.any()) continue;
      INFO("seed ", seed, ", block ", text);
      CHECK(Comparison(known, replaced).run() == 1);
      ++tried;
    }
  }
  CHECK(tried > kEstates / 2);
}
