#pragma once

#include <optional>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/estate/estate.h"

namespace crenel::aws {

/// What `Backend::lift` promises.
[[nodiscard]] std::optional<estate::Estate> lift(const base::Sources& sources, base::SourceId source,
                                                 diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::aws
