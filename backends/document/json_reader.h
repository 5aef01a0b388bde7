#pragma once

#include <string_view>

#include "backends/document/tree_builder.h"

namespace crenel::document {

/// The offset of the first character that is neither a blank nor in a comment (`//` to the line's end, `/* … */`).
/// A comment that is not closed is no comment.
[[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t at);

/// Reads the whole of `text`, which is UTF-8: JSON (RFC 8259) with comments, and with line ends and tabs in texts.
/// False, and reported, when it is none.
[[nodiscard]] bool read_json(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::document
