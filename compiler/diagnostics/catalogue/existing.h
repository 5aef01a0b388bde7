#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN046x: things that were made elsewhere.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string> kOneThingTwice{
    "CRN0461", Severity::Error, "one thing by two names", "`{}` and `{}` are one thing that was made elsewhere"};
inline constexpr DiagnosticKind<std::string, std::string> kElsewhere{
    "CRN0462", Severity::Error, "what cannot be asked of a thing made elsewhere", "`{}` is made elsewhere: {}"};

}  // namespace crenel::diagnostics
