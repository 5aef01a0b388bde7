#pragma once

#include <optional>
#include <string>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::syntax {

/// The text in the one layout of the language: two blanks for each depth, one statement a line, rows of like statements
/// in columns, every comment where it was, at most one empty line in a row. What the author decides is whether a body
/// or a list stands on one line (where it fits) and where a long statement goes on in the next line.
/// Formatting twice is formatting once, and the tree that the text parses to is the same. Nothing after a syntax error.
[[nodiscard]] std::optional<std::string> format(const base::Sources& sources, base::SourceId source,
                                                diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::syntax
