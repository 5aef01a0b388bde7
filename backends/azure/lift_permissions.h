#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/lift_context.h"

/// What roles let their holders do, in the words of estates.
namespace crenel::azure::lifting {

/// One entry of a role's permissions. Operations may have `*` for any text.
struct Permission {
  std::vector<std::string> actions;
  std::vector<std::string> not_actions;
  std::vector<std::string> data_actions;
  std::vector<std::string> not_data_actions;
};

struct RoleRead {
  std::string name;  ///< for messages: "Storage Blob Data Reader", "role `…` of the template"
  std::vector<Permission> permissions;
  std::string doubt;  ///< not empty: it is not known, or not wholly, what it lets do
};

/// A role by the id that an assignment gives: built in, or defined in the template.
[[nodiscard]] RoleRead read_role(const Context& context, const View& role_definition_id);

/// The same of a role that is Cosmos DB's own.
[[nodiscard]] RoleRead read_table_role(const Context& context, const View& role_definition_id);

/// What a role lets do with a service of that kind: each action once, in the order of the enumeration.
struct Granted {
  std::vector<estate::Action> actions;
  std::vector<estate::Action> in_part;  ///< some of the operations that the action takes, and not all
  std::string doubt;                    ///< of `actions`
  [[nodiscard]] bool none() const { return actions.empty() && in_part.empty(); }
};
/// Why what is granted in part is neither admitted nor denied.
[[nodiscard]] std::string some_of(const RoleRead& role);
/// `at`: the type of resource that the role is assigned at, in small letters: what is done with what that is in is not
/// let by it. Empty: all that the role has counts. (learn.microsoft.com, "Understand scope for Azure RBAC", checked
/// 2026-11-27)
[[nodiscard]] Granted granted(const RoleRead& role, estate::Service::Kind kind, std::string_view at = {});
/// Whether it lets do an operation on data.
[[nodiscard]] bool role_lets(const RoleRead& role, std::string_view operation);
/// Whether it lets do an operation of control, or may.
[[nodiscard]] bool role_may_control(const RoleRead& role, std::string_view operation);
/// Whether it lets do anything, or may, with what a resource provider ("Microsoft.Storage") has.
[[nodiscard]] bool role_may_concern(const RoleRead& role, std::string_view provider);
/// Everything that can be done with a service of that kind.
[[nodiscard]] std::vector<estate::Action> all_actions(estate::Service::Kind kind);

}  // namespace crenel::azure::lifting
