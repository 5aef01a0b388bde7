#include <algorithm>
#include <iterator>

#include "compiler/reach/address_tree.h"
#include "compiler/reach/block_orders.h"

namespace crenel::reach {
namespace {

using estate::Block;

/// A node of a tree that is being put together.
struct Draft {
  std::vector<Block> names;  ///< equal blocks; a known one is the first
  std::vector<std::size_t> children;
};
/// The first node holds everything; its children are the two families.
using Drafts = std::vector<Draft>;

constexpr std::size_t kEverything = 0;

const net::Prefix* known_of(const Draft& draft) {
  return draft.names.empty() ? nullptr : known_prefix(draft.names.front());
}

std::vector<net::Prefix> known_blocks(const std::vector<Block>& blocks) {
  std::vector<net::Prefix> out = {net::whole(net::Family::V4), net::whole(net::Family::V6)};
  for (const Block& block : blocks) {
    if (const net::Prefix* known = known_prefix(block)) out.push_back(*known);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Wholes before their parts, and wide parts before narrow ones.
std::vector<Block> symbolic_blocks(const std::vector<Block>& blocks) {
  std::vector<Block> out;
  const auto put = [&](const Block& block) {
    if (std::find(out.begin(), out.end(), block) == out.end()) out.push_back(block);
  };
  for (const Block& block : blocks) {
    if (known_prefix(block) != nullptr) continue;
    put({.base = block.base, .part = std::nullopt});
    put(block);
  }
  std::stable_sort(out.begin(), out.end(), [](const Block& a, const Block& b) {
    return (a.part ? a.part->length : -1) < (b.part ? b.part->length : -1);
  });
  return out;
}

net::Prefix common_prefix(const net::Prefix& a, const net::Prefix& b) {
  net::Prefix out = a;
  while (!out.contains(b)) {
    --out.length;
    const int host_bits = net::bits_of(a.address.family) - out.length;
    out.address.bits =
        host_bits >= 128 ? 0 : out.address.bits >> static_cast<unsigned>(host_bits) << static_cast<unsigned>(host_bits);
  }
  return out;
}

Drafts skeleton(const std::vector<net::Prefix>& known) {
  Drafts drafts(1);
  std::vector<std::size_t> open = {kEverything};
  for (const net::Prefix& prefix : known) {
    while (open.back() != kEverything && !known_of(drafts[open.back()])->contains(prefix)) open.pop_back();
    drafts[open.back()].children.push_back(drafts.size());
    open.push_back(drafts.size());
    drafts.push_back({.names = {{.base = prefix, .part = std::nullopt}}, .children = {}});
  }
  return drafts;
}

/// Where one more block can be put.
struct Place {
  std::size_t node = 0;
  bool same = false;                 ///< it is that node
  std::vector<std::size_t> adopted;  ///< else it is a child of that node, around these
};

/// All places for one block in a tree, by what is possible between it and every block there.
class Places {
 public:
  /// Stops looking once there are more than `most`.
  Places(const Drafts& drafts, const Block& block, const Ordering& ordering, std::size_t most)
      : drafts_(drafts),
        block_(block),
        most_(most),
        possible_(drafts.size(), kAnyOrder),
        apart_(drafts.size(), true),
        around_(drafts.size(), true) {
    weigh(kEverything, ordering);
  }

  std::vector<Place> find() {
    visit(kEverything);
    return std::move(places_);
  }

 private:
  /// `apart_` and `around_` hold for a node with all that is inside it.
  void weigh(std::size_t node, const Ordering& ordering) {
    for (const Block& name : drafts_[node].names) possible_[node] &= possible_orders(block_, name, ordering);
    apart_[node] = (possible_[node] & kApart) != 0;
    around_[node] = (possible_[node] & kAround) != 0;
    for (const std::size_t child : drafts_[node].children) {
      weigh(child, ordering);
      apart_[node] = apart_[node] && apart_[child];
      around_[node] = around_[node] && around_[child];
    }
  }

  /// The block is strictly inside `node`.
  void visit(std::size_t node) {
    const std::vector<std::size_t>& children = drafts_[node].children;
    const auto bad = std::count_if(children.begin(), children.end(), [&](std::size_t child) { return !apart_[child]; });
    for (const std::size_t child : children) {
      if (bad - (apart_[child] ? 0 : 1) > 0) continue;
      const std::vector<std::size_t>& inner = drafts_[child].children;
      const bool around_inner = std::all_of(inner.begin(), inner.end(), [&](std::size_t one) { return around_[one]; });
      if ((possible_[child] & kSame) != 0 && around_inner)
        places_.push_back({.node = child, .same = true, .adopted = {}});
      if ((possible_[child] & kInside) != 0) visit(child);
    }
    if (node != kEverything) adopt(node);
  }

  /// The block becomes a child of `node` and takes some of its children in. Known ones go with all others that lie in
  /// the smallest block around them.
  void adopt(std::size_t node) {
    std::vector<std::size_t> known;
    std::vector<std::size_t> symbolic;
    for (const std::size_t child : drafts_[node].children) {
      (known_of(drafts_[child]) != nullptr ? known : symbolic).push_back(child);
    }
    std::vector<std::vector<std::size_t>> choices = {{}};
    for (const std::size_t child : known) choices.push_back({child});
    std::vector<net::Prefix> joints;
    for (std::size_t i = 1; i < known.size(); ++i) {
      joints.push_back(common_prefix(*known_of(drafts_[known[i - 1]]), *known_of(drafts_[known[i]])));
    }
    std::sort(joints.begin(), joints.end());
    joints.erase(std::unique(joints.begin(), joints.end()), joints.end());
    for (const net::Prefix& joint : joints) {
      std::vector<std::size_t> in;
      std::copy_if(known.begin(), known.end(), std::back_inserter(in),
                   [&](std::size_t child) { return joint.contains(*known_of(drafts_[child])); });
      choices.push_back(std::move(in));
    }
    for (const std::vector<std::size_t>& choice : choices) {
      if (fits(node, choice, known)) with_symbolic(node, choice, symbolic, 0, known);
    }
  }

  /// Is there room between `node` and what is taken in, without what is not?
  [[nodiscard]] bool fits(std::size_t node, const std::vector<std::size_t>& choice,
                          const std::vector<std::size_t>& known) const {
    const net::Prefix* outer = known_of(drafts_[node]);
    if (outer == nullptr) return true;
    const std::optional<int> length = length_of(block_);
    const int bits = net::bits_of(outer->address.family);
    int least = outer->length + 1;
    int most = bits;
    if (!choice.empty()) {
      net::Prefix around = *known_of(drafts_[choice.front()]);
      for (const std::size_t child : choice) around = common_prefix(around, *known_of(drafts_[child]));
      most = choice.size() == 1 ? around.length - 1 : around.length;
      for (const std::size_t child : known) {
        if (std::find(choice.begin(), choice.end(), child) != choice.end()) continue;
        least = std::max(least, common_prefix(around, *known_of(drafts_[child])).length + 1);
      }
    }
    if (length) {
      least = std::max(least, *length);
      most = std::min(most, *length);
    }
    return least <= most;
  }

  void with_symbolic(std::size_t node, std::vector<std::size_t> adopted, const std::vector<std::size_t>& symbolic,
                     std::size_t next, const std::vector<std::size_t>& known) {
    if (places_.size() > most_) return;
    if (next < symbolic.size()) {
      const std::size_t child = symbolic[next];
      if (apart_[child]) with_symbolic(node, adopted, symbolic, next + 1, known);
      if (around_[child]) {
        adopted.push_back(child);
        with_symbolic(node, std::move(adopted), symbolic, next + 1, known);
      }
      return;
    }
    const auto adopts = [&](std::size_t child) {
      return std::find(adopted.begin(), adopted.end(), child) != adopted.end();
    };
    for (const std::size_t child : known) {
      if (adopts(child) ? !around_[child] : !apart_[child]) return;
    }
    if (adopted.empty() && full(node)) return;
    places_.push_back({.node = node, .same = false, .adopted = std::move(adopted)});
  }

  /// Known blocks leave no room in the node.
  [[nodiscard]] bool full(std::size_t node) const {
    const net::Prefix* outer = known_of(drafts_[node]);
    if (outer == nullptr) return false;
    if (outer->length == net::bits_of(outer->address.family)) return true;
    net::U128 filled = 0;
    bool any = false;
    for (const std::size_t child : drafts_[node].children) {
      const net::Prefix* known = known_of(drafts_[child]);
      if (known == nullptr) continue;
      any = true;
      filled += net::U128{1} << static_cast<unsigned>(net::bits_of(known->address.family) - known->length);
    }
    const int bits = net::bits_of(outer->address.family) - outer->length;
    return any && filled == (bits >= 128 ? 0 : net::U128{1} << static_cast<unsigned>(bits));
  }

  const Drafts& drafts_;
  const Block& block_;
  std::size_t most_;
  std::vector<Possible> possible_;
  std::vector<bool> apart_;
  std::vector<bool> around_;
  std::vector<Place> places_;
};

Drafts with(const Drafts& drafts, const Block& block, const Place& place) {
  Drafts out = drafts;
  if (place.same) {
    out[place.node].names.push_back(block);
    return out;
  }
  std::vector<std::size_t>& children = out[place.node].children;
  std::erase_if(children, [&](std::size_t child) {
    return std::find(place.adopted.begin(), place.adopted.end(), child) != place.adopted.end();
  });
  children.push_back(out.size());
  out.push_back({.names = {block}, .children = place.adopted});
  return out;
}

}  // namespace

class AddressTreeBuilder {
 public:
  /// Of known blocks alone, in their order.
  static AddressTree of(const std::vector<net::Prefix>& known) {
    AddressTree tree;
    tree.nodes_.reserve(known.size());
    std::vector<Cell> open;
    const auto close = [&] {
      tree.nodes_[open.back()].end = static_cast<Cell>(tree.nodes_.size());
      open.pop_back();
    };
    for (const net::Prefix& prefix : known) {
      while (!open.empty() && !known_prefix(tree.nodes_[open.back()].block)->contains(prefix)) close();
      open.push_back(static_cast<Cell>(tree.nodes_.size()));
      tree.nodes_.push_back(
          {.block = {.base = prefix, .part = std::nullopt}, .end = 0, .family = prefix.address.family});
    }
    while (!open.empty()) close();
    tree.index_known();
    return tree;
  }

  static AddressTree of(const Drafts& drafts) {
    AddressTree tree;
    for (const std::size_t family : drafts[kEverything].children) {
      add(tree, drafts, family, known_of(drafts[family])->address.family);
    }
    tree.index_known();
    return tree;
  }

 private:
  static void add(AddressTree& tree, const Drafts& drafts, std::size_t node, net::Family family) {
    const auto cell = static_cast<Cell>(tree.nodes_.size());
    tree.nodes_.push_back({.block = drafts[node].names.front(), .end = 0, .family = family});
    for (const Block& name : drafts[node].names) {
      if (known_prefix(name) == nullptr) tree.symbolic_.emplace_back(name, cell);
    }
    for (const std::size_t child : drafts[node].children) add(tree, drafts, child, family);
    tree.nodes_[cell].end = static_cast<Cell>(tree.nodes_.size());
  }
};

std::vector<AddressTree> AddressTree::all(const std::vector<Block>& blocks, const Ordering& ordering,
                                          std::size_t most) {
  const std::vector<net::Prefix> known = known_blocks(blocks);
  const std::vector<Block> symbolic = symbolic_blocks(blocks);
  if (symbolic.empty()) return {AddressTreeBuilder::of(known)};
  std::vector<Drafts> arrangements = {skeleton(known)};
  for (const Block& block : symbolic) {
    std::vector<Drafts> next;
    for (const Drafts& drafts : arrangements) {
      for (const Place& place : Places(drafts, block, ordering, most).find()) {
        if (next.size() == most) return {};
        next.push_back(with(drafts, block, place));
      }
    }
    arrangements = std::move(next);
  }
  std::vector<AddressTree> trees;
  for (const Drafts& drafts : arrangements) trees.push_back(AddressTreeBuilder::of(drafts));
  return trees;
}

}  // namespace crenel::reach
