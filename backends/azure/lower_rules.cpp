#include "backends/azure/databases.h"
#include "backends/azure/functions.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/rules.h"
#include "compiler/base/ids.h"

namespace crenel::azure {
namespace {

using base::Overloaded;
using document::Value;
using model::Design;

/// `which` is "source" or "destination". A rule has a list or a single value of a kind, never both.
void set_side(const Design& design, Value& properties, const std::string& which, const Side& side) {
  std::visit(Overloaded{[&](const AnyAddress&) { properties.set(which + "AddressPrefix", "*"); },
                        [&](const ServiceTag& tag) { properties.set(which + "AddressPrefix", tag.name); },
                        [&](const Members& members) {
                          properties.set(which + "ApplicationSecurityGroups",
                                         document::array({id_object(application_group_id(design, members.group))}));
                        },
                        [&](const PrivateEnd& end) {
                          properties.set(which + "ApplicationSecurityGroups",
                                         document::array({id_object(group_id_of(design, end))}));
                        },
                        [&](const HostEnds& host) {
                          properties.set(which + "ApplicationSecurityGroups",
                                         document::array({id_object(host_group_id(design, host.function))}));
                        },
                        [&](const Prefixes& prefixes) {
                          if (prefixes.blocks.size() == 1) {
                            properties.set(which + "AddressPrefix", prefixes.blocks.front().value());
                            return;
                          }
                          Value list = document::array({});
                          for (const Term& block : prefixes.blocks) list.push(block.value());
                          properties.set(which + "AddressPrefixes", list);
                        }},
             side);
}

Value rule_document(const Design& design, const Rule& rule) {
  Value properties;
  properties.set("description", literal(rule.description));
  properties.set("priority", rule.priority);
  properties.set("direction", rule.direction == Direction::Inbound ? "Inbound" : "Outbound");
  properties.set("access", rule.access == Access::Allow ? "Allow" : "Deny");
  properties.set("protocol", rule.protocol);
  set_side(design, properties, "source", rule.source);
  properties.set("sourcePortRange", "*");
  set_side(design, properties, "destination", rule.destination);
  if (rule.ports.size() == 1) {
    properties.set("destinationPortRange", rule.ports.front());
  } else {
    Value ports = document::array({});
    for (const std::string& port : rule.ports) ports.push(port);
    properties.set("destinationPortRanges", ports);
  }
  return document::object({{"name", rule.name}, {"properties", properties}});
}

Resource security_group(const Design& design, const std::vector<Rule>& rules, Term name, Cause cause) {
  Value list = document::array({});
  for (const Rule& rule : rules) list.push(rule_document(design, rule));
  Resource out;
  out.type = kNetworkSecurityGroup;
  out.name = std::move(name);
  out.properties = document::object({{"securityRules", list}});
  out.cause = std::move(cause);
  return out;
}

}  // namespace

void lower_groups_rules(const Design& design, Template& out) {
  for (const model::GroupId id : design.groups.ids()) {
    if (!is_named_by_rules(design, id)) continue;
    Resource group;
    group.type = kApplicationSecurityGroup;
    group.name = resource_name(design.groups[id].origin.path, "Asg");
    group.properties = document::object({});
    group.cause = cause_of(design.groups[id].origin, "group");
    out.resources.push_back(std::move(group));
  }
  for (const PrivateEnd& end : private_ends(design)) {
    Resource group;
    group.type = kApplicationSecurityGroup;
    group.name = resource_name(path_of(design, end), "Asg");
    group.properties = document::object({});
    group.cause = cause_of(design.private_paths[end.path].origin, "endpoint");
    out.resources.push_back(std::move(group));
  }
  for (const model::FunctionId id : design.functions.ids()) {
    Resource group;
    group.type = kApplicationSecurityGroup;
    group.name = resource_name(design.functions[id].origin.path, "HostAsg");
    group.properties = document::object({});
    group.cause = cause_of(design.functions[id].origin, "function");
    out.resources.push_back(std::move(group));
  }
  for (const model::GroupId id : design.groups.ids()) {
    const model::Origin& origin = design.groups[id].origin;
    out.resources.push_back(security_group(design, rules_of_group(design, id), resource_name(origin.path, "Nsg"),
                                           cause_of(origin, "group")));
  }
  for (const model::TierId id : design.tiers.ids()) {
    const model::Origin& origin = design.tiers[id].origin;
    const bool databases = family_in(design, id).has_value();
    const bool gateways = has_application_balancers(design, id);
    const bool functions = !functions_in(design, id).empty();
    if (!databases && !gateways && !functions && !has_strict_rules(design, id)) continue;
    const std::vector<Rule> rules = databases   ? rules_of_databases(design, id)
                                    : functions ? rules_of_functions(design, id)
                                    : gateways  ? rules_of_gateways(design, id)
                                                : rules_of_tier(design, id);
    out.resources.push_back(
        security_group(design, rules, resource_name(origin.path, "TierNsg"), cause_of(origin, "tier")));
  }
}

}  // namespace crenel::azure
