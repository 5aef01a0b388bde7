#pragma once

#include <string>
#include <vector>

#include "compiler/base/programs.h"
#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// `crenel handbook`: a site of static pages in the folder: a start page with search, a page for each target that
/// `build` would build, and the templates and certificates that it would write, under `templates/`. Pages need neither
/// a server nor the network. Pictures are laid out by Graphviz's `dot`. All or nothing: after an error nothing is
/// written. The paths written.
[[nodiscard]] std::vector<std::string> handbook(Compilation& compilation, const std::string& folder,
                                                const base::Programs& programs);

}  // namespace crenel::driver
