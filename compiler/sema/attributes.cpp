#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"
#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

void report_unknown_attribute(Expansion& x, const syntax::Name& name, std::string_view keyword,
                              const std::vector<std::string>& known, const std::string& place) {
  auto& reported =
      x.diagnostics.report(diagnostics::kUnknownAttribute, name.span, fmt::format("a {}", keyword), name.text, place);
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  } else if (!known.empty()) {
    reported.help = fmt::format("it has {}", base::list_in_words(known, "and"));
  }
}

/// `2..6 by cpu(70%)`.
std::optional<Value> driven_value(Expansion& x, const Context& context, const syntax::Property& property, Value value) {
  const std::string& driver = property.by->text;
  Driven out{.value = std::make_shared<const Value>(std::move(value)), .driver = driver, .argument = nullptr};
  if (driver == "cpu") {
    Type percent;
    percent.base = Type::Base::Percent;
    const auto argument = evaluate(x, context, *property.by_argument, percent);
    if (!argument) return std::nullopt;
    out.argument = std::make_shared<const Value>(*argument);
    if (std::get<Percent>(argument->node).value == 0) {
      x.diagnostics.report(diagnostics::kOutOfBounds, argument->span, "0%", "a percentage from 1% to 100%");
      return std::nullopt;
    }
  } else if (driver == "queued") {
    const auto argument = evaluate(x, context, *property.by_argument, entity_type({Kind::Queue}));
    if (!argument) return std::nullopt;
    out.argument = std::make_shared<const Value>(*argument);
  } else {
    x.diagnostics.report(diagnostics::kBadDriver, property.by->span, driver);
    return std::nullopt;
  }
  return Value{.node = std::move(out), .span = property.span};
}

bool whole_scale(Expansion& x, const Value& value) {
  const auto* range = std::get_if<IntRange>(&value.node);
  if (range == nullptr || (range->first >= 0 && range->last >= 1 && range->last <= 1000)) return true;
  x.diagnostics.report(diagnostics::kOutOfBounds, value.span, to_text(value),
                       "a number of members from 0 to 1000, and not none at most");
  return false;
}

void read_property(Expansion& x, const Context& outer, const syntax::Property& property, const Attribute& attribute,
                   const std::string& subject, std::map<std::string, Value>& attributes) {
  // Names of patterns and policies are no values; whoever makes targets of them reads them.
  if (attribute.type == AttributeType::Patterns || attribute.type == AttributeType::Policies) return;
  Context context = outer;
  context.statement = fmt::format("`{}` of {}", attribute.name, subject);
  Type type = type_of(attribute.type);
  type.optional = !attribute.required;
  // The model keeps these as they are; only what a template can take as a parameter may wait.
  type.known = attribute.type == AttributeType::Text || attribute.type == AttributeType::Texts;
  if (type.base == Type::Base::List && type.known) type.element.front().known = true;
  auto value = evaluate(x, context, *property.value, type);
  if (!value || std::holds_alternative<None>(value->node)) return;
  if (attribute.type == AttributeType::Scale && !whole_scale(x, *value)) return;
  if (property.by) {
    if (attribute.type != AttributeType::Scale) {
      x.diagnostics.report(diagnostics::kBadDriver, property.by->span, property.by->text).help =
          fmt::format("`{}` takes a plain value", attribute.name);
      return;
    }
    value = driven_value(x, context, property, std::move(*value));
    if (!value) return;
  }
  attributes.insert_or_assign(std::string(attribute.name), std::move(*value));
}

std::optional<model::Setting> setting_of(Expansion& x, const Context& context, const syntax::Property& property,
                                         model::SettingType kind) {
  Type type;
  type.known = true;
  switch (kind) {
    case model::SettingType::Text:
      type.base = Type::Base::Text;
      break;
    case model::SettingType::Int:
      type.base = Type::Base::Int;
      break;
    case model::SettingType::Bool:
      type.base = Type::Base::Bool;
      break;
    case model::SettingType::TextList: {
      Type text;
      text.base = Type::Base::Text;
      text.known = true;
      type.base = Type::Base::List;
      type.element.push_back(text);
      break;
    }
  }
  const auto value = evaluate(x, context, *property.value, type);
  if (!value) return std::nullopt;
  return std::visit(base::Overloaded{
                        [](const std::string& text) { return std::optional<model::Setting>(text); },
                        [](std::int64_t number) { return std::optional<model::Setting>(number); },
                        [](bool flag) { return std::optional<model::Setting>(flag); },
                        [](const List& list) {
                          std::vector<std::string> texts;
                          for (const auto& item : list.items) texts.push_back(std::get<std::string>(item.node));
                          return std::optional<model::Setting>(std::move(texts));
                        },
                        [](const auto&) { return std::optional<model::Setting>(); },
                    },
                    value->node);
}

const model::ProviderSchema* provider_named(const Expansion& x, std::string_view name) {
  for (const auto* schema : x.world.providers) {
    if (schema->provider == name) return schema;
  }
  return nullptr;
}

void read_setting(Expansion& x, const Context& context, const syntax::Property& property, std::string_view keyword,
                  const model::ProviderSchema& schema, const std::string& subject, model::ProviderSettings& settings) {
  const std::string provider(schema.provider);
  std::vector<std::string> known;
  const model::ProviderAttribute* row = nullptr;
  for (const auto& attribute : schema.attributes) {
    if (attribute.kind != keyword) continue;
    known.emplace_back(attribute.name);
    if (attribute.name == property.name.text) row = &attribute;
  }
  if (row == nullptr) {
    report_unknown_attribute(x, property.name, keyword, known, fmt::format(" on {}", provider));
    return;
  }
  Context inner = context;
  inner.statement = fmt::format("`{}` of {} on {}", row->name, subject, provider);
  auto setting = setting_of(x, inner, property, row->type);
  if (setting) settings[provider].insert_or_assign(std::string(row->name), std::move(*setting));
}

void read_provider_blocks(Expansion& x, const Context& context, const std::vector<syntax::ProviderBlock>& blocks,
                          std::string_view keyword, const std::string& subject, model::ProviderSettings& settings) {
  std::map<std::string, base::Span> seen_blocks;
  for (const auto& block : blocks) {
    const auto* schema = provider_named(x, block.provider.text);
    if (schema == nullptr) {
      auto& reported = x.diagnostics.report(diagnostics::kUnknownProvider, block.provider.span, block.provider.text);
      if (const auto near = base::nearest(block.provider.text, x.program.providers)) {
        reported.help = fmt::format("did you mean `{}`?", *near);
      }
      continue;
    }
    const auto [first, added] = seen_blocks.emplace(block.provider.text, block.provider.span);
    if (!added) {
      x.diagnostics.report(diagnostics::kDuplicateProviderBlock, block.provider.span, block.provider.text)
          .notes.push_back({first->second, "the first is here"});
      continue;
    }
    std::map<std::string, base::Span> seen;
    for (const auto& property : block.properties) {
      const auto [earlier, fresh] = seen.emplace(property.name.text, property.name.span);
      if (!fresh) {
        x.diagnostics.report(diagnostics::kDuplicateAttribute, property.name.span, property.name.text)
            .notes.push_back({earlier->second, "the first is here"});
        continue;
      }
      read_setting(x, context, property, keyword, *schema, subject, settings);
    }
    for (const auto& line : block.overrides) read_override(x, context, block.provider.text, line);
  }
}

}  // namespace

void read_properties(Expansion& x, const Context& context, const std::vector<syntax::Property>& properties,
                     std::string_view keyword, const std::string& subject, base::Span name,
                     std::map<std::string, Value>& attributes) {
  const KindSchema& schema = *schema_of(keyword);
  std::vector<std::string> known;
  for (const auto& attribute : schema.attributes) known.emplace_back(attribute.name);
  std::map<std::string, base::Span, std::less<>> seen;
  for (const auto& property : properties) {
    const Attribute* attribute = find(schema, property.name.text);
    if (attribute == nullptr) {
      report_unknown_attribute(x, property.name, keyword, known, "");
      continue;
    }
    const auto [first, added] = seen.emplace(property.name.text, property.name.span);
    if (!added) {
      x.diagnostics.report(diagnostics::kDuplicateAttribute, property.name.span, property.name.text)
          .notes.push_back({first->second, "the first is here"});
      continue;
    }
    read_property(x, context, property, *attribute, subject, attributes);
  }
  for (const auto& attribute : schema.attributes) {
    if (seen.contains(attribute.name)) continue;
    if (attribute.required) {
      x.diagnostics.report(diagnostics::kMissingAttribute, name, subject, std::string(attribute.name)).help =
          fmt::format("add `{} = …`: {}", attribute.name, describe(type_of(attribute.type)));
    } else if (auto standard = default_of(attribute)) {
      attributes.emplace(std::string(attribute.name), std::move(*standard));
    }
  }
}

void read_body(Expansion& x, const Context& context, const syntax::Body& body, std::string_view keyword,
               const std::string& subject, base::Span name, std::map<std::string, Value>& attributes,
               model::ProviderSettings& settings) {
  read_properties(x, context, body.properties, keyword, subject, name, attributes);
  read_provider_blocks(x, context, body.providers, keyword, subject, settings);
}

}  // namespace crenel::sema
