#include <utility>

#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/checks.h"
#include "compiler/syntax/lower.h"
#include "compiler/syntax/parser.h"

namespace crenel::syntax {
namespace {

/// The tokens of a text that may be parsed; nothing when it may not.
std::optional<TokenList> checked_tokens(const base::Sources& sources, base::SourceId source,
                                        diagnostics::Diagnostics& diagnostics) {
  if (!check_text(sources, source, diagnostics)) return std::nullopt;
  TokenList list = tokenize(sources, source);
  if (!check_nesting(list, diagnostics)) return std::nullopt;
  report_token_faults(list, diagnostics);
  close_open_braces(list, diagnostics);
  return list;
}

}  // namespace

File parse(const base::Sources& sources, base::SourceId source, diagnostics::Diagnostics& diagnostics) {
  File out{source, {}};
  const std::size_t errors = diagnostics.error_count();
  const auto list = checked_tokens(sources, source, diagnostics);
  if (!list) return out;
  const Node root = parse_tokens(*list, Entry::File, diagnostics);
  out.items = Lowering(*list, diagnostics).items(root);
  if (out.items.empty() && diagnostics.error_count() == errors)
    diagnostics.report(diagnostics::kNothingDeclared, {source, 0, 0}).help =
        "a file has a service, a pattern, a stack or another declaration at least";
  return out;
}

ExprPtr parse_expression(const base::Sources& sources, base::SourceId source, diagnostics::Diagnostics& diagnostics) {
  const auto list = checked_tokens(sources, source, diagnostics);
  if (!list) return nullptr;
  const std::size_t errors = diagnostics.error_count();
  const Node root = parse_tokens(*list, Entry::Expression, diagnostics);
  ExprPtr out = Lowering(*list, diagnostics).expression(root);
  return diagnostics.error_count() == errors ? std::move(out) : nullptr;
}

std::optional<Question> parse_question(const base::Sources& sources, base::SourceId source,
                                       diagnostics::Diagnostics& diagnostics) {
  const auto list = checked_tokens(sources, source, diagnostics);
  if (!list) return std::nullopt;
  const std::size_t errors = diagnostics.error_count();
  const Node root = parse_tokens(*list, Entry::Question, diagnostics);
  auto out = Lowering(*list, diagnostics).question(root);
  return diagnostics.error_count() == errors ? std::move(out) : std::nullopt;
}

}  // namespace crenel::syntax
