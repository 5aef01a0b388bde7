#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "compiler/model/design.h"

/// Questions about addresses that hold, or do not, for every value of the parameters. Addresses of IPv6 take part where
/// a network of the design has them, or where they are asked for.
namespace crenel::verify {

using Block = model::Late<net::Prefix>;

/// An address lies in a block, or it does not.
struct Condition {
  Block block;
  bool inside = true;
};

/// All of them hold of one address. Empty: any address will do (or the end is no address but a member).
using Conditions = std::vector<Condition>;
/// One of them holds. Empty: impossible.
using Alternatives = std::vector<Conditions>;

/// What both say at once.
[[nodiscard]] Alternatives both(const Alternatives& a, const Alternatives& b);

/// A concrete case: the addresses asked for, and the values of the parameters that make it come about.
struct Instance {
  std::vector<net::Address> addresses;
  std::vector<std::pair<model::ParameterId, net::Prefix>> values;  ///< only those that matter, in the order first met
};

enum class Feasible { No, Yes, Unclear };

struct Solution {
  Feasible feasible = Feasible::No;
  Instance instance;  ///< of Yes
};

/// Knows the blocks of a design and which of them are disjoint: those that type checking has found so or, where the
/// bounds leave it open, noted as assumed. These are: a network and the sites that it is linked to or meets over the
/// Internet, those sites among each other, two networks linked to one site, two parts of a site beside each other, and
/// a network and the blocks that flows and claims name.
class AddressReasoner {
 public:
  explicit AddressReasoner(const model::Design& design);

  /// Are there values of the parameters and an address for each of the lists, so that its conditions hold?
  /// `No` is proved. `Yes` comes with a case that was checked. `Unclear` is when neither was found.
  [[nodiscard]] Solution solve(const std::vector<Conditions>& variables) const;

 private:
  class Search;
  using Blocks = std::vector<Block>;

  void keep_apart(const Blocks& a, const Blocks& b);
  void keep_from(model::ParameterId given, const Blocks& denied);
  void find_apart();
  void find_apart_around(model::NetworkId network);
  [[nodiscard]] std::vector<Block> apart_from(const Block& block) const;
  /// The addresses for which the conditions can hold; perhaps more, never less.
  [[nodiscard]] net::AddressSet region(const Conditions& conditions) const;

  const model::Design& design_;
  std::vector<std::pair<Blocks, Blocks>> apart_;
};

}  // namespace crenel::verify
