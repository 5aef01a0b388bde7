#include <utility>

#include "backends/aws/agents.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/base/ids.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;

/// Exactly these secrets: the parameters are whole ARNs.
Value reading_of(const model::Design& design, const std::vector<model::ParameterId>& tokens) {
  Value secrets;
  for (const model::ParameterId token : tokens) secrets.push(reference_to(parameter_id(design, token)));
  return object({{"Sid", "ReadTokensOfAgents"},
                 {"Effect", "Allow"},
                 {"Action", "secretsmanager:GetSecretValue"},
                 {"Resource", std::move(secrets)}});
}

Value trust() {
  Value statement = object(
      {{"Effect", "Allow"}, {"Principal", object({{"Service", "ec2.amazonaws.com"}})}, {"Action", "sts:AssumeRole"}});
  return object({{"Version", "2012-10-17"}, {"Statement", array({std::move(statement)})}});
}

/// What a group's members may do with services of the account; empty: they have no role.
std::vector<Value> statements_of(const model::Design& design, model::GroupId group) {
  std::vector<Value> out;
  const auto tokens = tokens_of(design, group);
  if (!tokens.empty()) out.push_back(reading_of(design, tokens));
  return out;
}

}  // namespace

Value user_data_value(const Lowering& to, model::GroupId group) {
  Array parts;
  for (const UserDataPiece& piece : user_data(to.design, group)) {
    parts.push_back(
        std::visit(base::Overloaded{[](const std::string& text) { return Value(text); },
                                    [&](model::ParameterId id) { return reference_to(parameter_id(to.design, id)); },
                                    [](Region) { return reference_to(kRegion); }},
                   piece));
  }
  if (parts.empty()) return {};
  Value whole = parts.size() == 1 ? std::move(parts.front()) : join("", std::move(parts));
  return object({{"Fn::Base64", std::move(whole)}});
}

bool has_instance_profile(const model::Design& design, model::GroupId group) {
  return !statements_of(design, group).empty();
}

void lower_instance_profile(Lowering& to, model::GroupId id) {
  std::vector<Value> statements = statements_of(to.design, id);
  if (statements.empty()) return;
  const model::Group& group = to.design.groups[id];
  const std::string path = model::to_string(group.origin.path);
  const std::string role = member_name(to.design, id, "InstanceRole");
  Value policy;
  policy.set("PolicyName", "WhatItsInstancesNeed");
  policy.set("PolicyDocument",
             object({{"Version", "2012-10-17"}, {"Statement", Value(Array(statements.begin(), statements.end()))}}));
  to.add(kRole, role, "group", group.origin,
         object({{"Description", rule_text("What instances of " + path + " may do in the account")},
                 {"AssumeRolePolicyDocument", trust()},
                 {"Policies", array({std::move(policy)})},
                 {"Tags", to.tags(path)}}));
  to.add(kInstanceProfile, member_name(to.design, id, "InstanceProfile"), "group", group.origin,
         object({{"Roles", array({reference_to(role)})}}));
}

}  // namespace crenel::aws
