#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Places in a text as editors count them, and what stands around them.
namespace crenel::lsp {

/// Both count from 0; `character` counts UTF-16 code units, as the protocol does.
struct Place {
  std::size_t line = 0;
  std::size_t character = 0;
};

/// Past the end of a line is its end, past the last line the text's.
[[nodiscard]] std::size_t offset_of(std::string_view text, Place place);
[[nodiscard]] Place place_of(std::string_view text, std::size_t offset);

/// The name that `offset` touches, as `[begin, end)`; empty where there is none.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] Stretch name_at(std::string_view text, std::size_t offset);

/// `main` for the place where the `web` of `main.web` begins; empty where no name with a dot stands before.
[[nodiscard]] std::string qualifier_before(std::string_view text, std::size_t begin);

/// A block that is open at a place.
struct OpenBlock {
  std::string keyword;    ///< "group", "pattern", "import" …: the first word before its brace
  std::string header;     ///< all of what stands before its brace: "group web in main.web"
  std::size_t begin = 0;  ///< of its inside
};

struct Surroundings {
  std::vector<OpenBlock> blocks;  ///< outer ones first
  std::string statement;          ///< of the statement that the place is in, what stands before the place
  bool in_comment = false;
  bool in_text = false;
};

/// Read off the characters alone, because what is being typed seldom parses.
[[nodiscard]] Surroundings surroundings_of(std::string_view text, std::size_t offset);

}  // namespace crenel::lsp
