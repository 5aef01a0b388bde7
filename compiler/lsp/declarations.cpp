#include "compiler/lsp/declarations.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace crenel::lsp {
namespace {

std::string dotted(const syntax::Path& path) {
  std::string out;
  for (const auto& name : path.names) out += (out.empty() ? "" : ".") + name.text;
  return out;
}

/// `name`: a `Name`, or the `Text` that serves as one.
template <typename Named>
Declaration named(const std::string& keyword, const Named& name, const std::string& detail = {}) {
  return {.keyword = keyword,
          .name = name.text,
          .detail = detail,
          .doc = {},
          .owner = {},
          .name_span = name.span,
          .span = name.span,
          .children = {}};
}

Declaration of_network(const syntax::Network& network) {
  Declaration out = named("network", network.name);
  out.children.reserve(network.subnets.size());
  for (const auto& subnet : network.subnets) {
    Declaration tier = named("subnet", subnet.name, subnet.kind.text);
    tier.doc = subnet.doc;
    tier.owner = network.name.text;
    tier.span = subnet.span;
    out.children.push_back(std::move(tier));
  }
  return out;
}

Declaration between(std::string keyword, const syntax::Path& first, std::string_view word, const syntax::Path& second) {
  return {.keyword = std::move(keyword),
          .name = fmt::format("{} {} {}", dotted(first), word, dotted(second)),
          .detail = {},
          .doc = {},
          .owner = {},
          .name_span = first.span,
          .span = first.span,
          .children = {}};
}

/// The statements that declare a name; nothing for the others.
std::optional<Declaration> of_statement(const syntax::Statement::Node& node) {
  using Result = std::optional<Declaration>;
  const auto in = [](const syntax::Path& tier) { return "in " + dotted(tier); };
  return std::visit(
      base::Overloaded{
          [](const syntax::Network& x) -> Result { return of_network(x); },
          [](const syntax::Site& x) -> Result { return named("site", x.name); },
          [&](const syntax::Group& x) -> Result { return named("group", x.name, in(x.tier)); },
          [&](const syntax::Balancer& x) -> Result { return named("balancer", x.name, in(x.tier)); },
          [&](const syntax::Appliance& x) -> Result { return named("appliance", x.name, in(x.tier)); },
          [&](const syntax::Function& x) -> Result { return named("function", x.name, x.tier ? in(*x.tier) : ""); },
          [](const syntax::Data& x) -> Result { return named(x.keyword.text, x.name); },
          [&](const syntax::Database& x) -> Result { return named("database", x.name, in(x.tier)); },
          [&](const syntax::EndpointDecl& x) -> Result { return named("endpoint", x.name, in(x.tier)); },
          [](const syntax::Link& x) -> Result { return between("link", x.network, "to", x.site); },
          [](const syntax::Peer& x) -> Result { return between("peer", x.first, "with", x.second); },
          [](const syntax::Agent& x) -> Result { return named("agent", x.name); },
          [](const syntax::Guard& x) -> Result { return named("guard", x.name); },
          [](const syntax::Existing& x) -> Result { return named(x.kind.text, x.name, "existing"); },
          [](const syntax::Use& x) -> Result { return named("use", x.alias, dotted(x.pattern)); },
          [](const syntax::Let& x) -> Result { return named("let", x.name); },
          [](const auto&) -> Result { return std::nullopt; },
      },
      node);
}

void add_statements(const std::vector<syntax::Statement>& statements, Declaration& to) {
  for (const auto& statement : statements) {
    auto declaration = of_statement(statement.node);
    if (!declaration) continue;
    declaration->span = statement.span;
    declaration->doc = statement.doc;
    to.children.push_back(std::move(*declaration));
  }
}

Declaration of_pattern(const syntax::Pattern& pattern, const base::Span& span) {
  Declaration out = named("pattern", pattern.name);
  for (const auto& parameter : pattern.parameters) {
    Declaration one = named("parameter", parameter.name);
    one.doc = parameter.doc;
    one.span = parameter.span;
    out.children.push_back(std::move(one));
  }
  out.span = span;
  add_statements(pattern.statements, out);
  return out;
}

void add_item(const syntax::Item& item, std::vector<Declaration>& out) {
  const std::size_t before = out.size();
  std::visit(base::Overloaded{
                 [&](const syntax::Service& x) { out.push_back(named("service", x.name)); },
                 [&](const syntax::Addresses& x) { out.push_back(named("addresses", x.name)); },
                 [&](const syntax::Label& x) {
                   for (const auto& name : x.names) out.push_back(named("label", name));
                 },
                 [&](const syntax::Let& x) { out.push_back(named("let", x.name)); },
                 [&](const syntax::Site& x) { out.push_back(named("site", x.name)); },
                 [&](const syntax::Agent& x) { out.push_back(named("agent", x.name)); },
                 [&](const syntax::Environment& x) { out.push_back(named("environment", x.name)); },
                 [&](const syntax::Policy& x) {
                   out.push_back(named("policy", x.name));
                   for (const auto& rule : x.rules) {
                     Declaration one = named("rule", rule.name, rule.severity.text);
                     one.doc = rule.doc;
                     one.span = rule.span;
                     out.back().children.push_back(std::move(one));
                   }
                 },
                 [&](const syntax::Pattern& x) { out.push_back(of_pattern(x, item.span)); },
                 [&](const syntax::Stack& x) {
                   out.push_back(named("stack", x.name, "on " + x.provider.text));
                   add_statements(x.statements, out.back());
                 },
                 [&](const syntax::Test& x) { out.push_back(named("test", x.title)); },
                 [&](const syntax::Handbook& x) { out.push_back(named("handbook", x.title)); },
                 [](const auto&) {},
             },
             item.node);
  for (std::size_t i = before; i < out.size(); ++i) {
    if (out[i].keyword != "label") out[i].span = item.span;
    out[i].doc = item.doc;
  }
}

bool holds(const base::Span& span, std::uint32_t offset) { return span.begin <= offset && offset <= span.end; }

const Declaration* called(const std::vector<Declaration>& declarations, std::string_view name) {
  const auto found =
      std::find_if(declarations.begin(), declarations.end(), [&](const auto& each) { return each.name == name; });
  return found == declarations.end() ? nullptr : &*found;
}

/// The declaration whose own name stands at the offset.
const Declaration* named_at(const std::vector<Declaration>& declarations, std::string_view name, std::uint32_t offset) {
  for (const auto& each : declarations) {
    if (each.name == name && holds(each.name_span, offset)) return &each;
    if (const auto* found = named_at(each.children, name, offset)) return found;
  }
  return nullptr;
}

const Declaration* within(const Declaration& outer, std::string_view qualifier, std::string_view name) {
  const auto* network = called(outer.children, qualifier);
  const auto* tier = network == nullptr ? nullptr : called(network->children, name);
  if (tier != nullptr) return tier;
  if (const auto* child = called(outer.children, name)) return child;
  for (const auto& child : outer.children) {
    if (const auto* inner = called(child.children, name)) return inner;
  }
  return nullptr;
}

}  // namespace

std::vector<Declaration> declarations_of(const syntax::File& file) {
  std::vector<Declaration> out;
  for (const auto& item : file.items) add_item(item, out);
  return out;
}

const Declaration* find(const std::vector<Declaration>& declarations, std::string_view qualifier, std::string_view name,
                        std::uint32_t offset) {
  if (const auto* here = named_at(declarations, name, offset)) return here;
  const auto* item = item_at(declarations, offset);
  const auto* inside = item == nullptr ? nullptr : within(*item, qualifier, name);
  return inside == nullptr ? called(declarations, name) : inside;
}

const Declaration* item_at(const std::vector<Declaration>& declarations, std::uint32_t offset) {
  const auto found = std::find_if(declarations.begin(), declarations.end(),
                                  [&](const auto& item) { return holds(item.span, offset); });
  return found == declarations.end() ? nullptr : &*found;
}

std::vector<const Declaration*> visible(const std::vector<Declaration>& declarations, std::uint32_t offset) {
  std::vector<const Declaration*> out;
  for (const auto& item : declarations) {
    if (holds(item.span, offset)) {
      for (const auto& child : item.children) out.push_back(&child);
    }
  }
  for (const auto& item : declarations) out.push_back(&item);
  return out;
}

}  // namespace crenel::lsp
