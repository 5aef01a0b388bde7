#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/expansion.h"
#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

Value made(Value::Node node) { return {.node = std::move(node), .span = {}}; }

std::string word_of(model::TierKind kind) {
  return kind == model::TierKind::Public ? "public" : kind == model::TierKind::Private ? "private" : "isolated";
}

IntRange range_of(const Value& scale) {
  if (const auto* driven = std::get_if<Driven>(&scale.node)) return range_of(*driven->value);
  const auto* range = std::get_if<IntRange>(&scale.node);
  return range != nullptr ? *range : IntRange{1, 1};
}

/// The network that a thing stands in, a network itself included.
std::optional<DeclaredId> network_of(const Expansion& x, DeclaredId id) {
  std::optional<DeclaredId> at = id;
  while (at && x.rows[*at].declared.kind != Kind::Network) at = x.rows[*at].declared.home;
  return at;
}

std::optional<Value> attribute_of(const Expansion& x, DeclaredId id, const std::string& name) {
  const auto& attributes = x.rows[id].declared.attributes;
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::nullopt : std::optional(found->second);
}

/// Facts that are no attribute.
std::optional<Value> computed(const Expansion& x, DeclaredId id, const std::string& name) {
  const Declared& declared = x.rows[id].declared;
  const bool host = declared.kind == Kind::Group || declared.kind == Kind::Balancer;
  if (name == "name") return made(model::to_string(declared.path));
  if (name == "because") return declared.because.empty() ? made(None{}) : made(declared.because);
  if (name == "stage" && x.environment) return made(Word{x.environment->stage});
  if (name == "kind" && declared.kind == Kind::Subnet) return made(Word{word_of(declared.tier_kind)});
  if (name == "subnet" && declared.home && host) return made(EntityRef{*declared.home});
  if (name == "network" && declared.kind != Kind::Network) {
    if (const auto network = network_of(x, id)) return made(EntityRef{*network});
  }
  if (name == "zones" && host) {
    if (const auto network = network_of(x, id)) return attribute_of(x, *network, "zones");
  }
  const auto scale = attribute_of(x, id, "scale");
  if (name == "min" && scale) return made(range_of(*scale).first);
  if (name == "max" && scale) return made(range_of(*scale).last);
  if (name == "public" && declared.kind == Kind::Group) return attribute_of(x, id, "public_address");
  return std::nullopt;
}

std::vector<std::string> facts_of(Kind kind) {
  std::vector<std::string> out = {"name", "because", "stage", "network"};
  for (const auto& attribute : schema_of(keyword(kind))->attributes) out.emplace_back(attribute.name);
  if (kind == Kind::Subnet) out.emplace_back("kind");
  if (kind == Kind::Group || kind == Kind::Balancer) out.insert(out.end(), {"subnet", "zones"});
  if (kind == Kind::Group) out.insert(out.end(), {"min", "max", "public"});
  return out;
}

std::optional<Value> one_fact(Expansion& x, DeclaredId id, const syntax::Name& name) {
  const Kind kind = x.rows[id].declared.kind;
  if (auto value = computed(x, id, name.text)) return value;
  if (auto value = attribute_of(x, id, name.text)) return value;
  const auto known = facts_of(kind);
  if (std::find(known.begin(), known.end(), name.text) != known.end()) return made(None{});
  auto& reported = x.diagnostics.report(diagnostics::kUnknownFact, name.span, with_article(kind), name.text);
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  }
  return std::nullopt;
}

}  // namespace

std::optional<Value> fact_value(Expansion& x, const FactOf& fact) {
  Value value = made(EntityRef{fact.variable.id});
  std::vector<syntax::Name> names = fact.rest;
  if (!fact.name.text.empty()) names.insert(names.begin(), fact.name);
  for (const auto& name : names) {
    const auto* reference = std::get_if<EntityRef>(&value.node);
    if (reference == nullptr) {
      x.diagnostics.report(diagnostics::kUnknownMember, name.span, describe(value), name.text);
      return std::nullopt;
    }
    auto next = one_fact(x, reference->id, name);
    if (!next) return std::nullopt;
    value = std::move(*next);
  }
  return value;
}

std::optional<std::vector<DeclaredId>> members_of(Expansion& x, const Context& context,
                                                  const syntax::EveryExpr& every) {
  const auto kind = kind_of_keyword(every.kind.text);
  if (!kind) return std::nullopt;  // a flow or a waiver, which the caller does not take
  std::vector<DeclaredId> all;
  for (const DeclaredId id : x.rows.ids()) {
    if (x.rows[id].declared.kind == *kind && x.rows[id].live) all.push_back(id);
  }
  std::sort(all.begin(), all.end(), [&](DeclaredId a, DeclaredId b) { return x.rows[a].order < x.rows[b].order; });
  if (every.where == nullptr || !every.variable) return all;
  std::vector<DeclaredId> out;
  for (const DeclaredId id : all) {
    x.scopes.push_back({.module = context.scope->module, .outer = context.scope, .instance = nullptr, .names = {}});
    Scope& scope = x.scopes.back();
    scope.names.emplace(every.variable->text, Symbol{.target = Variable{.kind = *kind, .id = id},
                                                     .span = every.variable->span,
                                                     .is_private = true,
                                                     .conditions = {}});
    Context at = context;
    at.scope = &scope;
    const auto chosen = evaluate(x, at, *every.where, bool_type());
    if (!chosen) return std::nullopt;
    if (std::get<bool>(chosen->node)) out.push_back(id);
  }
  return out;
}

}  // namespace crenel::sema
