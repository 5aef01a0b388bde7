#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/checks.h"
#include "compiler/syntax/parser.h"

namespace crenel::syntax {
namespace {

// ---- nesting -------------------------------------------------------------------------------------------------------

bool opens(const Token& token) { return token.is("(") || token.is("[") || token.is("{"); }
bool closes(const Token& token) { return token.is(")") || token.is("]") || token.is("}"); }

/// How deep the parser is inside one pair of brackets: prefix operators nest without any bracket.
struct Level {
  int ifs = 0;       ///< `if`, and `list of`: nested until the value ends
  int prefixes = 0;  ///< `not` and `exists`: nested until the operand ends
  [[nodiscard]] int depth() const { return 1 + ifs + prefixes; }
};

bool ends_value(const Token& token) {
  constexpr std::array<std::string_view, 6> kSeparators = {"=", ",", ":", "->", "~>", "}"};
  return std::any_of(kSeparators.begin(), kSeparators.end(), [&](std::string_view text) { return token.is(text); });
}

void count_prefix(const Token& token, Level& level) {
  if (ends_value(token))
    level = Level{};
  else if (token.is("if") || token.is("list"))
    ++level.ifs;
  else if (token.is("not") || token.is("exists"))
    ++level.prefixes;
  else if (token.is("and") || token.is("or") || token.is("then") || token.is("else"))
    level.prefixes = 0;
}

// ---- stray characters ----------------------------------------------------------------------------------------------

std::string help_for_character(std::string_view text) {
  if (text == ";") return "a statement needs no terminator";
  if (text == "'" || text == "“" || text == "”" || text == "„") return "a text stands in straight double quotes: \"…\"";
  if (text == "→") return "an arrow is `->`";
  if (text == "#") return "a comment begins with `//`";
  if (text == "&" || text == "&&") return "write `and`";
  if (text == "|" || text == "||") return "write `or`";
  if (text == "!") return "write `not`";
  if (text == "-") return "a text stands in double quotes: \"ami-0abc\"; there is no arithmetic in the language";
  if (text == "+" || text == "*") return "there is no arithmetic in the language";
  return "remove it";
}

/// The punctuation at the end of a text that was not closed: `{ a = "x }` most likely lost its quote before the brace.
std::size_t swallowed_from(std::string_view text) {
  std::size_t from = text.size();
  for (std::size_t i = text.size(); i > 1; --i) {
    const char c = text[i - 1];
    if (c == '}' || c == ')' || c == ']' || c == ',')
      from = i - 1;
    else if (c != ' ' && c != '\t')
      break;
  }
  return from;
}

/// Puts the text and what it swallowed into `out`; answers with where the text stands.
base::Span split_open_string(const Token& token, std::vector<Token>& out) {
  const std::size_t from = swallowed_from(token.text);
  Token text = token;
  text.text = token.text.substr(0, from);
  text.span.end = token.span.begin + static_cast<std::uint32_t>(from);
  out.push_back(text);
  for (std::size_t i = from; i < token.text.size(); ++i) {
    if (token.text[i] == ' ' || token.text[i] == '\t') continue;
    Token mark;
    mark.kind = TokenKind::Punctuation;
    mark.line = token.line;
    mark.text = token.text.substr(i, 1);
    const auto begin = token.span.begin + static_cast<std::uint32_t>(i);
    mark.span = {token.span.source, begin, begin + 1};
    out.push_back(mark);
  }
  return text.span;
}

}  // namespace

bool check_nesting(const TokenList& list, diagnostics::Diagnostics& diagnostics) {
  std::vector<Level> levels(1);
  int depth = levels.back().depth();
  for (const Token& token : list.tokens) {
    if (closes(token) && levels.size() > 1) {
      depth -= levels.back().depth();
      levels.pop_back();
    }
    depth -= levels.back().depth();
    count_prefix(token, levels.back());
    depth += levels.back().depth();
    if (opens(token)) {
      levels.emplace_back();
      ++depth;
    }
    if (depth <= kMaxNesting) continue;
    diagnostics.report(diagnostics::kTooDeep, token.span, kMaxNesting).help = "name the inner parts by `let`";
    return false;
  }
  return true;
}

void report_token_faults(TokenList& list, diagnostics::Diagnostics& diagnostics) {
  std::vector<Token> out;
  out.reserve(list.tokens.size());
  bool after_fault = false;
  bool line_starts = false;  // the fault that was left out stood first on its line; now the token behind it does
  for (std::size_t i = 0; i < list.tokens.size(); ++i) {
    Token token = list.tokens[i];
    if (token.kind == TokenKind::Bad) {
      Token run = token;  // characters without a gap between them are one fault
      while (list.tokens[i + 1].kind == TokenKind::Bad && list.tokens[i + 1].span.begin == run.span.end)
        run.span.end = list.tokens[++i].span.end;
      run.text = {token.text.data(), run.span.end - run.span.begin};
      diagnostics.report(diagnostics::kStrayCharacter, run.span, run.text).help = help_for_character(run.text);
      after_fault = true;
      line_starts = line_starts || token.starts_line;
      continue;
    }
    if (token.kind == TokenKind::OpenComment) {
      const base::Span opening{token.span.source, token.span.begin, token.span.begin + 2};
      diagnostics.report(diagnostics::kOpenComment, opening).help = "close it by `*/`; comments do not nest";
      list.truncated = true;
      continue;
    }
    token.after_fault = std::exchange(after_fault, false);
    token.starts_line = token.starts_line || line_starts;
    line_starts = false;
    if (token.kind == TokenKind::OpenString) {
      diagnostics.report(diagnostics::kOpenText, split_open_string(token, out)).help =
          "a text ends on the line on which it begins; `\\n` is a line end inside of one";
      continue;
    }
    if (token.kind == TokenKind::BadNumber)
      diagnostics.report(diagnostics::kBadNumber, token.span, token.text).help =
          "a name begins with a letter; a duration is a number with s, m, h or d";
    out.push_back(token);
  }
  list.tokens = std::move(out);
}

}  // namespace crenel::syntax
