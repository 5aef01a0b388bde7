#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/template.h"
#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

/// Guards: Event Grid tells of every change in the resource group that the Resource Manager makes for anybody but those
/// who are left alone, on a topic of the design.
namespace crenel::azure {

/// The claim of a token by which those who are left alone are known: the program that asks, not the person. A filter
/// names fields of two levels at most, and the claim with the person's id has dots in its name ("Filter events",
/// limitations).
inline constexpr std::string_view kExemptKey = "data.claims.appid";

/// Whether a guard tells of changes on the topic: Event Grid is let past its firewall then.
[[nodiscard]] bool is_told(const model::Design& design, model::TopicId topic);
void lower_guards(const model::Design& design, Template& out);
/// Alerts of the activity log that mail changes to the addresses that a guard names.
void lower_alerts(const model::Design& design, Template& out);
/// The action group that mails.
[[nodiscard]] Term mail_group_of(const model::Guard& guard);
/// How many alert rules a guard that mails has.
[[nodiscard]] std::size_t alert_rules();
void add_mail_residue(const std::string& name, std::vector<backend::Residue>& out);
/// Workflows that put back what somebody changed. After everything that they put back.
void lower_reverts(const model::Design& design, Template& out);
/// The tree with lists of what it says of networks: overrides change it after it is lowered.
[[nodiscard]] document::Value with_lists_of_reverts(const model::Design& design, document::Value tree);
void add_revert_residue(const std::string& name, bool mailed, std::vector<backend::Residue>& out);
/// What may lock a resource against deletion by the way; `what` it is: "What tells of changes".
[[nodiscard]] Resource lock_on(std::string name, const Term& scope, const Cause& cause,
                               const std::string& what = "What tells of changes");
void add_guard_residue(const model::Design& design, std::vector<backend::Residue>& out);
void add_guard_assumptions(const model::Design& design, std::vector<std::string>& out);

}  // namespace crenel::azure
