#include <algorithm>
#include <array>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"
#include "backends/aws/reverting.h"

namespace crenel::aws::reading {
namespace {

constexpr std::string_view kRuleStarts = "events.amazonaws.com";
constexpr std::string_view kLambda = "lambda.amazonaws.com";
/// A run looks at everything and puts it back: less is too short for a network of some size.
constexpr std::int64_t kShortestRun = 60;

bool is_revert_action(const std::string& action) {
  return std::any_of(kRevertActions.begin(), kRevertActions.end(),
                     [&](std::string_view each) { return lower_case(std::string(each)) == lower_case(action); });
}

/// "…:vpc/" and then a network of those.
bool is_network_of(const Value& value, const std::vector<std::string>& networks) {
  const auto* pieces = value.as<Composed>();
  if (pieces == nullptr || pieces->pieces.size() < 2) return false;
  const auto* to = pieces->pieces.back().as<Reference>();
  const auto before = known_text(pieces->pieces[pieces->pieces.size() - 2]);
  return to != nullptr && to->attribute.empty() && before && before->ends_with(":vpc/") &&
         std::find(networks.begin(), networks.end(), to->resource) != networks.end();
}

/// It holds for calls about those networks alone.
bool is_kept_to(const Value& condition, const std::vector<std::string>& networks) {
  const Value& listed = condition["ArnEquals"]["ec2:Vpc"];
  const auto values = elements_of(listed);
  return has_none_but(condition, {"ArnEquals"}) && has_none_but(condition["ArnEquals"], {"ec2:Vpc"}) &&
         !listed.absent() && std::all_of(values.begin(), values.end(), [&](const Option& each) {
           return each.certain && is_network_of(*each.value, networks);
         });
}

const Revert* revert_with(const std::vector<Revert>& reverts, const Item* function) {
  const auto found =
      std::find_if(reverts.begin(), reverts.end(), [&](const Revert& each) { return each.function == function; });
  return found == reverts.end() ? nullptr : &*found;
}

/// Nobody acts as the role but such functions, nor can come to.
bool is_theirs_alone(const Reading& reading, const std::vector<Revert>& reverts, const Actor& actor) {
  for (const Item* function : reading.of(kFunction.name)) {
    const auto* role = (*function)["Role"].as<Reference>();
    const bool acts = role == nullptr || role->resource == actor.item->id();
    if (acts && revert_with(reverts, function) == nullptr) return false;
  }
  const auto profiles = reading.of(kInstanceProfile.name);
  const bool on_hosts = std::any_of(profiles.begin(), profiles.end(), [&](const Item* profile) {
    const auto roles = elements_of((*profile)["Roles"]);
    return std::any_of(roles.begin(), roles.end(), [&](const Option& each) {
      const auto* to = each.value->as<Reference>();
      return to == nullptr || to->resource == actor.item->id();
    });
  });
  return !on_hosts && actor.others.empty() && actor.services.size() == 1 && actor.services.front() == kLambda;
}

/// What a rule, its function and its role come to.
class Reverts {
 public:
  Reverts(Reading& reading, const DataReading& data) : reading_(reading), data_(data), judge_(reading) {}

  void run() {
    for (const Item* rule : reading_.of(kEventRule.name)) {
      const Item* function = listens_to_calls(*rule) ? function_of(*rule) : nullptr;
      if (function != nullptr) read(*rule, *function);
    }
  }

 private:
  [[nodiscard]] const Item* function_of(const Item& rule) const {
    for (const Option& target : elements_of(rule["Targets"])) {
      const auto* to = (*target.value)["Arn"].as<Reference>();
      const Item* item = to == nullptr ? nullptr : reading_.find(to->resource);
      if (item != nullptr && item->resource->type == kFunction.name) return item;
    }
    return nullptr;
  }

  estate::Guard& guard_of(const Item& rule) {
    constexpr std::string_view kRole = "RevertRule";
    std::string name = rule.id();
    if (name.ends_with(kRole)) name.resize(name.size() - kRole.size());
    return guard_named(reading_, name, rule.place());
  }

  static void weaken(estate::Guard& guard, std::string what, const Place& place, bool sure = true) {
    guard.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void read(const Item& rule, const Item& function) {
    estate::Guard& guard = guard_of(rule);
    const Revert* revert = revert_with(data_.reverts, &function);
    const Holder* holder = data_.holder(&function);
    if (revert == nullptr || holder == nullptr) {
      return weaken(guard, "puts something else back than what the template says, or not by the known code",
                    function["Code"].absent() ? function.place() : function["Code"].place);
    }
    if (guard.undoing) return weaken(guard, "undoes changes by several functions", rule.place());
    estate::Undoing undoing{.function = holder->service, .networks = {}, .within_seconds = revert->within_seconds};
    for (const std::string& id : revert->networks) {
      const bool named = id.ends_with("Vpc") && id.size() > std::string_view("Vpc").size();
      undoing.networks.push_back(named ? id.substr(0, id.size() - std::string_view("Vpc").size()) : id);
    }
    std::sort(undoing.networks.begin(), undoing.networks.end());
    guard.undoing = std::move(undoing);
    check_rule(guard, rule, *revert);
    check_start(guard, rule, function);
    check_run(guard, function);
    check_role(guard, *revert);
    check_failures(guard, *revert);
  }

  void check_rule(estate::Guard& guard, const Item& rule, const Revert& revert) {
    if (known_text(rule["State"]) == "DISABLED") return weaken(guard, "is not started by changes", rule.place());
    const auto calls = calls_of(rule["EventPattern"]);
    auto exempt = exempt_of(rule["EventPattern"]["detail"]["userIdentity"]);
    const bool on = rule["State"].absent() || known_text(rule["State"]).has_value();
    const auto targets = elements_of(rule["Targets"]);
    const bool handed_on = std::all_of(targets.begin(), targets.end(), [](const Option& target) {
      return target.certain && has_none_but(*target.value, {"Id", "Arn", "RetryPolicy", "DeadLetterConfig"});
    });
    if (!calls || !exempt || !on || !handed_on || !rule["EventBusName"].absent() || !rule.certain) {
      return weaken(guard, "undoes all that `" + rule.id() + "` hears", rule.place(), false);
    }
    for (const std::string_view call : undone_calls()) {
      if (calls->contains("ec2:" + std::string(call))) continue;
      weaken(guard, "does not undo `ec2:" + std::string(call) + "`", rule.place());
      break;
    }
    if (revert.role == nullptr || exempt->erase("{" + revert.role->id() + "}") == 0) {
      weaken(guard, "is started by what it does itself", rule.place());
    }
    for (const std::string& who : *exempt) {
      const bool known = std::find(guard.exempt.begin(), guard.exempt.end(), who) != guard.exempt.end();
      if (!known) weaken(guard, "does not undo what `" + who + "` changes", rule.place());
    }
    for (const std::string& who : guard.exempt) {
      if (!exempt->contains(who)) weaken(guard, "undoes what `" + who + "` changes", rule.place());
    }
  }

  void check_start(estate::Guard& guard, const Item& rule, const Item& function) {
    const auto permissions = reading_.of(kPermission.name);
    const bool let = std::any_of(permissions.begin(), permissions.end(), [&](const Item* each) {
      const auto* to = (*each)["FunctionName"].as<Reference>();
      const auto* from = (*each)["SourceArn"].as<Reference>();
      return each->certain && to != nullptr && to->resource == function.id() && from != nullptr &&
             from->resource == rule.id() && known_text((*each)["Principal"]) == kRuleStarts &&
             known_text((*each)["Action"]) == "lambda:InvokeFunction";
    });
    if (!let) weaken(guard, "may not start its function", rule.place());
    const estate::Who events = estate::Named{"events of " + rule.id()};
    const estate::ServiceId started = *guard.undoing->function;
    std::erase_if(reading_.estate.accesses, [&](const estate::Access& access) {
      return access.service == started && access.who == events && access.doubt.empty();
    });
  }

  static void check_run(estate::Guard& guard, const Item& function) {
    const auto at_once = known_number(function["ReservedConcurrentExecutions"]);
    if (at_once != 1) weaken(guard, "is not kept to one run at a time", function.place());
    const auto seconds = known_number(function["Timeout"]);
    if (!seconds || *seconds < kShortestRun) weaken(guard, "is stopped before it is done", function.place());
  }

  // ---- the role
  [[nodiscard]] const Actor* actor_of(const Revert& revert) const {
    const auto found = std::find_if(data_.actors.begin(), data_.actors.end(),
                                    [&](const Actor& each) { return each.item == revert.role; });
    return found == data_.actors.end() ? nullptr : &*found;
  }

  [[nodiscard]] static bool allows(const PolicyStatement& statement, std::string_view action) {
    const auto actions = elements_of((*statement.value)["Action"]);
    return statement.allow && statement.certain && std::any_of(actions.begin(), actions.end(), [&](const Option& each) {
             return each.certain && known_text(*each.value) == std::string(action);
           });
  }

  [[nodiscard]] bool is_about(const PolicyStatement& statement, std::string_view kind) const {
    const std::string all = "arn:{p}:ec2:{region}:{account}:" + std::string(kind) + "/*";
    const auto resources = elements_of((*statement.value)["Resource"]);
    return std::any_of(resources.begin(), resources.end(), [&](const Option& each) {
      const std::string said = judge_.arn_text(*each.value);
      return each.certain && (said == "*" || said == all);
    });
  }

  [[nodiscard]] bool may_change(const PolicyStatement& statement, const Revert& revert) const {
    const Value& condition = (*statement.value)["Condition"];
    const auto listed = elements_of(condition["ArnEquals"]["ec2:Vpc"]);
    const bool kinds = std::all_of(kRevertResources.begin(), kRevertResources.end(),
                                   [&](std::string_view kind) { return is_about(statement, kind); });
    const bool everywhere = std::all_of(revert.networks.begin(), revert.networks.end(), [&](const std::string& id) {
      return std::any_of(listed.begin(), listed.end(),
                         [&](const Option& each) { return each.certain && is_network_of(*each.value, {id}); });
    });
    return kinds && is_kept_to(condition, revert.networks) && everywhere;
  }

  [[nodiscard]] static bool may_look(const PolicyStatement& statement) {
    return (*statement.value)["Condition"].absent() && known_text((*statement.value)["Resource"]) == "*";
  }

  void check_role(estate::Guard& guard, const Revert& revert) {
    const Actor* actor = actor_of(revert);
    const auto some = [&](std::string_view action, const auto& good) {
      return std::any_of(actor->policies.begin(), actor->policies.end(), [&](const PolicyStatement& statement) {
        return allows(statement, action) && good(statement);
      });
    };
    const bool able =
        actor != nullptr && actor->doubt.empty() &&
        std::all_of(actor->policies.begin(), actor->policies.end(), [](const auto& each) { return each.allow; }) &&
        std::all_of(kRevertActions.begin(), kRevertActions.end(),
                    [&](std::string_view action) {
                      return some(action,
                                  [&](const PolicyStatement& statement) { return may_change(statement, revert); });
                    }) &&
        std::all_of(kRevertLooks.begin(), kRevertLooks.end(), [&](std::string_view action) {
          return some(action, [&](const PolicyStatement& statement) { return may_look(statement); });
        });
    const Place& place = revert.role == nullptr ? revert.function->place() : revert.role->place();
    if (!able) weaken(guard, "may not do all that undoing takes", place);
  }

  // ---- what fails
  void check_failures(estate::Guard& guard, const Revert& revert) {
    const auto* to = (*revert.function)["DeadLetterConfig"]["TargetArn"].as<Reference>();
    const Item* topic = to == nullptr ? nullptr : reading_.find(to->resource);
    const Holder* holder = topic == nullptr ? nullptr : data_.holder(topic);
    const Actor* actor = actor_of(revert);
    const bool right = holder != nullptr && actor != nullptr && guard.told == holder->service;
    bool publishes = false;
    auto& all = reading_.estate.accesses;
    for (estate::Access& access : all) {
      if (!right || access.service != holder->service || access.who != estate::Who(actor->identity)) continue;
      const auto found = std::find(access.actions.begin(), access.actions.end(), estate::Action::Publish);
      if (found == access.actions.end() || !access.doubt.empty() || !access.anywhere) continue;
      access.actions.erase(found);
      publishes = true;
    }
    std::erase_if(all, [](const estate::Access& access) { return access.actions.empty(); });
    if (!publishes) weaken(guard, "does not surely tell what it could not undo", revert.function->place());
  }

  Reading& reading_;
  const DataReading& data_;
  Judge judge_;
};

}  // namespace

bool is_for_revert(const Reading& reading, const std::vector<Revert>& reverts, const Actor& actor,
                   const PolicyStatement& statement) {
  const Value& text = *statement.value;
  std::vector<std::string> networks;
  for (const Revert& each : reverts) {
    if (each.role == actor.item) networks.insert(networks.end(), each.networks.begin(), each.networks.end());
  }
  if (networks.empty() || !is_theirs_alone(reading, reverts, actor)) return false;
  const auto actions = elements_of(text["Action"]);
  return text["NotAction"].absent() && is_kept_to(text["Condition"], networks) &&
         std::all_of(actions.begin(), actions.end(), [](const Option& each) {
           const auto said = known_text(*each.value);
           return said && is_revert_action(*said);
         });
}

void read_reverts(Reading& reading, const DataReading& data) { Reverts(reading, data).run(); }

}  // namespace crenel::aws::reading
