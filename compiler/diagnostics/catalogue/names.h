#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN02xx: names, what they stand for and where they may stand.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string> kUnknownName{"CRN0201", Severity::Error, "unknown name",
                                                                       "unknown name `{}`; {} is expected"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kWrongKind{
    "CRN0202", Severity::Error, "name of the wrong kind", "`{}` is {}; {} is expected"};
inline constexpr DiagnosticKind<std::string> kDuplicateName{"CRN0203", Severity::Error, "name declared twice",
                                                            "`{}` is declared twice"};
inline constexpr DiagnosticKind<std::string> kHidesOuter{"CRN0204", Severity::Error, "name hides an outer one",
                                                         "`{}` would hide a name that is known here already"};
inline constexpr DiagnosticKind<std::string> kReservedBuiltin{"CRN0205", Severity::Error, "built-in name declared",
                                                              "`{}` is built in and cannot be declared"};
inline constexpr DiagnosticKind<std::string, std::string> kNotExported{
    "CRN0206", Severity::Error, "import of an unknown name", "`{}` is not declared in {}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kUnknownAttribute{
    "CRN0207", Severity::Error, "unknown attribute", "{} has no attribute `{}`{}"};
inline constexpr DiagnosticKind<std::string> kDuplicateAttribute{"CRN0208", Severity::Error, "attribute given twice",
                                                                 "`{}` is given twice"};
inline constexpr DiagnosticKind<std::string, std::string> kMissingAttribute{
    "CRN0209", Severity::Error, "required attribute missing", "{} needs `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kUnknownMember{"CRN0210", Severity::Error, "unknown member",
                                                                         "{} has no member `{}`"};
inline constexpr DiagnosticKind<std::string> kPrivateMember{"CRN0211", Severity::Error, "private member",
                                                            "`{}` is private to its pattern"};
inline constexpr DiagnosticKind<std::string, std::string> kUnknownArgument{
    "CRN0212", Severity::Error, "unknown argument", "pattern `{}` has no parameter `{}`"};
inline constexpr DiagnosticKind<std::string> kDuplicateArgument{"CRN0213", Severity::Error, "argument given twice",
                                                                "an argument for `{}` is given twice"};
inline constexpr DiagnosticKind<> kUnnamedArgument{"CRN0214", Severity::Error, "argument without a name",
                                                   "arguments are named: `parameter: value`"};
inline constexpr DiagnosticKind<std::string> kUseCycle{"CRN0215", Severity::Error, "pattern that uses itself",
                                                       "these patterns use each other: {}"};
inline constexpr DiagnosticKind<std::string> kValueCycle{"CRN0216", Severity::Error, "cycle of values",
                                                         "these values depend on each other: {}"};
inline constexpr DiagnosticKind<std::string> kSwitchedOff{
    "CRN0217", Severity::Error, "reference to something conditional",
    "`{}` is not always there: this refers to it under another condition"};
inline constexpr DiagnosticKind<std::string> kUnknownProvider{"CRN0218", Severity::Error, "unknown provider",
                                                              "unknown provider `{}`"};
inline constexpr DiagnosticKind<std::string> kDuplicateProviderBlock{
    "CRN0219", Severity::Error, "two blocks for a provider", "a second block `on {}` of one declaration"};
inline constexpr DiagnosticKind<std::string> kUnusedParameter{"CRN0220", Severity::Warning, "unused parameter",
                                                              "nothing uses the parameter `{}`"};
inline constexpr DiagnosticKind<> kEnvOutsideStack{"CRN0221", Severity::Error, "`env` outside a stack",
                                                   "`env` is known in a stack only"};
inline constexpr DiagnosticKind<std::string, std::string> kNoSuchAction{"CRN0222", Severity::Error, "unknown action",
                                                                        "unknown action `{}`; {} is expected"};
inline constexpr DiagnosticKind<> kWorldAsEndpoint{"CRN0223", Severity::Error, "every address as an endpoint",
                                                   "every address there is cannot be an endpoint"};
inline constexpr DiagnosticKind<std::string> kEveryNotHere{"CRN0224", Severity::Error, "`every` or `exists` misplaced",
                                                           "`{}` can stand in a claim or a rule only"};
inline constexpr DiagnosticKind<std::string, std::string> kUnknownFact{"CRN0225", Severity::Error, "unknown fact",
                                                                       "{} has no fact `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kNotAHop{
    "CRN0227", Severity::Error, "not a way", "`{}` is {}; traffic goes via `nat`, a site or an appliance"};
inline constexpr DiagnosticKind<std::string> kUnknownFunction{"CRN0228", Severity::Error, "unknown function",
                                                              "there is no function `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kNotAnEndpoint{"CRN0229", Severity::Error, "not an endpoint",
                                                                         "`{}` is {}; it cannot be the end of a flow"};
inline constexpr DiagnosticKind<std::string> kOverrideValue{
    "CRN0230", Severity::Error, "override with a value that a template does not hold",
    "the value for `{}` is nothing that a template could hold here"};

}  // namespace crenel::diagnostics
