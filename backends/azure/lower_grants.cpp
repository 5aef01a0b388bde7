#include <algorithm>
#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/existing.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"
#include "compiler/base/ids.h"

namespace crenel::azure {
namespace {

using base::Overloaded;
using document::Value;
using model::DataFlow;
using model::Design;
using model::Endpoint;

/// Who does it, as role assignments see it: the id that tells assignments apart, and the principal.
struct Actor {
  Term id;
  Term principal;
  bool of_this_template = true;
};

std::vector<Actor> actors(const Design& design, const Endpoint& from) {
  std::vector<Actor> out;
  if (const auto* site = std::get_if<model::SiteId>(&from)) {
    for (const model::Late<std::string>& each : design.sites[*site].identities) {
      const Term who = text(design, each);
      out.push_back({who, who, false});
    }
    return out;
  }
  if (!model::is_member(from)) return out;
  const Term identity = identity_id(design, from);
  out.push_back({identity, principal_of(identity), true});
  return out;
}

Value texts(const std::vector<std::string_view>& all) {
  Value out = document::array({});
  for (const std::string_view each : all) out.push(each);
  return out;
}

Resource definition(const Design& design, const Role& role) {
  const Term here = Term::expression("resourceGroup().id");
  Resource out;
  out.type = kRoleDefinition;
  out.name = role_name(role);
  out.properties = role_properties(design, role, here, call("uniqueString", {here}));
  out.cause = {.text = "role " + std::string(role.key), .span = {}};
  return out;
}

Term subscription_of(const Design& design, const DataFlow& flow) {
  const std::string topic = part_name(model::origin_of(design, flow.to).path);
  return resource_id(kMessaging, name_of_service(design, flow.to),
                     {"topics", topic, "subscriptions", subscription_name(design, flow.from)});
}

/// A store that sites use too admits each by his own way alone: "Actions and attributes for Azure role assignment
/// conditions for Azure Blob Storage", attribute Is private link.
void add_condition(const Design& design, const DataFlow& flow, const Role& role, Resource& to) {
  const bool shared = std::holds_alternative<model::StoreId>(flow.to) && !is_private_only(design, flow.to);
  const bool by_endpoint = std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const DataFlow& other) {
    return other.to == flow.to && model::is_member(other.from);
  });
  if (!shared || !by_endpoint) return;
  to.properties.set("condition", condition_by_link(role, model::is_member(flow.from)));
  to.properties.set("conditionVersion", "2.0");
}

void add_grants(const Design& design, const DataFlow& flow, std::set<std::string>& done, Template& out) {
  for (const model::DataAction action : flow.actions) {
    const Role* role = role_for(flow.to, action);
    if (role == nullptr) continue;
    const Term scope =
        action == model::DataAction::Subscribe ? subscription_of(design, flow) : scope_of(design, flow.to);
    for (const Actor& actor : actors(design, flow.from)) {
      Resource made = assignment(scope, actor.id, actor.principal, role_id(*role), actor.of_this_template,
                                 cause_of_service(design, flow.to));
      made.properties.set("description", literal(short_description(design.statements[flow.statement].text + " (" +
                                                                   std::string(kind_of(flow.to)) + ")")));
      add_condition(design, flow, *role, made);
      made.depends_on = {scope};
      if (done.insert(made.name.text()).second) out.resources.push_back(std::move(made));
    }
  }
}

}  // namespace

Term scope_of(const Design& design, const Endpoint& service) {
  const auto part = [&] { return part_name(model::origin_of(design, service).path); };
  return std::visit(Overloaded{[&](model::StoreId) {
                                 return resource_id(kStorageAccount, name_of_service(design, service),
                                                    {"blobServices", "default", "containers", part()});
                               },
                               [&](model::VaultId) { return resource_id(kVault, name_of_service(design, service)); },
                               [&](model::QueueId) {
                                 return resource_id(kMessaging, name_of_service(design, service), {"queues", part()});
                               },
                               [&](model::TopicId) {
                                 return resource_id(kMessaging, name_of_service(design, service), {"topics", part()});
                               },
                               [&](model::GroupId id) {
                                 return resource_id(kScaleSet,
                                                    resource_name(design.groups[id].origin.path, "ScaleSet"));
                               },
                               [](const auto&) { return Term::literal(""); }},
                    service);
}

Value role_properties(const Design& design, const Role& role, const Term& group, const Term& unique) {
  // names of roles are unlike each other in the whole tenant
  const Term title =
      call("format", {Term::literal("{0}: " + std::string(role.title) + " ({1})"), Term::literal(design.name), unique});
  return document::object(
      {{"roleName", title.value()},
       {"description", literal("What the design " + design.name + " lets its members do, and no more.")},
       {"type", "CustomRole"},
       {"permissions", document::array({document::object({{"actions", texts(role.actions)},
                                                          {"notActions", document::array({})},
                                                          {"dataActions", texts(role.data_actions)},
                                                          {"notDataActions", document::array({})}})})},
       {"assignableScopes", document::array({group.value()})}});
}

void lower_grants(const Design& design, Template& out) {
  for (const Role& role : own_roles()) {
    const bool used = std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const DataFlow& flow) {
      // of what was made elsewhere the roles are defined there
      return !is_existing(design, flow.to) &&
             std::any_of(flow.actions.begin(), flow.actions.end(),
                         [&](model::DataAction action) { return role_for(flow.to, action) == &role; });
    });
    if (!used) continue;
    const Term name = call(
        "guid", {Term::expression("resourceGroup().id"), Term::literal(design.name + " " + std::string(role.key))});
    out.variables.emplace_back(std::string(role.key) + "RoleName", name.value());
    out.resources.push_back(definition(design, role));
  }
  std::set<std::string> done;
  for (const DataFlow& flow : design.data_flows) {
    if (!is_existing(design, flow.to)) add_grants(design, flow, done, out);
  }
}

}  // namespace crenel::azure
