#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN07xx: targets, stacks, environments, handbooks, policies' and tests' headers, and `--set`.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string> kDuplicateTarget{"CRN0701", Severity::Error, "two targets of one name",
                                                              "two targets are called `{}`"};
inline constexpr DiagnosticKind<std::string> kUnknownBinding{
    "CRN0702", Severity::Error, "`--set` of an unknown parameter", "no target has a parameter `{}`"};
inline constexpr DiagnosticKind<std::string> kDuplicateBinding{"CRN0703", Severity::Error, "`--set` given twice",
                                                               "`--set {}` is given twice"};
inline constexpr DiagnosticKind<std::string, std::string> kNoProvider{"CRN0704", Severity::Error, "no provider left",
                                                                      "pattern `{}` is not for {}"};
inline constexpr DiagnosticKind<> kHandbookEntry{"CRN0705", Severity::Error, "not a pattern of a handbook",
                                                 "a handbook lists patterns: a name, or a name with arguments"};
inline constexpr DiagnosticKind<std::string> kDuplicateEnvironment{
    "CRN0706", Severity::Error, "environment named twice", "the environment `{}` is named twice"};
inline constexpr DiagnosticKind<std::string, std::string> kWrongProvider{
    "CRN0707", Severity::Error, "pattern for another provider", "pattern `{}` is not for {}"};
inline constexpr DiagnosticKind<std::string> kDuplicateRule{"CRN0708", Severity::Error, "rule declared twice",
                                                            "the rule `{}` is declared twice"};
inline constexpr DiagnosticKind<std::string> kWaiverClause{"CRN0709", Severity::Error, "waiver without all clauses",
                                                           "a waiver needs exactly one `{}`"};
inline constexpr DiagnosticKind<std::string> kRuleClause{"CRN0711", Severity::Error, "rule without a reason",
                                                         "the rule `{}` needs one `because`"};

}  // namespace crenel::diagnostics
