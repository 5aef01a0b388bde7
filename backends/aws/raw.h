#pragma once

#include "backends/aws/template.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::aws {

/// The finished template with what the design says of it in CloudFormation's own words.
[[nodiscard]] Value with_raw(const model::Design& design, const Template& made, Value tree,
                             diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::aws
