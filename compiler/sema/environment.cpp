#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

const Value* attribute(const std::map<std::string, Value>& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? nullptr : &found->second;
}

}  // namespace

std::optional<model::Environment> read_environment(Expansion& x, DefinitionId environment) {
  const Definition& definition = x.program.definitions[environment];
  const auto& node = std::get<syntax::Environment>(definition.item->node);
  const Context context{.scope = module_scope(x, definition.module), .conditions = {}, .live = true, .statement = {}};
  const std::size_t errors = x.diagnostics.error_count();
  model::Environment out;
  out.origin = {.path = {definition.name}, .span = definition.name_span, .doc = definition.item->doc, .because = {}};
  std::map<std::string, Value> attributes;
  read_body(x, context, node.body, "environment", "environment `" + definition.name + "`", definition.name_span,
            attributes, out.settings);
  if (const auto* stage = attribute(attributes, "stage")) out.stage = std::get<Word>(stage->node).text;
  if (const auto* owner = attribute(attributes, "owner")) out.owner = std::get<std::string>(owner->node);
  if (const auto* admins = attribute(attributes, "network_admins")) {
    for (const auto& admin : std::get<List>(admins->node).items) {
      out.network_admins.push_back(std::get<std::string>(admin.node));
    }
  }
  return x.diagnostics.error_count() == errors ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace crenel::sema
