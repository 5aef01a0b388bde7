#include <algorithm>

#include "compiler/sema/rules.h"
#include "compiler/sema/target_sources.h"

namespace crenel::sema {
namespace {

Value made_texts(const std::vector<std::string>& texts) {
  List list;
  for (const auto& text : texts) list.items.push_back(made(text));
  return made(std::move(list));
}

DeclaredId add_row(Expansion& x, Kind kind, model::Path path, base::Span name, base::Span span, std::size_t index) {
  Row row;
  row.declared.kind = kind;
  row.declared.path = std::move(path);
  row.declared.name_span = name;
  row.declared.span = span;
  row.order = {static_cast<int>(index)};
  row.for_rules = true;
  row.index = index;
  return x.rows.add(std::move(row));
}

/// The accounts of an environment: what its providers call one.
std::vector<std::string> accounts_of(const model::ProviderSettings& all) {
  std::vector<std::string> out;
  for (const auto& [provider, settings] : all) {
    for (const auto& [setting, value] : settings) {
      const auto* text = std::get_if<std::string>(&value);
      const bool account = setting == "account" || setting == "subscription" || setting == "project";
      if (text != nullptr && account) out.push_back(provider + ":" + *text);
    }
  }
  return out;
}

void add_environments(Expansion& x) {
  for (const DefinitionId id : x.program.definitions.ids()) {
    const Definition& definition = x.program.definitions[id];
    const auto* node = std::get_if<syntax::Environment>(&definition.item->node);
    if (node == nullptr) continue;
    const Context context{.scope = module_scope(x, definition.module), .conditions = {}, .live = true, .statement = {}};
    std::map<std::string, Value> attributes;
    model::ProviderSettings settings;
    read_body(x, context, node->body, "environment", "environment `" + definition.name + "`", definition.name_span,
              attributes, settings);
    attributes.emplace("accounts", made_texts(accounts_of(settings)));
    const DeclaredId row =
        add_row(x, Kind::Environment, {definition.name}, definition.name_span, definition.item->span, id.index());
    x.rows[row].declared.attributes = std::move(attributes);
  }
}

/// Every pattern that a handbook of the program lists.
std::set<DefinitionId> approved_patterns(const Program& program) {
  std::set<DefinitionId> out;
  for (const auto& definition : program.definitions) {
    const auto* handbook = std::get_if<syntax::Handbook>(&definition.item->node);
    if (handbook == nullptr) continue;
    for (const auto& entry : entries_of(*handbook)) {
      if (entry.pattern == nullptr || entry.pattern->names.size() != 1) continue;
      const auto found = find(program, definition.module, entry.pattern->names.front().text);
      if (found) out.insert(*found);
    }
  }
  return out;
}

struct Used {
  std::vector<std::string> patterns;
  std::vector<std::string> verbatim;
  bool approved = true;
};

/// What an instance's statements use. Patterns that an approved pattern uses are approved with it.
void collect(const Instance& instance, const Program& program, const std::set<DefinitionId>& approved, bool top,
             Used& used) {
  for (std::size_t i = 0; i < instance.states.size(); ++i) {
    if (!instance.states[i].live) continue;
    const syntax::Statement& statement = (*instance.statements)[i];
    if (const auto* raw = std::get_if<syntax::Verbatim>(&statement.node)) used.verbatim.push_back(raw->logical_id.text);
    if (top && std::holds_alternative<syntax::Network>(statement.node)) used.approved = false;
    const Instance* inner = instance.states[i].used;
    if (inner == nullptr || inner->broken) continue;
    used.patterns.push_back(program.definitions[inner->definition].name);
    if (top && !approved.contains(inner->definition)) used.approved = false;
    collect(*inner, program, approved, false, used);
  }
}

void add_stack(Expansion& x) {
  if (!x.stack_definition || x.instances.empty()) return;
  const Definition& definition = x.program.definitions[*x.stack_definition];
  Used used;
  collect(x.instances.front(), x.program, approved_patterns(x.program), true, used);
  std::map<std::string, Value> attributes = x.stack_attributes;
  attributes.emplace("provider", made(Word{x.providers.empty() ? "" : x.providers.front()}));
  attributes.emplace("approved", made(used.approved && !used.patterns.empty()));
  attributes.emplace("patterns", made_texts(used.patterns));
  attributes.emplace("verbatim", made_texts(used.verbatim));
  List networks;
  for (const DeclaredId id : things_of(x, Kind::Network)) networks.items.push_back(made(EntityRef{id}));
  attributes.emplace("networks", made(std::move(networks)));
  const DeclaredId row = add_row(x, Kind::Stack, {definition.name}, definition.name_span, definition.item->span, 0);
  x.rows[row].declared.attributes = std::move(attributes);
}

void add_flows(Expansion& x) {
  for (std::size_t i = 0; i < x.flows.size(); ++i) {
    if (!x.flows[i].first) continue;
    const FlowLine& flow = x.flows[i].second;
    auto facts = flow_facts(x, flow);
    // From an empty list, or to one: nothing flows.
    const bool nothing =
        std::get<List>(facts.at("from").node).items.empty() || std::get<List>(facts.at("to").node).items.empty();
    if (nothing) continue;
    const DeclaredId row = add_row(x, Kind::Flow, {flow.text}, flow.span, flow.span, i);
    x.rows[row].declared.because = flow.because;
    x.rows[row].declared.attributes = std::move(facts);
  }
}

void add_waivers(Expansion& x) {
  for (std::size_t i = 0; i < x.policies.waivers.size(); ++i) {
    const model::Waiver& waiver = x.policies.waivers[i];
    const DeclaredId row = add_row(x, Kind::Waiver, {waiver.rule}, waiver.span, waiver.span, i);
    Declared& declared = x.rows[row].declared;
    declared.because = waiver.because;
    declared.attributes.emplace("rule", made(waiver.rule));
    declared.attributes.emplace("owner", made(waiver.owner));
    declared.attributes.emplace("ticket", made(waiver.ticket));
    declared.attributes.emplace("until", made(Date{waiver.until.year, waiver.until.month, waiver.until.day}));
  }
}

/// Makes the rows of a kind that only rules speak of, once.
void make_rows(Expansion& x, Kind kind) {
  if (!x.rows_for_rules.insert(kind).second) return;
  if (kind == Kind::Environment) add_environments(x);
  if (kind == Kind::Stack) add_stack(x);
  if (kind == Kind::Flow) add_flows(x);
  if (kind == Kind::Waiver) add_waivers(x);
}

}  // namespace

std::vector<DeclaredId> things_of(Expansion& x, Kind kind) {
  make_rows(x, kind);
  std::vector<DeclaredId> all;
  for (const DeclaredId id : x.rows.ids()) {
    if (x.rows[id].declared.kind == kind && x.rows[id].live) all.push_back(id);
  }
  std::sort(all.begin(), all.end(), [&](DeclaredId a, DeclaredId b) { return x.rows[a].order < x.rows[b].order; });
  return all;
}

std::optional<DeclaredId> stack_row(Expansion& x) {
  const auto rows = things_of(x, Kind::Stack);
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::optional<DeclaredId> environment_row(Expansion& x) {
  if (!x.environment_definition) return std::nullopt;
  for (const DeclaredId id : things_of(x, Kind::Environment)) {
    if (x.rows[id].index == x.environment_definition->index()) return id;
  }
  return std::nullopt;
}

Context with_variable(Scope& scope, const Context& context, const syntax::Name& name, Kind kind, DeclaredId id) {
  scope = {.module = context.scope->module, .outer = context.scope, .instance = nullptr, .names = {}};
  scope.names.emplace(
      name.text,
      Symbol{.target = Variable{.kind = kind, .id = id}, .span = name.span, .is_private = true, .conditions = {}});
  Context at = context;
  at.scope = &scope;
  return at;
}

}  // namespace crenel::sema
