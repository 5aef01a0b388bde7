#include <algorithm>

#include "compiler/sema/rules.h"
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

void add_names(const std::vector<syntax::UnderItem>& items, ModuleId module, std::vector<PolicyName>& out) {
  for (const auto& item : items) {
    for (const auto& policy : item.policies) out.push_back({.path = &policy, .module = module});
  }
}

/// Those of an environment.
void add_names(const Program& program, DefinitionId environment, std::vector<PolicyName>& out) {
  const Definition& definition = program.definitions[environment];
  add_names(std::get<syntax::Environment>(definition.item->node).under, definition.module, out);
}

/// Those of a handbook.
void add_names(const Definition& handbook, std::vector<PolicyName>& out) {
  const auto& node = std::get<syntax::Handbook>(handbook.item->node);
  const auto* policies = property_named(node.properties, "policies");
  const auto* list = policies != nullptr ? std::get_if<syntax::ListExpr>(&policies->value->node) : nullptr;
  for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
    const auto* path = std::get_if<syntax::PathExpr>(&list->items[i]->node);
    if (path != nullptr) out.push_back({.path = &path->path, .module = handbook.module});
  }
}

/// What a test claims of its instance: the pattern's own names come first, then those of the file that holds the test.
void assert_test(Expansion& x, Instance& instance, const Definition& test) {
  instance.scope.module = test.module;
  const Context context{.scope = &instance.scope, .conditions = {}, .live = true, .statement = "a test"};
  for (const auto& assertion : std::get<syntax::Test>(test.item->node).assertions) {
    if (const auto* claim = std::get_if<syntax::Claim>(&assertion)) {
      Context inner = context;
      add_condition(x, inner, claim->when.get());
      resolve_claim(x, inner, *claim, base::join(claim->from.span, claim->to.span), {});
    } else {
      const auto& require = std::get<syntax::Require>(assertion);
      require_here(x, context, require, base::join(require.binders.front().kind.span, require.condition->span));
    }
  }
}

const Definition& definition_of(const Expansion& x, const Target& target) {
  return x.program.definitions[DefinitionId(target.declaration)];
}

/// Reads the environment that a test names; false after an error.
bool enter_environment(Expansion& x, const Target& target, std::vector<PolicyName>& policies) {
  const Definition& definition = definition_of(x, target);
  const auto& test = std::get<syntax::Test>(definition.item->node);
  if (!test.environment) return true;
  const auto environment = find(x.program, definition.module, test.environment->names.front().text);
  if (!environment || x.program.definitions[*environment].kind != DefinitionKind::Environment) return false;
  x.environment_definition = environment;
  x.environment = read_environment(x, *environment);
  add_names(x.program, *environment, policies);
  return x.environment.has_value();
}

void elaborate_pattern(Expansion& x, const Target& target, Elaboration& out) {
  const auto id = pattern_of(x.program, target);
  if (!id) return;  // reported with the targets
  const Definition& definition = x.program.definitions[*id];
  const auto& pattern = std::get<syntax::Pattern>(definition.item->node);
  Instance& instance = open_target(x, *id, pattern.statements);
  const std::vector<syntax::Argument> none;
  const std::vector<syntax::Argument>* arguments = &none;
  std::vector<PolicyName> policies;
  Context context{.scope = &instance.scope, .conditions = {}, .live = true, .statement = "an argument"};
  if (target.origin == Target::Origin::Handbook) {
    const Definition& handbook = x.program.definitions[DefinitionId(target.declaration)];
    const auto& node = std::get<syntax::Handbook>(handbook.item->node);
    const auto entries = entries_of(node);
    if (entries.at(target.variant).arguments != nullptr) arguments = entries.at(target.variant).arguments;
    context.scope = module_scope(x, handbook.module);
    add_names(handbook, policies);
  }
  const bool test = target.origin == Target::Origin::Test;
  if (test) {
    const auto& node = std::get<syntax::Test>(definition_of(x, target).item->node);
    arguments = &node.arguments;
    context.scope = module_scope(x, definition_of(x, target).module);
    if (!enter_environment(x, target, policies)) return;
    add_names(node.under, definition_of(x, target).module, policies);
  }
  bind_parameters(x, instance, pattern, context, *arguments);
  expand(x, instance);
  resolve_assertions(x, instance);
  if (test) assert_test(x, instance, definition_of(x, target));
  apply_policies(x, policies_named(x, policies));
  out.doc = definition.item->doc;
  out.span = definition.name_span;
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
  x.environment_definition = environment;
  x.stack_definition = id;
  Instance& instance = open_target(x, id, stack.statements);
  declare(x, instance);
  const Context context{.scope = &instance.scope, .conditions = {}, .live = true, .statement = {}};
  std::map<std::string, Value> attributes;
  read_properties(x, context, stack.properties, "stack", "stack `" + definition.name + "`", definition.name_span,
                  attributes);
  evaluate_attributes(x, instance);
  check_sites(x);
  resolve_flows(x, instance);
  x.stack_attributes = attributes;
  resolve_assertions(x, instance);
  std::vector<PolicyName> policies;
  add_names(x.program, *environment, policies);
  add_names(stack.under, definition.module, policies);
  apply_policies(x, policies_named(x, policies));
  if (const auto region = attributes.find("region"); region != attributes.end()) {
    out.region = std::get<Word>(region->second.node).text;
  }
  for (const syntax::Property& each : stack.properties) {
    if (each.name.text == "region") out.region_span = each.span;
  }
  out.doc = definition.item->doc;
  out.span = definition.name_span;
}

/// Who says which blocks of IPv6 networks have, at the providers that the target is for.
void choose_ipv6(const World& world, const Target& target, Elaboration& out) {
  for (const std::string& provider : target.providers) {
    const bool is_local =
        std::any_of(world.providers.begin(), world.providers.end(),
                    [&](const model::ProviderSchema* each) { return each->provider == provider && each->local_ipv6; });
    if (is_local) {
      out.local_ipv6 = true;
    } else {
      out.ipv6_giver = provider;
    }
  }
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
  Elaboration out = finish(x);
  out.overrides = std::move(x.overrides);
  out.verbatims = std::move(x.verbatims);
  out.name = target.name;
  out.doc = std::move(head.doc);
  out.span = head.span;
  out.parameterised = head.parameterised;
  out.region = std::move(head.region);
  out.region_span = head.region_span;
  out.providers = target.providers;
  choose_ipv6(world, target, out);
  const bool good = !found.has_errors() && !x.instances.empty() && program.sound;
  append_new(diagnostics, found);
  return good ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace crenel::sema
