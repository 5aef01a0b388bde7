#include "backends/azure/lift_permissions.h"

#include <algorithm>
#include <set>

#include "backends/azure/lift_operations.h"
#include "backends/azure/lift_role_table.h"
#include "backends/azure/resource_types.h"

namespace crenel::azure::lifting {
namespace {

using estate::Action;
using ServiceKind = estate::Service::Kind;

/// `*` in the pattern stands for any text.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool any_matches(const std::vector<std::string>& patterns, std::string_view operation) {
  const std::string text = lower(operation);
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& each) { return matches(lower(each), text); });
}

bool lets(const Permission& permission, const Operation& operation) {
  if (operation.on_data) {
    return any_matches(permission.data_actions, operation.name) &&
           !any_matches(permission.not_data_actions, operation.name);
  }
  return any_matches(permission.actions, operation.name) && !any_matches(permission.not_actions, operation.name);
}

bool lets_any(const RoleRead& role, const Operation& operation) {
  return std::any_of(role.permissions.begin(), role.permissions.end(),
                     [&](const Permission& each) { return lets(each, operation); });
}

/// Whether an operation is on a resource of the type or on what is in it. Messages have no type of their own: they are
/// sent to queues and topics, and taken from queues and subscriptions. ("Authenticate a managed identity with Microsoft
/// Entra ID to access Azure Service Bus resources", checked 2026-11-27)
bool is_done_at(std::string_view type, std::string_view operation) {
  const std::string name = lower(operation);
  if (type.empty() || name.starts_with("microsoft.authorization/") || name.starts_with(std::string(type) + "/")) {
    return true;
  }
  if (type.ends_with("/topics/subscriptions")) return name.ends_with("/messages/receive/action");
  return (type.ends_with("/queues") || type.ends_with("/topics")) && name.find("/messages/") != std::string::npos;
}

/// Whether what is written stands for an operation of the table.
bool is_known(const std::vector<Operation>& all, std::string_view written, bool on_data) {
  const std::string pattern = lower(written);
  return std::any_of(all.begin(), all.end(), [&](const Operation& each) {
    return each.on_data == on_data && matches(pattern, lower(each.name));
  });
}

/// Operations of the service that stand in no table, written out or by a pattern that is for none of the table: control
/// of the service where they are not mere reading; on data, not known.
void add_unlisted(const Permission& permission, const KindOperations& kind, Granted& out) {
  const auto concerns = [&](const std::string& each) {
    const std::string text = lower(each);
    const bool beside = std::any_of(kind.beside.begin(), kind.beside.end(),
                                    [&](std::string_view other) { return text.starts_with(lower(other)); });
    return !beside && text.starts_with(lower(kind.provider));
  };
  for (const std::string& each : permission.actions) {
    if (!concerns(each) || is_known(kind.operations, each, false) || lower(each).ends_with("/read")) continue;
    if (!any_matches(permission.not_actions, each)) out.actions.push_back(Action::Administer);
  }
  for (const std::string& each : permission.data_actions) {
    if (!concerns(each) || is_known(kind.operations, each, true)) continue;
    if (!any_matches(permission.not_data_actions, each)) out.doubt = "what `" + each + "` lets do is not known";
  }
}

std::vector<std::string> texts(const View& list, bool& whole) {
  std::vector<std::string> out;
  if (!list) return out;
  if (list.value().list() == nullptr) whole = false;
  for (const View& each : list.elements()) {
    if (each.value().text() != nullptr) {
      out.push_back(*each.value().text());
    } else {
      whole = false;
    }
  }
  return out;
}

RoleRead of_template(const Resource& definition) {
  RoleRead out{.name = "role `" + definition.id.name() + "` of the template", .permissions = {}, .doubt = {}};
  bool whole = definition.presence == Presence::Sure && !definition.repeated;
  const View permissions = properties_of(definition).at("permissions");
  if (permissions && permissions.value().list() == nullptr) whole = false;
  for (const View& each : permissions.elements()) {
    out.permissions.push_back({.actions = texts(each.at("actions"), whole),
                               .not_actions = texts(each.at("notActions"), whole),
                               .data_actions = texts(each.at("dataActions"), whole),
                               .not_data_actions = texts(each.at("notDataActions"), whole)});
  }
  if (!whole) out.doubt = "what " + out.name + " lets do is known at deployment only";
  return out;
}

std::vector<std::string> owned(const std::vector<std::string_view>& from) { return {from.begin(), from.end()}; }

}  // namespace

RoleRead read_role(const Context& context, const View& role_definition_id) {
  const auto id = role_definition_id.id();
  const std::string own = id ? id->names.back() : role_definition_id.text();
  for (const Resource* each : context.all(kRoleDefinition.name)) {
    if (!own.empty() && same_word(each->id.names.back(), own)) return of_template(*each);
  }
  if (const BuiltInRole* role = built_in_role(own)) {
    return {.name = std::string(role->name),
            .permissions = {{.actions = owned(role->actions),
                             .not_actions = owned(role->not_actions),
                             .data_actions = owned(role->data_actions),
                             .not_data_actions = owned(role->not_data_actions)}},
            .doubt = {}};
  }
  const std::string name = own.empty() ? "a role that cannot be read" : "role `" + own + "`";
  return {.name = name, .permissions = {}, .doubt = "what " + name + " lets do is not known"};
}

RoleRead read_table_role(const Context& context, const View& role_definition_id) {
  const auto id = role_definition_id.id();
  const std::string own = id ? id->names.back() : role_definition_id.text();
  for (const Resource* each : context.all(kTableRole.name)) {
    if (!own.empty() && same_word(each->id.names.back(), own)) return of_template(*each);
  }
  // learn.microsoft.com, "Azure Cosmos DB for NoSQL data plane security reference", checked 2026-11-26
  const std::string metadata = "Microsoft.DocumentDB/databaseAccounts/readMetadata";
  const std::string containers = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/";
  if (own == "00000000-0000-0000-0000-000000000001") {
    return {.name = "Cosmos DB Built-in Data Reader",
            .permissions = {{.actions = {},
                             .not_actions = {},
                             .data_actions = {metadata, containers + "items/read", containers + "executeQuery",
                                              containers + "readChangeFeed"},
                             .not_data_actions = {}}},
            .doubt = {}};
  }
  if (own == "00000000-0000-0000-0000-000000000002") {
    return {.name = "Cosmos DB Built-in Data Contributor",
            .permissions = {{.actions = {},
                             .not_actions = {},
                             .data_actions = {metadata, containers + "*", containers + "items/*"},
                             .not_data_actions = {}}},
            .doubt = {}};
  }
  const std::string name = own.empty() ? "a role that cannot be read" : "role `" + own + "`";
  return {.name = name, .permissions = {}, .doubt = "what " + name + " lets do is not known"};
}

bool role_lets(const RoleRead& role, std::string_view operation) {
  return lets_any(role, {.name = operation, .on_data = true, .means = {}});
}

bool role_may_control(const RoleRead& role, std::string_view operation) {
  return !role.doubt.empty() || lets_any(role, {.name = operation, .on_data = false, .means = {}});
}

bool role_may_concern(const RoleRead& role, std::string_view provider) {
  const std::string own = lower(provider) + "/";
  const auto is_of = [&](const std::string& pattern) {
    const std::string head = lower(pattern.substr(0, pattern.find('*')));
    return head.size() < own.size() ? own.starts_with(head) : head.starts_with(own);
  };
  return !role.doubt.empty() ||
         std::any_of(role.permissions.begin(), role.permissions.end(), [&](const Permission& each) {
           return std::any_of(each.actions.begin(), each.actions.end(), is_of) ||
                  std::any_of(each.data_actions.begin(), each.data_actions.end(), is_of);
         });
}

std::vector<Action> all_actions(ServiceKind kind) {
  std::vector<Action> out;
  for (const Operation& each : operations_of(kind).operations) {
    if (each.means) out.push_back(*each.means);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Granted granted(const RoleRead& role, ServiceKind kind, std::string_view at) {
  if (!role.doubt.empty()) return {.actions = all_actions(kind), .in_part = {}, .doubt = role.doubt};
  const KindOperations& operations = operations_of(kind);
  Granted out;
  std::set<Action> some;
  std::set<Action> lacks;
  for (const Operation& operation : operations.operations) {
    if (!operation.means) continue;
    const bool let = is_done_at(at, operation.name) && lets_any(role, operation);
    if (let) some.insert(*operation.means);
    if (!let && operation.needed && *operation.means != Action::Administer) lacks.insert(*operation.means);
  }
  for (const Action each : some) (lacks.contains(each) ? out.in_part : out.actions).push_back(each);
  for (const Permission& permission : role.permissions) add_unlisted(permission, operations, out);
  std::sort(out.actions.begin(), out.actions.end());
  out.actions.erase(std::unique(out.actions.begin(), out.actions.end()), out.actions.end());
  if (!out.doubt.empty()) return {.actions = all_actions(kind), .in_part = {}, .doubt = std::move(out.doubt)};
  return out;
}

std::string some_of(const RoleRead& role) { return role.name + " gives some of what it takes, and not all"; }

}  // namespace crenel::azure::lifting
