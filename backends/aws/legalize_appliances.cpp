#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::ApplianceId;
using model::TierId;

void check_form(const model::Design& design, ApplianceId id, diagnostics::Diagnostics& diagnostics) {
  const model::Appliance& appliance = design.appliances[id];
  const std::string name = model::to_string(appliance.origin.path);
  if (appliance.count > 1) {
    diagnostics
        .report(kApplianceForm, appliance.origin.span, name,
                "has " + std::to_string(appliance.count) + " instances, and a route leads to one interface")
        .help = "`count = 1`: a gateway load balancer before several is not built yet";
  }
}

/// Who stands beside the NAT gateways shares their routes, by which what is for the tier goes to the appliance.
void check_neighbours(const model::Design& design, TierId nat_tier, TierId behind, ApplianceId appliance,
                      diagnostics::Diagnostics& diagnostics) {
  for (const model::Flow& flow : design.flows) {
    const auto from = model::tier_of(design, flow.from);
    const auto to = model::tier_of(design, flow.to);
    const bool there = from == nat_tier && to == behind;
    const bool back = from == behind && to == nat_tier;
    if (!there && !back) continue;
    const model::FlowStatement& statement = design.statements[flow.statement];
    auto& error = diagnostics.report(kAnswersPast, statement.span, model::name_of(design, there ? flow.from : flow.to),
                                     model::to_string(design.tiers[nat_tier].origin.path),
                                     model::to_string(design.appliances[appliance].origin.path));
    error.notes.push_back(
        {design.tiers[nat_tier].origin.span, "the first public tier of the network is declared here"});
    error.help = "declare an empty public tier first: the NAT gateways stand in the first public one of the network";
    return;
  }
}

}  // namespace

void check_appliances(const model::Design& design, const std::vector<Gateways>& gateways,
                      diagnostics::Diagnostics& diagnostics) {
  for (const ApplianceId id : design.appliances.ids()) {
    check_form(design, id, diagnostics);
    for (const Gateways& one : gateways) {
      if (!one.nat_tier) continue;
      for (const TierId behind : model::tiers_behind(design, id)) {
        if (design.tiers[behind].network == one.network)
          check_neighbours(design, *one.nat_tier, behind, id, diagnostics);
      }
    }
  }
}

}  // namespace crenel::aws
