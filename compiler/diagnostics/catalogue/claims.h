#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN06xx: claims that do not hold, and invariants of the language that a design breaks.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string, std::string> kNeverBroken{
    "CRN0601", Severity::Error, "broken `never`", "`{}` does not hold: {} is admitted{}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kOnlyBroken{
    "CRN0602", Severity::Error, "broken `only`", "`{}` does not hold: {} is admitted too{}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kAlwaysBroken{
    "CRN0603", Severity::Error, "broken `always`", "`{}` does not hold: {} is not admitted{}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kChainFound{
    "CRN0604", Severity::Error, "stepping stones", "`{}` does not hold: {} is admitted, step by step{}"};
inline constexpr DiagnosticKind<std::string, std::string> kClaimVacuous{"CRN0605", Severity::Error, "vacuous claim",
                                                                        "`{}` says nothing: {}"};
inline constexpr DiagnosticKind<std::string, std::string> kClaimUndecided{"CRN0606", Severity::Error, "undecided claim",
                                                                          "`{}` is not decided: {}"};
inline constexpr DiagnosticKind<std::string, std::string> kLoginToImmutable{
    "CRN0607", Severity::Error, "login to an immutable group", "group `{}` is immutable, and {} would administer it"};

}  // namespace crenel::diagnostics
