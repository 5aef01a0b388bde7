#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lsp/declarations.h"

namespace crenel::lsp {

enum class ProposalKind { Keyword, Attribute, Value, Name, Module };

/// Something that could be written at a place.
struct Proposal {
  std::string label;
  ProposalKind kind = ProposalKind::Name;
  std::string detail;  ///< "group", "a whole number from 1 to 6"
  std::string doc;     ///< Markdown
};

/// What can stand at `offset`: statements and attributes from the schema tables, values of an attribute, names in
/// scope, services and modules of the library. The editor filters by what is typed already.
[[nodiscard]] std::vector<Proposal> proposals(std::string_view text, std::size_t offset,
                                              const std::vector<Declaration>& declarations);

}  // namespace crenel::lsp
