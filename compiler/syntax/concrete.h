#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

/// The concrete syntax: tokens and the tree of the grammar's rules, free of the parser generator's types. `parser.cpp`
/// makes it; the checks on tokens, error recovery and the lowering to the syntax tree work on it.
namespace crenel::syntax {

enum class TokenKind : std::uint8_t {
  Word,  ///< a name, a keyword or a reserved word
  Punctuation,
  String,
  Int,
  Percent,
  Duration,
  Date,
  PrefixLength,
  Ip,
  Cidr,
  Service,
  OpenString,   ///< a fault: no closing quote on its line
  OpenComment,  ///< a fault: `/*` without `*/`
  BadNumber,    ///< a fault: digits and letters that make no literal
  Bad,          ///< a fault: a character that begins no token
  End,
};

struct Token {
  TokenKind kind = TokenKind::End;
  bool starts_line = false;  ///< no token stands before it on its line
  bool after_fault = false;  ///< characters that were reported and left out stood right before it
  std::uint16_t generator_type =
      0;  ///< what the generated parser calls it, 0 where `text` says it; for parser.cpp only
  std::uint32_t line = 1;
  std::uint32_t column = 0;  ///< code points before it on its line
  base::Span span;
  std::string_view text;  ///< of the source, which outlives the tokens

  [[nodiscard]] bool is(std::string_view what) const {
    return (kind == TokenKind::Word || kind == TokenKind::Punctuation) && text == what;
  }
};

/// One `///` line: what stands after the slashes and one blank.
struct DocLine {
  std::uint32_t line = 1;
  std::string_view text;
};

struct TokenList {
  std::vector<Token> tokens;  ///< the last one is `End`
  std::vector<DocLine> docs;  ///< in the order of the source
  bool truncated = false;     ///< a comment without an end took the rest: that something is missing there is no news
};

// One entry for each rule of Crenel.g4, in its order; parser.cpp asserts that the two agree.
// clang-format off
#define CRENEL_SYNTAX_RULES(X) \
  X(File) X(LoneExpression) X(Question) X(Item) X(ImportDecl) X(ModulePath) X(ServiceDecl) X(AddressesDecl) X(LabelDecl) \
  X(LetDecl) X(PatternDecl) X(Param) X(Type) X(EnvironmentDecl) X(StackDecl) X(HandbookDecl) X(Block) \
  X(BlockItem) X(Statement) X(Clause) X(Because) X(When) X(Structure) X(NetworkDecl) X(SiteDecl) X(GroupDecl) \
  X(BalancerDecl) X(ApplianceDecl) X(FunctionDecl) X(DataDecl) X(DatabaseDecl) X(EndpointDecl) X(LinkDecl) \
  X(PeerDecl) X(AgentDecl) X(GuardDecl) X(ExistingDecl) X(Verbatim) X(UseStmt) X(Body) X(BodyItem) X(Property) \
  X(By) X(ProviderBlock) X(OverrideDecl) X(SubnetDecl) X(Forward) X(Trigger) X(UnderItem) X(Flow) X(Via) \
  X(Endpoints) X(Except) X(EndpointTerm) X(EveryTerm) X(Actions) X(Action) X(ServiceLiteral) X(Claim) \
  X(RequireStmt) X(Binder) X(PolicyDecl) X(PolicyBlock) X(PolicyItem) X(RuleDecl) X(RuleItem) X(Control) X(Fix) \
  X(Waiver) X(Waived) X(WaiverClause) X(TestDecl) X(TestBlock) X(TestItem) X(Fails) X(Expr) X(IfExpr) X(OrExpr) \
  X(AndExpr) X(Unary) X(NotExpr) X(ExistsExpr) X(Compare) X(CompareOp) X(Primary) X(Call) X(Range) X(Bound) \
  X(Parens) X(List) X(EveryExpr) X(Arguments) X(Argument) X(Path) X(Member) X(Name) X(Reserved)
// clang-format on

enum class NodeKind : std::uint8_t {
#define CRENEL_SYNTAX_RULE(name) name,
  CRENEL_SYNTAX_RULES(CRENEL_SYNTAX_RULE)
#undef CRENEL_SYNTAX_RULE
      Token  ///< a leaf
};

/// A rule that was matched, or (as a leaf) a token. `first` and `last` number tokens; a rule that matched nothing
/// has `last < first`.
struct Node {
  NodeKind kind = NodeKind::Token;
  bool broken = false;  ///< a syntax error stood in it, or in a part that it is nothing without
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::vector<Node> children;
};

/// Cuts a text into tokens. The text is well-formed UTF-8.
[[nodiscard]] TokenList tokenize(const base::Sources& sources, base::SourceId source);

/// Matches the tokens against `file`, or against one expression or question. Syntax errors are reported, and what had
/// one is marked.
enum class Entry { File, Expression, Question };
[[nodiscard]] Node parse_tokens(const TokenList& list, Entry entry, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::syntax
