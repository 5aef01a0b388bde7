#include <string>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {

void check_built(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Network& network : design.networks) {
    if (!network.ipv6) continue;
    diagnostics
        .report(
            kInexact, design.parameters[*network.ipv6].origin.span, std::string("ipv6 = true"),
            std::string("a virtual network's block of IPv6 is given by whoever deploys, and this design gives none"))
        .help = "make the network IPv4 alone, or the pattern one `for aws`";
  }
  check_guards(design, diagnostics);
}

}  // namespace crenel::azure
