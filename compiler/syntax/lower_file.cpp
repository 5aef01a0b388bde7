#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {

std::vector<Item> Lowering::items(const Node& file) const {
  std::vector<Item> out;
  for (const Node* node : children(file, NodeKind::Item))
    if (auto lowered = item(*node)) out.push_back(std::move(*lowered));
  return out;
}

Import Lowering::import(const Node& node) const {
  const Node& module = *child(node, NodeKind::ModulePath);
  Import out{"", false, span(module), names_in(node)};
  if (const Node* quoted = leaf(module, TokenKind::String)) {
    out.module = text(*quoted).text;
    out.is_path = true;
    return out;
  }
  for (const Name& part : names_in(module)) out.module += (out.module.empty() ? "" : "/") + part.text;
  return out;
}

Type Lowering::type(const Node& node) const {
  Type out;
  out.span = span(node);
  if (has(node, "one")) {
    out.node = OneOf{names_in(node)};
  } else if (has(node, "list")) {
    out.node = ListOf{std::make_unique<Type>(type(*child(node, NodeKind::Type)))};
  } else {
    const Node* within = child(node, NodeKind::Primary);
    out.node = NamedType{name_in(node), expr_in(node), within == nullptr ? nullptr : expr(*within)};
  }
  return out;
}

Parameter Lowering::parameter(const Node& node) const {
  return {name_in(node), type(*child(node, NodeKind::Type)), expr_in(node), doc_above(node), span(node)};
}

Pattern Lowering::pattern(const Node& node) const {
  Pattern out;
  out.name = name_in(node);
  for (const Node* part : children(node, NodeKind::Param)) out.parameters.push_back(parameter(*part));
  out.providers = names_in(node, 1);
  return out;
}

Assertion Lowering::assertion(const Node& node) const {
  if (node.kind == NodeKind::Claim) return claim(node);
  return require(node);
}

Rule Lowering::rule(const Node& node) const {
  Rule out;
  out.name = name_in(node, 0);
  out.severity = name_in(node, 1);
  out.doc = doc_above(node);
  out.span = span(node);
  check_kind(out.severity, "a severity", {"mandatory", "error", "warning", "info"});
  for (const Node* item : children(node, NodeKind::RuleItem)) {
    const Node& part = item->children.front();
    switch (part.kind) {
      case NodeKind::Control:
        for (auto& control : texts_in(part)) out.controls.push_back(std::move(control));
        break;
      case NodeKind::Because:
        out.because.push_back(text_in(part));
        break;
      case NodeKind::Fix:
        out.fixes.push_back(text_in(part));
        break;
      default:
        out.assertions.push_back(assertion(part));
        break;
    }
  }
  return out;
}

Policy Lowering::policy(const Node& node) const {
  Policy out;
  out.name = name_in(node);
  for (const Node* item : children(*child(node, NodeKind::PolicyBlock), NodeKind::PolicyItem)) {
    const Node& part = item->children.front();
    if (part.kind == NodeKind::UnderItem) {
      out.under.push_back(under(part));
      continue;
    }
    const std::size_t errors = diagnostics_.error_count();
    Rule lowered = rule(part);
    if (diagnostics_.error_count() == errors) out.rules.push_back(std::move(lowered));
  }
  return out;
}

Environment Lowering::environment(const Node& node) const {
  auto items = body(child(node, NodeKind::Body), {.place = "an environment", .under = true});
  return {name_in(node), std::move(items.body), std::move(items.under)};
}

Stack Lowering::stack(const Node& node) const {
  Stack out;
  out.name = name_in(node, 0);
  out.provider = name_in(node, 1);
  out.environments = paths_in(node);
  return out;
}

Test Lowering::test(const Node& node) const {
  Test out;
  out.title = text_in(node);
  out.pattern = path_in(node, 0);
  out.arguments = arguments(*child(node, NodeKind::Arguments));
  out.providers = names_in(node);
  if (child(node, NodeKind::Path, 1) != nullptr) out.environment = path_in(node, 1);
  for (const Node* item : children(*child(node, NodeKind::TestBlock), NodeKind::TestItem)) {
    const Node& part = item->children.front();
    if (part.kind == NodeKind::UnderItem)
      out.under.push_back(under(part));
    else if (part.kind == NodeKind::Fails)
      out.fails.push_back({path_in(part)});
    else
      out.assertions.push_back(assertion(part));
  }
  return out;
}

Item::Node Lowering::declaration(const Node& node) const {
  switch (node.kind) {
    case NodeKind::ImportDecl:
      return import(node);
    case NodeKind::ServiceDecl:
      return Service{name_in(node), actions(node)};
    case NodeKind::AddressesDecl:
      return Addresses{name_in(node), expr_in(node)};
    case NodeKind::LabelDecl:
      return Label{names_in(node)};
    case NodeKind::LetDecl:
      return Let{name_in(node), expr_in(node)};
    case NodeKind::SiteDecl:
      return Site{name_in(node), plain_body(node, "a site")};
    case NodeKind::AgentDecl:
      return Agent{name_in(node), plain_body(node, "an agent")};
    case NodeKind::EnvironmentDecl:
      return environment(node);
    case NodeKind::PolicyDecl:
      return policy(node);
    case NodeKind::PatternDecl:
      return pattern(node);
    case NodeKind::StackDecl:
      return stack(node);
    case NodeKind::TestDecl:
      return test(node);
    case NodeKind::HandbookDecl:
      return Handbook{text_in(node),
                      body(child(node, NodeKind::Body), {.place = "a handbook", .providers = false}).body.properties};
    default:
      return waiver(node);
  }
}

std::optional<Item> Lowering::item(const Node& node) const {
  const std::size_t errors = diagnostics_.error_count();
  const Node& part = node.children.front();
  Item out{declaration(part), doc_above(node), span(node)};
  // An error in the head, or in a declaration without statements, takes the item; one in a statement the statement.
  const bool sound = diagnostics_.error_count() == errors || part.kind == NodeKind::PolicyDecl;
  if (const Node* statements = child(part, NodeKind::Block)) {
    auto items = block(*statements, part.kind == NodeKind::StackDecl);
    if (auto* pattern = std::get_if<Pattern>(&out.node)) {
      pattern->statements = std::move(items.statements);
    } else if (auto* stack = std::get_if<Stack>(&out.node)) {
      stack->statements = std::move(items.statements);
      stack->properties = std::move(items.properties);
      stack->under = std::move(items.under);
    }
  }
  if (!sound) return std::nullopt;
  return out;
}

}  // namespace crenel::syntax
