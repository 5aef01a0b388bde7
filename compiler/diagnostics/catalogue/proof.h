#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN09xx: templates held against the designs that they are made from, and questions about who reaches whom.
namespace crenel::diagnostics {

// Faults of the compiler itself: a template that it made is not right, or not known to be.
inline constexpr DiagnosticKind<std::string, std::string, std::string> kOwnTemplateWrong{
    "CRN0901", Severity::Error, "fault of crenel: wrong template", "crenel's own template for `{}` on {} is wrong: {}"};
/// Of a design whose parameters leave more open than can be gone through.
inline constexpr DiagnosticKind<std::string, std::string> kTooManyWays{
    "CRN0907", Severity::Error, "addresses that may lie in too many ways",
    "the parameters of `{}` let its addresses lie in more ways than can be gone through to prove its template for {}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kOwnTemplateUnproved{
    "CRN0902", Severity::Error, "fault of crenel: unproved template",
    "crenel cannot prove its own template for `{}` on {}: {}"};

/// Of a template that cannot say all that decides about it.
inline constexpr DiagnosticKind<std::string, std::string> kOwnTemplateOpen{
    "CRN0903", Severity::Warning, "template proved in part",
    "of the template for `{}` on {}, what comes over a direct line is not decided"};

// What is said in a provider's own words.
inline constexpr DiagnosticKind<std::string> kOverrideRead{
    "CRN0904", Severity::Error, "override of what the compiler reads",
    "this override of `{}` changes what the compiler reads, and so what is proved"};
inline constexpr DiagnosticKind<std::string> kVerbatimRead{
    "CRN0905", Severity::Error, "verbatim resource that changes the rest",
    "the verbatim resource `{}` changes what the compiler reads of the template"};
inline constexpr DiagnosticKind<std::string> kOutsideModel{"CRN0906", Severity::Warning, "resource outside the model",
                                                           "nothing is proved of the verbatim resource `{}`"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kTemplateWider{
    "CRN0911", Severity::Error, "template wider than declared",
    "the template admits {}{}, and nothing of `{}` declares it"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kTemplateNarrower{
    "CRN0912", Severity::Error, "template narrower than declared", "the template stops {}{}, and `{}` declares it"};
inline constexpr DiagnosticKind<std::string, std::string> kTemplateUndecided{
    "CRN0913", Severity::Error, "template undecided",
    "it is not decided whether the template admits what `{}` declares: {}"};
inline constexpr DiagnosticKind<std::string, std::string> kResourceUndeclared{
    "CRN0914", Severity::Error, "undeclared resource", "the template has `{}`, and nothing of `{}` declares it"};
inline constexpr DiagnosticKind<std::string, std::string> kResourceMissing{
    "CRN0915", Severity::Error, "missing resource", "the template makes nothing of `{}`, which `{}` declares"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kTemplateWeaker{
    "CRN0919", Severity::Error, "template weaker than declared",
    "the template does not keep what `{}` promises: `{}` {}"};
inline constexpr DiagnosticKind<std::string, std::string> kNoTemplate{"CRN0916", Severity::Error, "no template",
                                                                      "`{}` is no template of {}"};
inline constexpr DiagnosticKind<std::string> kChooseTarget{"CRN0917", Severity::Error, "several targets",
                                                           "`{}` has several targets to ask about"};
inline constexpr DiagnosticKind<std::string, std::string, std::string, std::string> kTemplateElsewhere{
    "CRN0918", Severity::Error, "template with another way",
    "the template sends {}{} {}, and `{}` declares another way"};

}  // namespace crenel::diagnostics
