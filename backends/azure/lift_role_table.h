#pragma once

#include <string_view>
#include <vector>

/// Azure's own roles, by id, with what they let do with the services that estates know.
/// Source: github.com/MicrosoftDocs/azure-docs, articles/role-based-access-control/built-in-roles/{general, privileged,
/// storage, security, integration, databases, compute, networking, monitor, identity}.md, checked 2026-11-26.
namespace crenel::azure::lifting {

struct BuiltInRole {
  std::string_view id;
  std::string_view name;
  std::vector<std::string_view> actions;
  std::vector<std::string_view> not_actions;
  std::vector<std::string_view> data_actions;
  std::vector<std::string_view> not_data_actions;
};

/// nullptr: none of those that are known here.
[[nodiscard]] const BuiltInRole* built_in_role(std::string_view id);

}  // namespace crenel::azure::lifting
