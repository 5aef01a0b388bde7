#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// What undoes changes: a workflow of a guard's that runs by the clock, looks at each security group, route table and
/// subnet of a list, and writes the whole of its properties back where they are not what the list says. Its text,
/// `code/revert.json`, is the same for all designs. The lift knows a workflow by nothing but this text and the list.
///
/// An element of the list is `{"id": …, "properties": …}`, the properties as the template has them. A clock and no
/// alert: an alert of the activity log comes minutes late or not at all, cannot leave out what the workflow itself
/// changes, and calls an address that whoever knows it may call. What is as it should be is not written, so nothing is
/// told every few minutes; names of types and ids are compared without their case, as Azure gives them back.
///
/// learn.microsoft.com, "Schema reference for trigger and action types in Azure Logic Apps": Recurrence (1 to 9,999,999
/// seconds), SingleInstance, Foreach, Select, If; "Reference guide to functions in expressions"; "Limits and
/// configuration reference for Azure Logic Apps": 8,192 characters of an expression, 131,072 of what one comes to,
/// 100,000 elements of a loop, 20 of them at once; "Authenticate access to Azure resources with managed identities in
/// Azure Logic Apps": type and audience. That Select may make texts is in no sentence of the reference; workflows that
/// run have it. Checked 2026-11-28.
namespace crenel::azure {

/// The text, by `code_text` (`prevention.h`).
inline constexpr std::string_view kRevertText = "revert.json";
inline constexpr std::string_view kWanted = "wanted";  ///< the list, as a parameter of the workflow
inline constexpr std::string_view kSchedule = "Schedule";

/// How soon a change is undone, in seconds; half of it lies between two runs, so that the other half is for a run.
inline constexpr std::int64_t kSoonestRevert = 60;
inline constexpr std::int64_t kLatestRevert = 86400;

/// What the workflow's identity may do, and all that undoing takes: "Azure permissions for Networking"; that joining
/// takes a right at what is joined: "Virtual network permissions", checked 2026-11-28.
inline constexpr auto kRevertOperations = std::to_array<std::string_view>({
    "Microsoft.Network/applicationSecurityGroups/joinNetworkSecurityRule/action",
    "Microsoft.Network/natGateways/join/action",
    "Microsoft.Network/networkSecurityGroups/join/action",
    "Microsoft.Network/networkSecurityGroups/read",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/routeTables/join/action",
    "Microsoft.Network/routeTables/read",
    "Microsoft.Network/routeTables/write",
    "Microsoft.Network/virtualNetworks/subnets/read",
    "Microsoft.Network/virtualNetworks/subnets/write",
});

}  // namespace crenel::azure
