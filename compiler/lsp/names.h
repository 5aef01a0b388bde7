#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/base/source.h"
#include "compiler/lsp/program.h"

/// What every name of a program means, read off the trees alone, so that it is known while other things are wrong:
/// for definitions, references, renaming and colours.
namespace crenel::lsp {

using SymbolId = base::Id<struct SymbolTag>;
using Members = std::map<std::string, SymbolId, std::less<>>;

/// Something that is declared.
struct Symbol {
  std::string keyword;  ///< "group", "pattern", "parameter", "rule", "use", "variable" (of a `where`) …
  std::string name;
  base::Span span;                      ///< of the name where it is declared
  Members members;                      ///< what a dot behind it reaches: tiers, rules, what a pattern declares
  std::optional<SymbolId> stands_for;   ///< of a `use`: the pattern, whose members are reached
  std::vector<std::string> words;       ///< of a parameter `one of`: its words
  std::optional<SymbolId> inside = {};  ///< the pattern, stack, policy or network that declares it
};

struct NameUse {
  base::Span span;
  SymbolId symbol;
  bool declares = false;
};

/// A word that names nothing declared.
enum class WordKind : std::uint8_t {
  Builtin,    ///< `internet`, `any`, `nat`
  Attribute,  ///< before an equals sign
  Word,       ///< of an enumeration, or an action on data
  Fact,       ///< behind the dot of a variable
};
struct OtherWord {
  base::Span span;
  WordKind kind = WordKind::Word;
};

struct Names {
  base::Table<SymbolId, Symbol> symbols;
  std::vector<NameUse> uses;      ///< by file, then place; a name with two meanings (in a waiver) is there twice
  std::vector<OtherWord> others;  ///< by file, then place
};

[[nodiscard]] Names names_of(const Program& program);

/// What stands at a place; null where no name does.
[[nodiscard]] const NameUse* use_at(const Names& names, base::SourceId source, std::size_t offset);

}  // namespace crenel::lsp
