#include <algorithm>
#include <array>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// Role assignments: who may do what with which service.
namespace crenel::azure::lifting {
namespace {

using estate::Action;

/// `Microsoft.X/type/name/…`, relative to the resource group of the deployment.
std::string absolute(const std::string& scope, const Resource& assignment) {
  if (scope.empty()) return assignment.id.scope;
  if (scope.front() == '/' || scope.front() == '{') return scope;
  const std::vector<std::string> parts = split_outside_braces(scope, '/');
  if (parts.size() < 3 || parts.front().find('.') == std::string::npos) return scope;
  return assignment.id.scope + "/providers/" + scope;
}

/// An assignment that is spelled as a part of its scope: `Microsoft.X/type/providers/roleAssignments`.
std::optional<std::string> scope_by_type(const Resource& assignment) {
  const std::string type = lower(assignment.id.type);
  const std::size_t at = type.find("/providers/");
  if (at == std::string::npos) return std::nullopt;
  ResourceId scope;
  scope.scope = assignment.id.scope;
  scope.type = assignment.id.type.substr(0, at);
  const auto depth = static_cast<std::size_t>(std::count(scope.type.begin(), scope.type.end(), '/'));
  if (assignment.id.names.size() < depth) return std::nullopt;
  scope.names.assign(assignment.id.names.begin(), assignment.id.names.begin() + static_cast<std::ptrdiff_t>(depth));
  return text_of(scope);
}

/// The type of what a role is assigned at, where that is the service or a part of it; else empty.
std::string type_at(const std::string& scope, const ServiceInfo& service) {
  const std::string own = lower(text_of(service.resource));
  std::string out = lower(service.resource.type);
  if (scope == own) return out;
  if (!service.connected_text.empty() || !scope.starts_with(own + "/")) return {};
  const std::vector<std::string> parts = split_outside_braces(scope.substr(own.size() + 1), '/');
  for (std::size_t i = 0; i < parts.size(); i += 2) out += "/" + parts[i];
  return out;
}

/// A part of a service that the template does not make is no place for an assignment.
bool is_there(const Data& data, const std::string& scope, const ResourceId& service) {
  if (!scope.starts_with(lower(text_of(service)) + "/")) return true;
  const auto& all = data.context.from.resources;
  return std::any_of(all.begin(), all.end(), [&](const Resource& each) { return lower(text_of(each.id)) == scope; });
}

/// Whether a scope is, or has in it, or lies in, a service.
bool is_about(const std::string& scope, const ServiceInfo& service) {
  if (service.connected_text.empty()) return concerns(scope, service.resource);
  return lower(service.elsewhere) == scope;
}

bool is_whole_account(const ServiceInfo& service) {
  return same_word(service.resource.type, "Microsoft.Storage/storageAccounts");
}

/// What writes flow logs into the account acts as the identity: it makes the container that they lie in.
bool is_of_log_writer(const Data& data, const Resource& assignment, const ServiceInfo& service) {
  const View principal = properties_of(assignment).at("principalId");
  const auto logs = data.context.all(kFlowLog.name);
  return std::any_of(logs.begin(), logs.end(), [&](const Resource* log) {
    const View target = properties_of(*log).at("storageId");
    if (!target || !mentions(target.value(), service.resource)) return false;
    return std::any_of(data.identities.begin(), data.identities.end(), [&](const IdentityInfo& identity) {
      const Value* acting = log->body.find("identity");
      return acting != nullptr && mentions(*acting, identity.resource) && is_principal_of(principal, identity.resource);
    });
  });
}

/// What is given of more than the template makes: of a whole account with whatever containers it comes to have, of a
/// namespace, of a resource group.
void tell_wide(Data& data, const std::string& scope, const ServiceInfo& service, const Resource& assignment) {
  if (!service.elsewhere.empty() && lower(service.elsewhere) == scope && !is_whole_account(service)) return;
  const std::string own = lower(text_of(service.resource));
  estate::Service& of = data.context.estate.services[service.id];
  if (of.kind == estate::Service::Kind::Store && scope == own && !service.for_logs &&
      !is_of_log_writer(data, assignment, service)) {
    weak(of, "is given as a whole account, not as the container alone", assignment.place);
  }
  if (!own.starts_with(scope + "/")) return;
  data.context.unknown(
      "a role assignment holds for all of `" + scope_text(assignment) + "`, for what the template does not make too",
      assignment.place);
}

Granted of_control(RoleRead role, estate::Service::Kind kind, std::string_view at) {
  for (Permission& each : role.permissions) each.data_actions.clear();
  return granted(role, kind, at);
}

/// Where roles decide about a vault's keys and secrets at all; about the vault itself they always do.
void count_roles(const Data& data, const ServiceInfo& service, const RoleRead& role, std::string_view at,
                 Granted& given) {
  const Resource* vault = data.context.find(service.resource);
  if (vault == nullptr) return;
  const View roles = properties_of(*vault).at("enableRbacAuthorization");
  if (roles.truth() == std::optional(true)) return;
  if (roles.truth() == std::optional(false)) {
    given = of_control(role, estate::Service::Kind::Vault, at);
    return;
  }
  given.doubt = "whether roles count for `" + vault->id.name() + "` is not said";
}

/// What a role of Azure lets do with the service. Items of Cosmos DB have roles of its own. (learn.microsoft.com, "Use
/// data plane role-based access control with Azure Cosmos DB for NoSQL", checked 2026-11-27)
Granted given_by(const Data& data, const ServiceInfo& service, const RoleRead& role, std::string_view at) {
  const auto kind = data.context.estate.services[service.id].kind;
  if (kind == estate::Service::Kind::Table && role.doubt.empty()) return of_control(role, kind, at);
  Granted given = granted(role, kind, at);
  if (kind == estate::Service::Kind::Vault && given.doubt.empty()) count_roles(data, service, role, at, given);
  return given;
}

/// What the provider's own machines act as unwraps keys, and writes logs where they are kept; no more, nor elsewhere.
void tell_machinery(Data& data, const std::string& scope, const RoleRead& role, const Resource& assignment) {
  tell_reverting(data, scope, assignment);
  for (const ServiceInfo& service : data.services) {
    if (!is_about(scope, service)) continue;
    const auto kind = data.context.estate.services[service.id].kind;
    const Granted given = granted(role, kind, type_at(scope, service));
    if (given.none()) continue;
    const bool publishes = given.actions == std::vector<Action>{Action::Publish} && given.doubt.empty();
    if (service.for_logs || is_of_log_writer(data, assignment, service) ||
        (publishes && is_way_of_guard(data, assignment, service))) {
      tell_wide(data, scope, service, assignment);
      continue;
    }
    const bool unwraps =
        kind == estate::Service::Kind::Vault && given.doubt.empty() &&
        std::find(given.actions.begin(), given.actions.end(), Action::Administer) == given.actions.end();
    if (unwraps) {
      tell_wide(data, scope, service, assignment);
    } else {
      data.context.unknown("a role assignment gives machines of the provider " + role.name + " over `" +
                               data.context.estate.services[service.id].name + "`",
                           assignment.place);
    }
  }
}

/// A condition as it is read: every action on data that it names, by a private link or not by one.
struct Condition {
  std::vector<std::string> actions;
  bool private_link = false;
};

bool take(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}

/// `((!(ActionMatches{'A'}) AND !(ActionMatches{'B'})) OR (@Environment[isPrivateLink] BoolEquals true))`, and no
/// other.
std::optional<Condition> read_condition(const View& view) {
  if (view.open() || view.value().text() == nullptr) return std::nullopt;
  std::string bare = lower(*view.value().text());
  std::erase_if(bare, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  std::string_view text = bare;
  Condition out;
  if (!take(text, "((")) return std::nullopt;
  do {
    if (!take(text, "!(actionmatches{'")) return std::nullopt;
    const std::size_t end = text.find('\'');
    if (end == std::string_view::npos) return std::nullopt;
    out.actions.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    if (!take(text, "'})")) return std::nullopt;
  } while (take(text, "and"));
  if (!take(text, ")or(@environment[isprivatelink]boolequals")) return std::nullopt;
  out.private_link = take(text, "true");
  if (!out.private_link && !take(text, "false")) return std::nullopt;
  return text == "))" ? std::optional(out) : std::nullopt;
}

/// Every operation of the role on data is one that the condition names.
bool holds_for_all(const Condition& condition, const RoleRead& role) {
  return std::all_of(role.permissions.begin(), role.permissions.end(), [&](const Permission& permission) {
    return std::all_of(permission.data_actions.begin(), permission.data_actions.end(), [&](const std::string& each) {
      return std::find(condition.actions.begin(), condition.actions.end(), lower(each)) != condition.actions.end();
    });
  });
}

/// The service as the condition leaves it.
ServiceInfo by_condition(ServiceInfo service, const Condition& condition) {
  if (condition.private_link) {
    service.ways.from.clear();
    service.ways.anywhere = false;
  } else {
    service.ways.paths.clear();
  }
  return service;
}

/// What changes networks, gives roles, or runs code in somebody else's name. ("Azure permissions for Networking", "for
/// Compute", "for Management and governance".)
constexpr auto kGoverning = std::to_array<std::string_view>({
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Compute/virtualMachineScaleSets/write",
    "Microsoft.Compute/virtualMachines/runCommand/action",
    "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    "Microsoft.Network/networkSecurityGroups/securityRules/write",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/routeTables/routes/write",
    "Microsoft.Network/routeTables/write",
    "Microsoft.Network/virtualNetworks/subnets/write",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
    "Microsoft.Network/virtualNetworks/write",
    "Microsoft.Resources/deployments/write",
    "Microsoft.Web/sites/write",
});

/// A program that may change the network is bound by it no more, and so is what is not read and may be one. Over a
/// service alone there is no network.
void tell_governing(Data& data, const std::string& scope, const RoleRead& role, const Principal& principal,
                    const Resource& assignment) {
  const auto* id = std::get_if<estate::IdentityId>(&*principal.who);
  if (id == nullptr) return;
  const estate::Identity& identity = data.context.estate.identities[*id];
  if (identity.interfaces.empty() && identity.functions.empty() && principal.doubt.empty()) return;
  const bool of_a_service = std::any_of(data.services.begin(), data.services.end(), [&](const ServiceInfo& service) {
    const std::string own = lower(text_of(service.resource));
    return scope == own || scope.starts_with(own + "/");
  });
  const bool governs = std::any_of(kGoverning.begin(), kGoverning.end(),
                                   [&](std::string_view each) { return role_may_control(role, each); });
  if (of_a_service || !governs) return;
  data.context.unknown("`" + identity.name + "` is given " + role.name + ": what it can come to by that is not known",
                       assignment.place);
}

void add_assignment(Data& data, const Resource& resource) {
  const View properties = properties_of(resource);
  const std::string scope = lower(scope_text(resource));
  const RoleRead role = read_role(data.context, properties.at("roleDefinitionId"));
  Principal principal = principal_of(data, properties.at("principalId"));
  if (!principal.who) return tell_machinery(data, scope, role, resource);
  tell_governing(data, scope, role, principal, resource);
  std::string doubt = principal.doubt;
  std::optional<Condition> condition;
  if (const View text = properties.at("condition")) {
    condition = read_condition(text);
    if (!condition || !holds_for_all(*condition, role)) doubt = "the condition of a role assignment is not read";
  }
  if (resource.presence == Presence::Open || resource.repeated) doubt = "whether the role is assigned is not known";
  for (const ServiceInfo& service : data.services) {
    if (!is_about(scope, service) || !is_there(data, scope, service.resource)) continue;
    const auto kind = data.context.estate.services[service.id].kind;
    Granted given = given_by(data, service, role, type_at(scope, service));
    if (given.none()) continue;
    tell_wide(data, scope, service, resource);
    // attributes of the environment are those of stores
    const bool narrowed = condition && kind == estate::Service::Kind::Store && doubt.empty();
    if (condition && kind != estate::Service::Kind::Store)
      given.doubt = "the condition of a role assignment is not read";
    const ServiceInfo left = narrowed ? by_condition(service, *condition) : service;
    add_access(data, left, *principal.who, given.actions, doubt.empty() ? given.doubt : doubt, resource.place);
    add_access(data, left, *principal.who, given.in_part, doubt.empty() ? some_of(role) : doubt, resource.place);
  }
  const bool named = std::any_of(data.services.begin(), data.services.end(), [&](const ServiceInfo& service) {
    return !service.connected_text.empty() && lower(service.elsewhere) == scope;
  });
  const bool anywhere = scope.empty() || (scope.front() == '{' && !named);
  if (anywhere) data.context.unknown("where a role assignment holds is known at deployment only", resource.place);
}

}  // namespace

std::string scope_text(const Resource& assignment) {
  if (const auto by_type = scope_by_type(assignment)) return *by_type;
  const View scope = view_of(assignment, "scope");
  return absolute(scope.text(), assignment);
}

bool concerns(const std::string& scope, const ResourceId& service) {
  const std::string wide = lower(scope);
  const std::string own = lower(text_of(service));
  if (wide.empty() || wide == "/") return true;
  return own == wide || own.starts_with(wide + "/") || wide.starts_with(own + "/");
}

bool is_assignment(const Resource& resource) {
  const std::string type = lower(resource.id.type);
  return type == lower(kRoleAssignment.name) || type.ends_with("/providers/roleassignments");
}

void lift_assignments(Data& data) {
  for (const Resource& each : data.context.from.resources) {
    if (!each.existing && is_assignment(each)) add_assignment(data, each);
  }
}

}  // namespace crenel::azure::lifting
