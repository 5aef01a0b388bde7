#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

using Base = Type::Base;

struct TypeName {
  std::string_view name;
  Base base;
};
constexpr std::array<TypeName, 14> kTypes = {{{"int", Base::Int},
                                              {"bool", Base::Bool},
                                              {"string", Base::Text},
                                              {"cidr", Base::Cidr},
                                              {"ip", Base::Ip},
                                              {"service", Base::Service},
                                              {"image", Base::Image},
                                              {"certificate", Base::Certificate},
                                              {"identity", Base::Identity},
                                              {"secret", Base::Secret},
                                              {"key", Base::Key},
                                              {"duration", Base::Duration},
                                              {"percent", Base::Percent},
                                              {"range", Base::Range}}};

void report_unknown_type(Expansion& x, const syntax::Name& name) {
  std::vector<std::string> known;
  for (const auto& row : kTypes) known.emplace_back(row.name);
  for (const auto& schema : {"group", "site", "store", "queue", "topic", "table", "vault", "database", "network",
                             "balancer", "function", "appliance", "agent"}) {
    known.emplace_back(schema);
  }
  auto& reported = x.diagnostics.report(diagnostics::kUnknownType, name.span, name.text);
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  }
}

/// Enters what stands in the parentheses of a type; false after an error.
bool read_bound(Expansion& x, const Context& context, const syntax::NamedType& written, Type& type) {
  if (written.argument == nullptr) return true;
  const auto value = raw_value(x, context, *written.argument, any_type());
  if (!value) return false;
  const auto* ints = std::get_if<IntRange>(&value->node);
  const auto* lengths = std::get_if<LengthRange>(&value->node);
  const auto* length = std::get_if<PrefixLength>(&value->node);
  const auto* text = std::get_if<std::string>(&value->node);
  std::string expected = "left out: this type has none";
  switch (type.base) {
    case Base::Int:
    case Base::Range:
      if (ints != nullptr) type.ints = *ints;
      if (ints != nullptr) return true;
      expected = "a range of numbers, such as 2..6";
      break;
    case Base::Cidr:
      if (lengths != nullptr) type.lengths = *lengths;
      if (length != nullptr) type.lengths = LengthRange{length->value, length->value};
      if (type.lengths) return true;
      expected = "a range of prefix lengths, such as /16../20";
      break;
    case Base::Text:
      if (text != nullptr) {
        type.pattern = *text;
        const auto fault = regex_fault(*text);
        if (fault) x.diagnostics.report(diagnostics::kBadRegex, written.argument->span, *text, *fault);
        return !fault;
      }
      expected = "a regular expression, as a text";
      break;
    default:
      break;
  }
  x.diagnostics.report(diagnostics::kBadBound, written.argument->span, written.name.text, expected);
  return false;
}

bool read_within(Expansion& x, const Context& context, const syntax::NamedType& written, Type& type) {
  if (written.within == nullptr) return true;
  if (type.base != Base::Cidr && type.base != Base::Ip) {
    x.diagnostics.report(diagnostics::kBadBound, written.within->span, written.name.text,
                         "without `within`: only addresses lie within others");
    return false;
  }
  Type addresses;
  addresses.base = Base::Addresses;
  const auto value = evaluate(x, context, *written.within, addresses);
  if (!value) return false;
  for (const auto& block : std::get<AddressBlocks>(value->node).blocks) {
    const auto* known = std::get_if<net::Prefix>(&block);
    if (known == nullptr) {
      x.diagnostics.report(diagnostics::kBadBound, written.within->span, written.name.text,
                           "known when the pattern is compiled");
      return false;
    }
    type.within.push_back(*known);
  }
  type.within_text = std::string(x.world.sources.text(written.within->span));
  return true;
}

std::optional<Type> named_type(Expansion& x, const Context& context, const syntax::NamedType& written) {
  Type type;
  const auto row = std::find_if(kTypes.begin(), kTypes.end(),
                                [&](const TypeName& known) { return known.name == written.name.text; });
  if (row != kTypes.end()) {
    type.base = row->base;
  } else if (const auto kind = kind_of_keyword(written.name.text);
             kind && *kind != Kind::Flow && *kind != Kind::Waiver) {
    type = entity_type({*kind});
  } else {
    report_unknown_type(x, written.name);
    return std::nullopt;
  }
  const bool bound = read_bound(x, context, written, type);
  const bool within = read_within(x, context, written, type);
  return bound && within ? std::optional(type) : std::nullopt;
}

/// The row of a parameter that is left to deployment.
Value deferred(Expansion& x, ParameterState& state, model::ParameterKind kind, const std::optional<Value>& standard) {
  model::Parameter made;
  made.origin = {
      .path = state.path, .span = state.declaration->name.span, .doc = state.declaration->doc, .because = {}};
  made.kind = kind;
  if (state.type.lengths) {
    made.shortest = state.type.lengths->first;
    made.longest = state.type.lengths->last;
  }
  made.within = state.type.within;
  made.pattern = state.type.pattern;
  if (standard) made.default_value = to_text(*standard);
  x.parameter_order.push_back(state.order);
  return {.node = Deferred{x.parameters.add(std::move(made))}, .span = state.declaration->span};
}

/// Finds the value, or settles that there is none.
void find_value(Expansion& x, const Context& context, ParameterState& state) {
  if (state.argument == nullptr && !deferrable(state.type)) {
    state.progress = ParameterState::Progress::Unbound;
    return;
  }
  state.progress = ParameterState::Progress::Evaluating;
  std::optional<Value> value;
  if (state.argument != nullptr) {
    Context at = context;
    at.scope = state.argument_scope;
    at.conditions = state.argument_conditions;
    Type type = state.type;
    type.known = state.by_default;
    value = evaluate(x, at, *state.argument, type);
    if (!value) {
      state.progress = ParameterState::Progress::Failed;
      return;
    }
  }
  // The default of what can wait is the deployer's, not ours.
  const auto kind = deferrable(state.type);
  state.value = kind && (state.by_default || !value) ? deferred(x, state, *kind, value) : std::move(*value);
  state.progress = ParameterState::Progress::Done;
}

void report_cycle(Expansion& x, const ParameterState& state) {
  std::vector<std::string> names;
  for (const auto& [key, name] : x.evaluating) {
    if (key == &state || !names.empty()) names.push_back(name);
  }
  names.push_back(state.declaration->name.text);
  x.diagnostics.report(diagnostics::kValueCycle, state.declaration->name.span, base::join(names, " → "));
}

void enter_argument(Expansion& x, const syntax::Pattern& pattern, const syntax::Argument& argument,
                    std::map<std::string, const syntax::Argument*>& given) {
  const bool has_secret = std::any_of(pattern.parameters.begin(), pattern.parameters.end(), [](const auto& parameter) {
    const auto* type = std::get_if<syntax::NamedType>(&parameter.type.node);
    return type != nullptr && type->name.text == "secret";
  });
  if (!argument.name) {
    x.diagnostics.report(diagnostics::kUnnamedArgument, argument.span).secret = has_secret;
    return;
  }
  std::vector<std::string> known;
  for (const auto& parameter : pattern.parameters) known.push_back(parameter.name.text);
  if (std::find(known.begin(), known.end(), argument.name->text) == known.end()) {
    auto& reported =
        x.diagnostics.report(diagnostics::kUnknownArgument, has_secret ? argument.span : argument.name->span,
                             pattern.name.text, argument.name->text);
    reported.secret = has_secret;
    reported.notes.push_back({pattern.name.span, "the pattern is declared here"});
    if (const auto near = base::nearest(argument.name->text, known)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{argument.name->span, *near}}});
    }
    return;
  }
  const auto [first, added] = given.emplace(argument.name->text, &argument);
  if (added) return;
  auto& reported = x.diagnostics.report(diagnostics::kDuplicateArgument,
                                        has_secret ? argument.span : argument.name->span, argument.name->text);
  reported.secret = has_secret;
  if (!has_secret) reported.notes.push_back({first->second->span, "the first is here"});
}

}  // namespace

std::optional<Type> type_of(Expansion& x, const Context& context, const syntax::Type& written) {
  return std::visit(base::Overloaded{
                        [](const syntax::OneOf& one) {
                          Type type;
                          type.base = Base::Words;
                          for (const auto& word : one.words) type.words.push_back(word.text);
                          return std::optional(type);
                        },
                        [&](const syntax::ListOf& list) -> std::optional<Type> {
                          auto element = type_of(x, context, *list.element);
                          if (!element) return std::nullopt;
                          Type type;
                          type.base = Base::List;
                          type.element.push_back(std::move(*element));
                          return type;
                        },
                        [&](const syntax::NamedType& named) { return named_type(x, context, named); },
                    },
                    written.node);
}

void bind_parameters(Expansion& x, Instance& instance, const syntax::Pattern& pattern, const Context& use_context,
                     const std::vector<syntax::Argument>& arguments) {
  std::map<std::string, const syntax::Argument*> given;
  for (const auto& argument : arguments) enter_argument(x, pattern, argument, given);
  const Context own{.scope = &instance.scope,
                    .conditions = instance.conditions,
                    .live = instance.live,
                    .statement = "the bound of a parameter"};
  for (const auto& declaration : pattern.parameters) {
    ParameterState& state = instance.parameters.emplace_back();
    state.declaration = &declaration;
    state.path = instance.path;
    state.path.push_back(declaration.name.text);
    state.free = instance.use == nullptr;
    state.order = instance.order;
    // Before those of the patterns that it uses.
    state.order.insert(state.order.end(), {-1, static_cast<int>(instance.parameters.size())});
    const auto argument = given.find(declaration.name.text);
    const auto bound = x.bound.find(model::to_string(state.path));
    // What is bound for this build goes before what a handbook says, and not before what the source of a `use` says.
    if (bound != x.bound.end() && (instance.use == nullptr || argument == given.end())) {
      state.argument = bound->second.get();
      state.argument_scope = module_scope(x, instance.scope.module);
    } else if (argument != given.end()) {
      state.argument = argument->second->value.get();
      state.argument_scope = use_context.scope;
    } else if (declaration.default_value != nullptr) {
      state.argument = declaration.default_value.get();
      state.argument_scope = &instance.scope;
      state.by_default = true;
    }
    state.argument_conditions = instance.conditions;
    enter(x, instance, declaration.name,
          {.target = &state, .span = declaration.name.span, .is_private = true, .conditions = {}});
  }
  // Types after names: a bound may refer to another parameter.
  for (ParameterState& state : instance.parameters) {
    auto type = type_of(x, own, state.declaration->type);
    if (type) {
      state.type = std::move(*type);
    } else {
      state.progress = ParameterState::Progress::Failed;
    }
  }
}

std::optional<Value> value_of(Expansion& x, const Context& context, ParameterState& state, base::Span use) {
  state.mentioned = true;
  if (state.progress == ParameterState::Progress::Evaluating) {
    report_cycle(x, state);
    return std::nullopt;
  }
  if (state.progress == ParameterState::Progress::Waiting) {
    x.evaluating.emplace_back(&state, state.declaration->name.text);
    find_value(x, context, state);
    x.evaluating.pop_back();
  }
  if (state.progress == ParameterState::Progress::Unbound) {
    const std::string name = model::to_string(state.path);
    auto& reported = x.diagnostics.report(diagnostics::kUnboundStructural, use, name, context.statement);
    reported.notes.push_back({state.declaration->span, "the parameter is declared here, without a default"});
    reported.help = fmt::format("give it a default, or bind it: `--set {}=VALUE`", name);
    return std::nullopt;
  }
  if (state.progress != ParameterState::Progress::Done) return std::nullopt;
  Value value = state.value;
  value.span = use;
  return value;
}

void settle_parameters(Expansion& x, Instance& instance) {
  const Context context{
      .scope = &instance.scope, .conditions = instance.conditions, .live = instance.live, .statement = "a value"};
  for (ParameterState& state : instance.parameters) {
    if (state.progress == ParameterState::Progress::Waiting) {
      x.evaluating.emplace_back(&state, state.declaration->name.text);
      find_value(x, context, state);
      x.evaluating.pop_back();
    }
    // A default is right or wrong whether this target needs it or not.
    const auto* standard = state.declaration->default_value.get();
    if (standard != nullptr && !state.by_default && state.progress != ParameterState::Progress::Failed) {
      static_cast<void>(evaluate(x, context, *standard, state.type));
    }
    // Inside what uses a pattern its own unused parameters are old news; after an error (or where
    // something could not be read) they may be a consequence.
    if (!state.mentioned && instance.use == nullptr && !x.diagnostics.has_errors() &&
        !x.program.modules[instance.scope.module].incomplete) {
      x.diagnostics.report(diagnostics::kUnusedParameter, state.declaration->name.span, state.declaration->name.text);
    }
  }
}

}  // namespace crenel::sema
