#include "compiler/sema/target_sources.h"

namespace crenel::sema {
namespace {

std::optional<DefinitionId> named(const Program& program, ModuleId module, const syntax::Path& path,
                                  DefinitionKind kind) {
  if (path.names.size() != 1) return std::nullopt;
  const auto found = find(program, module, path.names[0].text);
  if (!found || program.definitions[*found].kind != kind) return std::nullopt;
  return found;
}

}  // namespace

const syntax::Property* property_named(const std::vector<syntax::Property>& properties, std::string_view name) {
  for (const auto& property : properties) {
    if (property.name.text == name) return &property;
  }
  return nullptr;
}

std::vector<HandbookEntry> entries_of(const syntax::Handbook& handbook) {
  std::vector<HandbookEntry> out;
  const auto* property = property_named(handbook.properties, "patterns");
  const auto* list = property != nullptr ? std::get_if<syntax::ListExpr>(&property->value->node) : nullptr;
  if (list == nullptr) return out;
  for (const auto& item : list->items) {
    if (const auto* path = std::get_if<syntax::PathExpr>(&item->node)) {
      out.push_back({.pattern = &path->path, .arguments = nullptr});
    } else if (const auto* call = std::get_if<syntax::CallExpr>(&item->node)) {
      out.push_back({.pattern = &call->callee, .arguments = &call->arguments});
    } else {
      out.push_back({});
    }
  }
  return out;
}

std::optional<DefinitionId> pattern_of(const Program& program, const Target& target) {
  const DefinitionId declaration(target.declaration);
  if (target.origin == Target::Origin::Pattern) return declaration;
  if (target.origin == Target::Origin::Stack) return std::nullopt;
  if (target.origin == Target::Origin::Test) {
    const Definition& test = program.definitions[declaration];
    return named(program, test.module, std::get<syntax::Test>(test.item->node).pattern, DefinitionKind::Pattern);
  }
  const Definition& handbook = program.definitions[declaration];
  const auto entries = entries_of(std::get<syntax::Handbook>(handbook.item->node));
  const syntax::Path* path = entries.at(target.variant).pattern;
  return path == nullptr ? std::nullopt : named(program, handbook.module, *path, DefinitionKind::Pattern);
}

std::optional<DefinitionId> environment_of(const Program& program, const Target& target) {
  const Definition& stack = program.definitions[DefinitionId(target.declaration)];
  const auto& node = std::get<syntax::Stack>(stack.item->node);
  return named(program, stack.module, node.environments.at(target.variant), DefinitionKind::Environment);
}

}  // namespace crenel::sema
