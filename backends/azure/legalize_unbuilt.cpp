#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"
#include "compiler/backend/unbuilt.h"

namespace crenel::azure {

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const auto& [span, construct] : backend::unbuilt(design)) {
    diagnostics.report(kUnbuilt, span, construct).help =
        "its names and types are checked; no template of Azure is made of it in this version";
  }
}

}  // namespace crenel::azure
