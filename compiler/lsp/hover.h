#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lsp/library.h"
#include "compiler/model/design.h"

namespace crenel::lsp {

/// What there is to say of the word at `offset`, in Markdown: of a declared thing its documentation, the block that is
/// planned for it, whom it reaches and who reaches it (in the designs that the file last came to); of an attribute its
/// type; of a keyword what it declares; of an imported name its declaration. Empty where there is nothing.
[[nodiscard]] std::string hover(const Module& module, std::size_t offset, const std::vector<model::Design>& designs);

/// The module that an import of the file takes `name` from, as it is written there; empty when none does.
struct ImportedFrom {
  std::string module;
  bool is_path = false;
};
[[nodiscard]] ImportedFrom imported_from(const syntax::File& file, std::string_view name);

}  // namespace crenel::lsp
