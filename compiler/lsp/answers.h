#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/file_system.h"
#include "compiler/base/folders.h"
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
  const base::Folders& folders;
  const std::vector<backend::Backend>& backends;
  std::size_t begin = 0;  ///< of the range that is asked about
  std::size_t end = 0;
  bool with_declaration = true;  ///< of references
  std::string new_name = {};     ///< of a renaming
};

/// An answer, or why there is none.
struct Refusal {
  std::string message;
};
using Answer = std::variant<std::string, Refusal>;

[[nodiscard]] std::string capabilities(std::string_view version);
[[nodiscard]] std::string completion_answer(const Asked& asked);
[[nodiscard]] std::string hover_answer(const Asked& asked);
[[nodiscard]] std::string definition_answer(const Asked& asked);
/// Every place of the program that means what stands at the place, in whatever file.
[[nodiscard]] std::string references_answer(const Asked& asked);
/// Those of the document alone.
[[nodiscard]] std::string highlights_answer(const Asked& asked);
/// Whether what stands there can be renamed, and how it is called.
[[nodiscard]] Answer renamable_answer(const Asked& asked);
/// The edits, in every file of the program; refused where anything would then mean something else.
[[nodiscard]] Answer rename_answer(const Asked& asked);
[[nodiscard]] std::string tokens_answer(const Asked& asked);
/// The address blocks that are planned for the tiers in the range.
[[nodiscard]] std::string hints_answer(const Asked& asked);
[[nodiscard]] std::string symbols_answer(const Asked& asked);
[[nodiscard]] std::string formatting_answer(const Asked& asked);
/// The fixes of the diagnostics that touch the range.
[[nodiscard]] std::string actions_answer(const Asked& asked);
/// What there is to say of one document. What is wrong in a file that it imports stands at its beginning.
[[nodiscard]] std::string diagnostics_of(const driver::Compilation& compilation, const base::FileSystem& files,
                                         const std::string& path);

}  // namespace crenel::lsp
