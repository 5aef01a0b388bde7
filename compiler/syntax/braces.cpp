#include <algorithm>
#include <cstdint>
#include <vector>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/checks.h"

namespace crenel::syntax {
namespace {

/// A `{` that nothing closes, and the token before which its `}` belongs.
struct Missing {
  std::uint32_t opener;
  std::uint32_t before;
};

/// The indentation of the line on which each token stands.
std::vector<std::uint32_t> indentations(const TokenList& list) {
  std::vector<std::uint32_t> out;
  out.reserve(list.tokens.size());
  std::uint32_t current = 0;
  for (const Token& token : list.tokens) {
    if (token.starts_line) current = token.column;
    out.push_back(current);
  }
  return out;
}

/// The first line behind `opener` that is indented no deeper than the opener's own: what stands there was meant to
/// stand behind the closing brace. Not behind `limit`.
std::uint32_t end_by_indentation(const TokenList& list, const std::vector<std::uint32_t>& indents, std::uint32_t opener,
                                 std::uint32_t limit) {
  for (std::uint32_t i = opener + 1; i < limit; ++i)
    if (list.tokens[i].starts_line && list.tokens[i].column <= indents[opener]) return i;
  return limit;
}

/// How many braces are open at the end; negative as soon as one closes nothing.
int balance(const TokenList& list) {
  int open = 0;
  for (const Token& token : list.tokens) {
    if (token.is("{")) ++open;
    if (token.is("}") && --open < 0) return open;
  }
  return open;
}

std::vector<Missing> find_gaps(const TokenList& list, int missing) {
  const auto indents = indentations(list);
  const auto end = static_cast<std::uint32_t>(list.tokens.size() - 1);
  std::vector<std::uint32_t> open;
  std::vector<Missing> gaps;
  for (std::uint32_t i = 0; i < end; ++i) {
    if (list.tokens[i].is("{")) open.push_back(i);
    if (!list.tokens[i].is("}") || open.empty()) continue;
    // A brace that begins its line closes the block of the same indentation; what was opened inside of that is open.
    const auto meant = std::find_if(open.rbegin(), open.rend(),
                                    [&](std::uint32_t opener) { return indents[opener] == list.tokens[i].column; });
    while (list.tokens[i].starts_line && meant != open.rend() && static_cast<int>(gaps.size()) < missing &&
           indents[open.back()] > list.tokens[i].column) {
      gaps.push_back({open.back(), end_by_indentation(list, indents, open.back(), i)});
      open.pop_back();
    }
    open.pop_back();
  }
  for (; !open.empty(); open.pop_back())
    gaps.push_back({open.back(), end_by_indentation(list, indents, open.back(), end)});
  return gaps;
}

Token closing_brace(const Token& behind) {
  Token out;
  out.kind = TokenKind::Punctuation;
  out.line = behind.line;
  out.span = {behind.span.source, behind.span.end, behind.span.end};
  out.text = "}";
  return out;
}

}  // namespace

void close_open_braces(TokenList& list, diagnostics::Diagnostics& diagnostics) {
  const int missing = balance(list);
  if (missing <= 0 || list.truncated) return;
  std::vector<Missing> gaps = find_gaps(list, missing);
  std::stable_sort(gaps.begin(), gaps.end(), [](const Missing& a, const Missing& b) { return a.before < b.before; });
  std::vector<Token> out;
  out.reserve(list.tokens.size() + gaps.size());
  auto gap = gaps.begin();
  for (std::uint32_t i = 0; i < list.tokens.size(); ++i) {
    for (; gap != gaps.end() && gap->before == i; ++gap) {
      const Token brace = closing_brace(list.tokens[i - 1]);
      out.push_back(brace);
      auto& diagnostic = diagnostics.report(diagnostics::kNotClosed, brace.span, "}");
      diagnostic.notes.push_back({list.tokens[gap->opener].span, "to close this `{`"});
      if (list.tokens[i].kind != TokenKind::End) diagnostic.help = "the indentation says that the block ends here";
      diagnostic.fixes.push_back({.title = "close the block", .edits = {{brace.span, " }"}}, .safe = false});
    }
    out.push_back(list.tokens[i]);
  }
  list.tokens = std::move(out);
}

}  // namespace crenel::syntax
