#pragma once

#include <string>
#include <vector>

namespace crenel::agreement {

/// Operations of Azure by what a design calls them, and the roles that are built in: tables of this interpreter alone.
struct AzureOperation {
  std::string name;
  bool on_data = true;  ///< else one of control
};
struct AzureAction {
  std::string word;
  std::vector<AzureOperation> needed;  ///< all of them make it work
  std::vector<AzureOperation> some;    ///< each of these does a part of it, as each of `needed` does
  bool control = false;                ///< asked of Azure itself, past the firewall of the thing
};
[[nodiscard]] const std::vector<AzureAction>& azure_actions(const std::string& kind);

/// All lists may have `*` for any text.
struct AzureRole {
  std::string id;
  std::vector<std::string> actions;
  std::vector<std::string> not_actions;
  std::vector<std::string> data_actions;
  std::vector<std::string> not_data_actions;
};
/// By itself, wherever it is assigned. What is in one list is never in the other.
[[nodiscard]] bool lets(const AzureRole& role, const AzureOperation& operation);
/// nullptr: none of the table.
[[nodiscard]] const AzureRole* azure_built_in(const std::string& id);
/// Those of Cosmos DB, by the last digit of their id.
[[nodiscard]] const AzureRole* cosmos_built_in(const std::string& id);

}  // namespace crenel::agreement
