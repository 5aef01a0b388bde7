#include "compiler/syntax/recovery.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/expectation.h"
#include "compiler/syntax/mistakes.h"

namespace crenel::syntax {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 25> kReserved = {
    "import",  "allow", "deny",  "never", "always", "only", "require", "via", "except",
    "because", "when",  "every", "where", "exists", "rule", "waive",   "use", "if",
    "then",    "else",  "and",   "or",    "not",    "true", "false"};
constexpr std::array<std::string_view, 8> kReservedStarters = {"allow", "deny",    "never", "always",
                                                               "only",  "require", "use",   "waive"};
constexpr std::array<std::string_view, 21> kStatementStarters = {
    "network", "site",  "group", "balancer", "appliance", "function", "store",
    "queue",   "topic", "table", "vault",    "database",  "endpoint", "link",
    "peer",    "agent", "guard", "existing", "let",       "verbatim", "private"};
constexpr std::array<std::string_view, 12> kItemStarters = {"service", "addresses", "label",       "let",
                                                            "site",    "agent",     "environment", "policy",
                                                            "pattern", "stack",     "test",        "handbook"};

constexpr std::array<std::string_view, 4> kClauses = {"because", "when", "via", "except"};

const Token& token_at(const TokenList& list, std::uint32_t at) {
  return list.tokens[std::min<std::size_t>(at, list.tokens.size() - 1)];
}

bool is_word(const Token& token) { return token.kind == TokenKind::Word; }
bool is_name(const Token& token) { return is_word(token) && !is_reserved(token.text); }

bool after_dot(const TokenList& list, std::uint32_t at) { return at > 0 && list.tokens[at - 1].is("."); }

bool starts_property(const TokenList& list, std::uint32_t at) {
  return is_word(list.tokens[at]) && !after_dot(list, at) && token_at(list, at + 1).is("=");
}

bool starts_reserved_statement(const TokenList& list, std::uint32_t at) {
  return is_word(list.tokens[at]) && contains(kReservedStarters, list.tokens[at].text) && !after_dot(list, at);
}

bool starts_statement(const TokenList& list, std::uint32_t at) {
  if (starts_reserved_statement(list, at)) return true;
  const Token& token = list.tokens[at];
  if (!token.starts_line || !is_word(token)) return false;
  const Token& next = token_at(list, at + 1);
  return (contains(kStatementStarters, token.text) && is_word(next)) || (token.is("under") && is_name(next)) ||
         starts_property(list, at);
}

bool starts_item(const TokenList& list, std::uint32_t at) {
  const Token& token = list.tokens[at];
  if (token.is("import") || token.is("waive")) return !after_dot(list, at);
  if (!token.starts_line || !is_word(token)) return false;
  const Token& next = token_at(list, at + 1);
  if (contains(kItemStarters, token.text)) return is_word(next) || next.kind == TokenKind::String || next.is("{");
  // A word at the margin begins a declaration, though it may be misspelled; a statement there is astray.
  return token.column == 0 && !contains(kReservedStarters, token.text) && !contains(kStatementStarters, token.text);
}

bool starts_body_item(const TokenList& list, std::uint32_t at) {
  const Token& token = list.tokens[at];
  const Token& next = token_at(list, at + 1);
  const Token& after = token_at(list, at + 2);
  if (starts_property(list, at)) return true;
  if (token.is("subnet")) return is_name(next) && after.is(":");
  if (token.is("on")) return is_name(next) && (after.is("{") || after.is("("));
  if (token.is("override")) return next.kind == TokenKind::String;
  return token.starts_line && (token.is("forward") || token.is("under")) && is_name(next);
}

bool starts_rule_item(const TokenList& list, std::uint32_t at) {
  const Token& token = list.tokens[at];
  if (starts_reserved_statement(list, at) || token.is("rule") || token.is("because")) return !after_dot(list, at);
  return (token.is("control") || token.is("fix")) && token_at(list, at + 1).kind == TokenKind::String;
}

bool starts_test_item(const TokenList& list, std::uint32_t at) {
  const Token& token = list.tokens[at];
  return starts_reserved_statement(list, at) ||
         (token.starts_line && (token.is("under") || token.is("fails")) && is_name(token_at(list, at + 1)));
}

bool may_begin(const TokenList& list, NodeKind point, std::uint32_t at) {
  const Token& token = list.tokens[at];
  switch (point) {
    case NodeKind::Item:
      return starts_item(list, at);
    case NodeKind::BlockItem:
      return token.is("}") || starts_statement(list, at);
    case NodeKind::BodyItem:
      return token.is("}") || starts_body_item(list, at);
    case NodeKind::PolicyItem:
      return token.is("}") || (token.is("rule") && !after_dot(list, at)) ||
             (token.is("under") && token.starts_line && is_name(token_at(list, at + 1)));
    case NodeKind::RuleItem:
      return token.is("}") || starts_rule_item(list, at);
    case NodeKind::TestItem:
      return token.is("}") || starts_test_item(list, at);
    case NodeKind::Param:
      return token.is(",") || token.is(")") || token.is("}");
    default:
      return false;
  }
}

/// The token after the bracket that closes the one at `at`; where nothing closes it, the next one.
std::uint32_t behind_bracket(const TokenList& list, std::uint32_t at, std::string_view open, std::string_view close) {
  int depth = 0;
  for (std::uint32_t i = at; i + 1 < list.tokens.size(); ++i) {
    if (list.tokens[i].is(open)) ++depth;
    if (list.tokens[i].is(close) && --depth == 0) return i + 1;
  }
  return at + 1;
}

/// The bracket that the closing one would close if it stood at `at`.
std::optional<std::uint32_t> opener_of(const TokenList& list, std::uint32_t at, std::string_view close) {
  const std::string_view open = close == "}" ? "{" : close == "]" ? "[" : "(";
  int depth = 0;
  for (std::uint32_t i = at; i-- > 0;) {
    if (list.tokens[i].is(close)) ++depth;
    if (list.tokens[i].is(open) && depth-- == 0) return i;
  }
  return std::nullopt;
}

bool is_closing(std::string_view text) { return text == "}" || text == "]" || text == ")"; }

/// Where to point and how to say what stands there: at a token on the line, or behind the last one before a line's end.
std::pair<base::Span, std::string> place_of(const TokenList& list, const Fault& fault) {
  const Token& found = list.tokens[fault.at];
  const bool end = found.kind == TokenKind::End;
  const bool nothing_missing = fault.at == 0 || fault.stray;
  if (nothing_missing || !(found.starts_line || end)) {
    if (end) return {found.span, ", but there is nothing"};
    return {found.span, ", found `" + std::string(found.text.substr(0, found.text.find('\n'))) + "`"};
  }
  const Token& before = list.tokens[fault.at - 1];
  const base::Span behind{before.span.source, before.span.end, before.span.end};
  if (end) return {behind, ", but the text ends here"};
  return {behind, " after `" + std::string(before.text) + "`"};
}

void suggest(const Token& written, const std::vector<std::string>& words, diagnostics::Diagnostic& diagnostic) {
  const auto near = base::nearest(written.text, words);
  if (!near || *near == written.text) return;
  diagnostic.help = "did you mean `" + *near + "`?";
  diagnostic.fixes.push_back({.title = "write `" + *near + "`", .edits = {{written.span, *near}}, .safe = false});
}

/// The keywords somebody may have meant who wrote another word where these could stand.
std::vector<std::string> keywords(const Fault& fault, const Token& written) {
  std::vector<std::string> words;
  for (const auto& text : fault.expected)
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') words.push_back(text);
  if (!written.starts_line) words.insert(words.end(), kClauses.begin(), kClauses.end());
  return words;
}

// Three faults that prediction notices too late or takes for something else. Each answers with the fault as a person
// sees it, or with nothing.

/// `image = scale = 2..6`: the second `=` shows that the first has no value.
std::optional<Fault> as_missing_value(const TokenList& list, const Fault& fault) {
  const bool second = fault.at >= 2 && list.tokens[fault.at].is("=") && list.tokens[fault.at - 2].is("=");
  if (!second || !is_word(list.tokens[fault.at - 1])) return std::nullopt;
  return Fault{fault.at - 1, NodeKind::Primary, fault.in_body, false, {"NAME", "STRING", "INT"}};
}

/// `until tomorrow`: a clause is known by the word and its value together, so without the value there is no clause.
std::optional<Fault> as_clause_without_value(const TokenList& list, const Fault& fault) {
  const bool taken_for_property = fault.rule == NodeKind::Property && fault.at > 0;
  if (!taken_for_property && !fault.stray) return std::nullopt;
  const std::uint32_t word = taken_for_property ? fault.at - 1 : fault.at;
  const Token& next = token_at(list, word + 1);
  if (next.is("=") || next.kind == TokenKind::String || next.kind == TokenKind::Date) return std::nullopt;
  constexpr std::array<std::string_view, 4> kWithText = {"owner", "ticket", "control", "fix"};
  if (list.tokens[word].is("until")) return Fault{word + 1, NodeKind::WaiverClause, false, false, {"DATE"}};
  if (contains(kWithText, list.tokens[word].text))
    return Fault{word + 1, NodeKind::WaiverClause, false, false, {"STRING"}};
  return std::nullopt;
}

/// `alow a -> b : c`: a word that begins nothing is taken for a property's name. True when it was reported.
bool report_misspelled(const TokenList& list, const Fault& fault, diagnostics::Diagnostics& diagnostics) {
  if (fault.rule != NodeKind::Property || fault.at == 0 || fault.expected != std::vector<std::string>{"="})
    return false;
  const Token& written = list.tokens[fault.at - 1];
  std::vector<std::string> words = {"under"};
  if (fault.in_body) {
    words.insert(words.end(), {"subnet", "forward", "override"});
  } else {
    words.insert(words.end(), kReservedStarters.begin(), kReservedStarters.end());
    words.insert(words.end(), kStatementStarters.begin(), kStatementStarters.end());
  }
  if (!written.starts_line) words.insert(words.end(), kClauses.begin(), kClauses.end());
  if (fault.in_body && !base::nearest(written.text, words)) return false;
  auto& diagnostic =
      diagnostics.report(diagnostics::kExpected, written.span, fault.in_body ? "a property" : "a statement",
                         ", found `" + std::string(written.text) + "`");
  suggest(written, words, diagnostic);
  return true;
}

void report_expected(const TokenList& list, const Fault& fault, diagnostics::Diagnostics& diagnostics) {
  const Token& found = list.tokens[fault.at];
  const Expectation expectation = expectation_of(fault);
  const auto [span, found_text] = place_of(list, fault);
  auto& diagnostic = diagnostics.report(diagnostics::kExpected, span, expectation.thing, found_text);
  const std::string meant = way_to_write(list, fault);
  diagnostic.help = meant.empty() ? expectation.help : meant;
  if (fault.stray && is_word(found)) suggest(found, keywords(fault, found), diagnostic);
  const auto closing = std::find_if(fault.expected.begin(), fault.expected.end(), is_closing);
  if (closing == fault.expected.end() || expectation.thing.find("`" + *closing + "`") == std::string::npos) return;
  if (const auto opener = opener_of(list, fault.at, *closing))
    diagnostic.notes.push_back(
        {list.tokens[*opener].span, "to close this `" + std::string(list.tokens[*opener].text) + "`"});
}

/// `service metrics = tcp/9100` in a pattern: the word may have been taken for a property's name. A word at the margin
/// says rather that a brace is missing above it.
std::optional<std::uint32_t> as_declaration_in_block(const TokenList& list, const Fault& fault) {
  if (fault.in_body || fault.rule == NodeKind::File) return std::nullopt;
  const bool taken_for_property = fault.rule == NodeKind::Property && fault.at > 0;
  if (!taken_for_property && !fault.stray) return std::nullopt;
  const std::uint32_t word = taken_for_property ? fault.at - 1 : fault.at;
  const Token& found = list.tokens[word];
  const Token& next = token_at(list, word + 1);
  const bool declares = found.is("import") || contains(kItemStarters, found.text);
  if (!declares || found.column == 0 || !(is_word(next) || next.kind == TokenKind::String)) return std::nullopt;
  return word;
}

}  // namespace

bool is_reserved(std::string_view word) { return contains(kReserved, word); }

bool is_reserved_as_name(const TokenList& list, const Fault& fault) {
  const Token& found = list.tokens[fault.at];
  if (!is_word(found) || !is_reserved(found.text)) return false;
  if (std::find(fault.expected.begin(), fault.expected.end(), "NAME") == fault.expected.end()) return false;
  const Token& next = token_at(list, fault.at + 1);
  if (next.is("=")) return true;
  if (found.starts_line && contains(kReservedStarters, found.text)) return false;
  if (wants_a_name(fault)) return true;
  constexpr std::array<std::string_view, 9> kAfterAName = {":", "->", "~>", ",", ".", ")", "]", "}", "{"};
  return next.kind == TokenKind::Punctuation && contains(kAfterAName, next.text);
}

void report_fault(const TokenList& list, const Fault& fault, diagnostics::Diagnostics& diagnostics) {
  const Token& found = list.tokens[fault.at];
  const bool reported_before = found.kind == TokenKind::OpenString || found.kind == TokenKind::BadNumber ||
                               found.after_fault || (found.kind == TokenKind::End && list.truncated);
  if (reported_before) return;
  if (is_reserved_as_name(list, fault)) {
    diagnostics.report(diagnostics::kReservedWord, found.span, found.text).help =
        "choose another name; a reserved word begins a statement or a clause";
    return;
  }
  if (fault.rule == NodeKind::File && found.is("}")) {
    diagnostics.report(diagnostics::kClosesNothing, found.span).help = "remove it, or open the block it should close";
    return;
  }
  if (fault.rule == NodeKind::File && starts_statement(list, fault.at)) {
    auto& diagnostic = diagnostics.report(diagnostics::kMisplaced, found.span, "`" + std::string(found.text) + "`",
                                          "a file by itself");
    diagnostic.help = "put the statement into a pattern or a stack";
    if (fault.at > 0 && list.tokens[fault.at - 1].is("}"))
      diagnostic.notes.push_back({list.tokens[fault.at - 1].span, "the declaration above ends here"});
    return;
  }
  if (const auto word = as_declaration_in_block(list, fault)) {
    const Token& declares = list.tokens[*word];
    diagnostics
        .report(diagnostics::kMisplaced, declares.span, "`" + std::string(declares.text) + "`", "a pattern or a stack")
        .help = "put it into the file, outside of patterns and stacks";
    return;
  }
  if (report_misspelled(list, fault, diagnostics)) return;
  if (const auto seen = as_missing_value(list, fault)) return report_expected(list, *seen, diagnostics);
  if (const auto seen = as_clause_without_value(list, fault)) return report_expected(list, *seen, diagnostics);
  report_expected(list, fault, diagnostics);
}

bool is_recovery_point(NodeKind rule) {
  switch (rule) {
    case NodeKind::File:
    case NodeKind::LoneExpression:
    case NodeKind::Question:
    case NodeKind::Item:
    case NodeKind::BlockItem:
    case NodeKind::BodyItem:
    case NodeKind::PolicyItem:
    case NodeKind::RuleItem:
    case NodeKind::TestItem:
    case NodeKind::Param:
      return true;
    default:
      return false;
  }
}

NodeKind element_of(NodeKind container) {
  switch (container) {
    case NodeKind::File:
      return NodeKind::Item;
    case NodeKind::Block:
      return NodeKind::BlockItem;
    case NodeKind::Body:
      return NodeKind::BodyItem;
    case NodeKind::PolicyBlock:
      return NodeKind::PolicyItem;
    case NodeKind::TestBlock:
      return NodeKind::TestItem;
    default:
      return NodeKind::Token;
  }
}

std::uint32_t resume_at(const TokenList& list, NodeKind point, std::uint32_t from) {
  const auto end = static_cast<std::uint32_t>(list.tokens.size() - 1);
  std::uint32_t at = std::min(from, end);
  while (at < end && !may_begin(list, point, at)) at = std::min(behind(list, point, at), end);
  return at;
}

std::uint32_t behind(const TokenList& list, NodeKind point, std::uint32_t at) {
  if (list.tokens[at].is("{")) return behind_bracket(list, at, "{", "}");
  if (point == NodeKind::Param && list.tokens[at].is("(")) return behind_bracket(list, at, "(", ")");
  return at + 1;
}

bool survives_broken_parts(NodeKind rule) {
  return rule == NodeKind::File || rule == NodeKind::Block || rule == NodeKind::PolicyBlock;
}

}  // namespace crenel::syntax
