#pragma once

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/ast.h"

namespace crenel::syntax {

/// What parsing accepts at most; past it there is one clear error and no tree.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{4} * 1024 * 1024;
inline constexpr int kMaxNesting = 200;

/// Parses one source. Every syntax error is reported once, at the statement that has it; what is in the tree is sound,
/// and after an error the tree holds the statements that had none, for checks that can do with them.
/// Not thread-safe: the ANTLR 4.9 runtime shares its prediction cache.
[[nodiscard]] File parse(const base::Sources& sources, base::SourceId source, diagnostics::Diagnostics& diagnostics);

/// Parses one expression, as `--set name=VALUE` gives it. Null after an error.
[[nodiscard]] ExprPtr parse_expression(const base::Sources& sources, base::SourceId source,
                                       diagnostics::Diagnostics& diagnostics);

/// Parses who is asked about, as `crenel reach` takes it: "web -> app : https", without `: …` about everything. Nothing
/// after an error.
[[nodiscard]] std::optional<Question> parse_question(const base::Sources& sources, base::SourceId source,
                                                     diagnostics::Diagnostics& diagnostics);

/// For tests: how many ambiguities and full-context fallbacks exact detection reports on this source.
struct GrammarReport {
  std::size_t ambiguities = 0;
  std::size_t full_context = 0;
  std::size_t syntax_errors = 0;
};
[[nodiscard]] GrammarReport examine_grammar(const base::Sources& sources, base::SourceId source);

}  // namespace crenel::syntax
