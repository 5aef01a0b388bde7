#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

/// Azure Policy as its documentation has it: whether a rule denies a request. No more of the language than guards'
/// policies need; what else stands in a rule is an error (std::runtime_error), as is an alias that is not published.
/// learn.microsoft.com, "Azure Policy definition structure policy rule", "Author policies for array properties on Azure
/// resources" (2026-11-28).
namespace crenel::checker {

struct PolicyRequest {
  std::string type;  ///< "Microsoft.Network/networkSecurityGroups"
  std::string name;  ///< full: with its parents' names
  nlohmann::json properties;
  std::string application;  ///< who asks; empty: the token has no such claim
};

struct Policy {
  nlohmann::json rule;        ///< `policyRule`, its brackets not doubled
  nlohmann::json parameters;  ///< by name, the values
  /// No page says what `field()` selects of a member that has not the property: null, or nothing.
  bool missing_is_null = true;
};

/// Whether the rule's condition holds; its effect is not looked at.
[[nodiscard]] bool applies(const Policy& policy, const PolicyRequest& request);
/// Where an alias leads: "properties.securityRules[*].properties.access". Throws where it is none.
[[nodiscard]] const std::string& path_of_alias(const std::string& alias);

}  // namespace crenel::checker
