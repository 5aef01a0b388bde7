#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/lift.h"
#include "backends/azure/lift_scope.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

/// Templates written as texts, for tests of what is read out of them.
namespace crenel::azure::tests {

/// Reads a text that is a template.
[[nodiscard]] estate::Estate lifted(const std::string& text);
/// The codes that reading the text reports.
[[nodiscard]] std::vector<std::string> faults(const std::string& text);

/// A template with these parts: `parameters` and `variables` are the members of an object, `resources` elements.
[[nodiscard]] std::string template_of(std::string_view resources, std::string_view parameters = "",
                                      std::string_view variables = "");

/// The value of an expression (without its brackets) in a template with these parameters and variables.
[[nodiscard]] lifting::Value evaluated(const std::string& expression, std::string_view parameters = "",
                                       std::string_view variables = "");
/// … written as it would be in an expression.
[[nodiscard]] std::string value(const std::string& expression, std::string_view parameters = "",
                                std::string_view variables = "");

/// A network `net` 10.0.0.0/16 with the subnet `app` 10.0.0.0/24; `more` are further members of the subnet's
/// properties.
[[nodiscard]] std::string network(std::string_view more = "", std::string_view api_version = "2025-05-01");
/// A security group with these rules.
[[nodiscard]] std::string security_group(std::string_view name, std::string_view rules);
/// A rule of TCP on every port from everywhere to everywhere; members of `more` come instead.
[[nodiscard]] std::string rule(std::string_view name, int priority, std::string_view direction, std::string_view access,
                               std::string_view more = "");
/// A network interface in `net/app`; `more` are further members of its configuration's properties.
[[nodiscard]] std::string network_interface(std::string_view name, std::string_view group = "",
                                            std::string_view more = "");
/// The ids of the resources above, as members of an object: `"id": "…"`.
[[nodiscard]] std::string id(std::string_view type, std::string_view name);

[[nodiscard]] const estate::Interface& interface_named(const estate::Estate& estate, std::string_view name);
[[nodiscard]] const estate::Subnet& subnet_named(const estate::Estate& estate, std::string_view name);
[[nodiscard]] const estate::RuleList& list_named(const estate::Estate& estate, std::string_view name);
[[nodiscard]] const estate::Rule& rule_named(const std::vector<estate::Rule>& rules, std::string_view name);
[[nodiscard]] bool has_unknown(const estate::Estate& estate, std::string_view part);
[[nodiscard]] estate::Block block(std::string_view prefix);
[[nodiscard]] estate::Kind kind(std::uint8_t protocol, std::uint16_t first, std::uint16_t last);

}  // namespace crenel::azure::tests
