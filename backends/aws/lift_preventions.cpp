#include <algorithm>
#include <array>

#include "backends/aws/changes.h"
#include "backends/aws/lift_data.h"
#include "backends/aws/lift_reverts.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

constexpr std::string_view kOwnName = "PreventPolicy";
constexpr std::string_view kOwnAccount = "arn:{p}:iam::{account}:";
constexpr auto kWays = std::to_array<std::string_view>({"role/", "role/*/", "user/", "user/*/"});

/// Names of which all roles and users are there, whatever their path, in place of those ARNs.
std::set<std::string> named_by(std::set<std::string> arns) {
  const std::string roles = std::string(kOwnAccount) + "role/";
  std::set<std::string> out;
  for (const std::string& arn : arns) {
    const std::string name = arn.starts_with(roles) ? arn.substr(roles.size()) : "";
    if (name.empty() || name.find_first_of("/*?{") != std::string::npos) continue;
    const bool all = std::all_of(kWays.begin(), kWays.end(), [&](std::string_view way) {
      return arns.contains(std::string(kOwnAccount) + std::string(way) + name);
    });
    if (all) out.insert(name);
  }
  for (const std::string& name : out) {
    for (const std::string_view way : kWays) arns.erase(std::string(kOwnAccount) + std::string(way) + name);
  }
  out.merge(arns);
  return out;
}

/// Policies by which a guard forbids changes. What one does is read out of its statement; who attaches it to whom is
/// not in the template.
class Preventions {
 public:
  Preventions(Reading& reading, const DataReading& data) : reading_(reading), data_(data), judge_(reading) {}

  void run() {
    for (const Item* policy : reading_.of(kManagedPolicy)) {
      const std::string& id = policy->id();
      if (!id.ends_with(kOwnName) || id.size() == kOwnName.size()) continue;
      const std::string name = id.substr(0, id.size() - kOwnName.size());
      const auto& guards = reading_.estate.guards;
      const bool listens =
          std::any_of(guards.begin(), guards.end(), [&](const estate::Guard& each) { return each.name == name; });
      read(guard_named(reading_, name, policy->place()), *policy, listens);
    }
  }

 private:
  static void weaken(estate::Guard& guard, std::string what, const Place& place, bool sure = true) {
    guard.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void read(estate::Guard& guard, const Item& policy, bool listens) {
    guard.forbidding = true;
    const Value& document = policy["PolicyDocument"];
    const auto statements = elements_of(document["Statement"]);
    const bool alone = has_none_but(document, {"Version", "Statement"}) && statements.size() == 1 &&
                       statements.front().certain && policy.certain;
    const Value& only = alone ? *statements.front().value : document;
    const Value& condition = only["Condition"];
    const bool plain = alone && has_none_but(only, {"Sid", "Effect", "Action", "Resource", "Condition"}) &&
                       known_text(only["Effect"]) == "Deny" && known_text(only["Resource"]) == "*" &&
                       has_none_but(condition, {"ArnNotLike"}) &&
                       has_none_but(condition["ArnNotLike"], {"aws:PrincipalArn"});
    if (!plain) {
      return weaken(guard, "has a policy that does something else than forbid changes to others", policy.place());
    }
    check_actions(guard, only["Action"]);
    check_spared(guard, condition["ArnNotLike"]["aws:PrincipalArn"], listens);
  }

  static void check_actions(estate::Guard& guard, const Value& listed) {
    std::set<std::string> missing;
    for (std::string& action : network_actions()) missing.insert(std::move(action));
    for (const Option& each : elements_of(listed)) {
      const auto said = known_text(*each.value);
      const bool listed_once = said && each.certain && missing.erase(*said) != 0;
      if (!listed_once) weaken(guard, "forbids `" + words(*each.value) + "`, too", listed.place);
    }
    if (missing.empty()) return;
    const std::string more =
        missing.size() == 1 ? "" : " and " + std::to_string(missing.size() - 1) + " other calls that change networks";
    weaken(guard, "does not forbid `" + *missing.begin() + "`" + more, listed.place);
  }

  /// Whom the condition spares: the guard's own function, and beside it those whom the guard leaves alone anyway.
  void check_spared(estate::Guard& guard, const Value& listed, bool listens) {
    std::set<std::string> arns;
    for (const Option& each : elements_of(listed)) {
      const auto plain = known_text(*each.value);
      const std::string said = plain ? *plain : judge_.arn_text(*each.value);
      if (!each.certain || said.empty()) {
        return weaken(guard, "forbids changes to everybody else", listed.place, false);
      }
      arns.insert(said);
    }
    const std::string own = own_role(guard);
    if (!own.empty() && arns.erase(own) == 0) weaken(guard, "forbids its own function to undo changes", listed.place);
    const std::set<std::string> spared = named_by(std::move(arns));
    if (!listens) {
      guard.exempt.assign(spared.begin(), spared.end());
      return;
    }
    for (const std::string& who : spared) {
      const bool known = std::find(guard.exempt.begin(), guard.exempt.end(), who) != guard.exempt.end();
      if (!known) weaken(guard, "does not forbid `" + who + "` to change networks", listed.place);
    }
    for (const std::string& who : guard.exempt) {
      if (!spared.contains(who)) weaken(guard, "forbids `" + who + "` to change networks", listed.place);
    }
  }

  /// The ARN of the role by which the guard undoes changes; empty: it undoes none.
  [[nodiscard]] std::string own_role(const estate::Guard& guard) const {
    for (const Revert& each : data_.reverts) {
      const Holder* holder = data_.holder(each.function);
      const bool its = guard.undoing && holder != nullptr && holder->service == guard.undoing->function;
      if (its && each.role != nullptr) return judge_.arn_of(*each.role);
    }
    return {};
  }

  Reading& reading_;
  const DataReading& data_;
  Judge judge_;
};

}  // namespace

void read_preventions(Reading& reading, const DataReading& data) { Preventions(reading, data).run(); }

}  // namespace crenel::aws::reading
