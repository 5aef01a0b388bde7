#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

/// The page of a code as Markdown, as `page` in pages.h finds it.
using PageLookup = std::optional<std::string_view> (*)(std::string_view code);

/// The diagnostics as one SARIF 2.1.0 document, for code scanning and editors; ends in a line feed. Rules are the codes
/// that occur, sorted, each with its page as help; notes with a place are related locations; every fix is there, and a
/// safe one says so in `properties.safe`. Columns count code points. `partialFingerprints` are of the code, the path
/// and the line's text, so that a finding stays the same one when the lines above it change. A path below the root is
/// a relative reference; what secret texts say is not in the document.
[[nodiscard]] std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources,
                                       std::string_view version, PageLookup page);

}  // namespace crenel::diagnostics
