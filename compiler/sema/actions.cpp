#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"
#include "stdlib/library.h"

namespace crenel::sema {
namespace {

constexpr std::string_view kServices = "std/services";

constexpr std::array<std::string_view, 15> kDataActions = {"read",    "write",   "delete",    "archive", "send",
                                                           "receive", "publish", "subscribe", "get",     "put",
                                                           "query",   "encrypt", "decrypt",   "invoke",  "launch"};

bool is_data_action(std::string_view word) {
  return word == "terminate" || std::find(kDataActions.begin(), kDataActions.end(), word) != kDataActions.end();
}

/// Whether the library's services have one of that name.
bool is_in_library(std::string_view name) {
  const auto text = stdlib::module_text(kServices);
  return text && text->find(fmt::format("\nservice {} ", name)) != std::string_view::npos;
}

/// Adds the name to the import of the library's services, or such an import to the file.
diagnostics::Fix import_of(const Module& module, const std::string& name) {
  diagnostics::Fix fix{.title = fmt::format("import `{}`", name), .edits = {}, .safe = true};
  for (const auto& item : module.file.items) {
    const auto* import = std::get_if<syntax::Import>(&item.node);
    if (import == nullptr || import->module != kServices || import->names.empty()) continue;
    base::Span behind = import->names.back().span;
    behind.begin = behind.end;
    fix.edits.push_back({behind, ", " + name});
    return fix;
  }
  fix.edits.push_back(
      {{.source = module.source, .begin = 0, .end = 0}, fmt::format("import {} {{ {} }}\n", kServices, name)});
  return fix;
}

/// A name that nobody declares where an action is expected.
void report_unknown_action(Expansion& x, const Context& context, const syntax::Name& name) {
  const Module& module = x.program.modules[context.scope->module];
  if (module.incomplete) return;
  std::vector<std::string> known;
  for (const auto& candidate : names_of(x.program, context.scope->module)) {
    const auto id = find(x.program, context.scope->module, candidate);
    if (id && x.program.definitions[*id].kind == DefinitionKind::Service) known.push_back(candidate);
  }
  for (const auto* builtin : {"any", "packets", "icmp"}) known.emplace_back(builtin);
  for (const auto action : kDataActions) known.emplace_back(action);
  auto& reported = x.diagnostics.report(diagnostics::kNoSuchAction, name.span, name.text, "a service");
  if (is_in_library(name.text)) {
    reported.help = fmt::format("it is in the library: `import {} {{ {} }}`", kServices, name.text);
    reported.fixes.push_back(import_of(module, name.text));
    return;
  }
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  } else {
    reported.help = fmt::format("import it from std/services, or declare it: `service {} = tcp/…`", name.text);
  }
}

/// Adds one action as written to those of a flow; false after an error.
class ActionReader {
 public:
  ActionReader(Expansion& x, const Context& context, Actions& out) : x_(x), context_(context), out_(out) {}

  bool add(const syntax::Action& action) {
    if (const auto* written = std::get_if<syntax::ServiceLiteral>(&action.node)) {
      const auto traffic = service_literal(*written, action.span, x_.diagnostics);
      if (traffic) out_.traffic = out_.traffic.united(*traffic);
      return traffic.has_value();
    }
    return add(std::get<syntax::Path>(action.node));
  }

 private:
  bool add(const syntax::Path& path) {
    const auto resolved = resolve(x_, context_, path);
    if (!resolved) return false;
    if (const auto* builtin = std::get_if<Builtin>(&resolved->meaning)) return add_builtin(*builtin, path, *resolved);
    if (std::holds_alternative<Unknown>(resolved->meaning)) return add_undeclared(path);
    std::optional<Value> value;
    Type service;
    service.base = Type::Base::Service;
    if (const auto* id = std::get_if<DefinitionId>(&resolved->meaning);
        id != nullptr && x_.program.definitions[*id].kind == DefinitionKind::Service) {
      const auto traffic = service_of(x_, *id);
      if (traffic) out_.traffic = out_.traffic.united(*traffic);
      return traffic.has_value();
    }
    if (auto* const* parameter = std::get_if<ParameterState*>(&resolved->meaning);
        parameter != nullptr && (*parameter)->type.base == Type::Base::Service) {
      value = value_of(x_, context_, **parameter, path.span);
      if (value) out_.traffic = out_.traffic.united(std::get<net::Traffic>(value->node));
      return value.has_value();
    }
    // A declared thing may share the word of a data action: `store write` does not take `write` away.
    if (path.names.size() == 1 && is_data_action(path.names[0].text)) return add_undeclared(path);
    report_wrong_kind(x_, path, *resolved, "a service");
    return false;
  }

  bool add_builtin(const Builtin& builtin, const syntax::Path& path, const Resolved& resolved) {
    if (builtin.name == "any") {
      out_.any = true;
    } else if (builtin.name == "packets") {
      out_.traffic = net::Traffic::all();
    } else if (builtin.name == "icmp") {
      out_.traffic = out_.traffic.united(net::Traffic::of(net::Protocol::Icmp));
    } else {
      report_wrong_kind(x_, path, resolved, "a service");
      return false;
    }
    return true;
  }

  bool add_undeclared(const syntax::Path& path) {
    if (path.names.size() == 1 && is_data_action(path.names[0].text)) {
      out_.data.push_back(path.names[0].text);
      return true;
    }
    report_unknown_action(x_, context_, path.names.front());
    return false;
  }

  Expansion& x_;
  const Context& context_;
  Actions& out_;
};

}  // namespace

std::optional<net::Traffic> service_of(Expansion& x, DefinitionId service) {
  const Definition& definition = x.program.definitions[service];
  const auto& declared = std::get<syntax::Service>(definition.item->node);
  for (std::size_t i = 0; i < x.evaluating.size(); ++i) {
    if (x.evaluating[i].first != &declared) continue;
    std::vector<std::string> names;
    for (std::size_t k = i; k < x.evaluating.size(); ++k) names.push_back(x.evaluating[k].second);
    names.push_back(definition.name);
    x.diagnostics.report(diagnostics::kValueCycle, definition.name_span, base::join(names, " → "));
    return std::nullopt;
  }
  if (const auto known = x.services.find(service); known != x.services.end()) return known->second;
  x.evaluating.emplace_back(&declared, definition.name);
  const Context context{.scope = module_scope(x, definition.module),
                        .conditions = {},
                        .live = true,
                        .statement = fmt::format("service `{}`", definition.name)};
  const auto actions = actions_of(x, context, declared.actions, declared.name.span);
  x.evaluating.pop_back();
  std::optional<net::Traffic> traffic;
  if (actions && (actions->any || !actions->data.empty())) {
    x.diagnostics.report(diagnostics::kTypeMismatch, declared.name.span, "a service of ports and protocols",
                         "one of other actions");
  } else if (actions) {
    traffic = actions->traffic;
  }
  x.services.emplace(service, traffic);
  return traffic;
}

std::optional<Actions> actions_of(Expansion& x, const Context& context, const std::vector<syntax::Action>& written,
                                  base::Span span) {
  Actions out;
  out.span = written.empty() ? span : base::join(written.front().span, written.back().span);
  out.any = written.empty();
  bool good = true;
  ActionReader reader(x, context, out);
  for (const auto& action : written) good = reader.add(action) && good;
  return good ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<net::Traffic> one_port(Expansion& x, const Context& context, const syntax::Action& action) {
  Actions found;
  if (!ActionReader(x, context, found).add(action)) return std::nullopt;
  const auto& parts = found.traffic.parts();
  const bool one = !found.any && found.data.empty() && parts.size() == 1 && parts[0].ports.size() == 1 &&
                   parts[0].ports[0].first == parts[0].ports[0].last &&
                   (parts[0].protocol == net::Protocol::Tcp || parts[0].protocol == net::Protocol::Udp);
  if (one) return found.traffic;
  x.diagnostics.report(diagnostics::kFirstNumber, action.span,
                       found.any ? "any" : fmt::format("`{}`", net::to_string(found.traffic)));
  return std::nullopt;
}

}  // namespace crenel::sema
