#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {

bool Lowering::admitted(bool is, const Node& node, std::string_view what, const Admits& admits) const {
  if (!is) diagnostics_.report(diagnostics::kMisplaced, token(node).span, what, admits.place);
  return is;
}

void Lowering::body_item(const Node& item, const Admits& admits, BodyItems& out) const {
  const Node& node = item.children.front();
  switch (node.kind) {
    case NodeKind::Property:
      out.body.properties.push_back(property(node));
      return;
    case NodeKind::ProviderBlock:
      if (admitted(admits.providers, node, "a provider's block", admits))
        out.body.providers.push_back(provider_block(node));
      return;
    case NodeKind::SubnetDecl:
      if (admitted(admits.subnets, node, "a subnet", admits)) out.subnets.push_back(subnet(node));
      return;
    case NodeKind::Forward:
      if (admitted(admits.forwards, node, "`forward`", admits)) out.forwards.push_back(forward(node));
      return;
    case NodeKind::Trigger:
      if (admitted(admits.triggers, node, "a trigger", admits)) out.triggers.push_back(trigger(node));
      return;
    case NodeKind::OverrideDecl:
      if (admitted(admits.overrides, node, "`override`", admits)) out.overrides.push_back(override_decl(node));
      return;
    default:
      if (admitted(admits.under, node, "`under`", admits)) out.under.push_back(under(node));
      return;
  }
}

Lowering::BodyItems Lowering::body(const Node* node, const Admits& admits) const {
  BodyItems out;
  if (node == nullptr) return out;
  for (const Node* item : children(*node, NodeKind::BodyItem)) body_item(*item, admits, out);
  return out;
}

Body Lowering::plain_body(const Node& owner, std::string_view place) const {
  return body(child(owner, NodeKind::Body), {.place = place}).body;
}

Property Lowering::property(const Node& node) const {
  Property out{name_in(node), expr_in(node), std::nullopt, nullptr, span(node)};
  if (const Node* by = child(node, NodeKind::By)) {
    out.by = name_in(*by);
    out.by_argument = expr_in(*by);
  }
  return out;
}

ProviderBlock Lowering::provider_block(const Node& node) const {
  auto items =
      body(child(node, NodeKind::Body), {.place = "a provider's block", .providers = false, .overrides = true});
  return {name_in(node), std::move(items.body.properties), std::move(items.overrides), span(node)};
}

Override Lowering::override_decl(const Node& node) const {
  Override out{text_in(node), {}, span(node)};
  for (std::size_t i = 0; const Node* value : children(node, NodeKind::Expr))
    out.values.emplace_back(text_in(node, ++i), expr(*value));
  return out;
}

Subnet Lowering::subnet(const Node& node) const {
  Subnet out;
  out.name = name_in(node, 0);
  out.kind = name_in(node, 1);
  check_kind(out.kind, "a kind of tier", {"public", "private", "isolated"});
  out.body = plain_body(node, "a subnet");
  if (const Node* when = child(node, NodeKind::When)) out.when = expr_in(*when);
  out.doc = doc_above(node);
  out.span = span(node);
  return out;
}

Forward Lowering::forward(const Node& node) const {
  return {action(*child(node, NodeKind::Action, 0)), path_in(node), action(*child(node, NodeKind::Action, 1)),
          expr_in(node), span(node)};
}

Trigger Lowering::trigger(const Node& node) const { return {name_in(node), path_in(node), span(node)}; }

}  // namespace crenel::syntax
