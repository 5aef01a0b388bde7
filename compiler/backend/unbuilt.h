#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/model/design.h"

/// Parts of a design that no backend makes templates of yet: each of them refuses them by name.
namespace crenel::backend {

struct Unbuilt {
  base::Span span;
  std::string construct;  ///< as the language calls it: "store", "identities", "launch"
};

/// In the order of the design's tables; of data flows those that no refused thing takes part in.
[[nodiscard]] std::vector<Unbuilt> unbuilt(const model::Design& design);

}  // namespace crenel::backend
