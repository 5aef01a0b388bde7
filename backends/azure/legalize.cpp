#include "backends/azure/legalize.h"

#include "backends/azure/existing.h"

namespace crenel::azure {

void legalize(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  check_guards(design, diagnostics);
  check_data(design, diagnostics);
  check_existing(design, diagnostics);
  check_values(design, diagnostics);
  check_packets(design, diagnostics);
  check_balancers(design, diagnostics);
  check_peerings(design, diagnostics);
  check_ipv6(design, diagnostics);
  check_links(design, diagnostics);
  check_databases(design, diagnostics);
  check_functions(design, diagnostics);
}

}  // namespace crenel::azure
