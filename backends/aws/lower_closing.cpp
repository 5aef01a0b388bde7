#include <algorithm>
#include <map>
#include <utility>

#include "backends/aws/lower_policies.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::object;
using model::DataAction;

Value everybody() { return object({{"AWS", "*"}}); }

void add_all(Array& list, std::vector<Value> values) {
  for (Value& value : values) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
  }
}

bool grants(const DataGrant& grant, Cloud cloud, DataAction action) {
  return grant.cloud == cloud && std::find(grant.actions.begin(), grant.actions.end(), action) != grant.actions.end();
}

Statement without_tls(const Closing& closing) {
  Statement out;
  out.sid = "OnlyWithTls";
  out.effect = "Deny";
  out.principal = everybody();
  for (const DataAction action : closing.all) {
    for (const std::string_view name : closed(closing.cloud, action)) out.actions.push_back(name);
  }
  if (closing.cloud == Cloud::Storage) out.actions = {"s3:*"};
  out.resources = closing.resources;
  out.conditions.add("Bool", "aws:SecureTransport", "false");
  return out;
}

/// One action is denied to all whom no flow grants it.
Statement only_declared(const Lowering& to, const Closing& closing, DataAction action) {
  Statement out;
  out.sid = "OnlyDeclared" + pascal_case({std::string(model::word(action))});
  out.effect = "Deny";
  out.principal = everybody();
  out.actions = closed(closing.cloud, action);
  out.resources = closing.resources;
  Array known;
  Array places;
  if (closing.by_service == action) out.conditions.add("Null", "aws:PrincipalArn", "false");
  if (closing.nobody) return out;
  if (action == DataAction::Publish) known = closing.publishers;
  for (const DataGrant* grant : to.plan.data.to(closing.thing)) {
    if (!grants(*grant, closing.cloud, action)) continue;
    std::vector<Value> named = principals_of(to, *grant);
    // A site without identities means whoever of the account is there.
    if (named.empty()) {
      const Value blocks = addresses_value(to, std::get<model::SiteId>(grant->from));
      add_all(places, std::get<Array>(blocks.node()));
    }
    add_all(known, std::move(named));
  }
  if (!known.empty()) out.conditions.add("ArnNotEquals", "aws:PrincipalArn", Value(known));
  if (!places.empty()) out.conditions.add("NotIpAddress", "aws:SourceIp", Value(places));
  return out;
}

std::vector<std::string_view> everything(const Closing& closing) {
  std::vector<std::string_view> out;
  for (const DataAction action : closing.all) {
    for (const std::string_view name : closed(closing.cloud, action)) out.push_back(name);
  }
  return out;
}

/// Who is granted something, and asks from elsewhere than its way.
std::vector<Statement> only_on_their_way(const Lowering& to, const Closing& closing) {
  std::map<std::size_t, Array> by_endpoint;
  std::vector<const DataGrant*> sites;
  for (const DataGrant* grant : to.plan.data.to(closing.thing)) {
    if (grant->cloud != closing.cloud) continue;
    if (grant->endpoint && closing.ways) add_all(by_endpoint[*grant->endpoint], principals_of(to, *grant));
    if (has_addresses(to, grant->from) && !principals_of(to, *grant).empty()) sites.push_back(grant);
  }
  std::vector<Statement> out;
  const auto add = [&](std::string sid, Array who) -> Statement& {
    Statement& made = out.emplace_back();
    made.sid = std::move(sid);
    made.effect = "Deny";
    made.principal = everybody();
    made.actions = everything(closing);
    made.resources = closing.resources;
    made.conditions.add("ArnEquals", "aws:PrincipalArn", Value(std::move(who)));
    return made;
  };
  for (auto& [endpoint, who] : by_endpoint) {
    add("OnlyBy" + endpoint_name(to, endpoint), who)
        .conditions.add("StringNotEquals", "aws:SourceVpce", endpoint_reference(to, endpoint));
  }
  for (const DataGrant* grant : sites) {
    const auto site = std::get<model::SiteId>(grant->from);
    Array who;
    add_all(who, principals_of(to, *grant));
    add("OnlyFrom" + sid_name(to.design, grant->from), std::move(who))
        .conditions.add("NotIpAddress", "aws:SourceIp", addresses_value(to, site));
  }
  return out;
}

/// Sites' identities are somebody else's: what they may do stands with the thing.
std::vector<Statement> allowed_to_sites(const Lowering& to, const Closing& closing) {
  std::vector<Statement> out;
  for (const DataGrant* grant : to.plan.data.to(closing.thing)) {
    const auto* site = std::get_if<model::SiteId>(&grant->from);
    if (site == nullptr || grant->cloud != closing.cloud) continue;
    Array who;
    add_all(who, principals_of(to, *grant));
    if (who.empty()) continue;
    for (Statement& one : allowances(to, *grant)) {
      one.sid += "From" + sid_name(to.design, grant->from);
      one.principal = object({{"AWS", Value(who)}});
      if (has_addresses(to, grant->from)) {
        one.conditions.add("IpAddress", "aws:SourceIp", addresses_value(to, *site));
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace

std::vector<Statement> closing_statements(const Lowering& to, const Closing& closing) {
  std::vector<Statement> out;
  if (closing.plain) out.push_back(without_tls(closing));
  for (const DataAction action : closing.all) out.push_back(only_declared(to, closing, action));
  if (closing.nobody) return out;
  for (Statement& one : only_on_their_way(to, closing)) out.push_back(std::move(one));
  for (Statement& one : allowed_to_sites(to, closing)) out.push_back(std::move(one));
  return out;
}

}  // namespace crenel::aws
