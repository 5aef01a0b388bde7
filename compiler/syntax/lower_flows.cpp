#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {

const std::vector<std::string>& Lowering::declaration_kinds() {
  static const std::vector<std::string> kKinds = {
      "network", "subnet", "group", "balancer",    "appliance", "function", "store", "queue",
      "topic",   "table",  "vault", "database",    "endpoint",  "link",     "peer",  "site",
      "agent",   "guard",  "flow",  "environment", "stack",     "waiver"};
  return kKinds;
}

EndpointTerm Lowering::endpoint_term(const Node& node) const {
  const Node& part = node.children.front();
  if (part.kind == NodeKind::Path) return {path(part), span(node)};
  if (part.kind == NodeKind::EveryTerm) return {every(part), span(node)};
  const Token& address = token(part);
  if (address.kind == TokenKind::Cidr) return {CidrLiteral{std::string(address.text)}, span(node)};
  return {AddressLiteral{std::string(address.text)}, span(node)};
}

Endpoints Lowering::endpoints(const Node& node) const {
  Endpoints out;
  out.span = span(node);
  for (const Node* term : children(node, NodeKind::EndpointTerm)) out.terms.push_back(endpoint_term(*term));
  if (const Node* except = child(node, NodeKind::Except))
    for (const Node* term : children(*except, NodeKind::EndpointTerm)) out.except.push_back(endpoint_term(*term));
  return out;
}

Action Lowering::action(const Node& node) const {
  const Node& part = node.children.front();
  if (part.kind == NodeKind::Path) return {path(part), span(node)};
  return {service_literal(part), span(node)};
}

std::vector<Action> Lowering::actions(const Node& node) const {
  std::vector<Action> out;
  if (const Node* list = child(node, NodeKind::Actions))
    for (const Node* part : children(*list, NodeKind::Action)) out.push_back(action(*part));
  return out;
}

Flow Lowering::flow(const Node& node) const {
  Flow out;
  out.deny = has(node, "deny");
  out.from = endpoints(*child(node, NodeKind::Endpoints, 0));
  out.to = endpoints(*child(node, NodeKind::Endpoints, 1));
  out.actions = actions(node);
  check_once(children(node, NodeKind::Via), "via");
  check_once(children(node, NodeKind::Because), "because");
  check_once(children(node, NodeKind::When), "when");
  if (const Node* via = child(node, NodeKind::Via)) out.via = paths_in(*via);
  if (const Node* because = child(node, NodeKind::Because)) out.because = text_in(*because);
  if (const Node* when = child(node, NodeKind::When)) out.when = expr_in(*when);
  return out;
}

Claim Lowering::claim(const Node& node) const {
  Claim out;
  out.kind = has(node, "never") ? ClaimKind::Never : has(node, "only") ? ClaimKind::Only : ClaimKind::Always;
  out.from = endpoints(*child(node, NodeKind::Endpoints, 0));
  out.transitive = has(node, "~>");
  out.to = endpoints(*child(node, NodeKind::Endpoints, 1));
  out.actions = actions(node);
  if (const Node* via = child(node, NodeKind::Via)) out.via = paths_in(*via);
  if (const Node* when = child(node, NodeKind::When)) out.when = expr_in(*when);
  return out;
}

std::optional<Question> Lowering::question(const Node& node) const {
  if (node.broken) return std::nullopt;
  Question out;
  out.from = endpoints(*child(node, NodeKind::Endpoints, 0));
  out.to = endpoints(*child(node, NodeKind::Endpoints, 1));
  out.actions = actions(node);
  out.span = span(node);
  return out;
}

Binder Lowering::binder(const Node& node) const {
  Binder out{name_in(node, 0), name_in(node, 1)};
  check_kind(out.kind, "a kind of declaration", declaration_kinds());
  return out;
}

Require Lowering::require(const Node& node) const {
  Require out;
  for (const Node* part : children(node, NodeKind::Binder)) out.binders.push_back(binder(*part));
  const bool filtered = has(node, "where");
  if (filtered) out.where = expr_in(node, 0);
  out.condition = expr_in(node, filtered ? 1 : 0);
  return out;
}

Waiver Lowering::waiver(const Node& node) const {
  Waiver out;
  out.rule = path_in(node);
  const Node& waived = *child(node, NodeKind::Waived);
  if (child(waived, NodeKind::Endpoints) != nullptr) {
    out.covers = WaivedFlow{endpoints(*child(waived, NodeKind::Endpoints, 0)),
                            endpoints(*child(waived, NodeKind::Endpoints, 1)), actions(waived)};
  } else {
    WaivedThing thing{name_in(waived), path_in(waived)};
    check_kind(thing.kind, "a kind of declaration", declaration_kinds());
    out.covers = std::move(thing);
  }
  for (const Node* clause : children(node, NodeKind::WaiverClause)) {
    if (const Node* because = child(*clause, NodeKind::Because))
      out.because.push_back(text_in(*because));
    else if (has(*clause, "owner"))
      out.owner.push_back(text_in(*clause));
    else if (has(*clause, "ticket"))
      out.ticket.push_back(text_in(*clause));
    else
      out.until.emplace_back(token(clause->children[1]).text, token(clause->children[1]).span);
  }
  return out;
}

UnderItem Lowering::under(const Node& node) const { return {paths_in(node)}; }

}  // namespace crenel::syntax
