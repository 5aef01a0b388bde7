#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/targets.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/target_sources.h"

namespace crenel::sema {

using diagnostics::Diagnostics;

namespace {

class Collector {
 public:
  Collector(const Program& program, Diagnostics& diagnostics) : program_(program), diagnostics_(diagnostics) {}

  void handbook(DefinitionId id) {
    const Definition& definition = program_.definitions[id];
    const auto& node = std::get<syntax::Handbook>(definition.item->node);
    const auto* patterns = property_named(node.properties, "patterns");
    if (patterns == nullptr) {
      diagnostics_.report(diagnostics::kMissingAttribute, node.title.span, "a handbook", "patterns");
    } else if (!std::holds_alternative<syntax::ListExpr>(patterns->value->node)) {
      diagnostics_.report(diagnostics::kHandbookEntry, patterns->value->span);
    }
    const auto providers = providers_of(node);
    const auto entries = entries_of(node);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].pattern == nullptr) {
        const auto& list = std::get<syntax::ListExpr>(patterns->value->node);
        diagnostics_.report(diagnostics::kHandbookEntry, list.items[i]->span);
        continue;
      }
      const auto pattern = named(*entries[i].pattern, definition.module, DefinitionKind::Pattern);
      if (!pattern) continue;
      auto wanted = for_pattern(*pattern, providers);
      if (wanted.empty() && !providers.empty()) {
        diagnostics_.report(diagnostics::kNoProvider, entries[i].pattern->span, program_.definitions[*pattern].name,
                            base::list_in_words(providers, "or"));
        continue;
      }
      add({.name = program_.definitions[*pattern].name,
           .providers = std::move(wanted),
           .declaration = id.index(),
           .variant = i,
           .origin = Target::Origin::Handbook},
          entries[i].pattern->span);
    }
  }

  void stack(DefinitionId id) {
    const Definition& definition = program_.definitions[id];
    const auto& node = std::get<syntax::Stack>(definition.item->node);
    const bool known = check_provider(node.provider);
    std::map<std::string, base::Span> seen;
    for (std::size_t i = 0; i < node.environments.size(); ++i) {
      const auto environment = named(node.environments[i], definition.module, DefinitionKind::Environment);
      if (!environment || !known) continue;
      const std::string& name = program_.definitions[*environment].name;
      const auto [first, added] = seen.emplace(name, node.environments[i].span);
      if (!added) {
        diagnostics_.report(diagnostics::kDuplicateEnvironment, node.environments[i].span, name)
            .notes.push_back({first->second, "the first is here"});
        continue;
      }
      add({.name = definition.name + "." + name,
           .providers = {node.provider.text},
           .declaration = id.index(),
           .variant = i,
           .origin = Target::Origin::Stack},
          definition.name_span);
    }
  }

  void pattern(DefinitionId id, bool alongside) {
    Target target{.name = program_.definitions[id].name,
                  .providers = for_pattern(id, program_.providers),
                  .declaration = id.index(),
                  .variant = 0,
                  .origin = Target::Origin::Pattern};
    const auto& names = std::get<syntax::Pattern>(program_.definitions[id].item->node).providers;
    for (const auto& name : names) check_provider(name);
    if (target.providers.empty()) return;
    if (alongside) {
      // The pattern as it stands, unbound, beside what a handbook makes of it.
      out_.push_back(std::move(target));
    } else {
      add(std::move(target), program_.definitions[id].name_span);
    }
  }

  [[nodiscard]] std::vector<Target> take() { return std::move(out_); }

 private:
  bool check_provider(const syntax::Name& name) {
    if (std::find(program_.providers.begin(), program_.providers.end(), name.text) != program_.providers.end()) {
      return true;
    }
    auto& reported = diagnostics_.report(diagnostics::kUnknownProvider, name.span, name.text);
    if (const auto near = base::nearest(name.text, program_.providers)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
    }
    return false;
  }

  /// Those of `providers` that the pattern is for, in registry order.
  std::vector<std::string> for_pattern(DefinitionId id, const std::vector<std::string>& providers) const {
    const auto& names = std::get<syntax::Pattern>(program_.definitions[id].item->node).providers;
    std::vector<std::string> out;
    for (const auto& provider : program_.providers) {
      const bool wanted = std::find(providers.begin(), providers.end(), provider) != providers.end();
      const bool meant = names.empty() || std::any_of(names.begin(), names.end(),
                                                      [&](const auto& name) { return name.text == provider; });
      if (wanted && meant) out.push_back(provider);
    }
    return out;
  }

  std::vector<std::string> providers_of(const syntax::Handbook& handbook) {
    const auto* property = property_named(handbook.properties, "providers");
    if (property == nullptr) return program_.providers;
    const auto* list = std::get_if<syntax::ListExpr>(&property->value->node);
    std::vector<std::string> out;
    bool good = list != nullptr;
    for (std::size_t i = 0; good && i < list->items.size(); ++i) {
      const auto* path = std::get_if<syntax::PathExpr>(&list->items[i]->node);
      good = path != nullptr;
      if (good && check_provider(path->path.names.front())) out.push_back(path->path.names.front().text);
    }
    if (!good) {
      diagnostics_.report(diagnostics::kTypeMismatch, property->value->span, "a list of providers", "something else");
    }
    return out;
  }

  std::optional<DefinitionId> named(const syntax::Path& path, ModuleId module, DefinitionKind kind) {
    const syntax::Name& name = path.names.front();
    const auto found = find(program_, module, name.text);
    if (found && program_.definitions[*found].kind == kind && path.names.size() == 1) return found;
    if (found) {
      const Definition& other = program_.definitions[*found];
      diagnostics_.report(diagnostics::kWrongKind, path.span, name.text, with_article(other.kind), with_article(kind))
          .notes.push_back({other.name_span, fmt::format("`{}` is declared here", name.text)});
    } else if (!program_.modules[module].incomplete) {
      auto& reported = diagnostics_.report(diagnostics::kUnknownName, name.span, name.text, with_article(kind));
      if (const auto near = base::nearest(name.text, names_of(program_, module))) {
        reported.help = fmt::format("did you mean `{}`?", *near);
        reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
      }
    }
    return std::nullopt;
  }

  void add(Target target, base::Span place) {
    const auto [first, added] = places_.emplace(target.name, place);
    if (added) {
      out_.push_back(std::move(target));
      return;
    }
    diagnostics_.report(diagnostics::kDuplicateTarget, place, target.name)
        .notes.push_back({first->second, "the first is here"});
  }

  const Program& program_;
  Diagnostics& diagnostics_;
  std::vector<Target> out_;
  std::map<std::string, base::Span> places_;
};

template <class Visit>
void for_each(const Program& program, DefinitionKind kind, Visit visit) {
  for (const ModuleId module : program.named) {
    for (const DefinitionId id : program.modules[module].definitions) {
      if (program.definitions[id].kind == kind) visit(id);
    }
  }
}

}  // namespace

std::vector<Target> tests(const Program& program) {
  std::vector<Target> out;
  for_each(program, DefinitionKind::Test, [&](DefinitionId id) {
    const Definition& definition = program.definitions[id];
    const auto& test = std::get<syntax::Test>(definition.item->node);
    const auto pattern = find(program, definition.module, test.pattern.names.front().text);
    if (!pattern || program.definitions[*pattern].kind != DefinitionKind::Pattern) return;  // reported where it stands
    const auto& meant = std::get<syntax::Pattern>(program.definitions[*pattern].item->node).providers;
    const auto holds = [](const std::vector<syntax::Name>& names, const std::string& provider) {
      return names.empty() ||
             std::any_of(names.begin(), names.end(), [&](const syntax::Name& name) { return name.text == provider; });
    };
    Target target{.name = test.title.text,
                  .providers = {},
                  .declaration = id.index(),
                  .variant = 0,
                  .origin = Target::Origin::Test};
    for (const auto& provider : program.providers) {
      if (holds(test.providers, provider) && holds(meant, provider)) target.providers.push_back(provider);
    }
    out.push_back(std::move(target));
  });
  return out;
}

TestFacts test_facts(const Program& program, const Target& target) {
  const auto& test = std::get<syntax::Test>(program.definitions[DefinitionId(target.declaration)].item->node);
  TestFacts out{.title = test.title.span, .fails = {}};
  for (const auto& fails : test.fails) {
    std::vector<std::string> names;
    for (const auto& name : fails.code.names) names.push_back(name.text);
    out.fails.push_back({.name = base::join(names, "."), .span = fails.code.span});
  }
  return out;
}

std::vector<Target> targets(const Program& program, bool every_pattern, Diagnostics& diagnostics) {
  Collector collector(program, diagnostics);
  for_each(program, DefinitionKind::Handbook, [&](DefinitionId id) { collector.handbook(id); });
  for_each(program, DefinitionKind::Stack, [&](DefinitionId id) { collector.stack(id); });
  bool collected = false;
  for_each(program, DefinitionKind::Handbook, [&](DefinitionId) { collected = true; });
  for_each(program, DefinitionKind::Stack, [&](DefinitionId) { collected = true; });
  if (every_pattern || !collected) {
    for_each(program, DefinitionKind::Pattern, [&](DefinitionId id) { collector.pattern(id, collected); });
  }
  return collector.take();
}

}  // namespace crenel::sema
