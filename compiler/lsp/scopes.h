#pragma once

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "compiler/lsp/names.h"

/// The inside of `names_of`: what is declared where, before anybody looks at who uses it.
namespace crenel::lsp {

/// The names that the items of a file are known by.
struct FileScope {
  Members own;
  Members imported;
};

struct Declared {
  Names names;                                                    ///< with the declarations among the uses
  std::vector<FileScope> scopes;                                  ///< parallel to the program's files
  std::map<std::uint32_t, std::map<std::uint32_t, SymbolId>> at;  ///< every declaration, by source and place
};

[[nodiscard]] Declared declare(const Program& program);

/// The declaration whose name stands at the span.
[[nodiscard]] std::optional<SymbolId> declared_at(const Declared& declared, base::Span span);

[[nodiscard]] std::optional<SymbolId> find_name(const FileScope& scope, std::string_view name);

}  // namespace crenel::lsp
