#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/syntax/concrete.h"

/// What to say at a syntax error and where to go on. All of it judges tokens; none of it knows the generated parser.
namespace crenel::syntax {

/// A place where the tokens do not go on as the grammar wants.
struct Fault {
  std::uint32_t at = 0;            ///< the token that does not fit
  NodeKind rule = NodeKind::File;  ///< the innermost rule that was being matched
  bool in_body = false;            ///< in a body of properties, and not in a block of statements
  bool stray = false;              ///< found where an element of a container or its end could stand
  std::vector<std::string>
      expected;  ///< what would fit: a keyword or punctuation as written, or a token's name (NAME …)
};

/// Reports the fault, unless it is a consequence of one that was reported.
void report_fault(const TokenList& list, const Fault& fault, diagnostics::Diagnostics& diagnostics);

/// Whether the fault's token is a reserved word that somebody took for a name: it is part of the broken statement then,
/// and not the beginning of the next.
[[nodiscard]] bool is_reserved_as_name(const TokenList& list, const Fault& fault);

/// Errors inside such a rule go no further than it: the parser skips to where the next one may begin.
[[nodiscard]] bool is_recovery_point(NodeKind rule);

/// The rule whose repetition a container is, or `Token` when the rule is no container.
[[nodiscard]] NodeKind element_of(NodeKind container);

/// The first token, from `from` on, at which something like `point` may begin or the container of it ends.
/// Whatever stands in braces on the way is skipped whole.
[[nodiscard]] std::uint32_t resume_at(const TokenList& list, NodeKind point, std::uint32_t from);

/// The token behind the one at `at`, or behind all that it opens.
[[nodiscard]] std::uint32_t behind(const TokenList& list, NodeKind point, std::uint32_t at);

/// A statement without its broken part is another statement; a container without a broken element is still one.
[[nodiscard]] bool survives_broken_parts(NodeKind rule);

/// Whether the word is reserved: no name, except after a dot.
[[nodiscard]] bool is_reserved(std::string_view word);

}  // namespace crenel::syntax
