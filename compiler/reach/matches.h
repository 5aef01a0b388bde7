#pragma once

#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/reach/ends.h"

/// Whom a rule means.
namespace crenel::reach {

enum class Sure { No, Perhaps, Yes };

[[nodiscard]] constexpr Sure both(Sure a, Sure b) { return a < b ? a : b; }
[[nodiscard]] constexpr Sure either(Sure a, Sure b) { return a < b ? b : a; }

/// Everybody at every address: such a rule asks nothing about that side.
[[nodiscard]] bool means_everybody(const estate::Peers& peers);

/// The provider's own machines.
[[nodiscard]] Sure means_platform(const estate::Peers& peers);

class Matcher {
 public:
  Matcher(const estate::Estate& estate, const AddressTree& tree, const Ends& ends)
      : estate_(estate), tree_(tree), ends_(ends) {}

  /// Whether `end` is one of `peers`. `also` is a tag that it is known by besides its own.
  [[nodiscard]] Sure matches(const estate::Peers& peers, const End& end,
                             std::optional<estate::TagId> also = std::nullopt) const;

  /// The spots that surely and those that perhaps are among the peers; either may hold ranges that overlap.
  struct Spots {
    std::vector<SpotRange> surely;
    std::vector<SpotRange> perhaps;
  };
  void spots(const estate::Peers& peers, Spots& to) const;

 private:
  [[nodiscard]] bool holds(const std::vector<estate::Block>& blocks, Cell cell) const;
  void add(const std::vector<estate::Block>& blocks, std::vector<SpotRange>& to) const;

  const estate::Estate& estate_;
  const AddressTree& tree_;
  const Ends& ends_;
};

}  // namespace crenel::reach
