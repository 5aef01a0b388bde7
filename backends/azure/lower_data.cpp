#include "backends/azure/lower_data.h"

#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/existing.h"
#include "backends/azure/guards.h"
#include "backends/azure/lower_functions.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"
#include "compiler/base/ids.h"

namespace crenel::azure {
namespace {

using base::Overloaded;
using document::Value;
using model::Design;
using model::Endpoint;

/// Characters of `uniqueString`.
constexpr std::size_t kUnique = 13;

void add_identity(const Term& name, const Cause& cause, Template& out) {
  Resource made;
  made.type = kIdentity;
  made.name = name;
  made.cause = cause;
  out.resources.push_back(std::move(made));
}

}  // namespace

void lower_data(const Design& design, Template& out) {
  lower_identities(design, out);
  lower_vaults(design, out);
  lower_stores(design, out);
  lower_messages(design, out);
  lower_tables(design, out);
  lower_private_ends(design, out);
  lower_grants(design, out);
  lower_existing(design, out);
  lower_functions(design, out);
  lower_guards(design, out);
}

void lower_identities(const Design& design, Template& out) {
  for (const Endpoint& each : model::declared_endpoints(design)) {
    if (!model::is_member(each) || !acts(design, each)) continue;
    const model::Origin& origin = model::origin_of(design, each);
    add_identity(resource_name(origin.path, "Identity"), cause_of(origin, kind_of(each)), out);
  }
  for (const model::VaultId id : design.vaults.ids()) {
    if (!encrypts(design, id)) continue;
    const model::Origin& origin = design.vaults[id].origin;
    add_identity(resource_name(origin.path, "Encryption"), cause_of(origin, "vault"), out);
  }
}

void add_global_name(const Design& design, const Endpoint& service, std::size_t longest, Template& out) {
  const model::Origin& origin = model::origin_of(design, service);
  std::string begin;
  for (const char c : pascal(origin.path)) begin += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  begin.resize(std::min(begin.size(), longest - kUnique));
  const Term unique = call("uniqueString", {Term::expression("resourceGroup().id"),
                                            Term::literal(design.name + " " + model::to_string(origin.path))});
  out.variables.emplace_back(name_variable(design, service), call("concat", {Term::literal(begin), unique}).value());
}

Value acting_as(const Term& identity) {
  return document::object({{"type", "UserAssigned"}, {"userAssignedIdentities", identity_set(identity).value()}});
}

Resource assignment(const Term& scope, const Term& who, const Term& principal, const Term& role, bool of_this_template,
                    Cause cause) {
  Resource out;
  out.type = kRoleAssignment;
  out.name = call("guid", {scope, who, role});
  out.scope = scope;
  out.properties = document::object({{"roleDefinitionId", role.value()}, {"principalId", principal.value()}});
  // Azure needs the kind of a principal that it may not have heard of everywhere yet
  if (of_this_template) out.properties.set("principalType", "ServicePrincipal");
  out.cause = std::move(cause);
  return out;
}

std::string_view kind_of(const Endpoint& service) {
  return std::visit(Overloaded{[](model::StoreId) { return std::string_view("store"); },
                               [](model::QueueId) { return std::string_view("queue"); },
                               [](model::TopicId) { return std::string_view("topic"); },
                               [](model::TableId) { return std::string_view("table"); },
                               [](model::VaultId) { return std::string_view("vault"); },
                               [](model::FunctionId) { return std::string_view("function"); },
                               [](model::GroupId) { return std::string_view("group"); },
                               [](model::BalancerId) { return std::string_view("balancer"); },
                               [](model::ApplianceId) { return std::string_view("appliance"); },
                               [](model::DatabaseId) { return std::string_view("database"); },
                               [](const auto&) { return std::string_view("place"); }},
                    service);
}

Cause cause_of_service(const Design& design, const Endpoint& service) {
  return cause_of(model::origin_of(design, service), kind_of(service));
}

}  // namespace crenel::azure
