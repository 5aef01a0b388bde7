#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

struct RenderOptions {
  bool color = false;  ///< ANSI escapes, for a terminal
};

/// One diagnostic for people; ends in a line feed:
///
///     net.crenel:12:16: error[CRN0301]: message
///        12 |   subnet app : privte { size = /24 }
///           |                ^~~~~~
///     net.crenel:3:1: note: the other place
///         3 | network main {
///           | ^~~~~~~
///     help: what to do
///     fix: say `private`
///        12 |   subnet app : private { size = /24 }
///           |                +++++++
///
/// Columns count code points. A line too long for a terminal is clipped around what matters.
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, const base::Sources& sources,
                                      RenderOptions options = {});

/// All of them, in the order given, an empty line between two. What one of them says is secret is masked in all.
[[nodiscard]] std::string render_text(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources,
                                      RenderOptions options = {});

}  // namespace crenel::diagnostics
