#include <utility>

#include "backends/aws/agents.h"
#include "backends/aws/known_names.h"
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

}  // namespace

Value user_data_value(const Lowering& to, model::GroupId group) {
  const std::vector<KnownName> names = known_names(to.design, to.plan.data, group);
  Array parts;
  for (const UserDataPiece& piece : user_data(to.design, group, variables_of(names))) {
    parts.push_back(
        std::visit(base::Overloaded{[](const std::string& text) { return Value(text); },
                                    [&](model::ParameterId id) { return reference_to(parameter_id(to.design, id)); },
                                    [](Region) { return reference_to(kRegion); },
                                    [&](ValueOf value) { return known_value(to, names[value.variable]); }},
                   piece));
  }
  if (parts.empty()) return {};
  Value whole = parts.size() == 1 ? std::move(parts.front()) : join("", std::move(parts));
  return object({{"Fn::Base64", std::move(whole)}});
}

Value agents_policy(const Lowering& to, model::GroupId group) {
  const auto tokens = tokens_of(to.design, group);
  if (tokens.empty()) return {};
  return object(
      {{"PolicyName", "WhatItsInstancesNeed"},
       {"PolicyDocument", object({{"Version", "2012-10-17"}, {"Statement", array({reading_of(to.design, tokens)})}})}});
}

}  // namespace crenel::aws
