#include "backends/aws/legalize_steps.h"
#include "backends/aws/report.h"
#include "backends/aws/schema.h"

namespace crenel::aws {

void add_residue_of_blocking(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out) {
  const auto id = blocking_guard(design);
  if (!id) return;
  const std::string name = path(design.guards[*id].origin);
  out.push_back({.subject = name,
                 .text = "it blocks public access in every network of the account and the Region: what this template "
                         "does not make is cut off from the Internet, too, unless it has exclusions of its own"});
  out.push_back({.subject = name,
                 .text = "the block stops at Internet gateways: what goes over VPN, Direct Connect, transit gateways, "
                         "peerings and private endpoints it does not touch"});
  for (const Excluded& each : plan.excluded) {
    if (!each.both_ways) continue;
    out.push_back({.subject = path(design.tiers[each.tier].origin),
                   .text = "the block spares it both ways: there rules and routes alone say who meets the Internet"});
  }
}

void add_account_of_blocking(const model::Design& design, const Plan& plan, std::vector<std::string>& out) {
  const auto id = blocking_guard(design);
  if (!id) return;
  std::size_t spared = 0;
  for (const Excluded& each : plan.excluded) spared += design.tiers[each.tier].zone_blocks.size();
  out.push_back("guard " + path(design.guards[*id].origin) +
                ": public access is blocked in the whole account and Region but for " + counted(spared, "subnet"));
}

std::vector<backend::Sole> soles_of(const model::Design& design, const Plan& plan) {
  const auto id = blocking_guard(design);
  if (!id || !design.environment || plan.region.empty()) return {};
  const auto account = text_setting(design.environment->settings, kAccountSetting);
  return {{.what = "the mode of VPC Block Public Access in " + plan.region,
           .of = account ? "account " + *account : "the account of `" + path(design.environment->origin) + "`",
           .span = design.guards[*id].origin.span}};
}

}  // namespace crenel::aws
