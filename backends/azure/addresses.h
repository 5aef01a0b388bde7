#pragma once

#include <string>
#include <utility>
#include <vector>

#include "backends/azure/expression.h"
#include "backends/document/value.h"
#include "compiler/model/design.h"

/// Blocks of the design as texts of the template.
namespace crenel::azure {

/// Addresses as one side of a rule or as a table's destinations: what is known, merged to the fewest blocks, and every
/// block that a parameter gives apart, because whether those overlap is not known.
struct Addresses {
  std::vector<Term> known;
  std::vector<Term> late;
  std::vector<Term> known6;  ///< of IPv6, which no rule has beside IPv4
  /// Of IPv4.
  [[nodiscard]] std::vector<Term> all() const;
  [[nodiscard]] bool empty() const { return known.empty() && late.empty(); }
};

/// Every parameter gives IPv4.
[[nodiscard]] Addresses addresses(const model::Design& design, const std::vector<model::Late<net::Prefix>>& blocks);
[[nodiscard]] Term address(const model::Design& design, const model::Late<net::Prefix>& block);
[[nodiscard]] Term address(const model::Design& design, const model::Block& block);
[[nodiscard]] Term address(const model::Design& design, const model::Late<net::Address>& one);
[[nodiscard]] Term text(const model::Design& design, const model::Late<std::string>& value);

/// The network's block of IPv6, which is known when it is the design's own. None: it has IPv4 alone.
[[nodiscard]] std::optional<net::Prefix> ipv6_space(const model::Design& design, const model::Network& network);
/// The /64 of a tier's subnet: Azure takes no other length ("IPv6 for Azure Virtual Network", checked 2026-11-27).
[[nodiscard]] std::optional<net::Prefix> ipv6_block(const model::Design& design, const model::Tier& tier);

/// The prefix length of a block, when it does not depend on a parameter.
[[nodiscard]] std::optional<int> length_of(const model::Block& block);

/// What `internet` leaves out for a tier's network: private space, every network of the design, every linked site.
[[nodiscard]] Addresses outside_internet(const model::Design& design, model::NetworkId network);

/// The variables that blocks counted from a parameter's end need: by prefix length, the number of the last part.
[[nodiscard]] std::vector<std::pair<std::string, document::Value>> part_variables(const model::Design& design);

}  // namespace crenel::azure
