#include "compiler/reach/block_orders.h"

#include <algorithm>

namespace crenel::reach {
namespace {

using estate::Block;
using estate::Part;

constexpr int kMostBits = 128;

Possible mirrored(Possible orders) {
  Possible out = orders & (kApart | kSame);
  if ((orders & kInside) != 0) out |= kAround;
  if ((orders & kAround) != 0) out |= kInside;
  return out;
}

Possible possible(Order order) {
  switch (order) {
    case Order::Apart:
      return kApart;
    case Order::Same:
      return kSame;
    case Order::Inside:
      return kSame | kInside;
    case Order::StrictlyInside:
      return kInside;
    case Order::Around:
      return kSame | kAround;
    case Order::StrictlyAround:
      return kAround;
    case Order::Open:
      return kAnyOrder;
    case Order::OpenShorter:
      return kApart | kAround;
    case Order::OpenLonger:
      return kApart | kInside;
  }
  return kAnyOrder;
}

/// What two blocks of these lengths can be to each other.
Possible possible_of_lengths(int a, int b) {
  if (a == b) return kApart | kSame;
  return a < b ? kApart | kAround : kApart | kInside;
}

std::uint32_t shifted(std::uint32_t index, int bits) { return bits >= 32 ? 0 : index >> static_cast<unsigned>(bits); }

/// Parts that are counted from the same end. The length of what they are parts of does not matter.
Possible of_parts_alike(const Part& a, const Part& b) {
  if (a.length > b.length) return mirrored(of_parts_alike(b, a));
  if (shifted(b.index, b.length - a.length) != a.index) return kApart;
  return a.length == b.length ? kSame : kAround;
}

/// The part's place counted from the start, in a base of `length` bits; nothing where there is no such part.
std::optional<net::U128> place_of(const Part& part, int length) {
  const int bits = part.length - length;
  if (bits < 0) return std::nullopt;
  const net::U128 most = bits >= kMostBits ? ~net::U128{0} : (net::U128{1} << static_cast<unsigned>(bits)) - 1;
  if (part.index > most) return std::nullopt;
  return part.from_end ? most - part.index : net::U128{part.index};
}

/// One is counted from the start and one from the end: it depends on the length of what they are parts of.
Possible of_parts_opposed(const Part& a, const Part& b) {
  Possible out = 0;
  for (int length = 0; length <= std::min(a.length, b.length); ++length) {
    const auto from_a = place_of(a, length);
    const auto from_b = place_of(b, length);
    if (!from_a || !from_b) continue;
    const bool a_wider = a.length <= b.length;
    const net::U128 wide = a_wider ? *from_a : *from_b;
    const net::U128 narrow = a_wider ? *from_b : *from_a;
    const int bits = std::max(a.length, b.length) - std::min(a.length, b.length);
    if (bits < kMostBits && narrow >> static_cast<unsigned>(bits) != wide) {
      out |= kApart;
    } else if (bits == 0) {
      out |= kSame;
    } else {
      out |= a_wider ? kAround : kInside;
    }
  }
  return out == 0 ? kAnyOrder : out;
}

/// A part within the whole that it is part of.
Possible of_part_in_whole(const Part& part) { return part.index > 0 ? kInside : kInside | kSame; }

const estate::GivenBlock* given_block(const estate::Estate& estate, const Block& block) {
  const auto* symbol = std::get_if<estate::SymbolId>(&block.base);
  const auto* given = symbol == nullptr ? nullptr : &estate.symbols[*symbol].given;
  return given != nullptr && *given ? &**given : nullptr;
}

/// A block that is given, and a known one.
Order order_of(const estate::GivenBlock& given, const std::optional<Part>& part, const net::Prefix& known) {
  const bool exact = given.within.length == given.length;
  const std::optional<net::Prefix> whole =
      exact && part ? given.within.part(part->length, part->index) : std::optional(given.within);
  if (!whole || !known.overlaps(*whole)) return Order::Apart;
  if (known.contains(*whole)) return exact && known == *whole ? Order::Same : Order::StrictlyInside;
  if (exact) return Order::StrictlyAround;
  const int length = part ? part->length : given.length;
  if (length == known.length) return Order::Open;
  return length < known.length ? Order::OpenShorter : Order::OpenLonger;
}

}  // namespace

Order order_of_given(const estate::Estate& estate, const Block& a, const Block& b) {
  const estate::GivenBlock* given_a = given_block(estate, a);
  const estate::GivenBlock* given_b = given_block(estate, b);
  if (given_a != nullptr && given_b != nullptr) return a.base == b.base ? Order::Open : Order::Apart;
  if (const auto* known = known_prefix(b); given_a != nullptr && known != nullptr) {
    return order_of(*given_a, a.part, *known);
  }
  const auto* known = known_prefix(a);
  if (given_b == nullptr || known == nullptr) return Order::Open;
  const Order mirrored = order_of(*given_b, b.part, *known);
  switch (mirrored) {
    case Order::StrictlyInside:
      return Order::StrictlyAround;
    case Order::StrictlyAround:
      return Order::StrictlyInside;
    case Order::OpenShorter:
      return Order::OpenLonger;
    case Order::OpenLonger:
      return Order::OpenShorter;
    default:
      return mirrored;
  }
}

const net::Prefix* known_prefix(const Block& block) { return std::get_if<net::Prefix>(&block.base); }

std::optional<int> length_of(const Block& block) {
  if (const net::Prefix* known = known_prefix(block)) return known->length;
  if (block.part) return block.part->length;
  return std::nullopt;
}

Possible possible_orders(const Block& a, const Block& b, const Ordering& ordering) {
  if (a == b) return kSame;
  Possible mine = kAnyOrder;
  if (a.base == b.base) {
    if (!a.part) return mirrored(of_part_in_whole(*b.part));
    if (!b.part) return of_part_in_whole(*a.part);
    if (a.part->from_end == b.part->from_end) return of_parts_alike(*a.part, *b.part);
    mine = of_parts_opposed(*a.part, *b.part);
    if (mine == kApart || mine == kSame || mine == kInside || mine == kAround) return mine;
  }
  const std::optional<int> length_a = length_of(a);
  const std::optional<int> length_b = length_of(b);
  if (length_a && length_b) mine &= possible_of_lengths(*length_a, *length_b);
  const Possible told = possible(ordering(a, b));
  return mine & told;
}

}  // namespace crenel::reach
