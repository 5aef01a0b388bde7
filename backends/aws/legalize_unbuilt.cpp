#include <string>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

namespace crenel::aws {

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Network& network : design.networks) {
    if (!network.flow_log_store) continue;
    diagnostics.report(kUnbuilt, network.origin.span, std::string("flow_logs = STORE")).help =
        "say `flow_logs = true`: AWS keeps the logs of the network by themselves";
  }
}

}  // namespace crenel::aws
