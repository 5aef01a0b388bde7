#pragma once

#include "compiler/syntax/concrete.h"

/// What is checked before the grammar is: cheap scans that keep hostile or damaged input away from the parser.
namespace crenel::syntax {

/// Size, encoding and characters that hide what a text says. False when it must not be read any further.
[[nodiscard]] bool check_text(const base::Sources& sources, base::SourceId source,
                              diagnostics::Diagnostics& diagnostics);

/// False, with one error, when brackets or prefix operators are nested deeper than `kMaxNesting`: a recursive parser
/// would run out of stack.
[[nodiscard]] bool check_nesting(const TokenList& list, diagnostics::Diagnostics& diagnostics);

/// Reports the tokens that are faults by themselves, and leaves a list in which they give no cause for another error:
/// stray characters are out, a text without an end ends before the brackets that it swallowed.
void report_token_faults(TokenList& list, diagnostics::Diagnostics& diagnostics);

/// Where braces are left open: reports which, as the indentation tells, and closes them, so that what follows is read
/// as it was meant.
void close_open_braces(TokenList& list, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::syntax
