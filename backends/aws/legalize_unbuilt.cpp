#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

namespace crenel::aws {
namespace {

template <typename Things>
void refuse(const Things& things, const char* kind, diagnostics::Diagnostics& diagnostics) {
  for (const auto& thing : things) {
    diagnostics.report(kUnbuilt, thing.origin.span, std::string(kind)).help =
        "its names and types are checked; no template of AWS is made of it in this version";
  }
}

}  // namespace

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  refuse(design.vaults, "vault", diagnostics);
  refuse(design.stores, "store", diagnostics);
  refuse(design.queues, "queue", diagnostics);
  refuse(design.topics, "topic", diagnostics);
  refuse(design.data_tables, "table", diagnostics);
  refuse(design.functions, "function", diagnostics);
  refuse(design.private_paths, "endpoint", diagnostics);
}

}  // namespace crenel::aws
