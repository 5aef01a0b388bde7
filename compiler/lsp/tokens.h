#pragma once

#include <string>
#include <vector>

namespace crenel::lsp {

/// The kinds of token and their modifiers, in the order of the numbers that `tokens_answer` gives them.
[[nodiscard]] std::vector<std::string> token_types();
[[nodiscard]] std::vector<std::string> token_modifiers();

}  // namespace crenel::lsp
