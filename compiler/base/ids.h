#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace crenel::base {

/// The number of a row in a `Table`. `Tag` keeps the rows of two tables apart at compile time.
/// A default-constructed id names no row; looking it up is our own error, never the user's.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr bool valid() const { return index_ != kNone; }
  [[nodiscard]] constexpr std::size_t index() const {
    assert(valid());
    return index_;
  }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t index_ = kNone;
};

/// Owns values of one kind in the order they were added; everything else refers to them by id.
template <class IdType, class T>
class Table {
 public:
  IdType add(T value) {
    rows_.push_back(std::move(value));
    return IdType(rows_.size() - 1);
  }
  [[nodiscard]] const T& operator[](IdType id) const { return rows_.at(id.index()); }
  [[nodiscard]] T& operator[](IdType id) { return rows_.at(id.index()); }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// The rows' values, in the order they were added.
  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }
  [[nodiscard]] auto begin() { return rows_.begin(); }
  [[nodiscard]] auto end() { return rows_.end(); }

  /// The ids of all rows, in order: `for (auto id : table.ids())`.
  [[nodiscard]] std::vector<IdType> ids() const {
    std::vector<IdType> out;
    out.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) out.push_back(IdType(i));
    return out;
  }

 private:
  std::vector<T> rows_;
};

/// For `std::visit` over a sum type: one lambda per alternative.
template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace crenel::base

template <class Tag>
struct std::hash<crenel::base::Id<Tag>> {
  std::size_t operator()(const crenel::base::Id<Tag>& id) const noexcept { return id.valid() ? id.index() + 1 : 0; }
};
