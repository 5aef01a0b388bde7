#pragma once

#include <cstddef>
#include <string_view>

/// Where parts of a YAML text end: the parser says only where they begin.
namespace crenel::document {

/// A scalar's own text, without its tag.
struct ScalarPlace {
  std::size_t end = 0;  ///< of the text, with a closing quote
  bool quoted = false;  ///< in quotes, or a block scalar
  bool closed = true;   ///< false: the closing quote is missing
};

/// `begin` is where the scalar, or its tag, starts; `value` what the parser read.
[[nodiscard]] ScalarPlace place_of_scalar(std::string_view text, std::size_t begin, std::string_view value);

/// The end of a flow sequence or mapping, closed by `closing`, whose last part ends at `last_end`.
[[nodiscard]] std::size_t end_of_flow(std::string_view text, std::size_t last_end, char closing);

}  // namespace crenel::document
