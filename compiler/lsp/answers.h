#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/driver/compilation.h"
#include "compiler/model/design.h"

/// The inside of the server: what it answers, as the JSON of the protocol.
namespace crenel::lsp {

/// What a request is about: an open document, and what the compiler last said of it.
struct Asked {
  const base::FileSystem& files;
  const std::string& path;
  const std::string& text;
  const driver::Compilation* compilation;  ///< null: it was not checked
  const std::vector<model::Design>& designs;
  std::size_t begin = 0;  ///< of the range that is asked about
  std::size_t end = 0;
};

[[nodiscard]] std::string capabilities(std::string_view version);
[[nodiscard]] std::string completion_answer(const Asked& asked);
[[nodiscard]] std::string hover_answer(const Asked& asked);
[[nodiscard]] std::string definition_answer(const Asked& asked);
[[nodiscard]] std::string symbols_answer(const Asked& asked);
[[nodiscard]] std::string formatting_answer(const Asked& asked);
/// The fixes of the diagnostics that touch the range.
[[nodiscard]] std::string actions_answer(const Asked& asked);
/// What there is to say of one document. What is wrong in a file that it imports stands at its beginning.
[[nodiscard]] std::string diagnostics_of(const driver::Compilation& compilation, const base::FileSystem& files,
                                         const std::string& path);

}  // namespace crenel::lsp
