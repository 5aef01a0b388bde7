#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {

Statement::Node Lowering::structure_in_tier(const Node& node) const {
  Name declared = name_in(node);
  Path tier = path_in(node);
  switch (node.kind) {
    case NodeKind::GroupDecl:
      return Group{std::move(declared), std::move(tier), plain_body(node, "a group")};
    case NodeKind::ApplianceDecl:
      return Appliance{std::move(declared), std::move(tier), plain_body(node, "an appliance")};
    case NodeKind::DatabaseDecl:
      return Database{std::move(declared), std::move(tier), plain_body(node, "a database")};
    case NodeKind::EndpointDecl:
      return EndpointDecl{std::move(declared), std::move(tier), paths_in(node, 1)};
    default: {
      auto items = body(child(node, NodeKind::Body), {.place = "a balancer", .forwards = true});
      return Balancer{std::move(declared), std::move(tier), std::move(items.body), std::move(items.forwards)};
    }
  }
}

Statement::Node Lowering::structure(const Node& node) const {
  switch (node.kind) {
    case NodeKind::NetworkDecl: {
      auto items = body(child(node, NodeKind::Body), {.place = "a network", .subnets = true});
      return Network{name_in(node), std::move(items.body), std::move(items.subnets)};
    }
    case NodeKind::FunctionDecl: {
      auto items = body(child(node, NodeKind::Body), {.place = "a function", .triggers = true});
      std::optional<Path> tier;
      if (child(node, NodeKind::Path) != nullptr) tier = path_in(node);
      return Function{name_in(node), std::move(tier), std::move(items.body), std::move(items.triggers)};
    }
    case NodeKind::SiteDecl:
      return Site{name_in(node), plain_body(node, "a site")};
    case NodeKind::DataDecl: {
      const Name keyword = name(node.children.front());
      return Data{keyword, name_in(node), plain_body(node, "a " + keyword.text)};
    }
    case NodeKind::LinkDecl: {
      Link link{path_in(node, 0), path_in(node, 1), name_in(node), plain_body(node, "a link")};
      check_kind(link.by, "a way to link", {"vpn", "direct"});
      return link;
    }
    case NodeKind::PeerDecl:
      return Peer{path_in(node, 0), path_in(node, 1), plain_body(node, "a peering")};
    case NodeKind::AgentDecl:
      return Agent{name_in(node), plain_body(node, "an agent")};
    case NodeKind::GuardDecl:
      return Guard{name_in(node), plain_body(node, "a guard")};
    case NodeKind::ExistingDecl: {
      Existing existing{name_in(node, 0), name_in(node, 1), expr_in(node), plain_body(node, "what was made elsewhere")};
      check_kind(existing.kind, "a kind of thing that may exist already", {"store", "network", "vault", "topic"});
      return existing;
    }
    default:
      return structure_in_tier(node);
  }
}

void Lowering::clauses(const Node& node, Statement& out) const {
  std::vector<const Node*> because;
  std::vector<const Node*> when;
  for (const Node* clause : children(node, NodeKind::Clause)) {
    const Node& part = clause->children.front();
    (part.kind == NodeKind::Because ? because : when).push_back(&part);
  }
  check_once(because, "because");
  check_once(when, "when");
  const Node& subject = node.children[has(node, "private") ? 1 : 0];
  if (!because.empty() && subject.kind != NodeKind::Structure)
    diagnostics_.report(diagnostics::kMisplaced, span(*because.front()), "`because`",
                        subject.kind == NodeKind::UseStmt ? "a `use`" : "a `require` outside a rule");
  if (!because.empty()) out.because = text_in(*because.front());
  if (!when.empty()) out.when = expr_in(*when.front());
}

std::optional<Statement> Lowering::statement(const Node& node) const {
  const std::size_t errors = diagnostics_.error_count();
  Statement out;
  out.span = span(node);
  out.doc = doc_above(node);
  out.is_private = has(node, "private");
  const Node& part = node.children[out.is_private ? 1 : 0];
  switch (part.kind) {
    case NodeKind::Structure:
      out.node = structure(part.children.front());
      break;
    case NodeKind::UseStmt:
      out.node = Use{path_in(part), arguments(*child(part, NodeKind::Arguments)), name_in(part)};
      break;
    case NodeKind::RequireStmt:
      out.node = require(part);
      break;
    case NodeKind::Flow:
      out.node = flow(part);
      break;
    case NodeKind::Claim:
      out.node = claim(part);
      break;
    case NodeKind::Waiver:
      out.node = waiver(part);
      break;
    case NodeKind::LetDecl:
      out.node = Let{name_in(part), expr_in(part)};
      break;
    default:
      out.node = Verbatim{name_in(part), text_in(part), expr_in(part)};
      break;
  }
  clauses(node, out);
  if (diagnostics_.error_count() != errors) return std::nullopt;
  return out;
}

Lowering::BlockItems Lowering::block(const Node& node, bool in_stack) const {
  BlockItems out;
  const Admits admits{.place = "a pattern"};
  for (const Node* item : children(node, NodeKind::BlockItem)) {
    const Node& part = item->children.front();
    if (part.kind == NodeKind::Statement) {
      if (auto lowered = statement(part)) out.statements.push_back(std::move(*lowered));
    } else if (part.kind == NodeKind::Property) {
      if (admitted(in_stack, part, "a property", admits)) out.properties.push_back(property(part));
    } else if (admitted(in_stack, part, "`under`", admits)) {
      out.under.push_back(under(part));
    }
  }
  return out;
}

}  // namespace crenel::syntax
