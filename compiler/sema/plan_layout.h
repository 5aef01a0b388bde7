#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// The arithmetic of the address plan, for IPv4: where blocks lie in a space, as offsets from its start.
namespace crenel::sema {

/// The last /26 of every network is the provider's, for its gateways.
inline constexpr int kReservedLength = 26;

/// How many addresses a block of `length` bits has. A negative length is a block larger than IPv4.
[[nodiscard]] constexpr std::uint64_t addresses_in(int length) { return std::uint64_t{1} << (32 - length); }

/// The least n with 2^n >= count; `count` is at least 1.
[[nodiscard]] constexpr int ceil_log2(std::uint64_t count) {
  int bits = 0;
  while ((std::uint64_t{1} << bits) < count) ++bits;
  return bits;
}

struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;

  [[nodiscard]] std::uint64_t end() const { return offset + size; }
  [[nodiscard]] bool overlaps(const Extent& other) const { return offset < other.end() && other.offset < end(); }
  bool operator==(const Extent&) const = default;
};

/// What a tier asks for: a block of `length` bits, anywhere or at the `pinned`-th place for blocks of that size.
struct Wish {
  int length = 0;
  std::optional<std::uint64_t> pinned;
};

[[nodiscard]] Extent pinned_extent(const Wish& wish);

/// The last /26 of a space of `space_length` bits, which is /26 or larger.
[[nodiscard]] Extent reserved_extent(int space_length);

struct Layout {
  std::vector<Extent> extents;       ///< one a wish, in their order; those from `unfit` on have no meaning
  std::optional<std::size_t> unfit;  ///< the first wish for which there is no room
};

/// Pinned wishes lie where they say; the others follow in order, each aligned to its own size, at the first free place
/// after the one before it. Pinned wishes fit the space and lie apart: the caller has seen to it.
[[nodiscard]] Layout lay_out(const std::vector<Wish>& wishes, int space_length);

/// The longest prefix length (the smallest space) that has room for all wishes and the reserved block; nothing when
/// not even all of IPv4 would do.
[[nodiscard]] std::optional<int> smallest_space(const std::vector<Wish>& wishes);

/// How many addresses a space of `space_length` bits lacks for wishes that do not fit into it.
[[nodiscard]] std::uint64_t missing_addresses(const std::vector<Wish>& wishes, int space_length);

}  // namespace crenel::sema
