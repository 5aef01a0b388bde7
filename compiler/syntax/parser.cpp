#include "compiler/syntax/parser.h"

#include <CrenelLexer.h>
#include <CrenelParser.h>
#include <antlr4-runtime.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <typeinfo>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/syntax/checks.h"
#include "compiler/syntax/concrete.h"
#include "compiler/syntax/recovery.h"

// The only file that sees ANTLR. What it makes of a text are plain tokens and a plain tree (concrete.h).
namespace crenel::syntax {
namespace {

#define CRENEL_SYNTAX_RULE(name)                                                      \
  static_assert(static_cast<std::size_t>(NodeKind::name) == CrenelParser::Rule##name, \
                "CRENEL_SYNTAX_RULES and Crenel.g4 list the rules in the same order");
CRENEL_SYNTAX_RULES(CRENEL_SYNTAX_RULE)
#undef CRENEL_SYNTAX_RULE

// ---- tokens --------------------------------------------------------------------------------------------------------

TokenKind kind_of(std::size_t type, std::string_view text) {
  switch (type) {
    case CrenelLexer::CIDR:
      return TokenKind::Cidr;
    case CrenelLexer::IP:
      return TokenKind::Ip;
    case CrenelLexer::DATE:
      return TokenKind::Date;
    case CrenelLexer::DURATION:
      return TokenKind::Duration;
    case CrenelLexer::PERCENT:
      return TokenKind::Percent;
    case CrenelLexer::INT:
      return TokenKind::Int;
    case CrenelLexer::PREFIX:
      return TokenKind::PrefixLength;
    case CrenelLexer::SERVICE:
      return TokenKind::Service;
    case CrenelLexer::STRING:
      return TokenKind::String;
    case CrenelLexer::OPEN_STRING:
      return TokenKind::OpenString;
    case CrenelLexer::OPEN_COMMENT:
      return TokenKind::OpenComment;
    case CrenelLexer::BAD_NUMBER:
      return TokenKind::BadNumber;
    case CrenelLexer::BAD:
      return TokenKind::Bad;
    case antlr4::Token::EOF:
      return TokenKind::End;
    default:
      break;
  }
  const char c = text.front();
  const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return word ? TokenKind::Word : TokenKind::Punctuation;
}

/// What the parser takes the token for: a fault stands in for what it was probably meant to be.
std::size_t parsed_as(std::size_t type) {
  switch (type) {
    case CrenelLexer::OPEN_STRING:
      return CrenelLexer::STRING;
    case CrenelLexer::BAD_NUMBER:
      return CrenelLexer::INT;
    default:
      return type;
  }
}

/// ANTLR counts code points; everybody else counts bytes. Empty when the text is ASCII and both are the same.
std::vector<std::uint32_t> byte_offsets(std::string_view text) {
  std::vector<std::uint32_t> offsets;
  bool ascii = true;
  for (const char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80U;
  if (ascii) return offsets;
  offsets.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (!continues) offsets.push_back(static_cast<std::uint32_t>(i));
  }
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  return offsets;
}

}  // namespace

TokenList tokenize(const base::Sources& sources, base::SourceId source) {
  const std::string_view text = sources[source].text;
  const auto offsets = byte_offsets(text);
  const auto byte_at = [&](std::size_t point) {
    return offsets.empty() ? static_cast<std::uint32_t>(point) : offsets[point];
  };
  antlr4::ANTLRInputStream input(sources[source].text);
  CrenelLexer lexer(&input);
  lexer.removeErrorListeners();

  TokenList list;
  std::uint32_t previous_line = 0;
  while (true) {
    const std::unique_ptr<antlr4::Token> read = lexer.nextToken();
    const std::size_t type = read->getType();
    Token token;
    token.line = static_cast<std::uint32_t>(read->getLine());
    token.column = static_cast<std::uint32_t>(read->getCharPositionInLine());
    const bool end = type == antlr4::Token::EOF;
    const std::uint32_t begin = end ? static_cast<std::uint32_t>(text.size()) : byte_at(read->getStartIndex());
    token.span = {source, begin, end ? begin : byte_at(read->getStopIndex() + 1)};
    token.text = text.substr(token.span.begin, token.span.end - token.span.begin);
    if (type == CrenelLexer::DOC) {
      std::string_view line = token.text.substr(3);
      if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
      list.docs.push_back({token.line, line});
      continue;
    }
    token.kind = kind_of(type, token.text);
    token.generator_type = end ? std::uint16_t{0} : static_cast<std::uint16_t>(parsed_as(type));
    token.starts_line = token.line != previous_line;
    previous_line = token.line;
    list.tokens.push_back(token);
    if (end) return list;
  }
}

namespace {

// ---- recovery ------------------------------------------------------------------------------------------------------

NodeKind kind_of_context(const antlr4::RuleContext* context) { return static_cast<NodeKind>(context->getRuleIndex()); }

/// Reports each error once and unwinds to the nearest recovery point; there it skips to where parsing can go on.
/// No token is ever invented or silently dropped.
class Recovery final : public antlr4::ANTLRErrorStrategy {
 public:
  Recovery(const TokenList& list, diagnostics::Diagnostics& diagnostics) : list_(list), diagnostics_(diagnostics) {}

  [[nodiscard]] bool is_broken(const antlr4::ParserRuleContext* context) const {
    return context->exception != nullptr || broken_.count(context) != 0;
  }

  void reset(antlr4::Parser* /*parser*/) override {}
  void reportMatch(antlr4::Parser* /*parser*/) override {}
  bool inErrorRecoveryMode(antlr4::Parser* /*parser*/) override { return unwinding_; }

  antlr4::Token* recoverInline(antlr4::Parser* parser) override { throw antlr4::InputMismatchException(parser); }

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override {
    if (unwinding_) return;
    unwinding_ = true;
    fault_ = {static_cast<std::uint32_t>(error.getOffendingToken()->getTokenIndex()),
              kind_of_context(parser->getContext()), in_body(parser->getContext()), false,
              names(*parser, expected_after(*parser, error))};
    report();
  }

  void recover(antlr4::Parser* parser, std::exception_ptr error) override {
    const auto* context = parser->getContext();
    const NodeKind rule = kind_of_context(context);
    if (!is_recovery_point(rule)) std::rethrow_exception(std::move(error));
    unwinding_ = false;
    const auto start = static_cast<std::uint32_t>(context->start->getTokenIndex());
    if (rule == NodeKind::BlockItem && !list_.tokens[start].starts_line) mark_before(context);
    const Token& found = list_.tokens[fault_.at];
    const bool part_of_it = fault_.at == start || is_reserved_as_name(list_, fault_) ||
                            (found.kind == TokenKind::Word && is_reserved(found.text) && !found.starts_line);
    go_to(parser, resume_at(list_, rule, part_of_it ? behind(list_, rule, fault_.at) : fault_.at));
  }

  /// Called before every repetition: in a container, what can neither begin an element nor end the container is
  /// skipped.
  void sync(antlr4::Parser* parser) override {
    const NodeKind element = element_of(kind_of_context(parser->getContext()));
    if (element == NodeKind::Token) return;
    const auto& atn = parser->getATN();
    const antlr4::misc::IntervalSet& next = atn.nextTokens(atn.states[parser->getState()]);
    const auto fits = [&] { return next.contains(parser->getInputStream()->LA(1)); };
    if (fits()) return;
    auto at = static_cast<std::uint32_t>(parser->getInputStream()->index());
    fault_ = {at, kind_of_context(parser->getContext()), in_body(parser->getContext()), true, names(*parser, next)};
    report();
    mark_neighbours(parser->getContext(), at);
    while (!fits() && list_.tokens[at].kind != TokenKind::End) {
      at = resume_at(list_, element, behind(list_, element, at));
      go_to(parser, at);
      if (list_.tokens[at].is("}")) break;
    }
  }

 private:
  void report() {
    // Where parsing was taken up again without getting any further, the second error is the first one's echo. Not so
    // between declarations: there it goes on at a word on the margin, whatever the word is.
    if (fault_.at != resumed_at_ || (fault_.stray && fault_.rule == NodeKind::File))
      report_fault(list_, fault_, diagnostics_);
  }

  static bool in_body(const antlr4::RuleContext* context) {
    for (const antlr4::tree::ParseTree* at = context; at != nullptr; at = at->parent) {
      const auto* rule = dynamic_cast<const antlr4::RuleContext*>(at);
      if (kind_of_context(rule) == NodeKind::Body) return true;
      if (kind_of_context(rule) == NodeKind::Block) return false;
    }
    return false;
  }

  void go_to(antlr4::Parser* parser, std::uint32_t at) {
    resumed_at_ = at;
    parser->getInputStream()->seek(at);
  }

  /// What is stray on the line of the element before it is the tail of that element.
  void mark_neighbours(const antlr4::ParserRuleContext* container, std::uint32_t at) {
    if (!survives_broken_parts(kind_of_context(container))) broken_.insert(container);
    if (container->children.empty()) return;
    const auto* last = dynamic_cast<const antlr4::ParserRuleContext*>(container->children.back());
    if (last == nullptr) return;
    if (!list_.tokens[at].starts_line || kind_of_context(last) == NodeKind::PolicyItem) broken_.insert(last);
  }

  /// The same where the tail looked like the beginning of an element.
  void mark_before(const antlr4::ParserRuleContext* element) {
    const auto& siblings = element->parent->children;
    const auto self = std::find(siblings.begin(), siblings.end(), element);
    if (self == siblings.begin() || self == siblings.end()) return;
    if (const auto* before = dynamic_cast<const antlr4::ParserRuleContext*>(*std::prev(self))) broken_.insert(before);
  }

  static antlr4::misc::IntervalSet expected_after(antlr4::Parser& parser, const antlr4::RecognitionException& error) {
    const auto* dead_end = dynamic_cast<const antlr4::NoViableAltException*>(&error);
    if (dead_end == nullptr || dead_end->getDeadEndConfigs() == nullptr) return parser.getExpectedTokens();
    // Prediction looked ahead and stopped at the offending token: what the states it had reached would have taken.
    antlr4::misc::IntervalSet expected;
    for (const auto& config : dead_end->getDeadEndConfigs()->configs)
      for (const auto* transition : config->state->transitions)
        if (!transition->isEpsilon()) expected.addAll(transition->label());
    return expected;
  }

  static std::vector<std::string> names(const antlr4::Parser& parser, const antlr4::misc::IntervalSet& types) {
    std::vector<std::string> out;
    for (const auto type : types.toList()) {
      const std::string literal = parser.getVocabulary().getLiteralName(static_cast<std::size_t>(type));
      if (literal.size() > 2)
        out.push_back(literal.substr(1, literal.size() - 2));
      else
        out.push_back(parser.getVocabulary().getSymbolicName(static_cast<std::size_t>(type)));
    }
    return out;
  }

  const TokenList& list_;
  diagnostics::Diagnostics& diagnostics_;
  std::unordered_set<const antlr4::ParserRuleContext*> broken_;
  Fault fault_;
  bool unwinding_ = false;
  std::uint32_t resumed_at_ = UINT32_MAX;
};

// ---- the tree ------------------------------------------------------------------------------------------------------

std::uint32_t index_of(const antlr4::Token* token) { return static_cast<std::uint32_t>(token->getTokenIndex()); }

Node convert(antlr4::ParserRuleContext& context, const Recovery& recovery, const TokenList& list);

Node convert_leaf(antlr4::tree::TerminalNode& leaf, const TokenList& list) {
  Node node;
  node.first = node.last = index_of(leaf.getSymbol());
  const Token& token = list.tokens[node.first];
  node.broken = token.kind == TokenKind::OpenString || token.kind == TokenKind::BadNumber ||
                (token.after_fault && !token.starts_line);
  return node;
}

Node convert(antlr4::ParserRuleContext& context, const Recovery& recovery, const TokenList& list) {
  Node node;
  node.kind = kind_of_context(&context);
  node.broken = recovery.is_broken(&context);
  node.first = context.start == nullptr ? 0 : index_of(context.start);
  node.children.reserve(context.children.size());
  for (auto* child : context.children) {
    // The exact type tells a leaf from a rule; to ask a rule whether it is a leaf is slow.
    Node part = typeid(*child) == typeid(antlr4::tree::TerminalNodeImpl)
                    ? convert_leaf(dynamic_cast<antlr4::tree::TerminalNodeImpl&>(*child), list)
                    : convert(static_cast<antlr4::ParserRuleContext&>(*child), recovery, list);
    if (part.broken && survives_broken_parts(node.kind)) continue;
    node.broken = node.broken || part.broken;
    node.children.push_back(std::move(part));
  }
  node.last = context.stop == nullptr ? node.first : index_of(context.stop);
  return node;
}

/// The type of a token that the source does not have: the checks on tokens supply closing ones only.
std::size_t type_of_supplied(const Token& token) {
  switch (token.text.front()) {
    case '}':
      return CrenelLexer::CLOSE_BRACE;
    case ']':
      return CrenelLexer::CLOSE_BRACKET;
    case ')':
      return CrenelLexer::CLOSE_PAREN;
    default:
      return CrenelLexer::COMMA;
  }
}

std::vector<std::unique_ptr<antlr4::Token>> generator_tokens(const TokenList& list) {
  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  tokens.reserve(list.tokens.size());
  for (const Token& token : list.tokens) {
    std::size_t type = token.generator_type;
    if (token.kind == TokenKind::End)
      type = antlr4::Token::EOF;
    else if (type == 0)
      type = type_of_supplied(token);
    tokens.push_back(std::make_unique<antlr4::CommonToken>(type));
  }
  return tokens;
}

/// A parser over tokens, with everything that it borrows.
class GeneratedParser {
 public:
  explicit GeneratedParser(const TokenList& list)
      : source_(generator_tokens(list)), stream_(&source_), parser_(&stream_) {
    parser_.removeErrorListeners();
  }
  CrenelParser& operator*() { return parser_; }
  CrenelParser* operator->() { return &parser_; }

 private:
  antlr4::ListTokenSource source_;
  antlr4::CommonTokenStream stream_;
  CrenelParser parser_;
};

void predict_by(CrenelParser& parser, antlr4::atn::PredictionMode mode) {
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
}

/// Counts what exact detection has to say.
class Counter final : public antlr4::BaseErrorListener {
 public:
  explicit Counter(GrammarReport& report) : report_(report) {}
  void reportAmbiguity(antlr4::Parser* /*parser*/, const antlr4::dfa::DFA& /*dfa*/, std::size_t /*start*/,
                       std::size_t /*stop*/, bool /*exact*/, const antlrcpp::BitSet& /*alternatives*/,
                       antlr4::atn::ATNConfigSet* /*configs*/) override {
    ++report_.ambiguities;
  }
  void reportAttemptingFullContext(antlr4::Parser* /*parser*/, const antlr4::dfa::DFA& /*dfa*/, std::size_t /*start*/,
                                   std::size_t /*stop*/, const antlrcpp::BitSet& /*alternatives*/,
                                   antlr4::atn::ATNConfigSet* /*configs*/) override {
    ++report_.full_context;
  }

 private:
  GrammarReport& report_;
};

}  // namespace

Node parse_tokens(const TokenList& list, Entry entry, diagnostics::Diagnostics& diagnostics) {
  GeneratedParser parser(list);
  const auto recovery = std::make_shared<Recovery>(list, diagnostics);
  parser->setErrorHandler(recovery);
  predict_by(*parser, antlr4::atn::PredictionMode::SLL);
  antlr4::ParserRuleContext* root = nullptr;
  switch (entry) {
    case Entry::File:
      root = parser->file();
      break;
    case Entry::Expression:
      root = parser->loneExpression();
      break;
    case Entry::Question:
      root = parser->question();
      break;
  }
  return convert(*root, *recovery, list);
}

GrammarReport examine_grammar(const base::Sources& sources, base::SourceId source) {
  GrammarReport report;
  Counter counter(report);
  diagnostics::Diagnostics diagnostics;
  TokenList list;
  if (check_text(sources, source, diagnostics)) list = tokenize(sources, source);
  if (list.tokens.empty() || !check_nesting(list, diagnostics)) {
    report.syntax_errors = diagnostics.error_count();
    return report;
  }
  GeneratedParser parser(list);
  parser->addErrorListener(&counter);
  parser->setErrorHandler(std::make_shared<Recovery>(list, diagnostics));
  predict_by(*parser, antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
  parser->file();
  report.syntax_errors = diagnostics.error_count();
  return report;
}

}  // namespace crenel::syntax
