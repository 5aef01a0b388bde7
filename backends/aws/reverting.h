#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What undoes changes: a function of a guard's, whose text is `code/revert.py` behind a list of what the template
/// says. The lift knows the function by nothing but this text and the list.
///
/// The list is one row of JSON a line, every number and flag as a text, `["KIND",{properties}]`: first
/// `["Guard",{"Within":"300"}]` in seconds, then network after network, each `["Network",{"VpcId":"…"}]` and then its
/// security groups, rules, network ACLs, entries, route tables and routes in the template's order. Rules that stand in
/// their group have its `GroupId`.
namespace crenel::aws {

/// Names of embedded texts, by `code_text`: "revert.py".
[[nodiscard]] std::optional<std::string_view> code_text(std::string_view name);
[[nodiscard]] std::vector<std::string_view> code_names();

inline constexpr std::string_view kWantedStart = "WANTED = r'''\n";
/// What follows the list.
[[nodiscard]] std::string code_behind_wanted();

inline constexpr std::string_view kRevertRuntime = "python3.13";
inline constexpr std::string_view kRevertHandler = "index.handler";

/// Calls of EC2 by which the function changes something. Each knows the network of what it is about (`ec2:Vpc`): the
/// Service Authorization Reference, docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html,
/// rows of these actions; of rules of a group only `ModifySecurityGroupRules` is about the rule, too
/// (IAM/latest/UserGuide/reference_policies_examples_ec2_securitygroups-vpc.html). Gathered 2026-11-27.
inline constexpr auto kRevertActions = std::to_array<std::string_view>({
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateNetworkAclEntry",
    "ec2:CreateRoute",
    "ec2:DeleteNetworkAclEntry",
    "ec2:DeleteRoute",
    "ec2:ReplaceNetworkAclEntry",
    "ec2:ReplaceRoute",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
});
/// What those are about, as ARNs call it.
inline constexpr auto kRevertResources = std::to_array<std::string_view>({
    "network-acl",
    "route-table",
    "security-group",
});
/// By which it looks; of no resource in particular.
inline constexpr auto kRevertLooks = std::to_array<std::string_view>({
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupRules",
});

/// The calls that it undoes, as CloudTrail names them: of the table of changes, those of rules, entries and routes.
/// Sorted, each once.
[[nodiscard]] std::vector<std::string_view> undone_calls();

/// How soon a change is undone, in seconds: a rule's event takes its time, and Lambda keeps one for six hours
/// (lambda/latest/dg/invocation-async-error-handling.html).
inline constexpr int kSoonestRevert = 60;
inline constexpr int kLatestRevert = 21600;

}  // namespace crenel::aws
