#include "compiler/sema/plan_layout.h"

#include <algorithm>

namespace crenel::sema {
namespace {

std::uint64_t align_up(std::uint64_t offset, std::uint64_t size) { return (offset + size - 1) / size * size; }

/// The first place at or after `from` for `size` aligned addresses that meets nothing in `taken` (sorted by offset).
std::uint64_t first_free(std::uint64_t from, std::uint64_t size, const std::vector<Extent>& taken) {
  std::uint64_t offset = align_up(from, size);
  for (const Extent& other : taken) {
    if (other.overlaps({.offset = offset, .size = size})) offset = align_up(other.end(), size);
  }
  return offset;
}

std::vector<Extent> pinned_extents(const std::vector<Wish>& wishes) {
  std::vector<Extent> taken;
  for (const Wish& wish : wishes) {
    if (wish.pinned) taken.push_back(pinned_extent(wish));
  }
  return taken;
}

/// Places every wish around `taken`, without an end to the space.
std::vector<Extent> place(const std::vector<Wish>& wishes, std::vector<Extent> taken) {
  std::sort(taken.begin(), taken.end(), [](const Extent& a, const Extent& b) { return a.offset < b.offset; });
  std::vector<Extent> extents;
  std::uint64_t cursor = 0;
  for (const Wish& wish : wishes) {
    if (wish.pinned) {
      extents.push_back(pinned_extent(wish));
      continue;
    }
    const std::uint64_t size = addresses_in(wish.length);
    extents.push_back({.offset = first_free(cursor, size, taken), .size = size});
    cursor = extents.back().end();
  }
  return extents;
}

}  // namespace

Extent pinned_extent(const Wish& wish) {
  const std::uint64_t size = addresses_in(wish.length);
  return {.offset = wish.pinned.value_or(0) * size, .size = size};
}

Extent reserved_extent(int space_length) {
  const std::uint64_t size = addresses_in(kReservedLength);
  return {.offset = addresses_in(space_length) - size, .size = size};
}

Layout lay_out(const std::vector<Wish>& wishes, int space_length) {
  std::vector<Extent> taken = pinned_extents(wishes);
  taken.push_back(reserved_extent(space_length));
  Layout layout{.extents = place(wishes, std::move(taken)), .unfit = {}};
  const auto too_far = std::find_if(layout.extents.begin(), layout.extents.end(),
                                    [&](const Extent& extent) { return extent.end() > addresses_in(space_length); });
  if (too_far != layout.extents.end()) layout.unfit = static_cast<std::size_t>(too_far - layout.extents.begin());
  return layout;
}

std::optional<int> smallest_space(const std::vector<Wish>& wishes) {
  const std::vector<Extent> pinned = pinned_extents(wishes);
  for (int length = kReservedLength; length >= 0; --length) {
    const Extent reserved = reserved_extent(length);
    const bool clear =
        std::none_of(pinned.begin(), pinned.end(), [&](const Extent& extent) { return extent.overlaps(reserved); });
    if (clear && !lay_out(wishes, length).unfit) return length;
  }
  return std::nullopt;
}

std::uint64_t missing_addresses(const std::vector<Wish>& wishes, int space_length) {
  std::uint64_t end = 0;
  for (const Extent& extent : place(wishes, pinned_extents(wishes))) end = std::max(end, extent.end());
  const std::uint64_t needed = end + addresses_in(kReservedLength);
  const std::uint64_t there = addresses_in(space_length);
  return needed > there ? needed - there : 0;
}

}  // namespace crenel::sema
