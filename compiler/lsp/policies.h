#pragma once

#include <vector>

#include "compiler/lsp/scopes.h"
#include "compiler/syntax/ast.h"

namespace crenel::lsp {

/// The policies that a test of the file is under: those that it names, those of its environment, and those that these
/// are under in their turn.
[[nodiscard]] std::vector<SymbolId> policies_over(const Program& program, const Declared& declared,
                                                  const FileScope& file, const syntax::Test& test);

}  // namespace crenel::lsp
