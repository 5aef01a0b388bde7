#include <algorithm>
#include <map>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/lower_guards.h"
#include "backends/aws/names.h"
#include "backends/aws/reverting.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;

constexpr int kRevertTimeoutSeconds = 300;
constexpr int kRevertMemoryMegabytes = 256;
constexpr int kRevertLogDays = 365;

std::string revert_name(const model::Guard& guard, std::string_view role) {
  return pascal_case(guard.origin.path) + "Revert" + std::string(role);
}

/// A text of pieces, some of which are intrinsic functions.
class Pieces {
 public:
  void text(std::string_view words) {
    auto* last = pieces_.empty() ? nullptr : std::get_if<std::string>(&pieces_.back());
    if (last == nullptr) last = &std::get<std::string>(pieces_.emplace_back(std::string()));
    *last += words;
  }

  /// As JSON without blanks; scalars as texts, whatever they are.
  void json(const Value& value) {
    if (const auto* list = std::get_if<Array>(&value.node())) return sequence(*list);
    const auto* members = std::get_if<Object>(&value.node());
    if (members != nullptr && !is_intrinsic(*members)) return object(*members);
    text("\"");
    if (members != nullptr) {
      pieces_.emplace_back(value);
    } else {
      escaped(scalar(value));
    }
    text("\"");
  }

  [[nodiscard]] Value joined() const {
    Array parts;
    for (const auto& piece : pieces_) {
      std::visit([&](const auto& each) { parts.emplace_back(each); }, piece);
    }
    return join("", std::move(parts));
  }

 private:
  static bool is_intrinsic(const Object& members) {
    return members.size() == 1 && (members.front().first == "Ref" || members.front().first.starts_with("Fn::"));
  }

  static std::string scalar(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value.node())) return *flag ? "true" : "false";
    if (const auto* number = std::get_if<std::int64_t>(&value.node())) return std::to_string(*number);
    return std::get<std::string>(value.node());
  }

  void escaped(const std::string& words) {
    for (const char c : words) {
      if (c == '"' || c == '\\') text("\\");
      text(std::string(1, c));
    }
  }

  void sequence(const Array& list) {
    text("[");
    for (const Value& each : list) {
      if (&each != &list.front()) text(",");
      json(each);
    }
    text("]");
  }

  void object(const Object& members) {
    text("{");
    for (const auto& member : members) {
      if (&member != &members.front()) text(",");
      text("\"" + member.first + "\":");
      json(member.second);
    }
    text("}");
  }

  std::vector<std::variant<std::string, Value>> pieces_;
};

/// What the template says of a guard's networks, row by row.
class Wanted {
 public:
  explicit Wanted(const Lowering& to) : to_(to) {}

  [[nodiscard]] Value code(const model::Guard& guard) {
    pieces_.text(kWantedStart);
    row("Guard", object({{"Within", *guard.revert_seconds}}));
    for (const model::NetworkId network : guard.networks) {
      network_ = reference_to(network_name(to_.design, network, "Vpc"));
      row("Network", object({{"VpcId", network_}}));
      for (const Resource& each : to_.out.resources) add(each);
    }
    pieces_.text(code_behind_wanted());
    return pieces_.joined();
  }

 private:
  void row(std::string_view kind, const Value& properties) {
    pieces_.json(array({kind, properties}));
    pieces_.text("\n");
  }

  [[nodiscard]] const Value* property(const Resource& resource, std::string_view name) const {
    return resource.entry.body.find(name);
  }

  [[nodiscard]] bool is_here(const Resource& resource) const {
    const Value* network = property(resource, "VpcId");
    return network != nullptr && *network == network_;
  }

  /// Whether the resource that a property names is one of the network.
  [[nodiscard]] bool belongs(const Resource& resource, std::string_view name, const ResourceType& type,
                             std::string_view attribute_name) const {
    const Value* named = property(resource, name);
    return named != nullptr &&
           std::any_of(to_.out.resources.begin(), to_.out.resources.end(), [&](const Resource& each) {
             const std::string& id = each.entry.id;
             return each.type.name == type.name && is_here(each) &&
                    *named == (attribute_name.empty() ? reference_to(id) : attribute(id, attribute_name));
           });
  }

  void add(const Resource& resource) {
    const std::string& id = resource.entry.id;
    const std::string_view type = resource.type.name;
    if (type == kSecurityGroup.name && is_here(resource)) {
      const Value group = attribute(id, "GroupId");
      row("SecurityGroup", object({{"GroupId", group}}));
      inline_rules(resource, "SecurityGroupIngress", group);
      inline_rules(resource, "SecurityGroupEgress", group);
    } else if (type == kNetworkAcl.name && is_here(resource)) {
      row("NetworkAcl", object({{"NetworkAclId", reference_to(id)}}));
    } else if (type == kRouteTable.name && is_here(resource)) {
      row("RouteTable", object({{"RouteTableId", reference_to(id)}}));
    }
    const bool rule = type == kSecurityGroupIngress.name || type == kSecurityGroupEgress.name;
    const bool ours = (rule && belongs(resource, "GroupId", kSecurityGroup, "GroupId")) ||
                      (type == kNetworkAclEntry.name && belongs(resource, "NetworkAclId", kNetworkAcl, "")) ||
                      (type == kRoute.name && belongs(resource, "RouteTableId", kRouteTable, ""));
    if (ours) row(type.substr(type.rfind(':') + 1), resource.entry.body);
  }

  void inline_rules(const Resource& resource, std::string_view name, const Value& group) {
    const Value* rules = property(resource, name);
    if (rules == nullptr) return;
    for (const Value& rule : std::get<Array>(rules->node())) {
      Value whole = object({{"GroupId", group}});
      for (const auto& [member, value] : std::get<Object>(rule.node())) whole.set(member, value);
      row(name, whole);
    }
  }

  const Lowering& to_;
  Value network_;
  Pieces pieces_;
};

std::string place(const std::string& rest) {
  return "arn:${" + std::string(kPartition) + "}:ec2:${" + std::string(kRegion) + "}:${" + std::string(kAccount) +
         "}:" + rest;
}

/// Only what changes rules, entries and routes, and only of the networks that the guard watches.
std::vector<Statement> statements(const Lowering& to, const model::Guard& guard) {
  Statement log;
  log.sid = "WriteOwnLog";
  log.actions = {"logs:CreateLogStream", "logs:PutLogEvents"};
  log.resources = attribute(revert_name(guard, "LogGroup"), "Arn");
  Statement look;
  look.sid = "Look";
  look.actions.assign(kRevertLooks.begin(), kRevertLooks.end());
  look.resources = "*";
  Statement change;
  change.sid = "PutBack";
  change.actions.assign(kRevertActions.begin(), kRevertActions.end());
  for (const std::string_view kind : kRevertResources) {
    change.resources.push(substitute(place(std::string(kind) + "/*")));
  }
  Array networks;
  for (const model::NetworkId network : guard.networks) {
    networks.push_back(substitute(place("vpc/${" + network_name(to.design, network, "Vpc") + "}")));
  }
  change.conditions.add("ArnEquals", "ec2:Vpc", Value(std::move(networks)));
  Statement fail;
  fail.sid = "TellOfFailures";
  fail.actions = {"sns:Publish"};
  fail.resources = reference_to(thing_name(to.design, *guard.alert, "Topic"));
  return {log, look, change, fail};
}

void lower_role(Lowering& to, const model::Guard& guard) {
  const std::string path = model::to_string(guard.origin.path);
  Resource& log = to.add(kLogGroup, revert_name(guard, "LogGroup"), "guard", guard.origin,
                         object({{"RetentionInDays", kRevertLogDays}, {"Tags", to.tags(path)}}));
  log.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
  to.add(kRole, revert_name(guard, "Role"), "guard", guard.origin,
         object({{"Description", rule_text("What guard " + path + " may do to undo changes")},
                 {"AssumeRolePolicyDocument", trust_in("lambda.amazonaws.com")},
                 {"Tags", to.tags(path)}}));
  to.add(kRolePolicy, revert_name(guard, "Policy"), "guard", guard.origin,
         object({{"PolicyName", "WhatUndoingNeeds"},
                 {"RoleName", reference_to(revert_name(guard, "Role"))},
                 {"PolicyDocument", policy_document(statements(to, guard))}}));
}

void lower_function(Lowering& to, const model::Guard& guard) {
  Value properties;
  properties.set("Role", attribute(revert_name(guard, "Role"), "Arn"));
  properties.set("Runtime", kRevertRuntime);
  properties.set("Handler", kRevertHandler);
  properties.set("Code", object({{"ZipFile", Wanted(to).code(guard)}}));
  properties.set("Timeout", kRevertTimeoutSeconds);
  properties.set("MemorySize", kRevertMemoryMegabytes);
  // Two at once would each put back what the other just did.
  properties.set("ReservedConcurrentExecutions", 1);
  // What fails for the third time is told.
  properties.set("DeadLetterConfig",
                 object({{"TargetArn", reference_to(thing_name(to.design, *guard.alert, "Topic"))}}));
  properties.set("LoggingConfig", object({{"LogGroup", reference_to(revert_name(guard, "LogGroup"))}}));
  properties.set("Tags", to.tags(model::to_string(guard.origin.path)));
  to.add(kFunction, revert_name(guard, "Function"), "guard", guard.origin, std::move(properties)).depends_on = {
      revert_name(guard, "Policy"), thing_name(to.design, *guard.alert, "TopicPolicy")};
}

void lower_rule(Lowering& to, const model::Guard& guard) {
  const auto calls = undone_calls();
  const std::string function = revert_name(guard, "Function");
  Value pattern;
  pattern.set("source", array({"aws.ec2"}));
  pattern.set("detail-type", array({"AWS API Call via CloudTrail"}));
  pattern.set("detail", object({{"eventSource", array({"ec2.amazonaws.com"})},
                                {"eventName", Value(Array(calls.begin(), calls.end()))},
                                {"userIdentity", changers(guard, {reference_to(revert_name(guard, "Role"))})}}));
  to.add(kEventRule, revert_name(guard, "Rule"), "guard", guard.origin,
         object({{"Description", rule_text("Changes that guard " + model::to_string(guard.origin.path) + " undoes")},
                 {"State", "ENABLED"},
                 {"EventPattern", std::move(pattern)},
                 {"Targets", array({object({{"Id", "Function"}, {"Arn", attribute(function, "Arn")}})})}}));
  to.add(kPermission, revert_name(guard, "Permission"), "guard", guard.origin,
         object({{"Action", "lambda:InvokeFunction"},
                 {"FunctionName", attribute(function, "Arn")},
                 {"Principal", "events.amazonaws.com"},
                 {"SourceArn", attribute(revert_name(guard, "Rule"), "Arn")}}));
}

bool fails_to(const model::Guard& guard, model::TopicId topic) { return guard.revert_seconds && guard.alert == topic; }

}  // namespace

void lower_revert(Lowering& to, const model::Guard& guard) {
  lower_role(to, guard);
  lower_function(to, guard);
  lower_rule(to, guard);
}

Array reverting_roles(const model::Design& design, model::TopicId topic) {
  Array out;
  for (const model::Guard& guard : design.guards) {
    if (fails_to(guard, topic)) out.push_back(attribute(revert_name(guard, "Role"), "Arn"));
  }
  return out;
}

std::optional<Statement> key_use_of_reverts(const Lowering& to, const std::vector<model::TopicId>& topics) {
  Array roles;
  for (const model::TopicId topic : topics) {
    for (Value& role : reverting_roles(to.design, topic)) roles.push_back(std::move(role));
  }
  if (roles.empty()) return std::nullopt;
  Statement out;
  out.sid = "TellingOfFailures";
  out.principal = object({{"AWS", Value(std::move(roles))}});
  out.actions = {"kms:GenerateDataKey", "kms:Decrypt"};
  out.resources = "*";
  out.conditions.add("StringEquals", "kms:ViaService", via(Cloud::Notifications));
  return out;
}

}  // namespace crenel::aws
