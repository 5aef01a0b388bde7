#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/concrete.h"

namespace crenel::syntax {

/// The nth child that matched `rule`, or null.
[[nodiscard]] const Node* child(const Node& node, NodeKind rule, std::size_t nth = 0);
[[nodiscard]] std::vector<const Node*> children(const Node& node, NodeKind rule);

/// Builds the syntax tree from the concrete one. What the grammar admits and the language does not (a subnet in a
/// group, a severity that does not exist) is reported here, and the statement that has it is left out.
class Lowering {
 public:
  Lowering(const TokenList& list, diagnostics::Diagnostics& diagnostics) : list_(list), diagnostics_(diagnostics) {}

  /// The whole file; broken nodes have no part in it.
  [[nodiscard]] std::vector<Item> items(const Node& file) const;
  [[nodiscard]] ExprPtr expression(const Node& lone) const;
  [[nodiscard]] std::optional<Question> question(const Node& node) const;

 private:
  /// What stands where: each kind of body admits some of the items that the grammar reads.
  struct BodyItems {
    Body body;
    std::vector<Subnet> subnets;
    std::vector<Forward> forwards;
    std::vector<Trigger> triggers;
    std::vector<Override> overrides;
    std::vector<UnderItem> under;
  };
  struct Admits {
    std::string_view place;  ///< "a network", for messages
    bool providers = true;
    bool subnets = false, forwards = false, triggers = false, overrides = false, under = false;
  };
  struct BlockItems {
    std::vector<Statement> statements;
    std::vector<Property> properties;
    std::vector<UnderItem> under;
  };

  // lower_tokens.cpp: what one token, a name or the lines above it say
  const Token& token(const Node& node) const { return list_.tokens[node.first]; }
  Span span(const Node& node) const;
  const Node* leaf(const Node& node, TokenKind kind, std::size_t nth = 0) const;
  bool has(const Node& node, std::string_view text) const;
  Name name(const Node& node) const;
  Name name_in(const Node& node, std::size_t nth = 0) const { return name(*child(node, NodeKind::Name, nth)); }
  std::vector<Name> names_in(const Node& node, std::size_t from = 0) const;
  Path path(const Node& node) const;
  Path path_in(const Node& node, std::size_t nth = 0) const { return path(*child(node, NodeKind::Path, nth)); }
  std::vector<Path> paths_in(const Node& node, std::size_t from = 0) const;
  Text text(const Node& leaf) const;
  Text text_in(const Node& node, std::size_t nth = 0) const { return text(*leaf(node, TokenKind::String, nth)); }
  std::vector<Text> texts_in(const Node& node) const;
  std::string doc_above(const Node& node) const;

  // lower_expressions.cpp
  ExprPtr expr(const Node& node) const;
  ExprPtr expr_in(const Node& node, std::size_t nth = 0) const;
  ExprPtr compare(const Node& node) const;
  ExprPtr bound(const Node& node) const;
  ExprPtr exists(const Node& node) const;
  ExprPtr literal(const Node& leaf) const;
  ExprPtr service(const Node& node) const;
  ExprPtr chain(const Node& node, BinaryOp op) const;
  ExprPtr list(const Node& node) const;
  ServiceLiteral service_literal(const Node& node) const;
  EveryExpr every(const Node& node) const;
  std::vector<Argument> arguments(const Node& node) const;

  // lower_flows.cpp
  Endpoints endpoints(const Node& node) const;
  EndpointTerm endpoint_term(const Node& node) const;
  Action action(const Node& node) const;
  std::vector<Action> actions(const Node& node) const;
  Flow flow(const Node& node) const;
  Claim claim(const Node& node) const;
  Binder binder(const Node& node) const;
  Require require(const Node& node) const;
  Waiver waiver(const Node& node) const;
  UnderItem under(const Node& node) const;

  // lower_bodies.cpp
  BodyItems body(const Node* node, const Admits& admits) const;
  Body plain_body(const Node& owner, std::string_view place) const;
  void body_item(const Node& item, const Admits& admits, BodyItems& out) const;
  bool admitted(bool is, const Node& node, std::string_view what, const Admits& admits) const;
  Property property(const Node& node) const;
  ProviderBlock provider_block(const Node& node) const;
  Override override_decl(const Node& node) const;
  Subnet subnet(const Node& node) const;
  Forward forward(const Node& node) const;
  Trigger trigger(const Node& node) const;

  // lower_statements.cpp
  std::optional<Statement> statement(const Node& node) const;
  Statement::Node structure(const Node& node) const;
  Statement::Node structure_in_tier(const Node& node) const;
  void clauses(const Node& node, Statement& out) const;
  BlockItems block(const Node& node, bool in_stack) const;

  // lower_file.cpp
  std::optional<Item> item(const Node& node) const;
  Item::Node declaration(const Node& node) const;
  Import import(const Node& node) const;
  Parameter parameter(const Node& node) const;
  Type type(const Node& node) const;
  Pattern pattern(const Node& node) const;
  Rule rule(const Node& node) const;
  Policy policy(const Node& node) const;
  Environment environment(const Node& node) const;
  Stack stack(const Node& node) const;
  Test test(const Node& node) const;
  Assertion assertion(const Node& node) const;

  /// The kinds that `every`, `require`, `exists` and a waiver may name.
  static const std::vector<std::string>& declaration_kinds();
  /// Reports a word that is none of the words its place knows, with the nearest of those.
  void check_kind(const Name& word, std::string_view what, const std::vector<std::string>& known) const;
  /// Reports the second of two clauses of which one may stand.
  void check_once(const std::vector<const Node*>& clauses, std::string_view keyword) const;

  const TokenList& list_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace crenel::syntax
