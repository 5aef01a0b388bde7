#pragma once

#include "backends/azure/template.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

namespace crenel::azure {

/// The finished tree with what the design says of it in Resource Manager's own words. Resources are called by their
/// names; one whose name only a deployment knows cannot be called.
[[nodiscard]] document::Value with_raw(const model::Design& design, const Template& made, document::Value tree,
                                       diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::azure
