#include <algorithm>
#include <array>
#include <string_view>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"
#include "compiler/backend/unbuilt.h"

namespace crenel::azure {
namespace {

/// What of the list that the providers share is made here.
constexpr std::array<std::string_view, 8> kBuilt = {"vault", "store",    "queue",      "topic",
                                                    "table", "endpoint", "identities", "function"};

}  // namespace

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const auto& [span, construct] : backend::unbuilt(design)) {
    if (std::find(kBuilt.begin(), kBuilt.end(), construct) != kBuilt.end()) continue;
    diagnostics.report(kUnbuilt, span, construct).help =
        "its names and types are checked; no template of Azure is made of it in this version";
  }
  check_guards(design, diagnostics);
}

}  // namespace crenel::azure
