#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/model/pascal_case.h"
#include "compiler/sema/expansion.h"

/// What stands in a provider's own words: `override` and `verbatim`.
namespace crenel::sema {
namespace {

std::optional<model::Setting> as_setting(const Value& value) {
  return std::visit(base::Overloaded{
                        [](const std::string& text) { return std::optional<model::Setting>(text); },
                        [](std::int64_t number) { return std::optional<model::Setting>(number); },
                        [](bool flag) { return std::optional<model::Setting>(flag); },
                        [](const List& list) -> std::optional<model::Setting> {
                          std::vector<std::string> texts;
                          for (const Value& item : list.items) {
                            const auto* text = std::get_if<std::string>(&item.node);
                            if (text == nullptr) return std::nullopt;
                            texts.push_back(*text);
                          }
                          return model::Setting(std::move(texts));
                        },
                        [](const auto&) { return std::optional<model::Setting>(); },
                    },
                    value.node);
}

/// A pattern names its resources as it has them by itself; where it is used, they stand behind the use's name.
std::string resource_of(const Context& context, const std::string& said) {
  const Instance* instance = context.scope == nullptr ? nullptr : context.scope->instance;
  return instance == nullptr ? said : model::pascal_case(instance->path) + said;
}

}  // namespace

void read_override(Expansion& x, const Context& context, const std::string& provider, const syntax::Override& line) {
  model::Override out{
      .span = line.span, .provider = provider, .resource = resource_of(context, line.logical_id.text), .values = {}};
  for (const auto& [path, expression] : line.values) {
    const auto value = evaluate(x, context, *expression, any_type());
    if (!value) continue;
    auto setting = as_setting(*value);
    if (!setting) {
      x.diagnostics.report(diagnostics::kOverrideValue, expression->span, path.text).help =
          "a text, a whole number, true or false, or a list of texts";
      continue;
    }
    out.values.emplace_back(path.text, std::move(*setting));
  }
  if (context.live) x.overrides.push_back(std::move(out));
}

void read_verbatim(Expansion& x, const Context& context, const syntax::Verbatim& node, base::Span span) {
  const std::string& provider = node.provider.text;
  const bool known = std::any_of(x.world.providers.begin(), x.world.providers.end(),
                                 [&](const model::ProviderSchema* schema) { return schema->provider == provider; });
  if (!known) {
    auto& reported = x.diagnostics.report(diagnostics::kUnknownProvider, node.provider.span, provider);
    if (const auto near = base::nearest(provider, x.program.providers)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
    }
  }
  Type text;
  text.base = Type::Base::Text;
  text.known = true;
  const auto value = evaluate(x, context, *node.value, text);
  if (!value || !known || !context.live) return;
  x.verbatims.push_back({.span = span,
                         .provider = provider,
                         .resource = node.logical_id.text,
                         .text = std::get<std::string>(value->node)});
}

}  // namespace crenel::sema
