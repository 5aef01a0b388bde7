#include "compiler/syntax/mistakes.h"

#include <algorithm>

namespace crenel::syntax {
namespace {

bool expects(const Fault& fault, std::string_view what) {
  return std::find(fault.expected.begin(), fault.expected.end(), what) != fault.expected.end();
}

bool is_of_a_flow(NodeKind rule) {
  return rule == NodeKind::Flow || rule == NodeKind::Claim || rule == NodeKind::Endpoints ||
         rule == NodeKind::EndpointTerm || rule == NodeKind::Path;
}

}  // namespace

std::string way_to_write(const TokenList& list, const Fault& fault) {
  const Token& found = list.tokens[fault.at];
  if (expects(fault, "(") && fault.at > 1 && list.tokens[fault.at - 2].is("of"))
    return "a test says with which arguments: `" + std::string(list.tokens[fault.at - 1].text) +
           "()` where it needs none";
  if (fault.rule == NodeKind::PatternDecl && expects(fault, "(") && found.is("{"))
    return "a pattern says its parameters, though it has none: `pattern " +
           std::string(list.tokens[fault.at - 1].text) + "() { … }`";
  if (fault.rule == NodeKind::StackDecl && (expects(fault, "on") || expects(fault, "in")))
    return "a stack says where it is built: `stack shop on aws in prod { … }`";
  if (is_of_a_flow(fault.rule) && expects(fault, ":"))
    return "say what passes: `: https`, `: tcp/443`, or `: any` for everything";
  if (found.is("{") && expects(fault, "CIDR"))
    return "several ends stand one after the other, with commas: `a, b -> c`";
  if (found.kind == TokenKind::Int && expects(fault, "SERVICE"))
    return "a port stands behind its protocol: `tcp/" + std::string(found.text) + "`";
  if (found.kind == TokenKind::String && fault.stray) return "a reason stands behind its word: `because \"…\"`";
  if (found.is(":") && fault.rule == NodeKind::Property) return "a property has an equals sign: `name = value`";
  if (found.is("=") && (fault.rule == NodeKind::Arguments || fault.rule == NodeKind::Argument))
    return "an argument has a colon: `name: value`";
  if (found.is("=") && fault.rule == NodeKind::Param)
    return "a parameter has its type behind a colon: `name : type = default`";
  return "";
}

}  // namespace crenel::syntax
