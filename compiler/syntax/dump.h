#pragma once

#include <string>

#include "compiler/syntax/ast.h"

namespace crenel::syntax {

/// The tree as text: one line for each node, indented by its depth, in the order of the source. Expressions stand on
/// one line in the language's own notation, with parentheses around every operator's operands; spans are left out. The
/// same tree gives the same text, and two different trees give different ones.
[[nodiscard]] std::string dump(const File& file);
[[nodiscard]] std::string dump(const Expr& expr);
[[nodiscard]] std::string dump(const Path& path);
[[nodiscard]] std::string dump(const Endpoints& endpoints);
[[nodiscard]] std::string dump(const Action& action);
[[nodiscard]] std::string dump(const std::vector<Action>& actions);
[[nodiscard]] std::string dump(const Type& type);
/// In quotes, with the escapes of the language.
[[nodiscard]] std::string dump_text(const std::string& text);

}  // namespace crenel::syntax
