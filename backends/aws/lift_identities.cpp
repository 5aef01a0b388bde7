#include <algorithm>
#include <array>
#include <utility>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_interfaces.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

/// Policies of AWS's own that speak of none of the services that an estate knows: logs, metrics, interfaces, sessions.
constexpr auto kHarmlessPolicies = std::to_array<std::string_view>({
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSXRayDaemonWriteAccess",
    "AWSXrayWriteOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "CloudWatchAgentServerPolicy",
});

bool names(const Value& list, const Item& item) {
  for (const Option& option : elements_of(list)) {
    const auto* to = option.value->as<Reference>();
    if (to != nullptr && to->resource == item.id()) return true;
    const auto text = known_text(*option.value);
    for (const char* property : {"RoleName", "UserName", "GroupName"}) {
      if (text && known_text(item[property]) == text) return true;
    }
  }
  return false;
}

void add_all(std::vector<PolicyStatement>& to, const std::vector<PolicyStatement>& statements) {
  to.insert(to.end(), statements.begin(), statements.end());
}

void read_managed(Reading& reading, const Item& item, Actor& actor) {
  for (const Option& option : elements_of(item["ManagedPolicyArns"])) {
    const auto* to = option.value->as<Reference>();
    const Item* policy = to == nullptr ? nullptr : reading.find(to->resource);
    if (policy != nullptr && policy->resource->type == kManagedPolicy) {
      add_all(actor.policies, statements_of(reading, (*policy)["PolicyDocument"], policy->certain && option.certain));
      continue;
    }
    const std::string arn = words(*option.value);
    const std::string name = arn.substr(arn.find_last_of('/') + 1);
    const bool of_aws = arn.find(":aws:policy/") != std::string::npos;
    const bool harmless =
        of_aws && std::find(kHarmlessPolicies.begin(), kHarmlessPolicies.end(), name) != kHarmlessPolicies.end();
    if (!harmless) actor.doubt = "the policy `" + name + "` is not in the template: what it allows is not known";
  }
}

void read_policies(Reading& reading, const Item& item, Actor& actor) {
  for (const Option& option : elements_of(item["Policies"])) {
    add_all(actor.policies, statements_of(reading, (*option.value)["PolicyDocument"], item.certain && option.certain));
  }
  read_managed(reading, item, actor);
  struct Beside {
    std::string_view type;
    const char* role;
    const char* user;
    const char* group;
  };
  const std::array<Beside, 5> kinds = {{{kPolicy, "Roles", "Users", "Groups"},
                                        {kManagedPolicy, "Roles", "Users", "Groups"},
                                        {kRolePolicy.name, "RoleName", "RoleName", "RoleName"},
                                        {kUserPolicy, "UserName", "UserName", "UserName"},
                                        {kGroupPolicy, "GroupName", "GroupName", "GroupName"}}};
  for (const Beside& kind : kinds) {
    for (const Item* policy : reading.of(kind.type)) {
      const bool is_role = item.resource->type == kRole.name;
      const Value& list = (*policy)[is_role ? kind.role : item.resource->type == kUser ? kind.user : kind.group];
      if (!names(list, item)) continue;
      add_all(actor.policies, statements_of(reading, (*policy)["PolicyDocument"], policy->certain));
    }
  }
  if (!item["PermissionsBoundary"].absent()) {
    actor.doubt = "its permissions have a boundary, which is not read";
  }
}

/// Whom a role's trust lets act as it, besides services of AWS: those do so where they are given the role.
void read_trust(Reading& reading, const Item& item, Actor& actor) {
  const Judge judge(reading);
  for (const PolicyStatement& statement : statements_of(reading, item["AssumeRolePolicyDocument"], item.certain)) {
    if (!statement.allow || !judge.mentions(statement, "sts:assumerole")) continue;
    const Value& principal = (*statement.value)["Principal"];
    const auto* kinds = principal.as<Object>();
    if (kinds == nullptr) {
      actor.others.emplace_back(estate::Anyone{});
      continue;
    }
    for (const Member& kind : kinds->members) {
      if (kind.name == "Service") {
        for (const Option& option : elements_of(kind.value)) actor.services.push_back(words(*option.value));
        continue;
      }
      for (const Option& option : elements_of(kind.value)) {
        const std::string said = judge.arn_text(*option.value);
        const bool account = said == "{account}" || said.ends_with(":root");
        if (said == "*") {
          actor.others.emplace_back(estate::Anyone{});
        } else if (account && said.find("{account}") != std::string::npos) {
          actor.others.emplace_back(estate::Account{});
        } else {
          actor.others.emplace_back(estate::Named{words(*option.value)});
        }
      }
    }
  }
}

// ---- who acts as a role
constexpr const char* kWaysToName[] = {"Arn", "Name", ""};

const Item* role_of_profile(const Reading& reading, const Value& profile) {
  const Item* item = nullptr;
  for (const char* part : kWaysToName) {
    const Value& said = *part == '\0' ? profile : profile[part];
    const auto* to = said.as<Reference>();
    if (to != nullptr) item = reading.find(to->resource);
  }
  if (item == nullptr || item->resource->type != kInstanceProfile.name) return nullptr;
  for (const Option& option : elements_of((*item)["Roles"])) {
    const auto* to = option.value->as<Reference>();
    const Item* role = to == nullptr ? nullptr : reading.find(to->resource);
    if (role != nullptr && role->resource->type == kRole.name) return role;
  }
  return nullptr;
}

/// It is not understood, or names what the template does not have, which CloudFormation refuses.
bool is_unread(const Value& profile) {
  return std::any_of(std::begin(kWaysToName), std::end(kWaysToName), [&](const char* part) {
    return (*part == '\0' ? profile : profile[part]).as<Unread>() != nullptr;
  });
}

/// The description that instances are launched by: its profile stands there.
const Value& profile_of(const Reading& reading, const Item& item) {
  static const Value none{};
  if (!item["IamInstanceProfile"].absent()) return item["IamInstanceProfile"];
  if (const Item* old = reading.target(item["LaunchConfigurationName"], kLaunchConfiguration)) {
    return (*old)["IamInstanceProfile"];
  }
  const Value& mixed = item["MixedInstancesPolicy"]["LaunchTemplate"]["LaunchTemplateSpecification"];
  const Value* data = launch_data(reading, item["LaunchTemplate"].absent() ? mixed : item["LaunchTemplate"]);
  return data == nullptr ? none : (*data)["IamInstanceProfile"];
}

/// Whether a service of AWS may act as the role; nobody can who is not trusted.
bool trusts(const Actor& actor, std::string_view service) {
  return std::any_of(actor.services.begin(), actor.services.end(),
                     [&](const std::string& each) { return each.starts_with(service); });
}

/// There is something that an unknown role might be about.
bool keeps_data(const DataReading& data) {
  return std::any_of(data.holders.begin(), data.holders.end(), [](const Holder& holder) {
    const std::string& type = holder.item->resource->type;
    return type != kAutoScalingGroup.name && type != kFunction.name;
  });
}

void give_to_hosts(Reading& reading, DataReading& data, std::string_view type) {
  for (const Item* item : reading.of(type)) {
    const Value& profile = profile_of(reading, *item);
    if (profile.absent()) continue;
    const Item* role = role_of_profile(reading, profile);
    const auto interface = reading.interfaces.find(item->id());
    const auto actor = std::find_if(data.actors.begin(), data.actors.end(),
                                    [&](const Actor& each) { return each.item == role && role != nullptr; });
    if (actor == data.actors.end()) {
      if (keeps_data(data) || is_unread(profile)) {
        reading.unknown(profile.place, "`" + item->id() + "` acts as a role that is not in the template: what it may " +
                                           "do is not known");
      }
      continue;
    }
    if (interface != reading.interfaces.end() && trusts(*actor, "ec2.")) {
      reading.estate.identities[actor->identity].interfaces.push_back(interface->second);
    }
  }
}

void give_to_functions(Reading& reading, DataReading& data) {
  for (const Item* item : reading.of(kFunction.name)) {
    const auto* to = (*item)["Role"].as<Reference>();
    const auto actor = std::find_if(data.actors.begin(), data.actors.end(), [&](const Actor& each) {
      return to != nullptr && each.item->id() == to->resource;
    });
    const Holder* function = data.holder(item);
    if (actor != data.actors.end() && function != nullptr) {
      if (!trusts(*actor, "lambda.")) continue;
      reading.estate.identities[actor->identity].functions.push_back(function->service);
    } else if (keeps_data(data)) {
      reading.unknown(
          (*item)["Role"].place,
          "`" + item->id() + "` acts as a role that is not in the template: what it " + "may do is not known");
    }
  }
}

/// Its policies speak of services that an estate knows, or may. A role that writes a VPC's logs is none of those.
bool matters(Reading& reading, const Actor& actor) {
  if (!actor.doubt.empty()) return true;
  const Judge judge(reading);
  for (const PolicyStatement& statement : actor.policies) {
    if (!statement.allow) continue;
    for (int kind = 0; kind <= static_cast<int>(estate::Service::Kind::Group); ++kind) {
      for (const ProviderAction& action : provider_actions(static_cast<estate::Service::Kind>(kind))) {
        if (judge.mentions(statement, std::string(action.name))) return true;
      }
    }
  }
  return false;
}

/// Instances or a function act as it.
bool is_handed_out(const Reading& reading, const Item& role) {
  const auto holds = [&](std::string_view type, const char* property) {
    const auto items = reading.of(type);
    return std::any_of(items.begin(), items.end(), [&](const Item* item) {
      const auto listed = elements_of((*item)[property]);
      return std::any_of(listed.begin(), listed.end(), [&](const Option& option) {
        const auto* to = option.value->as<Reference>();
        return to != nullptr && to->resource == role.id();
      });
    });
  };
  return holds(kInstanceProfile.name, "Roles") || holds(kFunction.name, "Role");
}

}  // namespace

void read_identities(Reading& reading, DataReading& data) {
  for (const std::string_view type : {kRole.name, kUser, kUserGroup}) {
    for (const Item* item : reading.of(type)) {
      Actor actor{.item = item, .identity = {}, .policies = {}, .others = {}, .services = {}, .doubt = {}};
      read_policies(reading, *item, actor);
      if (!matters(reading, actor) && !is_handed_out(reading, *item)) continue;
      estate::Identity made;
      made.name = item->id();
      made.stem = stem_of(item->id(), type);
      made.place = item->place();
      actor.identity = reading.estate.identities.add(std::move(made));
      read_trust(reading, *item, actor);
      check_escalation(reading, actor, is_handed_out(reading, *item), data.reverts);
      data.actors.push_back(std::move(actor));
    }
  }
  for (const std::string_view type : {kInstance, kAutoScalingGroup.name}) give_to_hosts(reading, data, type);
  give_to_functions(reading, data);
}

}  // namespace crenel::aws::reading
