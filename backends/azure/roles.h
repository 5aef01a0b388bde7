#pragma once

#include <string_view>
#include <vector>

#include "backends/azure/expression.h"
#include "compiler/model/design.h"

/// Which role says exactly a data action. Where a built-in role says no more it is taken; else the template defines
/// one. learn.microsoft.com, "Azure built-in roles" (Storage, Security, Integration), ids held against the list as
/// Azure gave it out in August 2026, and "Azure permissions" for the operations: see lift_operations.h.
namespace crenel::azure {

struct Role {
  std::string_view key;       ///< of the template's variable: "StoreWrite"
  std::string_view title;     ///< of a role that the template defines
  std::string_view built_in;  ///< its id; empty: the template defines it
  std::vector<std::string_view> actions;
  std::vector<std::string_view> data_actions;  ///< of a built-in role: where a condition may name them
};

/// Lets services wrap and unwrap keys, and read what can be read of them: Key Vault Crypto Service Encryption User.
inline constexpr std::string_view kEncryptionUser = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

/// What storage accounts are used for beside flows ("Azure built-in roles", Storage).
inline constexpr std::string_view kBlobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";  ///< logs, lost events
/// What an app needs of its host: "Azure Functions developer guide", "Connecting to host storage with an identity".
inline constexpr std::string_view kBlobOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
inline constexpr std::string_view kQueueContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
/// Storage Queue Data Message Sender: Event Grid's.
inline constexpr std::string_view kQueueSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";

/// The role for one action on a service of that kind; nullptr where Azure has none (tables have roles of their own).
[[nodiscard]] const Role* role_for(const model::Endpoint& service, model::DataAction action);
/// Every role that the template may define.
[[nodiscard]] const std::vector<Role>& own_roles();

/// The condition of an assignment: every operation of the role on data by a private link, or by none ("Actions and
/// attributes for Azure role assignment conditions for Azure Blob Storage", attribute Is private link).
[[nodiscard]] std::string condition_by_link(const Role& role, bool by_link);
[[nodiscard]] Term built_in_role(std::string_view id);
[[nodiscard]] Term role_id(const Role& role);
/// The variable that holds the name of a role of the template.
[[nodiscard]] Term role_name(const Role& role);

}  // namespace crenel::azure
