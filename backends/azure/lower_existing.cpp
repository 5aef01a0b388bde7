#include <algorithm>
#include <set>

#include "backends/azure/data_plan.h"
#include "backends/azure/existing.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"

/// Roles at things that were made elsewhere. An assignment lies in the resource group of what it is about, so each
/// thing has a template of its own that is deployed there ("Deploy resources across subscriptions and resource groups",
/// and "Assign Azure roles using Azure Resource Manager templates"). Whoever deploys needs the right to assign roles at
/// the thing, and where a role of this design's own is needed, to define roles in its resource group.
namespace crenel::azure {
namespace {

using document::Value;
using model::DataFlow;
using model::Design;
using model::Endpoint;

/// Parameters of the inner template begin with small letters, those of the outer one never do.
constexpr std::string_view kThing = "thing";
constexpr std::string_view kHome = "home";

Value as_given(const Term& value) { return document::object({{"value", value.value()}}); }

class RolesThere {
 public:
  RolesThere(const Design& design, const Endpoint& thing) : design_(design), thing_(thing) {
    add_parameter(std::string(kThing), existing_id(design, thing));
    for (const DataFlow& flow : design.data_flows) {
      if (flow.to == thing_) add_flow(flow);
    }
  }

  [[nodiscard]] bool empty() const { return assignments_.empty(); }

  [[nodiscard]] Resource deployment() const {
    Value resources = document::array({});
    for (const Value& each : definitions_) resources.push(each);
    for (const Value& each : assignments_) resources.push(each);
    const Value inner = document::object(
        {{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
         {"contentVersion", "1.0.0.0"},
         {"parameters", declared_},
         {"resources", resources}});
    Resource out;
    out.type = kDeployment;
    out.name = resource_name(model::origin_of(design_, thing_).path, "Access");
    out.subscription = existing_subscription(design_, thing_).value();
    out.resource_group = existing_group(design_, thing_).value();
    out.properties = document::object({{"mode", "Incremental"},
                                       {"expressionEvaluationOptions", document::object({{"scope", "Inner"}})},
                                       {"parameters", given_},
                                       {"template", inner}});
    out.cause = cause_of_service(design_, thing_);
    return out;
  }

 private:
  void add_parameter(const std::string& name, const Term& value) {
    declared_.set(name, document::object({{"type", "string"}}));
    given_.set(name, as_given(value));
  }

  void add_flow(const DataFlow& flow) {
    for (const model::DataAction action : flow.actions) {
      const Role* role = role_for(flow.to, action);
      if (role != nullptr && model::is_member(flow.from)) add_assignment(flow, *role);
    }
  }

  void add_assignment(const DataFlow& flow, const Role& role) {
    const std::string who = "principalOf" + pascal(model::origin_of(design_, flow.from).path);
    if (!done_.insert(who + " " + std::string(role.key)).second) return;
    if (principals_.insert(who).second) add_parameter(who, principal_of(identity_id(design_, flow.from)));
    const Term id = role.built_in.empty() ? own_role(role) : built_in_role(role.built_in);
    const Term thing = parameter(kThing);
    Value properties =
        document::object({{"roleDefinitionId", id.value()},
                          {"principalId", parameter(who).value()},
                          {"principalType", "ServicePrincipal"},
                          {"description", literal(short_description(design_.statements[flow.statement].text + " (" +
                                                                    std::string(kind_of(flow.to)) + ")"))}});
    add_condition(role, properties);
    Value made = document::object({{"type", kRoleAssignment.name},
                                   {"apiVersion", kRoleAssignment.api_version},
                                   {"name", call("guid", {thing, parameter(who), id}).value()},
                                   {"scope", thing.value()},
                                   {"properties", properties}});
    if (role.built_in.empty()) made.set("dependsOn", document::array({id.value()}));
    assignments_.push_back(std::move(made));
  }

  /// The thing's own firewall is not this design's, so a role on blobs asks for a private link itself.
  void add_condition(const Role& role, Value& properties) const {
    if (!std::holds_alternative<model::StoreId>(thing_)) return;
    properties.set("condition", condition_by_link(role, true));
    properties.set("conditionVersion", "2.0");
  }

  /// A role of the design's own is known in the resource groups that it is defined for: here, the thing's.
  Term own_role(const Role& role) {
    if (defined_.empty()) add_parameter(std::string(kHome), Term::expression("resourceGroup().id"));
    const Term name =
        call("guid", {parameter(kHome), parameter(kThing), Term::literal(design_.name + " " + std::string(role.key))});
    Term id = call("resourceId", {Term::literal(std::string(kRoleDefinition.name)), name});
    if (!defined_.insert(std::string(role.key)).second) return id;
    const Value properties = role_properties(design_, role, Term::expression("resourceGroup().id"),
                                             call("uniqueString", {parameter(kHome), parameter(kThing)}));
    definitions_.push_back(document::object({{"type", kRoleDefinition.name},
                                             {"apiVersion", kRoleDefinition.api_version},
                                             {"name", name.value()},
                                             {"properties", properties}}));
    return id;
  }

  const Design& design_;
  Endpoint thing_;
  Value declared_;
  Value given_;
  std::set<std::string> principals_;
  std::set<std::string> defined_;
  std::set<std::string> done_;
  std::vector<Value> definitions_;
  std::vector<Value> assignments_;
};

}  // namespace

void lower_existing(const Design& design, Template& out) {
  for (const Endpoint& each : model::declared_endpoints(design)) {
    if (!is_existing(design, each)) continue;
    const RolesThere roles(design, each);
    if (!roles.empty()) out.resources.push_back(roles.deployment());
  }
}

}  // namespace crenel::azure
