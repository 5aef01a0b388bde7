#pragma once

#include <cstdint>
#include <vector>

namespace crenel::reach {

/// From numbers to numbers, as fast as can be: open addressing, nothing is ever removed. The key ~0 is not used.
class FlatMap {
 public:
  FlatMap() : slots_(kFirst) {}

  /// The place of `key`'s value; `fresh` says that it was not there. Valid until the next call.
  std::uint32_t& at(std::uint64_t key, bool& fresh) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    std::size_t at = hash(key) & (slots_.size() - 1);
    while (slots_[at].key != key && slots_[at].key != kFree) at = (at + 1) & (slots_.size() - 1);
    fresh = slots_[at].key == kFree;
    if (fresh) {
      slots_[at].key = key;
      ++count_;
    }
    return slots_[at].value;
  }

  [[nodiscard]] static std::size_t hash(std::uint64_t key) {
    key ^= key >> 31U;
    key *= 0xBF58476D1CE4E5B9U;
    key ^= key >> 29U;
    return static_cast<std::size_t>(key);
  }

 private:
  static constexpr std::size_t kFirst = 64;
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};
  struct Slot {
    std::uint64_t key = kFree;
    std::uint32_t value = 0;
  };

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key == kFree) continue;
      std::size_t at = hash(slot.key) & (slots_.size() - 1);
      while (slots_[at].key != kFree) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace crenel::reach
