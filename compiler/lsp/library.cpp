#include "compiler/lsp/library.h"

#include <utility>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/parser.h"
#include "stdlib/library.h"

namespace crenel::lsp {

Module module_of(const std::string& path, std::string text) {
  Module out;
  const auto id = out.sources.add(path, std::move(text));
  diagnostics::Diagnostics told_elsewhere;
  out.file = syntax::parse(out.sources, id, told_elsewhere);
  out.declarations = declarations_of(out.file);
  return out;
}

std::optional<Module> library_module(std::string_view name) {
  const auto text = stdlib::module_text(name);
  if (!text) return std::nullopt;
  return module_of(std::string(name), std::string(*text));
}

}  // namespace crenel::lsp
