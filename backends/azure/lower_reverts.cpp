#include <algorithm>

#include "backends/azure/guards.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/prevention.h"
#include "backends/azure/reverting.h"
#include "backends/azure/settings.h"
#include "backends/document/raw.h"
#include "compiler/model/alert_emails.h"

/// The workflow of a guard that undoes changes, the role that its own identity has in the resource group, and the lock
/// on it.
namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Guard;

std::string revert_stem(const Guard& guard) { return pascal(guard.origin.path) + "Revert"; }

/// A security group, table or network of the design, as an expression within its template and as it is written there.
struct Place {
  ResourceType type;
  Term name;
};

/// What of the guard's networks can be put back: the groups of its tiers and groups of machines, its tables, its
/// subnets.
std::vector<Place> places(const Design& design, const Guard& guard) {
  std::vector<Place> out;
  const auto watched = [&](model::TierId tier) {
    const auto& all = guard.networks;
    return std::find(all.begin(), all.end(), design.tiers[tier].network) != all.end();
  };
  for (const model::Group& group : design.groups) {
    if (watched(group.tier)) out.push_back({kNetworkSecurityGroup, resource_name(group.origin.path, "Nsg")});
  }
  for (const model::TierId id : design.tiers.ids()) {
    if (!watched(id)) continue;
    const model::Path& path = design.tiers[id].origin.path;
    out.push_back({kNetworkSecurityGroup, resource_name(path, "TierNsg")});
    out.push_back({kRouteTable, resource_name(path, "Routes")});
  }
  for (const model::NetworkId id : guard.networks) {
    out.push_back({kVirtualNetwork, network_name(design.networks[id])});
  }
  return out;
}

Value row(const Term& id, const Value& properties) {
  return document::object({{"id", id.value()}, {"properties", properties}});
}

/// A resource of the template, as a member of its list.
void add_rows(const Value& resource, const std::vector<Place>& all, Value& rows) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Place& each) {
    return *resource.find("type") == Value(each.type.name) && *resource.find("name") == Value(each.name.value());
  });
  if (found == all.end()) return;
  const Value& properties = *resource.find("properties");
  if (found->type.name != kVirtualNetwork.name) {
    rows.push(row(resource_id(found->type, found->name), properties));
    return;
  }
  for (const Value& subnet : std::get<document::Array>(properties.find("subnets")->node())) {
    const auto& name = std::get<std::string>(subnet.find("name")->node());
    rows.push(row(resource_id(found->type, found->name, {"subnets", name}), *subnet.find("properties")));
  }
}

Value wanted(const Design& design, const Guard& guard, const document::Array& resources) {
  const std::vector<Place> all = places(design, guard);
  Value rows = document::array({});
  for (const Value& each : resources) add_rows(each, all, rows);
  return rows;
}

Value definition(const Guard& guard) {
  diagnostics::Diagnostics none;
  const auto text = document::raw_resource("revert", std::string(code_text(kRevertText).value_or("")), {},
                                           {"parameters", "actions"}, none);
  Value out = text.value_or(Value());
  const Value clock = document::object(
      {{"type", "Recurrence"},
       {"recurrence", document::object({{"frequency", "Second"}, {"interval", *guard.revert_seconds / 2}})},
       {"operationOptions", "SingleInstance"}});
  out.set("triggers", document::object({{std::string(kSchedule), clock}}));
  return out;
}

Resource workflow(const Design& design, const Guard& guard, const Template& made) {
  document::Array resources;
  for (const Resource& each : made.resources) {
    resources.push_back(
        document::object({{"type", each.type.name}, {"name", each.name.value()}, {"properties", each.properties}}));
  }
  Resource out;
  out.type = kWorkflow;
  out.name = Term::literal(revert_stem(guard));
  out.identity = document::object({{"type", "SystemAssigned"}});
  const Value list = document::object({{"value", wanted(design, guard, resources)}});
  out.properties = document::object({{"state", "Enabled"},
                                     {"definition", definition(guard)},
                                     {"parameters", document::object({{std::string(kWanted), list}})}});
  out.cause = cause_of(guard.origin, "guard");
  return out;
}

Resource role(const Design& design, const Guard& guard, Template& out) {
  const std::string stem = revert_stem(guard);
  const Term group = Term::expression("resourceGroup().id");
  out.variables.emplace_back(stem + "RoleName", call("guid", {group, Term::literal(design.name + " " + stem)}).value());
  Value actions = document::array({});
  for (const std::string_view each : kRevertOperations) actions.push(each);
  // names of roles are unlike each other in the whole tenant
  const Term title = call("format", {Term::literal("{0}: puts networks back ({1})"),
                                     Term::literal(design.name + " " + stem), call("uniqueString", {group})});
  Resource made;
  made.type = kRoleDefinition;
  made.name = variable(stem + "RoleName");
  made.properties =
      document::object({{"roleName", title.value()},
                        {"description", "What a guard's workflow needs to put rules, routes and subnets back."},
                        {"type", "CustomRole"},
                        {"permissions", document::array({document::object({{"actions", std::move(actions)},
                                                                           {"notActions", document::array({})},
                                                                           {"dataActions", document::array({})},
                                                                           {"notDataActions", document::array({})}})})},
                        {"assignableScopes", document::array({group.value()})}});
  made.cause = cause_of(guard.origin, "guard");
  return made;
}

Resource given(const Guard& guard, const Term& workflow, const Term& role) {
  const Term whole =
      call("reference", {workflow, Term::literal(std::string(kWorkflow.api_version)), Term::literal("Full")});
  Resource out;
  out.type = kRoleAssignment;
  out.name = call("guid", {Term::expression("resourceGroup().id"), workflow, role});
  out.properties = document::object({{"roleDefinitionId", role.value()},
                                     {"principalId", Term::expression(whole.text() + ".identity.principalId").value()},
                                     {"principalType", "ServicePrincipal"}});
  out.cause = cause_of(guard.origin, "guard");
  return out;
}

/// Mails that a run failed, whoever is mailed of changes. It is told once until runs succeed again.
/// REST, Metric Alerts 2018-03-01; "Supported metrics for Microsoft.Logic/Workflows". Checked 2026-11-28.
Resource failure_alert(const Guard& guard, const Term& workflow) {
  const Value criterion = document::object({{"name", "failed"},
                                            {"criterionType", "StaticThresholdCriterion"},
                                            {"metricNamespace", kWorkflow.name},
                                            {"metricName", "RunsFailed"},
                                            {"operator", "GreaterThan"},
                                            {"threshold", 0},
                                            {"timeAggregation", "Total"}});
  Resource out;
  out.type = kMetricAlert;
  out.name = Term::literal(revert_stem(guard) + "Failed");
  out.location = "global";
  out.properties = document::object(
      {{"description", "A run of the workflow that undoes changes failed."},
       {"severity", 1},
       {"enabled", true},
       {"autoMitigate", true},
       {"scopes", document::array({workflow.value()})},
       {"evaluationFrequency", "PT5M"},
       {"windowSize", "PT5M"},
       {"criteria", document::object({{"odata.type", "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"},
                                      {"allOf", document::array({criterion})}})},
       {"actions", document::array({document::object({{"actionGroupId", mail_group_of(guard).value()}})})}});
  out.cause = cause_of(guard.origin, "guard");
  return out;
}

}  // namespace

void lower_reverts(const Design& design, Template& out) {
  for (const Guard& guard : design.guards) {
    if (!guard.revert_seconds) continue;
    Resource undoing = workflow(design, guard, out);
    Resource may = role(design, guard, out);
    const Term id = id_of(undoing);
    Resource assigned = given(guard, id, id_of(may));
    out.resources.push_back(std::move(may));
    out.resources.push_back(std::move(undoing));
    out.resources.push_back(std::move(assigned));
    out.resources.push_back(
        lock_on(revert_stem(guard) + "Lock", id, cause_of(guard.origin, "guard"), "What undoes changes"));
    if (!model::alert_emails(guard, schema().provider).empty()) out.resources.push_back(failure_alert(guard, id));
  }
}

Value with_lists_of_reverts(const Design& design, Value tree) {
  if (design.verbatims.empty() && design.overrides.empty()) return tree;
  const Value whole = tree;
  const auto& all = std::get<document::Array>(whole.find("resources")->node());
  for (const Guard& guard : design.guards) {
    for (std::size_t i = 0; guard.revert_seconds && i < all.size(); ++i) {
      if (*all[i].find("type") != Value(kWorkflow.name) || *all[i].find("name") != Value(revert_stem(guard))) continue;
      const std::vector<std::string> path = {"resources",  std::to_string(i),    "properties",
                                             "parameters", std::string(kWanted), "value"};
      tree = document::replaced(tree, path, wanted(design, guard, all)).value_or(tree);
    }
  }
  return tree;
}

void add_revert_residue(const std::string& name, bool mailed, std::vector<backend::Residue>& out) {
  out.push_back({name,
                 "It puts back rules of security groups, routes, and what subnets are joined to; not what is deleted "
                 "whole, nor which security group a machine's interface has, nor peerings, gateways and balancers. "
                 "Whoever changes it, it undoes: those who are left alone as well."});
  out.push_back(
      {name,
       "It runs twice in the time that it has. What many hands change at once, or what Azure refuses while it is "
       "busy with the network, can take some runs more. What it could not undo stands in the history of its runs, " +
           std::string(mailed ? "and the first failed run is mailed, some minutes later, and no other until runs "
                                "succeed again."
                              : "and nobody is told of that: say `alert_emails` in `on azure { … }` of the guard.") +
           " Azure bills each step of a run."});
  out.push_back({name,
                 "It begins when its role has spread, some minutes after the deployment. While a deployment changes "
                 "the network, the workflow of the one before can put back what is new, until the new one comes."});
  out.push_back({name,
                 "Whoever may change the workflow (Contributor, Logic App Contributor) can stop it, and can have it "
                 "change rules, routes and subnets of the resource group."});
}

}  // namespace crenel::azure
