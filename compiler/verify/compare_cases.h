#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/reach/relation.h"
#include "compiler/verify/compare_blocks.h"

namespace crenel::verify {

/// Whether two ends of a tree can come about, and with which addresses and values of the parameters. `blocks` are those
/// of the tree: of several that are the same block in it, each has its say.
class Cases {
 public:
  Cases(const model::Design& design, const BlockFamily& family, const reach::AddressTree& tree,
        const std::vector<estate::Block>& blocks);

  /// The addresses are those of the source and the destination.
  [[nodiscard]] Solution solve(const reach::End& from, const reach::End& to) const;

  /// The end in a packet's text: the declared name of a member (or its resource's), else the address.
  [[nodiscard]] std::string text(const reach::End& end, const std::optional<net::Address>& address) const;
  /// " with `corporate` = 172.16.0.0/12"; empty when no parameter matters.
  [[nodiscard]] std::string values(const Solution& solution) const;

 private:
  /// What an address of the cell does; nothing where that cannot be said in the design's words.
  [[nodiscard]] std::optional<Conditions> conditions_of(reach::Cell cell,
                                                        const std::vector<estate::Block>& blocks) const;

  const model::Design& design_;
  const BlockFamily& family_;
  const reach::AddressTree& tree_;
  std::vector<std::optional<Conditions>> conditions_;  ///< by cell
};

}  // namespace crenel::verify
