#pragma once

#include <optional>
#include <string>

#include "compiler/backend/backend.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/verify/compare.h"

/// The compiler's own templates, read back and held against the designs that they were made from.
namespace crenel::driver {

/// What a template turned out to be.
struct ReadBack {
  estate::Estate estate;
  verify::Comparison comparison;
};

/// Reads what `backend` made of `design`. Where it is not exactly what the design declares, or nobody can tell, the
/// compiler is at fault: that is reported as such. Nothing when the template cannot be read, or the backend reads none.
[[nodiscard]] std::optional<ReadBack> read_back(const model::Design& design, const backend::Backend& backend,
                                                const backend::Artifact& artifact,
                                                diagnostics::Diagnostics& diagnostics);

/// Whether one of them says that the compiler itself is at fault.
[[nodiscard]] bool is_our_fault(const diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::driver
