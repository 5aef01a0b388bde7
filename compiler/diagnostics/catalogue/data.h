#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN045x: services. CRN055x: what is done with them.
namespace crenel::diagnostics {

// ---- services
inline constexpr DiagnosticKind<std::string, std::string> kNotWholeDays{
    "CRN0451", Severity::Error, "time that is not in days", "`{}` of `{}` is not a number of whole days"};
inline constexpr DiagnosticKind<std::string, std::string> kIdleGuard{"CRN0456", Severity::Error,
                                                                     "guard that guards nothing", "guard `{}` {}"};

// ---- flows of data
inline constexpr DiagnosticKind<std::string, std::string, std::string> kActionNotTaken{
    "CRN0551", Severity::Error, "action that its destination does not take",
    "`{}` is not done with `{}`, which takes {}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kCannotAct{
    "CRN0552", Severity::Error, "source that cannot act", "`{}` cannot do anything with `{}`: {}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kNoPathToService{
    "CRN0553", Severity::Error, "service without a path", "`{}` has no way to `{}`: tier `{}` has no endpoint for it"};
inline constexpr DiagnosticKind<std::string, std::string> kRequestsNotAdmitted{
    "CRN0554", Severity::Error, "requests that go over the Internet",
    "requests from `{}` to `{}` go over the Internet, and no flow admits their packets"};
inline constexpr DiagnosticKind<std::string> kSiteUnknown{
    "CRN0555", Severity::Error, "site that a service cannot tell",
    "site `{}` has neither public addresses nor identities, so no service can tell who comes from there"};
inline constexpr DiagnosticKind<std::string, std::string> kTriggerDenied{
    "CRN0556", Severity::Error, "trigger that is denied", "`{}` starts function `{}`, and that is denied"};
inline constexpr DiagnosticKind<std::string> kFunctionOutside{
    "CRN0557", Severity::Error, "function with the provider's Internet access",
    "function `{}` is in no tier, so it reaches the Internet in the provider's own way"};
inline constexpr DiagnosticKind<std::string, std::string> kFunctionPackets{
    "CRN0558", Severity::Error, "packets of a function outside every tier",
    "function `{}` is in no tier: no flow of {} can be held to"};

}  // namespace crenel::diagnostics
