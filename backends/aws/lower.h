#pragma once

#include "backends/aws/plan.h"
#include "backends/aws/template.h"
#include "compiler/model/design.h"

namespace crenel::aws {

/// Writes a legal plan down as resources, in the order of declarations.
[[nodiscard]] Template lower(const model::Design& design, const Plan& plan);

}  // namespace crenel::aws
