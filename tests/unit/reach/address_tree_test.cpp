#include "compiler/reach/address_tree.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crenel;
using estate::Block;
using estate::SymbolId;
using reach::AddressTree;
using reach::Cell;
using reach::CellRange;
using reach::Order;

namespace {

Block block(std::string_view text) { return {.base = net::parse_prefix(text).value(), .part = std::nullopt}; }
Block symbol(std::size_t index) { return {.base = SymbolId(index), .part = std::nullopt}; }
Block part(std::size_t index, int length, std::uint32_t number, bool from_end = false) {
  return {.base = SymbolId(index), .part = estate::Part{.length = length, .index = number, .from_end = from_end}};
}

Order open(const Block& /*a*/, const Block& /*b*/) { return Order::Open; }

AddressTree only(const std::vector<Block>& blocks, const reach::Ordering& ordering = open) {
  std::vector<AddressTree> trees = AddressTree::all(blocks, ordering);
  REQUIRE(trees.size() == 1);
  return std::move(trees.front());
}

bool within(CellRange inner, CellRange outer) { return outer.first <= inner.first && inner.end <= outer.end; }
bool apart(CellRange a, CellRange b) { return a.end <= b.first || b.end <= a.first; }

/// Symbols are IPv4 blocks strictly inside 10.0.0.0/8, and as to any other block it depends.
Order somewhere_in_ten(const Block& a, const Block& b) {
  const auto* known = std::get_if<net::Prefix>(&b.base);
  if (known == nullptr) {
    if (std::holds_alternative<SymbolId>(a.base)) return Order::Open;
    const Order other = somewhere_in_ten(b, a);
    return other == Order::StrictlyInside ? Order::StrictlyAround : other;
  }
  if (known->address.family == net::Family::V6) return Order::Apart;
  if (known->contains(net::parse_prefix("10.0.0.0/8").value())) return Order::StrictlyInside;
  return Order::Open;
}

}  // namespace

TEST_CASE("known blocks are intervals of cells, nested as they are") {
  const AddressTree tree =
      only({block("10.0.0.0/16"), block("10.0.1.0/24"), block("10.0.2.0/24"), block("10.1.0.0/16")});
  CHECK(tree.cells() == 6);
  CHECK(tree.range(block("0.0.0.0/0")) == CellRange{0, 5});
  CHECK(tree.range(block("10.0.0.0/16")) == CellRange{1, 4});
  CHECK(tree.range(block("10.0.1.0/24")) == CellRange{2, 3});
  CHECK(tree.range(block("10.1.0.0/16")) == CellRange{4, 5});
  CHECK(tree.range(block("::/0")) == CellRange{5, 6});
  CHECK(tree.family(4) == net::Family::V4);
  CHECK(tree.family(5) == net::Family::V6);
  CHECK(tree.block(1) == block("10.0.0.0/16"));
  CHECK(tree.holes(1) == std::vector{block("10.0.1.0/24"), block("10.0.2.0/24")});
  CHECK(tree.holes(0) == std::vector{block("10.0.0.0/16"), block("10.1.0.0/16")});
  CHECK(tree.holes(2).empty());
}

TEST_CASE("a block that is named twice is one") {
  CHECK(only({block("10.0.0.0/8"), block("10.0.0.0/8"), block("0.0.0.0/0")}).cells() == 3);
}

TEST_CASE("blocks of IPv6, to the last bit") {
  const AddressTree tree =
      only({block("2001:db8::/32"), block("2001:db8::/33"), block("2001:db8:8000::/33"), block("2001:db8::1/128")});
  CHECK(tree.cells() == 6);
  const CellRange whole = tree.range(block("2001:db8::/32"));
  CHECK(within(whole, tree.range(block("::/0"))));
  CHECK(within(tree.range(block("2001:db8::1/128")), tree.range(block("2001:db8::/33"))));
  CHECK(tree.surely_empty(whole.first));
  CHECK_FALSE(tree.surely_empty(tree.range(block("2001:db8::/33")).first));
}

TEST_CASE("a cell that known blocks fill up holds no address") {
  const AddressTree tree = only({block("10.0.0.0/8"), block("10.0.0.0/9"), block("10.128.0.0/10"),
                                 block("10.192.0.0/10"), block("0.0.0.0/1"), block("128.0.0.0/1")});
  CHECK(tree.surely_empty(tree.range(block("10.0.0.0/8")).first));
  CHECK(tree.surely_empty(tree.range(block("0.0.0.0/0")).first));
  CHECK_FALSE(tree.surely_empty(tree.range(block("0.0.0.0/1")).first));
}

TEST_CASE("a symbol that lies in one place gives one tree") {
  const auto ordering = [](const Block& a, const Block& b) {
    const Block& known = std::holds_alternative<net::Prefix>(a.base) ? a : b;
    const bool first = std::holds_alternative<net::Prefix>(b.base);
    if (known == block("10.0.0.0/8") || known == block("0.0.0.0/0")) {
      return first ? Order::StrictlyInside : Order::StrictlyAround;
    }
    return Order::Apart;
  };
  const AddressTree tree = only({block("10.0.0.0/8"), block("10.1.0.0/16"), symbol(0)}, ordering);
  CHECK(within(tree.range(symbol(0)), tree.range(block("10.0.0.0/8"))));
  CHECK(apart(tree.range(symbol(0)), tree.range(block("10.1.0.0/16"))));
  CHECK(tree.block(tree.range(symbol(0)).first) == symbol(0));
}

TEST_CASE("where a symbol may lie in several places there are several trees") {
  const std::vector<AddressTree> trees =
      AddressTree::all({block("10.0.0.0/8"), block("10.1.0.0/16"), symbol(0)}, somewhere_in_ten);
  // beside 10.1.0.0/16, the same, inside, around
  CHECK(trees.size() == 4);
  const auto count = [&](auto test) {
    return std::count_if(trees.begin(), trees.end(), [&](const AddressTree& tree) {
      return test(tree.range(symbol(0)), tree.range(block("10.1.0.0/16")));
    });
  };
  CHECK(count([](CellRange a, CellRange b) { return a == b; }) == 1);
  CHECK(count(apart) == 1);
  CHECK(count([](CellRange a, CellRange b) { return a != b && within(a, b); }) == 1);
  CHECK(count([](CellRange a, CellRange b) { return a != b && within(b, a); }) == 1);
}

TEST_CASE("no tree is put together that has no room for the symbol") {
  // around 10.0.0.0/9 and without 10.128.0.0/9 there is nothing inside 10.0.0.0/8, nor beside both
  const std::vector<AddressTree> trees =
      AddressTree::all({block("10.0.0.0/8"), block("10.0.0.0/9"), block("10.128.0.0/9"), symbol(0)}, somewhere_in_ten);
  // the same as one of the two, or inside it
  CHECK(trees.size() == 4);
  // neighbours share a block that holds both: around one alone there is none
  for (const AddressTree& tree : AddressTree::all(
           {block("10.0.0.0/8"), block("10.0.0.0/16"), block("10.1.0.0/16"), symbol(0)}, somewhere_in_ten)) {
    const bool around_first = within(tree.range(block("10.0.0.0/16")), tree.range(symbol(0)));
    const bool around_second = within(tree.range(block("10.1.0.0/16")), tree.range(symbol(0)));
    const bool same = tree.range(symbol(0)) == tree.range(block("10.0.0.0/16")) ||
                      tree.range(symbol(0)) == tree.range(block("10.1.0.0/16"));
    CHECK((same || around_first == around_second));
  }
}

TEST_CASE("parts of one symbol lie as arithmetic says") {
  const auto ordering = [](const Block& /*a*/, const Block& b) {
    const auto* known = std::get_if<net::Prefix>(&b.base);
    if (known != nullptr && known->length == 0) {
      return known->address.family == net::Family::V4 ? Order::StrictlyInside : Order::Apart;
    }
    return Order::Apart;
  };
  const AddressTree tree = only({part(0, 24, 0), part(0, 24, 3), part(0, 26, 12), part(0, 26, 4)}, ordering);
  const CellRange whole = tree.range(symbol(0));
  CHECK(within(tree.range(part(0, 24, 0)), whole));
  CHECK(apart(tree.range(part(0, 24, 0)), tree.range(part(0, 24, 3))));
  CHECK(within(tree.range(part(0, 26, 12)), tree.range(part(0, 24, 3))));
  CHECK(apart(tree.range(part(0, 26, 4)), tree.range(part(0, 24, 3))));
  CHECK(apart(tree.range(part(0, 26, 4)), tree.range(part(0, 24, 0))));
}

TEST_CASE("the first and the last part may be one, if the block is no larger than they are") {
  const auto ordering = [](const Block& a, const Block& b) {
    if (!std::holds_alternative<net::Prefix>(b.base)) return Order::Open;
    (void)a;
    return std::get<net::Prefix>(b.base).address.family == net::Family::V4 ? Order::StrictlyInside : Order::Apart;
  };
  const std::vector<AddressTree> trees = AddressTree::all({part(0, 24, 0), part(0, 24, 0, true)}, ordering);
  CHECK(std::any_of(trees.begin(), trees.end(), [](const AddressTree& tree) {
    return tree.range(part(0, 24, 0)) == tree.range(part(0, 24, 0, true));
  }));
  CHECK(std::any_of(trees.begin(), trees.end(), [](const AddressTree& tree) {
    return apart(tree.range(part(0, 24, 0)), tree.range(part(0, 24, 0, true)));
  }));
  for (const AddressTree& tree : trees) CHECK(within(tree.range(part(0, 24, 0)), tree.range(symbol(0))));
}

TEST_CASE("too many ways to lie are none at all") {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < 8; ++i) blocks.push_back(symbol(i));
  CHECK(AddressTree::all(blocks, somewhere_in_ten).empty());
  CHECK(AddressTree::all({symbol(0), symbol(1)}, somewhere_in_ten, 3).empty());
}
