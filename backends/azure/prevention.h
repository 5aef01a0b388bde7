#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/resource_types.h"

/// The policy of a guard that forbids changes of networks. Its rule, `code/prevent.json`, is the same for all designs:
/// it denies what is on none of the lists that its assignment gives it, whoever asks but the applications left alone.
///
/// A list's element is a text: the resource's name, behind a slash the name of what stands in it, and for each property
/// of the table below what it says, as a JSON array: `WebNsg/DenyInRest[4096]["Inbound"]["Deny"]["*"]…`. A property
/// that is not there is `[]`.
///
/// learn.microsoft.com, "Azure Policy definition structure policy rule": functions, `requestContext().identity`, limits
/// (five counts of an array, 128 arguments); "Author policies for array properties on Azure resources": what `field()`
/// returns inside and outside of a count. Aliases: those that Get-AzPolicyAlias lists of Microsoft.Network and
/// Microsoft.Compute, as published in github.com/maciejporebski/azure-policy-aliases, 2026-08-22. Checked 2026-11-28.
namespace crenel::azure {

/// Names of embedded texts, by `code_text`: "prevent.json".
[[nodiscard]] std::optional<std::string_view> code_text(std::string_view name);
[[nodiscard]] std::vector<std::string_view> code_names();

/// A list of the policy: of which resources, of what in each, and which properties stand in an element.
struct PolicyList {
  std::string_view parameter;
  std::string_view type;
  std::string_view inside;  ///< the array whose members it has; empty: the resource itself
  std::vector<std::string_view> properties;
};
[[nodiscard]] const std::vector<PolicyList>& policy_lists();

/// How many members a resource's array has, by its name in small letters.
struct PolicyCount {
  std::string_view parameter;
  std::string_view type;
  std::string_view inside;
};
[[nodiscard]] const std::vector<PolicyCount>& policy_counts();

inline constexpr std::string_view kLeftAlone = "leftAlone";   ///< applications that ask
inline constexpr std::string_view kThings = "things";         ///< "TYPE/NAME" of each resource of the types below
inline constexpr std::string_view kPublicMembers = "public";  ///< scale sets whose members have public addresses
/// What a scale set has to have a name at for that.
inline constexpr std::string_view kPublicAddressOfMember =
    "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].properties.ipConfigurations[*]."
    "properties.publicIPAddressConfiguration.name";
/// Types of which nobody makes another one than the template's.
[[nodiscard]] const std::vector<std::string_view>& things_of_policy();

}  // namespace crenel::azure
