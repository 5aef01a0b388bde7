#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/base/source.h"
#include "compiler/sema/names.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/ast.h"

/// The inside of `Program`, for the passes of this room only.
namespace crenel::sema {

using ModuleId = base::Id<struct ModuleTag>;
using DefinitionId = base::Id<struct DefinitionTag>;

enum class DefinitionKind {
  Service,
  Addresses,
  Label,
  Let,
  Site,
  Agent,
  Environment,
  Policy,
  Pattern,
  Stack,
  Test,
  Handbook,
  Waiver
};
[[nodiscard]] std::string with_article(DefinitionKind kind);  ///< "a service"

/// One item of a file; a `label` with three names is three definitions. Tests, handbooks and waivers have no name.
struct Definition {
  DefinitionKind kind = DefinitionKind::Let;
  std::string name;
  base::Span name_span;
  ModuleId module;
  const syntax::Item* item = nullptr;  ///< lives as long as the program
};

struct Import {
  DefinitionId definition;
  base::Span span;
};

struct Module {
  std::string key;      ///< canonical path, or "std/services"
  std::string display;  ///< as messages show it
  std::string folder;   ///< what relative paths start from; empty is the working directory
  bool library = false;
  bool named = false;  ///< on the command line
  /// Something of it could not be read: an unknown name may be a consequence and is not reported.
  bool incomplete = false;
  base::SourceId source;
  syntax::File file;
  std::vector<DefinitionId> definitions;                       ///< in source order
  std::map<std::string, DefinitionId, std::less<>> own;        ///< what others may import
  std::map<std::string, Import, std::less<>> imported;         ///< names that imports bring in
  std::map<std::string, std::string, std::less<>> file_texts;  ///< `file("…")`: path as written → text
  std::set<std::string, std::less<>> unread;                   ///< `file("…")` that could not be read
};

struct Program {
  base::Table<ModuleId, Module> modules;
  base::Table<DefinitionId, Definition> definitions;
  std::vector<ModuleId> named;  ///< in the order of the command line
  std::vector<std::string> files;
  std::map<DefinitionId, ModuleId> waiver_files = {};  ///< of environments that name one
  std::vector<std::string> providers;                  ///< registry order
  bool sound = true;  ///< nothing went wrong while it was read: what is not there was never written
};

/// What `name` stands for in a module: its own declaration or an imported one.
[[nodiscard]] std::optional<DefinitionId> find(const Program& program, ModuleId module, std::string_view name);
/// Every name that the module knows, sorted: for "did you mean".
[[nodiscard]] std::vector<std::string> names_of(const Program& program, ModuleId module);

/// Enters the module's items into its table of names; reports duplicates and built-in names.
void declare_items(Program& program, ModuleId module, diagnostics::Diagnostics& diagnostics);
/// Binds the names of one import to the declarations of the module that it names.
void bind_import(Program& program, ModuleId importer, const syntax::Import& import, ModuleId imported,
                 diagnostics::Diagnostics& diagnostics);

/// Calls `visit` with every expression of the file, outer ones first.
void for_each_expression(const syntax::File& file, const std::function<void(const syntax::Expr&)>& visit);

}  // namespace crenel::sema
