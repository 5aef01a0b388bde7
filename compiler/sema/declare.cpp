#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/targets.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

/// What a statement declares: kind and name; no name for links and peerings.
struct Head {
  Kind kind;
  const syntax::Name* name;
};

Kind kind_of(const syntax::Name& keyword) {
  // The grammar lets only kinds stand here.
  return kind_of_keyword(keyword.text).value_or(Kind::Store);
}

std::optional<Head> head_of(const syntax::Statement& statement) {
  return std::visit(base::Overloaded{
                        [](const syntax::Network& n) {
                          return std::optional<Head>({Kind::Network, &n.name});
                        },
                        [](const syntax::Site& n) {
                          return std::optional<Head>({Kind::Site, &n.name});
                        },
                        [](const syntax::Group& n) {
                          return std::optional<Head>({Kind::Group, &n.name});
                        },
                        [](const syntax::Balancer& n) {
                          return std::optional<Head>({Kind::Balancer, &n.name});
                        },
                        [](const syntax::Appliance& n) {
                          return std::optional<Head>({Kind::Appliance, &n.name});
                        },
                        [](const syntax::Function& n) {
                          return std::optional<Head>({Kind::Function, &n.name});
                        },
                        [](const syntax::Data& n) {
                          return std::optional<Head>({kind_of(n.keyword), &n.name});
                        },
                        [](const syntax::Database& n) {
                          return std::optional<Head>({Kind::Database, &n.name});
                        },
                        [](const syntax::EndpointDecl& n) {
                          return std::optional<Head>({Kind::Endpoint, &n.name});
                        },
                        [](const syntax::Link&) {
                          return std::optional<Head>({Kind::Link, nullptr});
                        },
                        [](const syntax::Peer&) {
                          return std::optional<Head>({Kind::Peer, nullptr});
                        },
                        [](const syntax::Agent& n) {
                          return std::optional<Head>({Kind::Agent, &n.name});
                        },
                        [](const syntax::Guard& n) {
                          return std::optional<Head>({Kind::Guard, &n.name});
                        },
                        [](const syntax::Existing& n) {
                          return std::optional<Head>({kind_of(n.kind), &n.name});
                        },
                        [](const auto&) { return std::optional<Head>(); },
                    },
                    statement.node);
}

model::Path path_in(const Instance& instance, const std::string& name) {
  model::Path path = instance.path;
  path.push_back(name);
  return path;
}

std::vector<int> order_in(const Instance& instance, std::size_t statement) {
  std::vector<int> order = instance.order;
  order.push_back(static_cast<int>(statement));
  return order;
}

DeclaredId add_row(Expansion& x, Kind kind, model::Path path, base::Span name, const syntax::Statement& statement,
                   std::vector<int> order) {
  Row row;
  row.declared.kind = kind;
  row.declared.path = std::move(path);
  row.declared.name_span = name;
  row.declared.span = statement.span;
  row.declared.doc = statement.doc;
  if (statement.because) row.declared.because = statement.because->text;
  row.order = std::move(order);
  return x.rows.add(std::move(row));
}

void add_subnets(Expansion& x, const syntax::Network& network, const syntax::Statement& statement,
                 StatementState& state) {
  for (const auto& subnet : network.subnets) {
    model::Path path = x.rows[state.row].declared.path;
    path.push_back(subnet.name.text);
    std::vector<int> order = x.rows[state.row].order;
    order.push_back(static_cast<int>(state.subnets.size()));
    const DeclaredId id = add_row(x, Kind::Subnet, std::move(path), subnet.name.span, statement, std::move(order));
    Declared& declared = x.rows[id].declared;
    declared.span = subnet.span;
    declared.doc = subnet.doc;
    declared.because.clear();
    declared.home = state.row;
    declared.tier_kind = subnet.kind.text == "public"     ? model::TierKind::Public
                         : subnet.kind.text == "isolated" ? model::TierKind::Isolated
                                                          : model::TierKind::Private;
    state.subnets.push_back(id);
    const auto [first, added] =
        x.rows[state.row].members.emplace(subnet.name.text, Member{.id = id, .span = subnet.name.span});
    if (!added) {
      x.diagnostics.report(diagnostics::kDuplicateName, subnet.name.span, subnet.name.text)
          .notes.push_back({first->second.span, "the first is here"});
    }
  }
}

Instance& add_instance(Expansion& x, Instance& outer, const syntax::Use& use, std::size_t statement) {
  Instance& made = x.instances.emplace_back();
  made.outer = &outer;
  made.use = &use;
  made.path = path_in(outer, use.alias.text);
  made.order = order_in(outer, statement);
  return made;
}

void declare_statement(Expansion& x, Instance& instance, std::size_t index) {
  const syntax::Statement& statement = (*instance.statements)[index];
  StatementState& state = instance.states[index];
  const Symbol plain{.target = Variable{}, .span = {}, .is_private = statement.is_private, .conditions = {}};
  const auto name_it = [&](const syntax::Name& name, auto target) {
    Symbol symbol = plain;
    symbol.target = target;
    symbol.span = name.span;
    enter(x, instance, name, std::move(symbol));
  };
  if (const auto* let = std::get_if<syntax::Let>(&statement.node)) {
    instance.lets.push_back({.declaration = let});
    name_it(let->name, &instance.lets.back());
  } else if (const auto* use = std::get_if<syntax::Use>(&statement.node)) {
    state.used = &add_instance(x, instance, *use, index);
    name_it(use->alias, state.used);
  } else if (const auto head = head_of(statement)) {
    const bool named = head->name != nullptr;
    state.row = add_row(x, head->kind, path_in(instance, named ? head->name->text : ""),
                        named ? head->name->span : statement.span, statement, order_in(instance, index));
    if (named) name_it(*head->name, state.row);
    if (const auto* network = std::get_if<syntax::Network>(&statement.node)) add_subnets(x, *network, statement, state);
  }
}

const syntax::Expr* when_of(const syntax::Statement& statement) {
  if (const auto* flow = std::get_if<syntax::Flow>(&statement.node)) return flow->when.get();
  if (const auto* claim = std::get_if<syntax::Claim>(&statement.node)) return claim->when.get();
  return statement.when.get();
}

const syntax::Name* name_of(const syntax::Statement& statement) {
  if (const auto* let = std::get_if<syntax::Let>(&statement.node)) return &let->name;
  if (const auto* use = std::get_if<syntax::Use>(&statement.node)) return &use->alias;
  const auto head = head_of(statement);
  return head ? head->name : nullptr;
}

void decide_statement(Expansion& x, Instance& instance, std::size_t index) {
  const syntax::Statement& statement = (*instance.statements)[index];
  StatementState& state = instance.states[index];
  Context context{.scope = &instance.scope, .conditions = instance.conditions, .live = instance.live, .statement = {}};
  add_condition(x, context, when_of(statement));
  state.conditions = context.conditions;
  state.live = context.live;
  if (state.used != nullptr) {
    state.used->conditions = context.conditions;
    state.used->live = context.live;
  }
  if (const syntax::Name* name = name_of(statement)) {
    const auto symbol = instance.scope.names.find(name->text);
    if (symbol != instance.scope.names.end() && symbol->second.span == name->span) {
      symbol->second.conditions = context.conditions;
    }
  }
  const auto decide_row = [&](DeclaredId id, const Context& at) {
    Row& row = x.rows[id];
    row.live = at.live;
    row.conditions = at.conditions;
    row.context = at;
  };
  if (state.row.valid()) decide_row(state.row, context);
  for (std::size_t i = 0; i < state.subnets.size(); ++i) {
    Context inner = context;
    add_condition(x, inner, std::get<syntax::Network>(statement.node).subnets[i].when.get());
    decide_row(state.subnets[i], inner);
  }
}

void report_use_cycle(Expansion& x, const Instance& instance, DefinitionId definition) {
  std::vector<std::string> names = {x.program.definitions[definition].name};
  for (const Instance* at = instance.outer; at != nullptr; at = at->outer) {
    names.push_back(x.program.definitions[at->definition].name);
    if (at->definition == definition) break;
  }
  std::reverse(names.begin(), names.end());
  x.diagnostics.report(diagnostics::kUseCycle, instance.use->pattern.span, base::join(names, " → "));
}

/// Finds the pattern of a `use` and binds its parameters.
bool open_pattern(Expansion& x, Instance& instance) {
  const Context context{.scope = &instance.outer->scope,
                        .conditions = instance.conditions,
                        .live = instance.live,
                        .statement = "an argument"};
  const syntax::Use& use = *instance.use;
  const auto resolved = resolve(x, context, use.pattern);
  if (!resolved) return false;
  const auto* definition = std::get_if<DefinitionId>(&resolved->meaning);
  if (std::holds_alternative<Unknown>(resolved->meaning)) {
    report_unknown(x, context, use.pattern.names.front(), "a pattern");
    return false;
  }
  if (definition == nullptr || x.program.definitions[*definition].kind != DefinitionKind::Pattern) {
    report_wrong_kind(x, use.pattern, *resolved, "a pattern");
    return false;
  }
  for (const Instance* at = instance.outer; at != nullptr; at = at->outer) {
    if (at->definition != *definition) continue;
    report_use_cycle(x, instance, *definition);
    return false;
  }
  const Definition& found = x.program.definitions[*definition];
  const auto& pattern = std::get<syntax::Pattern>(found.item->node);
  for (const auto& provider : x.providers) {
    const bool for_it = std::any_of(pattern.providers.begin(), pattern.providers.end(),
                                    [&](const syntax::Name& name) { return name.text == provider; });
    if (pattern.providers.empty() || for_it) continue;
    x.diagnostics.report(diagnostics::kWrongProvider, use.pattern.span, pattern.name.text, provider)
        .notes.push_back({pattern.providers.front().span, "it says so here"});
  }
  instance.definition = *definition;
  instance.statements = &pattern.statements;
  instance.scope.module = found.module;
  instance.scope.instance = &instance;
  bind_parameters(x, instance, pattern, context, use.arguments);
  return true;
}

}  // namespace

void declare(Expansion& x, Instance& instance) {
  if (instance.progress != Instance::Progress::Waiting) return;
  instance.progress = Instance::Progress::Declaring;
  if (instance.use != nullptr && !open_pattern(x, instance)) {
    instance.broken = true;
    instance.progress = Instance::Progress::Done;
    return;
  }
  instance.states.resize(instance.statements->size());
  for (std::size_t i = 0; i < instance.statements->size(); ++i) declare_statement(x, instance, i);
  for (std::size_t i = 0; i < instance.statements->size(); ++i) decide_statement(x, instance, i);
  for (auto& state : instance.states) {
    if (state.used != nullptr) declare(x, *state.used);
  }
  instance.progress = Instance::Progress::Done;
}

DeclaredId module_row(Expansion& x, DefinitionId definition) {
  const auto known = x.module_rows.find(definition);
  if (known != x.module_rows.end()) return known->second;
  const Definition& found = x.program.definitions[definition];
  Row row;
  row.declared.kind = found.kind == DefinitionKind::Site ? Kind::Site : Kind::Agent;
  row.declared.path = {found.name};
  row.declared.name_span = found.name_span;
  row.declared.span = found.item->span;
  row.declared.doc = found.item->doc;
  // Before everything of the target, in the order in which modules were read.
  row.order = {-1, static_cast<int>(definition.index())};
  row.context = {.scope = module_scope(x, found.module), .conditions = {}, .live = true, .statement = {}};
  const DeclaredId id = x.rows.add(std::move(row));
  x.module_rows.emplace(definition, id);
  read_module_row(x, definition, id);
  return id;
}

}  // namespace crenel::sema
