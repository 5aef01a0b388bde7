#pragma once

#include <optional>
#include <string>

#include "compiler/base/programs.h"
#include "compiler/driver/compilation.h"

namespace crenel::driver {

enum class GraphFormat { Svg, Dot, Mermaid };

/// `crenel graph`: the picture of the one target that the request chooses (of several, none is drawn, and they are
/// told). SVG is laid out by Graphviz's `dot`. Nothing after an error.
[[nodiscard]] std::optional<std::string> graph(Compilation& compilation, GraphFormat format,
                                               const base::Programs& programs);

/// The picture of what changed from `older` to `newer`, as `diff` tells it: what became reachable, what no longer is,
/// and grey what stayed. Nothing after an error.
[[nodiscard]] std::optional<std::string> graph_changes(Compilation& older, Compilation& newer, GraphFormat format,
                                                       const base::Programs& programs);

/// An SVG by Graphviz from a description in its language; reports why there is none.
[[nodiscard]] std::optional<std::string> draw(const std::string& dot, const base::Programs& programs,
                                              diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::driver
