#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN08xx: parts of the language that this version checks by name and cannot compile.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string> kUnbuiltClause{"CRN0802", Severity::Error, "clause that is not built yet",
                                                            "`{}` is not built yet"};

}  // namespace crenel::diagnostics
