#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/sema/sema.h"

namespace crenel::sema {

/// A rule as it is written.
struct RuleText {
  std::string name;      ///< "paper.two_zones"
  std::string severity;  ///< "warning"
  std::string doc;       ///< may be empty
  std::string text;      ///< of the whole rule, its own lines as they are
};

/// Every rule of every policy that the program has, in the order of its files.
[[nodiscard]] std::vector<RuleText> rule_texts(const Program& program, const base::Sources& sources);

}  // namespace crenel::sema
