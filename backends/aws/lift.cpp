#include "backends/aws/lift.h"

#include <utility>

#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_template.h"
#include "backends/document/reader.h"

namespace crenel::aws {

std::optional<estate::Estate> lift(const base::Sources& sources, base::SourceId source,
                                   diagnostics::Diagnostics& diagnostics) {
  const auto document = document::read(sources, source, diagnostics);
  if (!document) return std::nullopt;
  const auto made = reading::read_template(document->root(), diagnostics);
  if (!made) return std::nullopt;
  reading::Evaluator evaluator(*made);
  reading::Reading reading(*made, evaluator);
  reading::read_networks(reading);
  reading::read_doors(reading);
  reading::read_security_groups(reading);
  reading::read_subnets(reading);
  reading::read_interfaces(reading);
  reading::read_routes(reading);
  reading::read_public_access(reading);
  reading::read_balancers(reading);
  reading::read_classic_balancers(reading);
  reading::check_databases(reading);
  reading::read_data(reading);
  reading::check_properties(reading);
  reading::read_the_rest(*made, reading);
  return std::move(reading.estate);
}

}  // namespace crenel::aws
