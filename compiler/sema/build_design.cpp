#include "compiler/sema/build_context.h"
#include "compiler/sema/build_things.h"
#include "compiler/sema/flow_statements.h"
#include "compiler/sema/overlap_check.h"
#include "compiler/sema/plan_addresses.h"
#include "compiler/sema/sema.h"

namespace crenel::sema {

std::optional<Demanded> build_demanded(const Elaboration& elaboration, diagnostics::Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Demanded out{.design = {}, .policies = elaboration.policies};
  model::Design& design = out.design;
  design.name = elaboration.name;
  design.span = elaboration.span;
  design.doc = elaboration.doc;
  design.parameterised = elaboration.parameterised;
  design.environment = elaboration.environment;
  design.region = elaboration.region;
  design.region_span = elaboration.region_span;
  design.parameters = elaboration.parameters;
  design.overrides = elaboration.overrides;
  design.verbatims = elaboration.verbatims;
  BuildContext context{.in = elaboration,
                       .design = design,
                       .policies = out.policies,
                       .diagnostics = diagnostics,
                       .things = std::vector<Thing>(elaboration.declared.size()),
                       .declared_network = {},
                       .declared_tier = {},
                       .declared_site = {},
                       .declared_link = {},
                       .declared_group = {},
                       .declared_balancer = {},
                       .declared_peering = {},
                       .declared_appliance = {},
                       .contacts = {}};
  // Every pass runs, whatever the ones before it found: their faults are independent of each other.
  build_things(context);
  plan_addresses(context);
  check_site_sizes(context);
  build_flows(context);
  check_agents(context);
  build_claims(context);
  check_overlaps(context);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  check_unused_links(context);
  check_unused_peerings(context);
  return out;
}

std::optional<model::Design> build_design(const Elaboration& elaboration, diagnostics::Diagnostics& diagnostics) {
  auto built = build_demanded(elaboration, diagnostics);
  if (!built) return std::nullopt;
  return std::move(built->design);
}

}  // namespace crenel::sema
