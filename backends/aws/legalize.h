#pragma once

#include <optional>

#include "backends/aws/plan.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

namespace crenel::aws {

/// The design as AWS can hold it, with nothing admitted that no flow declares, or every reason why it cannot.
[[nodiscard]] std::optional<Plan> legalize(const model::Design& design, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::aws
