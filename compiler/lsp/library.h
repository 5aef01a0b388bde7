#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/lsp/declarations.h"

namespace crenel::lsp {

/// A text with what it declares.
struct Module {
  base::Sources sources;  ///< that one text
  syntax::File file;
  std::vector<Declaration> declarations;
};

/// Parses a text; what has errors is left out of its declarations.
[[nodiscard]] Module module_of(const std::string& path, std::string text);
/// A module of the library; nothing when it has none of that name.
[[nodiscard]] std::optional<Module> library_module(std::string_view name);

}  // namespace crenel::lsp
