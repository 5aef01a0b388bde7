#pragma once

#include <string_view>

#include "backends/document/tree_builder.h"

namespace crenel::document {

/// Reads the whole of `text`, which is UTF-8: one document of YAML. False, and reported, when it is none.
[[nodiscard]] bool read_yaml(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::document
