#include <algorithm>

#include "compiler/sema/expansion.h"
#include "compiler/sema/schema.h"
#include "compiler/sema/target_sources.h"

namespace crenel::sema {

using diagnostics::Diagnostics;

namespace {

/// The stages that a stack's environments have: what `env.stage` can be.
std::vector<std::string> stages_of(const Program& program) {
  std::vector<std::string> out;
  for (const auto& definition : program.definitions) {
    const auto* environment = std::get_if<syntax::Environment>(&definition.item->node);
    const auto* stage = environment != nullptr ? property_named(environment->body.properties, "stage") : nullptr;
    const auto* word = stage != nullptr ? std::get_if<syntax::PathExpr>(&stage->value->node) : nullptr;
    if (word != nullptr && std::find(out.begin(), out.end(), word->path.names.back().text) == out.end()) {
      out.push_back(word->path.names.back().text);
    }
  }
  return out;
}

Instance& open_target(Expansion& x, DefinitionId definition, const std::vector<syntax::Statement>& statements) {
  Instance& instance = x.instances.emplace_back();
  instance.definition = definition;
  instance.statements = &statements;
  instance.scope.module = x.program.definitions[definition].module;
  instance.scope.instance = &instance;
  return instance;
}

void expand(Expansion& x, Instance& instance) {
  declare(x, instance);
  evaluate_attributes(x, instance);
  check_sites(x);
  resolve_flows(x, instance);
}

void elaborate_pattern(Expansion& x, const Target& target, Elaboration& out) {
  const auto id = pattern_of(x.program, target);
  if (!id) return;  // reported with the targets
  const Definition& definition = x.program.definitions[*id];
  const auto& pattern = std::get<syntax::Pattern>(definition.item->node);
  Instance& instance = open_target(x, *id, pattern.statements);
  const std::vector<syntax::Argument> none;
  const std::vector<syntax::Argument>* arguments = &none;
  Context context{.scope = &instance.scope, .conditions = {}, .live = true, .statement = "an argument"};
  if (target.origin == Target::Origin::Handbook) {
    const Definition& handbook = x.program.definitions[DefinitionId(target.declaration)];
    const auto& node = std::get<syntax::Handbook>(handbook.item->node);
    const auto entries = entries_of(node);
    if (entries.at(target.variant).arguments != nullptr) arguments = entries.at(target.variant).arguments;
    context.scope = module_scope(x, handbook.module);
    if (const auto* policies = property_named(node.properties, "policies")) {
      const auto* list = std::get_if<syntax::ListExpr>(&policies->value->node);
      if (list == nullptr || !list->items.empty()) note_unbuilt(x, context, "policies", policies->value->span);
    }
  }
  bind_parameters(x, instance, pattern, context, *arguments);
  expand(x, instance);
  out.doc = definition.item->doc;
  out.parameterised = true;
}

void elaborate_stack(Expansion& x, const Target& target, Elaboration& out) {
  const DefinitionId id(target.declaration);
  const Definition& definition = x.program.definitions[id];
  const auto& stack = std::get<syntax::Stack>(definition.item->node);
  x.stages = stages_of(x.program);
  const auto environment = environment_of(x.program, target);
  if (!environment) return;  // reported with the targets
  x.environment = read_environment(x, *environment);
  if (!x.environment) return;
  Instance& instance = open_target(x, id, stack.statements);
  declare(x, instance);
  const Context context{.scope = &instance.scope, .conditions = {}, .live = true, .statement = {}};
  std::map<std::string, Value> attributes;
  read_properties(x, context, stack.properties, "stack", "stack `" + definition.name + "`", definition.name_span,
                  attributes);
  for (const auto& under : stack.under) note_unbuilt(x, context, "under", under.policies.front().span);
  evaluate_attributes(x, instance);
  check_sites(x);
  resolve_flows(x, instance);
  if (const auto region = attributes.find("region"); region != attributes.end()) {
    out.region = std::get<Word>(region->second.node).text;
  }
  out.doc = definition.item->doc;
}

}  // namespace

std::optional<Elaboration> elaborate(World& world, const Program& program, const Target& target,
                                     const std::vector<Binding>& bindings, Diagnostics& diagnostics) {
  Diagnostics found;
  Expansion x(world, program, found, bindings);
  x.providers = target.providers;
  read_bindings(x);
  Elaboration head;
  if (target.origin == Target::Origin::Stack) {
    elaborate_stack(x, target, head);
  } else {
    elaborate_pattern(x, target, head);
  }
  resolve_question(x);
  report_unbuilt(x);
  Elaboration out = finish(x);
  out.name = target.name;
  out.doc = std::move(head.doc);
  out.parameterised = head.parameterised;
  out.region = std::move(head.region);
  const bool good = !found.has_errors() && !x.instances.empty() && program.sound;
  append_new(diagnostics, found);
  return good ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace crenel::sema
