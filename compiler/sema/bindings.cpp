#include <fmt/format.h>

#include <set>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/targets.h"
#include "compiler/sema/expansion.h"
#include "compiler/sema/target_sources.h"
#include "compiler/syntax/parser.h"

namespace crenel::sema {
namespace {

/// Every parameter that a build may bind, as `--set` names it.
class BindableNames {
 public:
  explicit BindableNames(const Program& program) : program_(program) {}

  void add(const Target& target) {
    const DefinitionId declaration = pattern_of(program_, target).value_or(DefinitionId(target.declaration));
    if (!seen_.insert(declaration).second) return;
    const Definition& definition = program_.definitions[declaration];
    if (const auto* pattern = std::get_if<syntax::Pattern>(&definition.item->node)) {
      add(*pattern, definition.module, "", {});
    } else if (const auto* stack = std::get_if<syntax::Stack>(&definition.item->node)) {
      add(stack->statements, definition.module, "");
    }
  }

  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

 private:
  void add(const syntax::Pattern& pattern, ModuleId module, const std::string& prefix,
           const std::set<std::string>& given) {
    for (const auto& parameter : pattern.parameters) {
      if (!given.contains(parameter.name.text)) names_.insert(prefix + parameter.name.text);
    }
    add(pattern.statements, module, prefix);
  }

  void add(const std::vector<syntax::Statement>& statements, ModuleId module, const std::string& prefix) {
    constexpr std::size_t kDeepest = 64;  // patterns that use themselves are reported elsewhere
    if (++depth_ <= kDeepest) {
      for (const auto& statement : statements) {
        const auto* use = std::get_if<syntax::Use>(&statement.node);
        const auto id = use != nullptr ? find(program_, module, use->pattern.names.front().text) : std::nullopt;
        if (!id) continue;
        const Definition& used = program_.definitions[*id];
        const auto* pattern = std::get_if<syntax::Pattern>(&used.item->node);
        if (pattern == nullptr) continue;
        std::set<std::string> given;
        for (const auto& argument : use->arguments) {
          if (argument.name) given.insert(argument.name->text);
        }
        add(*pattern, used.module, prefix + use->alias.text + ".", given);
      }
    }
    --depth_;
  }

  const Program& program_;
  std::set<DefinitionId> seen_;
  std::set<std::string> names_;
  std::size_t depth_ = 0;
};

}  // namespace

void check_bindings(const Program& program, const std::vector<Target>& targets, const std::vector<Binding>& bindings,
                    diagnostics::Diagnostics& diagnostics) {
  if (bindings.empty()) return;
  BindableNames bindable(program);
  for (const auto& target : targets) bindable.add(target);
  std::set<std::string> seen;
  for (const auto& binding : bindings) {
    if (!seen.insert(binding.parameter).second) {
      diagnostics.report(diagnostics::kDuplicateBinding, {}, binding.parameter);
    } else if (!bindable.names().contains(binding.parameter)) {
      auto& reported = diagnostics.report(diagnostics::kUnknownBinding, {}, binding.parameter);
      const std::vector<std::string> known(bindable.names().begin(), bindable.names().end());
      if (const auto near = base::nearest(binding.parameter, known)) {
        reported.help = fmt::format("did you mean `{}`?", *near);
      }
    }
  }
}

void read_bindings(Expansion& x) {
  for (const auto& binding : x.bindings) {
    if (x.bound.contains(binding.parameter)) continue;
    const auto source = x.world.sources.add(fmt::format("--set {}", binding.parameter), binding.value);
    auto expr = syntax::parse_expression(x.world.sources, source, x.diagnostics);
    if (expr != nullptr) x.bound.emplace(binding.parameter, std::move(expr));
  }
}

}  // namespace crenel::sema
