#pragma once

#include <string_view>
#include <vector>

/// Azure's own roles, by id, with what they let do with the services that estates know.
/// Source: learn.microsoft.com, "Azure built-in roles". Ids, names, and every operation on a service held on 2026-11-26
/// against the list as Azure gave it out in August 2026 (github.com/iann0036/iam-dataset,
/// azure/built-in-roles-raw.json); operations of alerts, support and deployments, which concern no service, are left
/// out.
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
