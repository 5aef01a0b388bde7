#include <algorithm>
#include <array>
#include <string>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"

namespace crenel::aws::reading {
namespace {

/// A role that may do one of these may do all that any policy says.
constexpr auto kTakingMore = std::to_array<std::string_view>({
    "iam:putrolepolicy",
    "iam:attachrolepolicy",
    "iam:createpolicyversion",
    "iam:passrole",
    "sts:assumerole",
    "iam:updateassumerolepolicy",
    "iam:createaccesskey",
});

/// Services that make or change networks, or run code in somebody else's name. (Service Authorization Reference.)
constexpr auto kGoverning = std::to_array<std::string_view>({
    "batch",
    "cloudformation",
    "codebuild",
    "directconnect",
    "ec2",
    "ecs",
    "eks",
    "elasticloadbalancing",
    "globalaccelerator",
    "iam",
    "network-firewall",
    "organizations",
    "ram",
    "route53resolver",
    "ssm",
    "states",
    "vpc-lattice",
});

/// Of those services, what changes no rule and no route: interfaces that nothing is attached to, as Lambda needs them
/// made for a function in a VPC, and what the agent of Systems Manager says of itself.
constexpr auto kHarmlessPatterns = std::to_array<std::string_view>({
    "ec2:assignprivateipaddresses",
    "ec2:createnetworkinterface",
    "ec2:createtags",
    "ec2:deletenetworkinterface",
    "ec2:unassignprivateipaddresses",
    "ssm:putinventory",
    "ssm:updateinstanceassociationstatus",
    "ssm:updateinstanceinformation",
});

bool is_of(std::string_view pattern, std::string_view service) {
  const std::size_t colon = pattern.find(':');
  return colon != std::string_view::npos && glob(pattern.substr(0, colon), service);
}

/// What may be said of an action that stands in a policy, with `*` or without.
bool may_govern(std::string_view pattern) {
  const bool here = std::any_of(kGoverning.begin(), kGoverning.end(),
                                [&](std::string_view service) { return is_of(pattern, service); });
  return here && !is_harmless(pattern) &&
         std::find(kHarmlessPatterns.begin(), kHarmlessPatterns.end(), pattern) == kHarmlessPatterns.end();
}

/// An action of a service that an estate knows, which comes to none of the estate's actions and does more than look: it
/// may copy all that is kept, say.
bool is_beyond(std::string_view pattern) {
  bool here = false;
  for (int kind = 0; kind <= static_cast<int>(estate::Service::Kind::Group); ++kind) {
    for (const ProviderAction& action : provider_actions(static_cast<estate::Service::Kind>(kind))) {
      if (glob(pattern, action.name)) return false;
      here = here || is_of(pattern, action.name.substr(0, action.name.find(':')));
    }
  }
  return here && !is_harmless(pattern);
}

void tell(Reading& reading, const Actor& actor, const PolicyStatement& statement, const std::string& action) {
  reading.unknown(statement.value->place,
                  "`" + actor.item->id() + "` may do `" + action + "`: what it can come to by that is not known");
}

/// The first action of the statement that governs, or comes to what is not known; empty: there is none.
std::string governing(const PolicyStatement& statement) {
  if (!(*statement.value)["NotAction"].absent()) return "all but some actions";
  for (const Option& option : elements_of((*statement.value)["Action"])) {
    const auto said = known_text(*option.value);
    if (!said) return words(*option.value);
    const std::string pattern = lower_case(*said);
    if (may_govern(pattern) || is_beyond(pattern)) return *said;
  }
  return "";
}

}  // namespace

void check_escalation(Reading& reading, const Actor& actor, bool handed_out, const std::vector<Revert>& reverts) {
  const Judge judge(reading);
  for (const PolicyStatement& statement : actor.policies) {
    if (!statement.allow) continue;
    const auto more = std::find_if(kTakingMore.begin(), kTakingMore.end(), [&](std::string_view action) {
      return judge.mentions(statement, std::string(action));
    });
    if (more != kTakingMore.end()) return tell(reading, actor, statement, std::string(*more));
    if (!handed_out || is_for_revert(reading, reverts, actor, statement)) continue;
    if (const std::string action = governing(statement); !action.empty()) {
      return tell(reading, actor, statement, action);
    }
  }
}

}  // namespace crenel::aws::reading
