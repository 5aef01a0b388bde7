#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "backends/aws/limits.h"
#include "backends/aws/plan.h"
#include "compiler/backend/backend.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

namespace crenel::aws {

/// How much of a limit each statement takes.
using Costs = std::map<model::StatementId, std::size_t>;

/// What the environment says that AWS has granted, or what every account starts with.
[[nodiscard]] std::size_t granted(const model::Design& design, const Limit& limit);

/// Keeps the account of the limits, and reports the ones that are exceeded with what costs most.
class QuotaBook {
 public:
  QuotaBook(const model::Design& design, std::vector<backend::QuotaUse>& uses, diagnostics::Diagnostics& diagnostics)
      : design_(design), uses_(uses), diagnostics_(diagnostics) {}

  /// What is over its limit is told at `span`; without one, of the whole template, where that is declared.
  void use(const Limit& limit, const std::string& subject, std::size_t used, base::Span span = {},
           const Costs& costs = {});
  /// Reports what would not fit either if it were spread over so many of the things that the limit is for.
  void cannot_spread(const Limit& limit, std::size_t over, const std::string& title, const std::string& subject,
                     std::size_t used, base::Span span, const Costs& costs);

 private:
  void report(const Limit& limit, const backend::QuotaUse& use, std::size_t over, base::Span span, const Costs& costs);

  const model::Design& design_;
  std::vector<backend::QuotaUse>& uses_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace crenel::aws
