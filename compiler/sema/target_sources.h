#pragma once

#include <optional>
#include <vector>

#include "compiler/sema/program.h"

/// What targets are made from: the lists that handbooks and stacks hold.
namespace crenel::sema {

/// One line of a handbook's `patterns`.
struct HandbookEntry {
  const syntax::Path* pattern = nullptr;
  const std::vector<syntax::Argument>* arguments = nullptr;  ///< null: none
};

[[nodiscard]] const syntax::Property* property_named(const std::vector<syntax::Property>& properties,
                                                     std::string_view name);
/// The handbook's patterns in order; what is no pattern's name has a null `pattern`.
[[nodiscard]] std::vector<HandbookEntry> entries_of(const syntax::Handbook& handbook);
/// The pattern that a handbook's or a pattern's target compiles; nothing for a stack.
[[nodiscard]] std::optional<DefinitionId> pattern_of(const Program& program, const Target& target);
/// The environment that a stack's target is for.
[[nodiscard]] std::optional<DefinitionId> environment_of(const Program& program, const Target& target);

}  // namespace crenel::sema
