#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

/// The diagnostics as they are shown: those without a place first, then by source in the order the sources were first
/// read, then by where they begin; at one place in the order they were found. Of several with the same code, place and
/// message (a pattern is checked once for every provider, and for every stack that uses it: names in backquotes are the
/// same with the path of the use before them) only the first is kept.
[[nodiscard]] std::vector<Diagnostic> in_reading_order(const Diagnostics& diagnostics);

}  // namespace crenel::diagnostics
