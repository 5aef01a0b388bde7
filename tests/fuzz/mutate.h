#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "tests/fuzz/target.h"

/// Changes inputs a little. The same number gives the same change.
namespace crenel::fuzz {

class Mutator {
 public:
  Mutator(const Target& target, std::uint64_t number) : target_(target), random_(number) {}

  /// `text` with one to a few changes; pieces may come from `other`. At most `most` bytes.
  [[nodiscard]] std::string mutate(std::string_view text, std::string_view other, std::size_t most);

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random_() % n); }
  std::string_view word() { return target_.words[below(target_.words.size())]; }
  std::string bytes(std::string text);
  std::string tokens(std::string_view text, std::string_view other);
  std::string lines(std::string_view text, std::string_view other);
  std::string nesting(std::string text);

  const Target& target_;
  std::mt19937_64 random_;
};

/// A document with one part removed, repeated, moved, or replaced by a word or by a part of `other`; nothing when
/// `text` is no document.
[[nodiscard]] std::string mutate_document(std::string_view text, std::string_view other,
                                          const std::vector<std::string_view>& words, std::mt19937_64& random);

}  // namespace crenel::fuzz
