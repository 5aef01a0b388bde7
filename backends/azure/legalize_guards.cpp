#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {

/// learn.microsoft.com, "Create and deploy Azure deployment stacks": the deny settings belong to the stack that a
/// template is deployed by. "Azure Policy definition structure": definitions lie in a subscription or above, so a
/// template for a resource group holds none.
void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Guard& guard : design.guards) {
    auto& report = diagnostics.report(kUnbuilt, guard.origin.span, std::string("guard"));
    report.help =
        "deploy the template as a deployment stack with `--deny-settings-mode denyWriteAndDelete`, which lets nobody "
        "but the pipeline change what it makes, and leave the guard to AWS: `for aws`";
    report.notes.push_back(
        {{}, "a template for a resource group can hold neither deny settings nor a policy definition"});
  }
}

}  // namespace crenel::azure
