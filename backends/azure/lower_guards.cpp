#include <algorithm>
#include <set>

#include "backends/azure/changes.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/guards.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"
#include "backends/azure/settings.h"
#include "compiler/model/alert_emails.h"

/// "Resource group as Event Grid source", "Event delivery with a managed identity", "Trusted Microsoft services" of
/// Service Bus: a topic that is closed to all networks takes what Event Grid delivers as its source's own identity,
/// when that has the role. A resource group has one system topic, whatever the number of guards.
namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Guard;

constexpr std::string_view kSource = "ResourceGroupEvents";

Term source_of_changes() { return resource_id(kEventSource, Term::literal(std::string(kSource))); }

Resource group_source(const Cause& cause) {
  Resource out;
  out.type = kEventSource;
  out.name = Term::literal(std::string(kSource));
  out.location = "global";
  out.identity = document::object({{"type", "SystemAssigned"}});
  out.properties = document::object({{"source", Term::expression("resourceGroup().id").value()},
                                     {"topicType", "Microsoft.Resources.ResourceGroups"}});
  out.cause = cause;
  return out;
}

Resource may_tell(const Design& design, const Guard& guard) {
  const Term source = source_of_changes();
  const Term scope = scope_of(design, *guard.alert);
  const Term whole =
      call("reference", {source, Term::literal(std::string(kEventSource.api_version)), Term::literal("Full")});
  const Role* role = role_for(*guard.alert, model::DataAction::Publish);
  Resource out = assignment(scope, source, Term::expression(whole.text() + ".identity.principalId"), role_id(*role),
                            true, cause_of(guard.origin, "guard"));
  out.depends_on = {scope, source};
  return out;
}

Value filter(const Guard& guard) {
  Value types = document::array({});
  for (const std::string_view each : watched_event_types()) types.push(each);
  Value out = document::object({{"includedEventTypes", types}});
  if (guard.exempt.empty()) return out;
  Value values = document::array({});
  for (const std::string& each : guard.exempt) values.push(literal(each));
  out.set(
      "advancedFilters",
      document::array({document::object({{"operatorType", "StringNotIn"}, {"key", kExemptKey}, {"values", values}})}));
  return out;
}

Resource telling(const Design& design, const Guard& guard, const Term& role) {
  Resource out;
  out.type = kEventSubscription;
  out.name = Term::literal(std::string(kSource) + "/" + pascal(guard.origin.path) + "Guard");
  const Value destination =
      document::object({{"endpointType", "ServiceBusTopic"},
                        {"properties", document::object({{"resourceId", scope_of(design, *guard.alert).value()}})}});
  out.properties = document::object(
      {{"eventDeliverySchema", "EventGridSchema"},
       {"filter", filter(guard)},
       {"retryPolicy", document::object({{"eventTimeToLiveInMinutes", 1440}, {"maxDeliveryAttempts", 30}})},
       {"deliveryWithResourceIdentity", document::object({{"identity", document::object({{"type", "SystemAssigned"}})},
                                                          {"destination", destination}})}});
  out.depends_on = {role, source_of_changes(), scope_of(design, *guard.alert),
                    resource_id(kMessaging, name_of_service(design, *guard.alert), {"networkRuleSets", "default"})};
  out.cause = cause_of(guard.origin, "guard");
  return out;
}

/// Roles allow and never deny, so what is forbidden is what a role leaves out of everything: to be given in place of
/// Contributor, of which it has no more ("Understand Azure role definitions", NotActions).
Resource rails(const Design& design, const Guard& guard, Template& out) {
  const std::string stem = pascal(guard.origin.path) + "Prevent";
  const Term group = Term::expression("resourceGroup().id");
  out.variables.emplace_back(stem + "RoleName", call("guid", {group, Term::literal(design.name + " " + stem)}).value());
  Value without = document::array({});
  for (const std::string_view each : left_out_by_contributor()) without.push(each);
  for (const std::string& each : network_operations()) without.push(each);
  // names of roles are unlike each other in the whole tenant
  const Term title = call("format", {Term::literal("{0}: changes no network ({1})"),
                                     Term::literal(design.name + " " + stem), call("uniqueString", {group})});
  Resource made;
  made.type = kRoleDefinition;
  made.name = variable(stem + "RoleName");
  made.properties = document::object(
      {{"roleName", title.value()},
       {"description", "What Contributor lets do, but for changes of networks: to be given in its place."},
       {"type", "CustomRole"},
       {"permissions", document::array({document::object({{"actions", document::array({"*"})},
                                                          {"notActions", without},
                                                          {"dataActions", document::array({})},
                                                          {"notDataActions", document::array({})}})})},
       {"assignableScopes", document::array({group.value()})}});
  made.cause = cause_of(guard.origin, "guard");
  return made;
}

void add_residue_of_rails(const std::string& name, std::vector<backend::Residue>& out) {
  out.push_back(
      {name,
       "Its policy denies requests that make or change networks, rules, routes, public addresses, gateways and "
       "balancers otherwise than the template makes them, of whoever asks but by an application that is left alone. "
       "It denies no deletion, and what changes inside balancers and gateways that the template makes, an address "
       "space, or an application security group of a single machine is not looked into."});
  out.push_back({name,
                 "An assignment holds some minutes after it is made, and what was made before stays; whoever may write "
                 "policies or exemptions (Owner, Resource Policy Contributor) can take it away."});
  out.push_back(
      {name,
       "Its role denies nothing: it is to be given to people in place of Contributor, and whoever has another "
       "role beside it may do what that one allows. Who has it puts no machine into a network either: joining "
       "a subnet is left out as well."});
  out.push_back(
      {name,
       "What denies deletion is a deployment stack: deploy the template by `az stack group create "
       "--deny-settings-mode denyWriteAndDelete --deny-settings-excluded-principals` and the object id of who "
       "deploys."});
}

}  // namespace

bool is_told(const Design& design, model::TopicId topic) {
  return std::any_of(design.guards.begin(), design.guards.end(),
                     [&](const Guard& guard) { return guard.alert == topic; });
}

/// Who may change the resource group could take the guard away first; what hangs on its source is locked with it
/// ("Lock your Azure resources to protect your infrastructure").
Resource lock_on(std::string name, const Term& scope, const Cause& cause, const std::string& what) {
  Resource out;
  out.type = kLock;
  out.name = Term::literal(std::move(name));
  out.scope = scope;
  out.properties = document::object(
      {{"level", "CanNotDelete"}, {"notes", what + ": take the lock away on purpose, before it is deleted."}});
  out.cause = cause;
  return out;
}

void lower_guards(const Design& design, Template& out) {
  lower_alerts(design, out);
  std::set<std::string> roles;
  bool first = true;
  for (const Guard& guard : design.guards) {
    if (guard.prevent) out.resources.push_back(rails(design, guard, out));
    if (!guard.alert) continue;
    if (first) {
      const Cause cause = cause_of(guard.origin, "guard");
      out.resources.push_back(group_source(cause));
      out.resources.push_back(lock_on(std::string(kSource) + "Lock", source_of_changes(), cause));
    }
    first = false;
    Resource role = may_tell(design, guard);
    const Term id = id_of(role);
    if (roles.insert(role.name.text()).second) out.resources.push_back(std::move(role));
    out.resources.push_back(telling(design, guard, id));
  }
}

void add_guard_residue(const Design& design, std::vector<backend::Residue>& out) {
  for (const Guard& guard : design.guards) {
    const std::string name = model::to_string(guard.origin.path);
    const bool mails = !model::alert_emails(guard, schema().provider).empty();
    if (guard.prevent) add_residue_of_rails(name, out);
    if (mails) add_mail_residue(name, out);
    if (guard.revert_seconds) add_revert_residue(name, mails, out);
    if (!guard.alert && !mails) continue;
    out.push_back(
        {name,
         "It tells of every change in the resource group, whichever network it concerns, and of what Azure's own "
         "services change there, autoscale among them."});
    for (const std::string_view each : untold_changes()) {
      out.push_back({name, "It does not tell of " + std::string(each) + "."});
    }
    if (!guard.alert) continue;
    out.push_back(
        {name,
         "What could not be delivered for a day is lost. Whoever may take locks away, or change its filter, can "
         "silence it, and that is the last change it tells of."});
  }
}

void add_guard_assumptions(const Design& design, std::vector<std::string>& out) {
  const auto some = [&](bool (*is)(const Guard&)) {
    return std::any_of(design.guards.begin(), design.guards.end(), is);
  };
  const bool told = some([](const Guard& guard) { return guard.alert.has_value(); });
  const bool mailed = some([](const Guard& guard) { return !model::alert_emails(guard, schema().provider).empty(); });
  if (told) out.emplace_back("The resource group has no system topic of its own events yet: it can have one.");
  const bool undone = some([](const Guard& guard) { return guard.revert_seconds.has_value(); });
  if (told || mailed || undone) {
    out.emplace_back("Whoever deploys may set locks in the resource group (for the guards).");
  }
  if (undone) {
    out.emplace_back("Nothing else writes the networks whose changes guards undo: no other template, no other tool.");
  }
  if (mailed) {
    out.emplace_back(
        "Whoever deploys may read the subscription (for those of the guards' alerts that are about all of it).");
  }
  if (!told) return;
  const bool exempt = some([](const Guard& guard) { return !guard.exempt.empty(); });
  if (exempt) out.emplace_back("Nobody but who deploys gets tokens for the applications that guards leave alone.");
}

}  // namespace crenel::azure
