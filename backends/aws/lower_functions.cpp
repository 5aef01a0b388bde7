#include <algorithm>
#include <utility>

#include "backends/aws/known_names.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::FunctionId;

constexpr int kTimeoutSeconds = 60;
constexpr int kMemoryMegabytes = 256;
constexpr int kLogDays = 365;

/// Just this function's own log.
Statement own_log(const std::string& log_group) {
  Statement out;
  out.sid = "WriteOwnLog";
  out.actions = {"logs:CreateLogStream", "logs:PutLogEvents"};
  out.resources = attribute(log_group, "Arn");
  return out;
}

/// lambda/latest/dg/configuration-vpc.html, "Required IAM permissions": Lambda makes the function's interfaces in its
/// role's name …
Statement interfaces() {
  Statement out;
  out.sid = "LambdaMakesItsInterfaces";
  out.actions = {"ec2:AssignPrivateIpAddresses",  "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
                 "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",        "ec2:UnassignPrivateIpAddresses"};
  out.resources = "*";
  return out;
}

/// … and the code, which acts in the same role, does not.
Statement not_the_code() {
  Statement out = interfaces();
  out.sid = "TheCodeDoesNot";
  out.effect = "Deny";
  out.conditions.add("Null", "lambda:SourceFunctionArn", "false");
  return out;
}

Value environment(const Lowering& to, FunctionId id) {
  Value variables;
  for (const KnownName& name : known_names(to.design, to.plan.data, id)) {
    variables.set(name.variable, known_value(to, name));
  }
  return variables;
}

void lower_role(Lowering& to, FunctionId id) {
  const model::Function& function = to.design.functions[id];
  const std::string path = model::to_string(function.origin.path);
  const std::string log_group = thing_name(to.design, id, "LogGroup");
  Resource& log = to.add(kLogGroup, log_group, "function", function.origin,
                         object({{"RetentionInDays", kLogDays}, {"Tags", to.tags(path)}}));
  log.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
  to.add(kRole, role_name(to.design, id), "function", function.origin,
         object({{"Description", rule_text("What function " + path + " may do in the account")},
                 {"AssumeRolePolicyDocument", trust_in("lambda.amazonaws.com")},
                 {"Tags", to.tags(path)}}));
  std::vector<Statement> statements = {own_log(log_group)};
  if (function.tier) {
    statements.push_back(interfaces());
    statements.push_back(not_the_code());
  }
  to.add(kRolePolicy, thing_name(to.design, id, "RuntimePolicy"), "function", function.origin,
         object({{"PolicyName", "WhatLambdaNeeds"},
                 {"RoleName", reference_to(role_name(to.design, id))},
                 {"PolicyDocument", policy_document(statements)}}));
  lower_data_policy(to, id, "function");
}

/// An object's arrival is an event that every bucket with the notification on sends to EventBridge: no bucket has to
/// know the function, which its role's policies name the bucket for.
void lower_trigger(Lowering& to, FunctionId id) {
  const model::Function& function = to.design.functions[id];
  if (function.on_created.empty()) return;
  Value buckets;
  for (const model::StoreId store : function.on_created) {
    buckets.push(reference_to(thing_name(to.design, store, "Bucket")));
  }
  const std::string name = thing_name(to.design, id, "Function");
  const std::string rule = thing_name(to.design, id, "CreatedRule");
  Value pattern;
  pattern.set("source", array({"aws.s3"}));
  pattern.set("detail-type", array({"Object Created"}));
  pattern.set("detail", object({{"bucket", object({{"name", std::move(buckets)}})}}));
  to.add(kEventRule, rule, "function", function.origin,
         object({{"Description", rule_text("Objects that start function " + model::to_string(function.origin.path))},
                 {"State", "ENABLED"},
                 {"EventPattern", std::move(pattern)},
                 {"Targets", array({object({{"Id", "Function"}, {"Arn", attribute(name, "Arn")}})})}}));
  to.add(kPermission, thing_name(to.design, id, "CreatedPermission"), "function", function.origin,
         object({{"Action", "lambda:InvokeFunction"},
                 {"FunctionName", attribute(name, "Arn")},
                 {"Principal", "events.amazonaws.com"},
                 {"SourceArn", attribute(rule, "Arn")}}));
}

}  // namespace

Value dns_name(const std::string& endpoint) {
  // "HOSTED-ZONE:NAME"; the first one serves every zone.
  Value first = object({{"Fn::Select", array({0, attribute(endpoint, "DnsEntries")})}});
  return object({{"Fn::Select", array({1, object({{"Fn::Split", array({":", std::move(first)})}})})}});
}

void lower_function(Lowering& to, FunctionId id) {
  const model::Function& function = to.design.functions[id];
  lower_role(to, id);
  Value properties;
  properties.set("Role", attribute(role_name(to.design, id), "Arn"));
  properties.set("Runtime", function.runtime);
  properties.set("Handler", "index.handler");
  properties.set("Code", object({{"ZipFile", function.code}}));
  properties.set("Timeout", kTimeoutSeconds);
  properties.set("MemorySize", kMemoryMegabytes);
  properties.set("LoggingConfig", object({{"LogGroup", reference_to(thing_name(to.design, id, "LogGroup"))}}));
  if (Value variables = environment(to, id); !variables.is_null()) {
    properties.set("Environment", object({{"Variables", std::move(variables)}}));
  }
  if (function.tier) {
    properties.set("VpcConfig", object({{"SubnetIds", Value(subnet_refs(to.design, *function.tier))},
                                        {"SecurityGroupIds", security_groups_of(to, id)}}));
  }
  properties.set("Tags", to.tags(model::to_string(function.origin.path)));
  Resource& made =
      to.add(kFunction, thing_name(to.design, id, "Function"), "function", function.origin, std::move(properties));
  made.depends_on = {thing_name(to.design, id, "RuntimePolicy")};
  lower_trigger(to, id);
}

}  // namespace crenel::aws
