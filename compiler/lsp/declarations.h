#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/syntax/ast.h"

/// What a file declares, as an outline: for symbols, definitions and completion.
namespace crenel::lsp {

struct Declaration {
  std::string keyword;  ///< "group", "pattern", "service", "parameter" …
  std::string name;     ///< "web"; a link's "main to office"
  std::string detail;   ///< "in main.web"; may be empty
  std::string doc;
  std::string owner;  ///< of a tier, its network
  base::Span name_span;
  base::Span span;
  std::vector<Declaration> children;
};

[[nodiscard]] std::vector<Declaration> declarations_of(const syntax::File& file);

/// What `name` means at an offset: the declaration whose name stands there; the tier of the network `qualifier`, where
/// `main.` stands before it; what the item around it declares, tiers last; the file's own. Null when the file has none.
[[nodiscard]] const Declaration* find(const std::vector<Declaration>& declarations, std::string_view qualifier,
                                      std::string_view name, std::uint32_t offset);

/// The item that an offset is in; null between items.
[[nodiscard]] const Declaration* item_at(const std::vector<Declaration>& declarations, std::uint32_t offset);

/// Every declaration whose name can be written at an offset: those of the items around it, and the file's items.
[[nodiscard]] std::vector<const Declaration*> visible(const std::vector<Declaration>& declarations,
                                                      std::uint32_t offset);

}  // namespace crenel::lsp
