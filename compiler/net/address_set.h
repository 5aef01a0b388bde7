#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/net/prefix.h"

namespace crenel::net {

/// An exact set of addresses of both families, kept as sorted, disjoint, non-adjacent ranges: equal sets compare equal.
class AddressSet {
 public:
  AddressSet() = default;
  AddressSet(const Prefix& prefix);  // NOLINT(google-explicit-constructor): a block is a set
  explicit AddressSet(const std::vector<Prefix>& prefixes);
  [[nodiscard]] static AddressSet everything();  ///< 0.0.0.0/0 and ::/0
  [[nodiscard]] static AddressSet everything(Family family);

  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool contains(const AddressSet& other) const;
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] bool overlaps(const AddressSet& other) const;
  [[nodiscard]] AddressSet united(const AddressSet& other) const;
  [[nodiscard]] AddressSet without(const AddressSet& other) const;
  [[nodiscard]] AddressSet intersected(const AddressSet& other) const;
  [[nodiscard]] AddressSet only(Family family) const;
  /// How many addresses, saturating at 2^127.
  [[nodiscard]] U128 count(Family family) const;

  /// The fewest blocks that make up exactly this set, in address order, IPv4 first.
  [[nodiscard]] std::vector<Prefix> prefixes() const;
  /// One address of the set; the lowest. The set is not empty.
  [[nodiscard]] Address witness() const;

  bool operator==(const AddressSet&) const = default;

 private:
  struct Range {
    Address first;
    Address last;
    bool operator==(const Range&) const = default;
  };
  std::vector<Range> ranges_;
};

[[nodiscard]] std::string to_string(const AddressSet& set);

}  // namespace crenel::net
