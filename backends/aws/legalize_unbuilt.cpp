#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/backend/unbuilt.h"

namespace crenel::aws {

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const auto& [span, construct] : backend::unbuilt(design)) {
    diagnostics.report(kUnbuilt, span, construct).help =
        "its names and types are checked; no template of AWS is made of it in this version";
  }
}

}  // namespace crenel::aws
