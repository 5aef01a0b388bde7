#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN095x to CRN098x: requirements, rules of policies, waivers and tests.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string> kRequireBroken{
    "CRN0951", Severity::Error, "broken requirement", "{} does not keep this{}"};
inline constexpr DiagnosticKind<std::string, std::string> kRequireOpen{
    "CRN0952", Severity::Error, "undecided requirement", "whether {} keeps this is not decided: {}"};
inline constexpr DiagnosticKind<> kRequireVacuous{"CRN0953", Severity::Error, "vacuous requirement",
                                                  "this requires nothing: there is nothing of that kind"};
inline constexpr DiagnosticKind<std::string> kConditionOpen{"CRN0954", Severity::Error, "undecided condition",
                                                            "this condition is not decided: {}"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kRuleBroken{
    "CRN0961", Severity::Error, "broken rule", "{} breaks rule `{}`{}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kAdviceNotTaken{
    "CRN0962", Severity::Warning, "advice not taken", "{} goes against rule `{}`{}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kRemarkOfRule{
    "CRN0963", Severity::Note, "remark of a rule", "{} goes against rule `{}`{}"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kRuleOpen{
    "CRN0964", Severity::Error, "undecided rule", "whether {} keeps rule `{}` is not decided: {}"};

inline constexpr DiagnosticKind<std::string> kWaiverStale{"CRN0971", Severity::Error, "stale waiver",
                                                          "this waiver of `{}` has nothing to waive"};
inline constexpr DiagnosticKind<std::string, std::string> kWaiverExpired{"CRN0972", Severity::Error, "expired waiver",
                                                                         "this waiver of `{}` ended on {}"};
inline constexpr DiagnosticKind<std::string> kWaiverOfMandatory{
    "CRN0973", Severity::Error, "waiver of a mandatory rule", "rule `{}` is mandatory: nothing waives it"};
inline constexpr DiagnosticKind<> kWaiverMisplaced{"CRN0974", Severity::Error, "waiver in the wrong file",
                                                   "a waiver counts only in the file that an environment names"};
inline constexpr DiagnosticKind<std::string> kWaiversOwnFile{
    "CRN0975", Severity::Error, "environment that names its own file", "environment `{}` waives its own rules"};
inline constexpr DiagnosticKind<> kWaiverEnds{"CRN0978", Severity::Error, "waiver of a choice of ends",
                                              "a waiver names the ends that it covers, one by one"};
inline constexpr DiagnosticKind<> kWaiversPath{"CRN0977", Severity::Error, "file of waivers not written out",
                                               "the path of a file is expected, written out as a text"};
inline constexpr DiagnosticKind<std::string> kWaiverRule{"CRN0976", Severity::Error, "waiver without a rule",
                                                         "`{}` is no rule: POLICY.RULE is expected"};

inline constexpr DiagnosticKind<std::string> kNothingFails{"CRN0981", Severity::Error, "test that expects a fault",
                                                           "nothing breaks `{}`, and this test says that it fails"};

}  // namespace crenel::diagnostics
