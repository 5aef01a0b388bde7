#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/reach/address_tree.h"
#include "compiler/verify/addresses.h"
#include "compiler/verify/compare_names.h"

/// The blocks of a design and of an estate as one family: in the estate's words, in an order that the design knows.
namespace crenel::verify {

class BlockFamily {
 public:
  /// `estate` gets a symbol for each parameter of the design that its template has none for.
  BlockFamily(const model::Design& design, estate::Estate& estate);

  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] const AddressReasoner& addresses() const { return addresses_; }

  /// A block of the design in the estate's words.
  [[nodiscard]] estate::Block block(const model::Late<net::Prefix>& late) const;
  /// The whole block that a block of the estate is a part of, in the design's words; nothing when it is a symbol that
  /// the design does not have.
  [[nodiscard]] std::optional<Block> base_of(const estate::Block& block) const;
  /// How two blocks lie for every value of the parameters.
  [[nodiscard]] reach::Order order(const estate::Block& a, const estate::Block& b) const;
  /// Every way in which the blocks lie for some value of the parameters; perhaps more, never less. Empty: there are too
  /// many to go through, and nothing is decided.
  [[nodiscard]] std::vector<reach::AddressTree> arrangements(const std::vector<estate::Block>& blocks) const;

  /// "10.0.0.0/16", "`space`", "`space`, /24 number 2"
  [[nodiscard]] std::string text(const estate::Block& block) const;

 private:
  [[nodiscard]] reach::Order order_of_bases(const estate::Block& a, const estate::Block& b) const;
  [[nodiscard]] reach::Order order_of_parts(const estate::Block& a, const estate::Block& b) const;
  [[nodiscard]] int bits_of(const estate::Block& block) const;  ///< of an address
  [[nodiscard]] std::pair<int, int> lengths(const estate::Block& block) const;
  /// Whether the blocks can lie as the tree says. True also when that is not known.
  [[nodiscard]] bool possible(const reach::AddressTree& tree, const std::vector<estate::Block>& blocks) const;

  const model::Design& design_;
  estate::Estate& estate_;
  Names names_;
  AddressReasoner addresses_;
  std::map<model::ParameterId, estate::SymbolId> added_;
};

}  // namespace crenel::verify
