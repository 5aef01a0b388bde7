#include <string>
#include <utility>
#include <vector>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {

using document::object;

/// VPC Block Public Access (vpc/latest/userguide/security-vpc-bpa-basics.html, security-vpc-bpa-example.html, checked
/// 2026-11-28). An exclusion that lets out only lets out what goes by NAT gateways and egress-only ones ("Scenario 6"),
/// so a subnet that uses the Internet gateway itself is left open both ways. Whether for a NAT gateway its own subnet
/// has to be excluded, or the subnet that sends to it, the guide does not say apart: both are. A subnet that sends to
/// an instance which hands on needs no exclusion itself ("Important", on appliances).
void lower_blocking(Lowering& to) {
  const auto id = blocking_guard(to.design);
  if (!id) return;
  std::vector<std::string> spared;
  for (const Excluded& each : to.plan.excluded) {
    const model::Tier& tier = to.design.tiers[each.tier];
    for (int zone = 1; zone <= static_cast<int>(tier.zone_blocks.size()); ++zone) {
      spared.push_back(zone_name(to.design, each.tier, zone, "PublicAccessExclusion"));
      to.add(kPublicAccessExclusion, spared.back(), "subnet", tier.origin,
             object({{"InternetGatewayExclusionMode", each.both_ways ? "allow-bidirectional" : "allow-egress"},
                     {"SubnetId", reference_to(zone_name(to.design, each.tier, zone, "Subnet"))},
                     {"Tags", to.tags(model::to_string(tier.origin.path) + " zone " + std::to_string(zone))}}));
    }
  }
  const model::Origin& origin = to.design.guards[*id].origin;
  // Exclusions may be there before the mode: what flows need is never cut.
  to.add(kPublicAccessOptions, pascal_case(origin.path) + "PublicAccessOptions", "guard", origin,
         object({{"InternetGatewayBlockMode", "block-bidirectional"}}))
      .depends_on = std::move(spared);
}

}  // namespace crenel::aws
