#include <algorithm>
#include <optional>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::Endpoint;

/// A key's policy names who may use it, but no way of a private path, whose own policy names the key. The way is said
/// here instead, of what is not asked for by another service in the caller's name.
Statement keys_on_their_way(const Lowering& to, const DataGrant& grant) {
  Statement out;
  out.sid = "KeysOnlyBy" + endpoint_name(to, *grant.endpoint) + sid_name(to.design, grant.to);
  out.effect = "Deny";
  out.actions = {"kms:*"};
  out.resources = resources_of(to, grant);
  out.conditions.add("Bool", "aws:ViaAWSService", "false");
  out.conditions.add("StringNotEquals", "aws:SourceVpce", endpoint_reference(to, *grant.endpoint));
  return out;
}

/// The policy of a key that was made elsewhere names nobody of this design: it leaves the account's own policies to say
/// who uses it, and so the caller's says it, of what the service asks for in his name.
std::optional<Statement> use_of_existing_key(const Lowering& to, const DataGrant& grant) {
  const auto vault = key_of(to.design, grant.to);
  if (!vault || !to.design.vaults[*vault].existing) return std::nullopt;
  Statement out;
  for (const model::DataAction action : grant.actions) {
    for (const std::string_view name : key_use(action)) {
      const bool known = std::find(out.actions.begin(), out.actions.end(), name) != out.actions.end();
      if (!known) out.actions.push_back(name);
    }
  }
  if (out.actions.empty()) return std::nullopt;
  out.sid = "KeyOf" + sid_name(to.design, grant.to);
  out.resources = key_arn(to.design, *vault);
  out.conditions.add("StringEquals", "kms:ViaService", via(grant.cloud));
  return out;
}

std::vector<Statement> data_statements(const Lowering& to, const Endpoint& who) {
  std::vector<Statement> out;
  for (const DataGrant* grant : to.plan.data.from(who)) {
    if (auto key = use_of_existing_key(to, *grant)) out.push_back(std::move(*key));
    if (grant->cloud == Cloud::Keys && model::existing_of(to.design, grant->to) == nullptr) {
      if (grant->endpoint) out.push_back(keys_on_their_way(to, *grant));
      continue;
    }
    for (Statement& one : allowances(to, *grant)) {
      if (grant->endpoint) {
        one.conditions.add("StringEquals", "aws:SourceVpce", endpoint_reference(to, *grant->endpoint));
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace

Value trust_in(std::string_view service) {
  Value statement =
      object({{"Effect", "Allow"}, {"Principal", object({{"Service", service}})}, {"Action", "sts:AssumeRole"}});
  return object({{"Version", "2012-10-17"}, {"Statement", array({std::move(statement)})}});
}

void lower_data_policy(Lowering& to, const Endpoint& who, std::string_view kind) {
  const std::vector<Statement> statements = data_statements(to, who);
  if (statements.empty()) return;
  to.add(kRolePolicy, thing_name(to.design, who, "DataPolicy"), kind, model::origin_of(to.design, who),
         object({{"PolicyName", "DeclaredDataFlows"},
                 {"RoleName", reference_to(role_name(to.design, who))},
                 {"PolicyDocument", policy_document(statements)}}));
}

bool has_instance_profile(const Lowering& to, model::GroupId group) {
  return !to.plan.data.from(group).empty() || !agents_policy(to, group).is_null();
}

void lower_instance_profile(Lowering& to, model::GroupId id) {
  if (!has_instance_profile(to, id)) return;
  const model::Group& group = to.design.groups[id];
  const std::string path = model::to_string(group.origin.path);
  const std::string role = role_name(to.design, id);
  Value properties;
  properties.set("Description", rule_text("What instances of " + path + " may do in the account"));
  properties.set("AssumeRolePolicyDocument", trust_in("ec2.amazonaws.com"));
  if (Value agents = agents_policy(to, id); !agents.is_null()) properties.set("Policies", array({std::move(agents)}));
  properties.set("Tags", to.tags(path));
  // What flows let them do stands beside the role: it names things whose own policies name the role.
  to.add(kRole, role, "group", group.origin, std::move(properties));
  to.add(kInstanceProfile, member_name(to.design, id, "InstanceProfile"), "group", group.origin,
         object({{"Roles", array({reference_to(role)})}}));
  lower_data_policy(to, id, "group");
}

}  // namespace crenel::aws
