#include "backends/aws/lower_policies.h"

#include <algorithm>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::DataAction;
using model::Endpoint;

Value names_value(const std::vector<std::string_view>& names) {
  if (names.size() == 1) return names.front();
  return Value(Array(names.begin(), names.end()));
}

Value statement_value(const Statement& statement) {
  Value out;
  out.set("Sid", statement.sid);
  out.set("Effect", statement.effect);
  if (!statement.principal.is_null()) out.set("Principal", statement.principal);
  out.set("Action", names_value(statement.actions));
  out.set("Resource", statement.resources);
  if (!statement.conditions.empty()) out.set("Condition", statement.conditions.value());
  return out;
}

}  // namespace

Conditions& Conditions::add(std::string_view test, const std::string& key, Value value) {
  auto found = std::find_if(whole_.begin(), whole_.end(), [&](const auto& each) { return each.first == test; });
  if (found == whole_.end()) found = whole_.insert(whole_.end(), {std::string(test), Object()});
  found->second.emplace_back(key, std::move(value));
  return *this;
}

Value Conditions::value() const {
  Value out;
  for (const auto& [test, keys] : whole_) out.set(test, Value(keys));
  return out;
}

Value policy_document(const std::vector<Statement>& statements) {
  Value all;
  for (const Statement& statement : statements) all.push(statement_value(statement));
  return object({{"Version", "2012-10-17"}, {"Statement", std::move(all)}});
}

std::string thing_name(const model::Design& design, const Endpoint& thing, std::string_view role) {
  return pascal_case(model::origin_of(design, thing).path) + std::string(role);
}

std::string sid_name(const model::Design& design, const Endpoint& thing) { return thing_name(design, thing, ""); }

std::string role_name(const model::Design& design, const Endpoint& who) {
  return thing_name(design, who, std::holds_alternative<model::GroupId>(who) ? "InstanceRole" : "Role");
}

std::vector<Value> principals_of(const Lowering& to, const DataGrant& grant) {
  const auto* site = std::get_if<model::SiteId>(&grant.from);
  if (site == nullptr) return {attribute(role_name(to.design, grant.from), "Arn")};
  std::vector<Value> out;
  for (const auto& identity : to.design.sites[*site].identities) out.push_back(text_value(to.design, identity));
  return out;
}

Value addresses_value(const Lowering& to, model::SiteId site) {
  Value out;
  for (const auto& block : model::addresses_of(to.design, site)) out.push(address_value(to.design, block));
  return out;
}

bool has_addresses(const Lowering& to, const Endpoint& from) {
  const auto* site = std::get_if<model::SiteId>(&from);
  return site != nullptr && !model::addresses_of(to.design, *site).empty();
}

Value resources_of(const Lowering& to, const DataGrant& grant) {
  const auto arn = [&](std::string_view role) { return attribute(thing_name(to.design, grant.to, role), "Arn"); };
  if (const model::Existing* existing = model::existing_of(to.design, grant.to)) {
    if (grant.cloud != Cloud::Storage) return existing_arn(to.design, *existing);
    return array({existing_arn(to.design, *existing), existing_arn(to.design, *existing, "/*")});
  }
  switch (grant.cloud) {
    case Cloud::Storage: {
      const std::string bucket = thing_name(to.design, grant.to, "Bucket");
      return array({attribute(bucket, "Arn"), substitute("${" + bucket + ".Arn}/*")});
    }
    case Cloud::Queues:
      return arn("Queue");
    case Cloud::Notifications:
      return reference_to(thing_name(to.design, grant.to, "Topic"));
    case Cloud::Tables:
      return arn("Table");
    case Cloud::Keys:
      return arn("Key");
    case Cloud::Secrets:
      return reference_to(thing_name(to.design, grant.to, "Secret"));
    case Cloud::Functions:
      return arn("Function");
    case Cloud::Scaling:
      break;
  }
  // A group's ARN has a part that only AWS knows; its name is its own in the account.
  return substitute("arn:${" + std::string(kPartition) + "}:autoscaling:${" + std::string(kRegion) + "}:${" +
                    std::string(kAccount) + "}:autoScalingGroup:*:autoScalingGroupName/${" +
                    thing_name(to.design, grant.to, "Group") + "}");
}

std::string endpoint_name(const Lowering& to, std::size_t endpoint) {
  const InterfaceEndpoint& way = to.plan.data.endpoints[endpoint];
  return pascal_case(to.design.private_paths[way.path].origin.path) + std::string(id_word(way.cloud)) + "Endpoint";
}

Value via(Cloud cloud) {
  return substitute(std::string(service_word(cloud)) + ".${" + std::string(kRegion) + "}.${" + std::string(kUrlSuffix) +
                    "}");
}

Value endpoint_reference(const Lowering& to, std::size_t endpoint) { return reference_to(endpoint_name(to, endpoint)); }

std::vector<Statement> allowances(const Lowering& to, const DataGrant& grant) {
  Statement plain;
  plain.resources = resources_of(to, grant);
  Statement archive = plain;
  std::vector<DataAction> whole;
  std::string words;
  for (const DataAction action : grant.actions) {
    Statement& one = action == DataAction::Archive ? archive : plain;
    for (const std::string_view name : granted(grant.cloud, action)) {
      if (std::find(one.actions.begin(), one.actions.end(), name) == one.actions.end()) one.actions.push_back(name);
    }
    if (action != DataAction::Archive) words += pascal_case({std::string(model::word(action))});
  }
  std::vector<Statement> out;
  plain.sid = words + sid_name(to.design, grant.to);
  if (!plain.actions.empty()) out.push_back(std::move(plain));
  if (archive.actions.empty()) return out;
  // An object is laid in the archive by its tag, which a rule of the bucket looks for; no other tag may be set.
  archive.sid = "Archive" + sid_name(to.design, grant.to);
  archive.conditions.add("StringEquals", "s3:RequestObjectTag/" + std::string(kArchiveTag), kArchiveValue);
  archive.conditions.add("ForAllValues:StringEquals", "s3:RequestObjectTagKeys", array({kArchiveTag}));
  out.push_back(std::move(archive));
  return out;
}

}  // namespace crenel::aws
