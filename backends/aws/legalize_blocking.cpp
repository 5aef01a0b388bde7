#include <algorithm>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/schema.h"
#include "compiler/model/public_access.h"

namespace crenel::aws {
namespace {

bool blocks(const model::Guard& guard) { return model::blocks_public_access(guard, schema().provider); }

}  // namespace

std::optional<model::GuardId> blocking_guard(const model::Design& design) {
  for (const model::GuardId id : design.guards.ids()) {
    if (blocks(design.guards[id])) return id;
  }
  return std::nullopt;
}

void check_blocking(const model::Design& design, const std::vector<Fleet>& fleets,
                    diagnostics::Diagnostics& diagnostics) {
  const model::Guard* first = nullptr;
  for (const model::Guard& guard : design.guards) {
    if (!blocks(guard)) continue;
    const auto refuse = [&](const char* why, const char* help) -> diagnostics::Diagnostic& {
      auto& report =
          diagnostics.report(kBlocking, guard.origin.span, model::to_string(guard.origin.path), std::string(why));
      report.help = help;
      return report;
    };
    if (!guard.prevent) {
      refuse(
          "whoever may change networks could turn it off again",
          "say `prevent = true`, which forbids that, and `exempt = [\"network-pipeline\"]` for the role that deploys");
    }
    if (first != nullptr) {
      refuse("another guard does, and an account has one mode in a Region", "say so of one of the two")
          .notes.push_back({first->origin.span, "the other guard is declared here"});
    }
    first = &guard;
    // security-vpc-bpa-basics.html, "AWS service impact and support": editions of the page say both "unless the subnet
    // containing GWLB endpoints is excluded" and "even if" it is (2026-11-28).
    for (const Fleet& fleet : fleets) {
      const model::Appliance& appliance = design.appliances[fleet.appliance];
      refuse(
          "AWS does not say for certain whether endpoints of gateway load balancers pass what subnets are excluded for",
          "make the appliance one instance, or leave `block_public_access` out")
          .notes.push_back({appliance.origin.span, "several instances stand behind such a balancer"});
    }
  }
}

std::vector<Excluded> plan_exclusions(const model::Design& design) {
  std::vector<Excluded> out;
  if (!blocking_guard(design)) return out;
  const std::vector<model::InternetUse> uses = model::internet_use(design);
  for (const model::TierId tier : design.tiers.ids()) {
    const model::InternetUse use = uses[tier.index()];
    if (use != model::InternetUse::None) out.push_back({.tier = tier, .both_ways = use == model::InternetUse::Both});
  }
  return out;
}

}  // namespace crenel::aws
