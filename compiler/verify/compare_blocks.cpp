#include "compiler/verify/compare_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "compiler/reach/block_orders.h"
#include "compiler/verify/parameter_values.h"

namespace crenel::verify {
namespace {

using reach::Order;

using Addresses = std::pair<net::U128, net::U128>;

const estate::SymbolId* symbol_of(const estate::Block& block) { return std::get_if<estate::SymbolId>(&block.base); }

/// The first and the last address of a part, counted from the start of a block of `length` in a family of `bits`;
/// nothing when it has none.
std::optional<Addresses> extent(const estate::Part& part, int length, int bits) {
  if (part.length < length || part.length > bits) return std::nullopt;
  const int more = part.length - length;
  const net::U128 last = more >= 128 ? ~net::U128{0} : (net::U128{1} << more) - 1;
  if (part.index > last) return std::nullopt;
  const net::U128 size = part.length == 0 ? 0 : net::U128{1} << (bits - part.length);
  const net::U128 first = (part.from_end ? last - part.index : net::U128{part.index}) * size;
  return Addresses(first, first + size - 1);
}

Order order_of(const Addresses& a, const Addresses& b) {
  if (a == b) return Order::Same;
  if (a.second < b.first || b.second < a.first) return Order::Apart;
  return a.first >= b.first && a.second <= b.second ? Order::StrictlyInside : Order::StrictlyAround;
}

bool is_one_of(Order order, std::initializer_list<Order> orders) {
  return std::find(orders.begin(), orders.end(), order) != orders.end();
}

/// What holds in both of two cases.
Order common(Order a, Order b) {
  if (a == b) return a;
  const std::initializer_list<Order> within = {Order::Same, Order::Inside, Order::StrictlyInside};
  const std::initializer_list<Order> around = {Order::Same, Order::Around, Order::StrictlyAround};
  if (is_one_of(a, within) && is_one_of(b, within)) return Order::Inside;
  if (is_one_of(a, around) && is_one_of(b, around)) return Order::Around;
  return Order::Open;
}

/// A block without bounds may lie in or beside each of the reserved ones, and its parts with it: hundreds of ways, each
/// decided in far less than a millisecond.
constexpr std::size_t kMostArrangements = 4096;

}  // namespace

BlockFamily::BlockFamily(const model::Design& design, estate::Estate& estate)
    : design_(design), estate_(estate), names_(design, estate), addresses_(design) {
  for (const auto id : design.parameters.ids()) {
    const model::Parameter& parameter = design.parameters[id];
    const bool host = parameter.kind == model::ParameterKind::Ip;
    if (names_.symbol(id) || !(host || parameter.kind == model::ParameterKind::Cidr)) continue;
    added_.emplace(id, estate_.symbols.add(
                           {.name = pascal_case(parameter.origin.path), .parameter = true, .host = host, .place = {}}));
  }
}

estate::Block BlockFamily::block(const model::Late<net::Prefix>& late) const {
  if (const auto* prefix = std::get_if<net::Prefix>(&late)) return {.base = *prefix, .part = {}};
  const auto parameter = std::get<model::ParameterId>(late);
  if (const auto only = only_value(design_.parameters[parameter])) return {.base = *only, .part = {}};
  const auto symbol = names_.symbol(parameter);
  return {.base = symbol ? *symbol : added_.at(parameter), .part = {}};
}

std::optional<Block> BlockFamily::base_of(const estate::Block& block) const {
  if (const auto* prefix = std::get_if<net::Prefix>(&block.base)) return *prefix;
  const auto symbol = std::get<estate::SymbolId>(block.base);
  if (const auto parameter = names_.parameter(symbol)) return *parameter;
  for (const auto& [parameter, id] : added_) {
    if (id == symbol) return parameter;
  }
  return std::nullopt;
}

int BlockFamily::bits_of(const estate::Block& block) const {
  if (const auto base = base_of(block)) return net::bits_of(model::family_of(design_, *base));
  const auto* symbol = symbol_of(block);
  if (symbol != nullptr && estate_.symbols[*symbol].given) {
    return net::bits_of(estate_.symbols[*symbol].given->within.address.family);
  }
  constexpr int kOfIpv4 = 32;
  return block.part && block.part->length > kOfIpv4 ? net::bits_of(net::Family::V6) : kOfIpv4;
}

std::pair<int, int> BlockFamily::lengths(const estate::Block& block) const {
  if (block.part) return {block.part->length, block.part->length};
  const auto base = base_of(block);
  if (!base) return {0, 128};
  if (const auto* prefix = std::get_if<net::Prefix>(&*base)) return {prefix->length, prefix->length};
  const model::Parameter& parameter = design_.parameters[std::get<model::ParameterId>(*base)];
  if (parameter.kind == model::ParameterKind::Ip) return {bits_of(block), bits_of(block)};
  return {parameter.shortest, parameter.longest};
}

// ---- how two blocks lie ---------------------------------------------------------------------------------------------
Order BlockFamily::order(const estate::Block& a, const estate::Block& b) const {
  if (a == b) return Order::Same;
  const auto* symbol_a = symbol_of(a);
  const auto* symbol_b = symbol_of(b);
  if (symbol_a != nullptr && symbol_b != nullptr && *symbol_a == *symbol_b) return order_of_parts(a, b);
  const Order given = reach::order_of_given(estate_, a, b);
  const bool open = is_one_of(given, {Order::Open, Order::OpenShorter, Order::OpenLonger});
  if (!open) return given;
  const Order bases = order_of_bases(a, b);
  if (!a.part && !b.part) return bases == Order::Open ? given : bases;
  // A part lies where its base lies, but what its base holds it may hold or not.
  if (bases == Order::Apart) return Order::Apart;
  if (a.part && !b.part && is_one_of(bases, {Order::Inside, Order::StrictlyInside, Order::Same})) return Order::Inside;
  if (b.part && !a.part && is_one_of(bases, {Order::Around, Order::StrictlyAround, Order::Same})) return Order::Around;
  return given;
}

Order BlockFamily::order_of_bases(const estate::Block& a, const estate::Block& b) const {
  const auto base_a = base_of(a);
  const auto base_b = base_of(b);
  const auto longer = [this](const estate::Block& one, const estate::Block& other) {
    return lengths(one).first > lengths(other).second;
  };
  if (!base_a || !base_b) return Order::Open;
  const auto impossible = [&](bool in_a, bool in_b) {
    const Conditions both = {{.block = *base_a, .inside = in_a}, {.block = *base_b, .inside = in_b}};
    return addresses_.solve({both}).feasible == Feasible::No;
  };
  if (impossible(true, true)) return Order::Apart;
  const bool inside = impossible(true, false);
  const bool around = impossible(false, true);
  if (inside && around) return Order::Same;
  if (inside) return longer(a, b) ? Order::StrictlyInside : Order::Inside;
  if (around) return longer(b, a) ? Order::StrictlyAround : Order::Around;
  return Order::Open;
}

/// Of one block whose length is known within bounds.
Order BlockFamily::order_of_parts(const estate::Block& a, const estate::Block& b) const {
  if (!b.part) return Order::Inside;
  if (!a.part) return Order::Around;
  const auto [shortest, longest] = lengths({.base = a.base, .part = {}});
  std::optional<Order> found;
  const int bits = std::max(bits_of(a), bits_of(b));
  for (int length = std::max(shortest, 0); length <= std::min(longest, bits); ++length) {
    const auto extent_a = extent(*a.part, length, bits);
    const auto extent_b = extent(*b.part, length, bits);
    if (!extent_a || !extent_b) continue;  // nothing can be deployed then
    const Order order = order_of(*extent_a, *extent_b);
    found = found ? common(*found, order) : order;
  }
  return found.value_or(Order::Open);
}

// ---- which trees there are ------------------------------------------------------------------------------------------
std::vector<reach::AddressTree> BlockFamily::arrangements(const std::vector<estate::Block>& blocks) const {
  auto trees = reach::AddressTree::all(
      blocks, [this](const estate::Block& a, const estate::Block& b) { return order(a, b); }, kMostArrangements);
  // Of a single one nothing need be asked: the blocks lie somehow.
  if (trees.size() > 1) {
    std::erase_if(trees, [&](const reach::AddressTree& tree) { return !possible(tree, blocks); });
  }
  return trees;
}

bool BlockFamily::possible(const reach::AddressTree& tree, const std::vector<estate::Block>& blocks) const {
  const auto nested = [&](const estate::Block& inner, const estate::Block& outer) {
    const auto in = tree.range(inner);
    const auto out = tree.range(outer);
    return out.first <= in.first && in.end <= out.end;
  };
  std::vector<Conditions> variables;
  for (const auto& inner : blocks) {
    if (symbol_of(inner) == nullptr) continue;
    Conditions conditions;
    for (const auto& outer : blocks) {
      const auto base = base_of(outer);
      const bool inside = nested(inner, outer);
      const bool around = nested(outer, inner);
      // Of two that are the same neither is longer.
      if (inside && lengths(outer).first > lengths(inner).second) return false;
      if (around && lengths(inner).first > lengths(outer).second) return false;
      if (!base || inner.part || outer.part) continue;
      if (inside || !around) conditions.push_back({.block = *base, .inside = inside});
    }
    if (!inner.part && !conditions.empty()) variables.push_back(std::move(conditions));
  }
  return std::none_of(variables.begin(), variables.end(), [&](const Conditions& conditions) {
    return addresses_.solve({conditions}).feasible == Feasible::No;
  });
}

std::string BlockFamily::text(const estate::Block& block) const {
  std::string out;
  if (const auto* prefix = std::get_if<net::Prefix>(&block.base)) {
    out = net::to_string(*prefix);
  } else if (const auto base = base_of(block)) {
    out = fmt::format("`{}`", model::to_string(design_.parameters[std::get<model::ParameterId>(*base)].origin.path));
  } else {
    out = fmt::format("`{}`", estate_.symbols[std::get<estate::SymbolId>(block.base)].name);
  }
  if (!block.part) return out;
  const estate::Part& part = *block.part;
  return fmt::format("/{} number {}{} of {}", part.length, part.index + 1, part.from_end ? " from the end" : "", out);
}

}  // namespace crenel::verify
