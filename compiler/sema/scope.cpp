#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

const Symbol* lookup(const Scope* scope, std::string_view name, const Scope** found_in) {
  for (; scope != nullptr; scope = scope->outer) {
    if (const auto found = scope->names.find(name); found != scope->names.end()) {
      *found_in = scope;
      return &found->second;
    }
  }
  return nullptr;
}

void check_conditions(Expansion& x, const Context& context, const Resolved& resolved, const syntax::Path& path) {
  if (implied(resolved.conditions, context.conditions)) return;
  const std::string name = text_of(path);
  auto& reported = x.diagnostics.report(diagnostics::kSwitchedOff, path.span, name);
  reported.notes.push_back({resolved.declared, "it is declared here, under a condition"});
  reported.help = fmt::format("end this statement in `when` with the condition of `{}`", name);
}

Meaning meaning_of(const Symbol& symbol) {
  return std::visit(
      base::Overloaded{
          [](const Variable& variable) { return Meaning(FactOf{.variable = variable, .name = {}, .rest = {}}); },
          [](const auto& target) { return Meaning(target); },
      },
      symbol.target);
}

/// One step along a path: the member `name` of what has been reached.
std::optional<Resolved> member(Expansion& x, const Resolved& whole, const syntax::Path& path, std::size_t at) {
  const syntax::Name& name = path.names[at];
  const std::string before =
      text_of({.names = {path.names.begin(), path.names.begin() + static_cast<std::ptrdiff_t>(at)}, .span = {}});
  std::vector<std::string> known;
  if (const auto* used = std::get_if<Instance*>(&whole.meaning)) {
    Instance& instance = **used;
    declare(x, instance);
    if (instance.broken) return std::nullopt;
    if (const auto found = instance.scope.names.find(name.text); found != instance.scope.names.end()) {
      if (found->second.is_private) {
        x.diagnostics.report(diagnostics::kPrivateMember, name.span, name.text)
            .notes.push_back({found->second.span, "it is declared `private` here"});
        return std::nullopt;
      }
      return Resolved{.meaning = meaning_of(found->second),
                      .declared = found->second.span,
                      .scope = &instance.scope,
                      .conditions = found->second.conditions};
    }
    for (const auto& [own, symbol] : instance.scope.names) {
      if (!symbol.is_private) known.push_back(own);
    }
    if (x.program.modules[instance.scope.module].incomplete) return std::nullopt;
  } else if (const auto* id = std::get_if<DeclaredId>(&whole.meaning)) {
    const Row& row = x.rows[*id];
    if (const auto found = row.members.find(name.text); found != row.members.end()) {
      return Resolved{.meaning = found->second.id,
                      .declared = found->second.span,
                      .scope = whole.scope,
                      .conditions = x.rows[found->second.id].conditions};
    }
    for (const auto& [own, found] : row.members) known.push_back(own);
  }
  const std::string subject = fmt::format("`{}` ({})", before, what_is(x, whole.meaning));
  auto& reported = x.diagnostics.report(diagnostics::kUnknownMember, name.span, subject, name.text);
  if (whole.declared.valid()) reported.notes.push_back({whole.declared, fmt::format("`{}` is declared here", before)});
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  }
  return std::nullopt;
}

std::optional<Resolved> resolve_first(Expansion& x, const Context& context, const syntax::Path& path) {
  const syntax::Name& first = path.names.front();
  if (is_builtin(first.text)) return Resolved{.meaning = Builtin{first.text}, .declared = {}, .scope = nullptr};
  const Scope* found_in = nullptr;
  if (const Symbol* symbol = lookup(context.scope, first.text, &found_in)) {
    return Resolved{
        .meaning = meaning_of(*symbol), .declared = symbol->span, .scope = found_in, .conditions = symbol->conditions};
  }
  if (const auto definition = find(x.program, context.scope->module, first.text)) {
    const Definition& found = x.program.definitions[*definition];
    const Scope* scope = module_scope(x, found.module);
    if (found.kind == DefinitionKind::Site || found.kind == DefinitionKind::Agent) {
      return Resolved{.meaning = module_row(x, *definition), .declared = found.name_span, .scope = scope};
    }
    return Resolved{.meaning = *definition, .declared = found.name_span, .scope = scope};
  }
  return Resolved{.meaning = Unknown{}, .declared = {}, .scope = nullptr};
}

std::vector<std::string> known_names(const Expansion& x, const Context& context) {
  std::vector<std::string> names;
  for (const Scope* scope = context.scope; scope != nullptr; scope = scope->outer) {
    for (const auto& [name, symbol] : scope->names) names.push_back(name);
  }
  for (auto& name : names_of(x.program, context.scope->module)) names.push_back(std::move(name));
  for (const auto* builtin : {"internet", "any", "inside", "outside", "nat", "packets", "icmp", "env", "none"}) {
    names.emplace_back(builtin);
  }
  return names;
}

/// "main.web" for `web`, where some network has a tier of that name.
std::optional<std::string> tier_called(const Expansion& x, const std::string& name) {
  for (const auto& row : x.rows) {
    const auto& path = row.declared.path;
    if (row.declared.kind != Kind::Subnet || path.size() < 2 || path.back() != name) continue;
    return fmt::format("{}.{}", path[path.size() - 2], name);
  }
  return std::nullopt;
}

}  // namespace

std::string text_of(const syntax::Path& path) {
  std::vector<std::string> parts;
  for (const auto& name : path.names) parts.push_back(name.text);
  return base::join(parts, ".");
}

const Scope* module_scope(Expansion& x, ModuleId module) {
  const auto found = x.module_scopes.find(module);
  if (found != x.module_scopes.end()) return found->second;
  x.scopes.push_back({.module = module, .outer = nullptr, .instance = nullptr, .names = {}});
  x.module_scopes.emplace(module, &x.scopes.back());
  return &x.scopes.back();
}

std::optional<Resolved> resolve(Expansion& x, const Context& context, const syntax::Path& path) {
  auto resolved = resolve_first(x, context, path);
  for (std::size_t i = 1; resolved && i < path.names.size(); ++i) {
    if (std::holds_alternative<Unknown>(resolved->meaning) || std::holds_alternative<Builtin>(resolved->meaning)) break;
    if (auto* fact = std::get_if<FactOf>(&resolved->meaning)) {
      fact->name = path.names[1];
      fact->rest.assign(path.names.begin() + 2, path.names.end());
      break;
    }
    resolved = member(x, *resolved, path, i);
  }
  // At the end of the path, once: what is there includes what it is a member of.
  if (resolved) check_conditions(x, context, *resolved, path);
  return resolved;
}

void enter(Expansion& x, Instance& instance, const syntax::Name& name, Symbol symbol) {
  if (is_builtin(name.text)) {
    x.diagnostics.report(diagnostics::kReservedBuiltin, name.span, name.text).help = "choose another name";
    return;
  }
  const bool hides = !std::holds_alternative<Instance*>(symbol.target);  // a `use` is reached through its dot
  const auto [first, added] = instance.scope.names.emplace(name.text, std::move(symbol));
  if (!added) {
    x.diagnostics.report(diagnostics::kDuplicateName, name.span, name.text)
        .notes.push_back({first->second.span, "the first is here"});
    return;
  }
  const auto outer = find(x.program, instance.scope.module, name.text);
  if (!hides || !outer) return;
  const Definition& hidden = x.program.definitions[*outer];
  switch (hidden.kind) {
    case DefinitionKind::Service:
    case DefinitionKind::Addresses:
    case DefinitionKind::Label:
    case DefinitionKind::Let:
    case DefinitionKind::Site:
    case DefinitionKind::Agent: {
      auto& reported = x.diagnostics.report(diagnostics::kHidesOuter, name.span, name.text);
      reported.notes.push_back(
          {hidden.name_span, fmt::format("`{}` is {} declared here", name.text, with_article(hidden.kind))});
      reported.help = "choose another name";
      return;
    }
    default:
      return;  // never meant where a value or an endpoint is
  }
}

std::optional<DeclaredId> entity_at(Expansion& x, const Context& context, const syntax::Path& path,
                                    const std::vector<Kind>& kinds) {
  const std::string expected = describe(entity_type(kinds));
  const auto resolved = resolve(x, context, path);
  if (!resolved) return std::nullopt;
  DeclaredId id;
  if (const auto* declared = std::get_if<DeclaredId>(&resolved->meaning)) {
    id = *declared;
  } else if (auto* const* parameter = std::get_if<ParameterState*>(&resolved->meaning)) {
    const auto value = value_of(x, context, **parameter, path.span);
    if (!value) return std::nullopt;
    if (const auto* reference = std::get_if<EntityRef>(&value->node)) id = reference->id;
  } else if (std::holds_alternative<Unknown>(resolved->meaning)) {
    report_unknown(x, context, path.names.front(), expected);
    return std::nullopt;
  }
  if (id.valid() && std::find(kinds.begin(), kinds.end(), x.rows[id].declared.kind) != kinds.end()) return id;
  report_wrong_kind(x, path, *resolved, expected);
  return std::nullopt;
}

std::string what_is(const Expansion& x, const Meaning& meaning) {
  return std::visit(base::Overloaded{
                        [](const Unknown&) { return std::string("unknown"); },
                        [](const Builtin&) { return std::string("built in"); },
                        [](const ParameterState* p) { return "a parameter: " + describe(p->type); },
                        [](const LetState*) { return std::string("a value"); },
                        [&](DeclaredId id) { return with_article(x.rows[id].declared.kind); },
                        [](const Instance*) { return std::string("a pattern in use"); },
                        [&](DefinitionId id) { return with_article(x.program.definitions[id].kind); },
                        [](const FactOf& fact) { return with_article(fact.variable.kind); },
                    },
                    meaning);
}

void report_unknown(Expansion& x, const Context& context, const syntax::Name& name, const std::string& expected) {
  // What could not be read may have declared it.
  if (x.program.modules[context.scope->module].incomplete) return;
  auto& reported = x.diagnostics.report(diagnostics::kUnknownName, name.span, name.text, expected);
  if (const auto tier = tier_called(x, name.text)) {
    reported.help = fmt::format("a tier is named with its network: `{}`", *tier);
    reported.fixes.push_back({fmt::format("write `{}`", *tier), {{name.span, *tier}}});
    return;
  }
  if (const auto near = base::nearest(name.text, known_names(x, context))) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  }
}

void report_wrong_kind(Expansion& x, const syntax::Path& path, const Resolved& resolved, const std::string& expected) {
  auto& reported =
      x.diagnostics.report(diagnostics::kWrongKind, path.span, text_of(path), what_is(x, resolved.meaning), expected);
  if (resolved.declared.valid()) {
    reported.notes.push_back({resolved.declared, fmt::format("`{}` is declared here", text_of(path))});
  }
}

}  // namespace crenel::sema
