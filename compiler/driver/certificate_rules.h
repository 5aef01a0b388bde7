#pragma once

#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/verify/deciding.h"

namespace crenel::driver {

/// One rule of a template as a certificate has it.
struct RuleRow {
  std::string at;    ///< JSON path
  std::string list;  ///< the name of its list
  bool in = true;
  bool allow = true;
  std::string packets;  ///< "tcp/22, tcp/8000..8443", "icmp", "all packets"
};

/// Every rule of every list, in the order in which they are asked. Where the answer of a list that only allows does not
/// depend on the order, it is the template's.
[[nodiscard]] std::vector<RuleRow> rule_rows(const estate::Estate& estate);

/// A rule that allows and by which no declared flow comes through.
struct BeyondRow {
  std::string at;
  std::string packets;
  std::string why;  ///< it is there, or does no harm
};

/// Of the lists that remember conversations, without what the provider adds to them.
[[nodiscard]] std::vector<BeyondRow> beyond_rows(const estate::Estate& estate, const verify::Deciding& deciding);

}  // namespace crenel::driver
