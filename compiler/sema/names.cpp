#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/program.h"

namespace crenel::sema {

using diagnostics::Diagnostics;

namespace {

constexpr std::array<std::string_view, 9> kBuiltins = {"internet", "any",     "inside", "outside", "nat",
                                                       "platform", "packets", "env",    "none"};

struct NamedItem {
  DefinitionKind kind;
  const syntax::Name* name;  ///< null for what has no name
};

/// What an item declares; imports declare nothing of their own.
std::vector<NamedItem> declared_by(const syntax::Item& item) {
  using Kind = DefinitionKind;
  return std::visit(base::Overloaded{
                        [](const syntax::Import&) { return std::vector<NamedItem>{}; },
                        [](const syntax::Label& label) {
                          std::vector<NamedItem> out;
                          for (const auto& name : label.names) out.push_back({Kind::Label, &name});
                          return out;
                        },
                        [](const syntax::Service& x) {
                          return std::vector<NamedItem>{{Kind::Service, &x.name}};
                        },
                        [](const syntax::Addresses& x) {
                          return std::vector<NamedItem>{{Kind::Addresses, &x.name}};
                        },
                        [](const syntax::Let& x) {
                          return std::vector<NamedItem>{{Kind::Let, &x.name}};
                        },
                        [](const syntax::Site& x) {
                          return std::vector<NamedItem>{{Kind::Site, &x.name}};
                        },
                        [](const syntax::Agent& x) {
                          return std::vector<NamedItem>{{Kind::Agent, &x.name}};
                        },
                        [](const syntax::Environment& x) {
                          return std::vector<NamedItem>{{Kind::Environment, &x.name}};
                        },
                        [](const syntax::Policy& x) {
                          return std::vector<NamedItem>{{Kind::Policy, &x.name}};
                        },
                        [](const syntax::Pattern& x) {
                          return std::vector<NamedItem>{{Kind::Pattern, &x.name}};
                        },
                        [](const syntax::Stack& x) {
                          return std::vector<NamedItem>{{Kind::Stack, &x.name}};
                        },
                        [](const syntax::Test&) {
                          return std::vector<NamedItem>{{Kind::Test, nullptr}};
                        },
                        [](const syntax::Handbook&) {
                          return std::vector<NamedItem>{{Kind::Handbook, nullptr}};
                        },
                        [](const syntax::Waiver&) {
                          return std::vector<NamedItem>{{Kind::Waiver, nullptr}};
                        },
                    },
                    item.node);
}

void report_twice(const std::string& name, base::Span span, base::Span first, Diagnostics& diagnostics) {
  diagnostics.report(diagnostics::kDuplicateName, span, name).notes.push_back({first, "the first is here"});
}

}  // namespace

std::string with_article(DefinitionKind kind) {
  switch (kind) {
    case DefinitionKind::Service:
      return "a service";
    case DefinitionKind::Addresses:
      return "a set of addresses";
    case DefinitionKind::Label:
      return "a label";
    case DefinitionKind::Let:
      return "a value";
    case DefinitionKind::Site:
      return "a site";
    case DefinitionKind::Agent:
      return "an agent";
    case DefinitionKind::Environment:
      return "an environment";
    case DefinitionKind::Policy:
      return "a policy";
    case DefinitionKind::Pattern:
      return "a pattern";
    case DefinitionKind::Stack:
      return "a stack";
    case DefinitionKind::Test:
      return "a test";
    case DefinitionKind::Handbook:
      return "a handbook";
    case DefinitionKind::Waiver:
      return "a waiver";
  }
  return "";
}

bool is_builtin(std::string_view name) {
  return name == "icmp" || std::find(kBuiltins.begin(), kBuiltins.end(), name) != kBuiltins.end();
}

std::optional<DefinitionId> find(const Program& program, ModuleId module, std::string_view name) {
  const Module& in = program.modules[module];
  if (const auto own = in.own.find(name); own != in.own.end()) return own->second;
  if (const auto imported = in.imported.find(name); imported != in.imported.end()) return imported->second.definition;
  return std::nullopt;
}

std::vector<std::string> names_of(const Program& program, ModuleId module) {
  std::vector<std::string> names;
  for (const auto& [name, id] : program.modules[module].own) names.push_back(name);
  for (const auto& [name, import] : program.modules[module].imported) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

void declare_items(Program& program, ModuleId id, Diagnostics& diagnostics) {
  Module& module = program.modules[id];
  for (const auto& item : module.file.items) {
    for (const auto& [kind, name] : declared_by(item)) {
      Definition made{.kind = kind, .name = {}, .name_span = item.span, .module = id, .item = &item};
      if (name != nullptr) {
        made.name = name->text;
        made.name_span = name->span;
        if (is_builtin(name->text)) {
          diagnostics.report(diagnostics::kReservedBuiltin, name->span, name->text).help = "choose another name";
          continue;
        }
        if (const auto first = module.own.find(name->text); first != module.own.end()) {
          report_twice(name->text, name->span, program.definitions[first->second].name_span, diagnostics);
          continue;
        }
      }
      const DefinitionId added = program.definitions.add(made);
      module.definitions.push_back(added);
      if (name != nullptr) module.own.emplace(name->text, added);
    }
  }
}

void bind_import(Program& program, ModuleId importer, const syntax::Import& import, ModuleId imported,
                 Diagnostics& diagnostics) {
  const Module& from = program.modules[imported];
  Module& into = program.modules[importer];
  for (const auto& name : import.names) {
    const auto found = from.own.find(name.text);
    if (found == from.own.end()) {
      into.incomplete = true;
      if (from.incomplete) continue;
      auto& reported = diagnostics.report(diagnostics::kNotExported, name.span, name.text, from.display);
      std::vector<std::string> known;
      for (const auto& [own, id] : from.own) known.push_back(own);
      if (const auto near = base::nearest(name.text, known)) {
        reported.help = fmt::format("did you mean `{}`?", *near);
        reported.fixes.push_back({fmt::format("import `{}`", *near), {{name.span, *near}}});
      } else if (from.imported.contains(name.text)) {
        reported.help = "that file imports it itself: import it from where it is declared";
      }
      continue;
    }
    if (const auto own = into.own.find(name.text); own != into.own.end()) {
      report_twice(name.text, program.definitions[own->second].name_span, name.span, diagnostics);
    } else if (const auto [first, added] = into.imported.emplace(name.text, Import{found->second, name.span}); !added) {
      report_twice(name.text, name.span, first->second.span, diagnostics);
    }
  }
}

}  // namespace crenel::sema
