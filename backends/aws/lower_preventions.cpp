#include <string>
#include <utility>
#include <vector>

#include "backends/aws/changes.h"
#include "backends/aws/lower_guards.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::object;

/// Roles and users of that name, whatever their path: names are unique in an account, paths aside
/// (IAM/latest/UserGuide/reference_iam-quotas.html).
void add_named(const std::string& name, Value& out) {
  const std::string account = "arn:${" + std::string(kPartition) + "}:iam::${" + std::string(kAccount) + "}:";
  for (const char* kind : {"role/", "role/*/", "user/", "user/*/"}) out.push(substitute(account + kind + name));
}

/// Of a session it is the role's ARN that is compared (reference_policies_condition-keys.html, "aws:PrincipalArn").
/// Roles of AWS's services need no place: neither can a policy be attached to them, nor does one of the organisation
/// bind them (organizations/latest/userguide/orgs_manage_policies_scps.html).
Value spared(const model::Guard& guard) {
  Value out;
  for (const std::string& who : guard.exempt) {
    if (who.starts_with("arn:")) {
      out.push(who);
    } else {
      add_named(who, out);
    }
  }
  if (guard.revert_seconds) out.push(attribute(pascal_case(guard.origin.path) + "RevertRole", "Arn"));
  return out;
}

}  // namespace

std::size_t forbidden_calls() { return network_actions().size(); }

void lower_prevention(Lowering& to, const model::Guard& guard) {
  const std::string path = model::to_string(guard.origin.path);
  const std::string name = pascal_case(guard.origin.path) + "PreventPolicy";
  const std::vector<std::string> actions = network_actions();
  Statement only;
  only.sid = "OthersChangeNoNetwork";
  only.effect = "Deny";
  only.actions.assign(actions.begin(), actions.end());
  only.resources = "*";
  only.conditions.add("ArnNotLike", "aws:PrincipalArn", spared(guard));
  to.add(kManagedPolicy, name, "guard", guard.origin,
         object({{"Description", rule_text("Forbids changes of networks to all but those whom guard " + path +
                                           " leaves alone, and allows nothing")},
                 {"PolicyDocument", policy_document({only})}}));
  to.output(name + "Arn", "guard", guard.origin,
            "Forbids changes of networks to all but those whom " + path + " leaves alone: to be attached to the others",
            reference_to(name));
}

}  // namespace crenel::aws
