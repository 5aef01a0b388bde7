#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/base/folders.h"
#include "compiler/base/source.h"
#include "compiler/syntax/ast.h"

namespace crenel::lsp {

/// A file of a program, parsed; statements with errors are not in it.
struct ProgramFile {
  std::string path;  ///< canonical; "std/services" for a module of the library
  bool library = false;
  bool sound = true;  ///< it had no syntax errors
  syntax::File file;
  std::map<std::uint32_t, std::size_t> imports;  ///< which file an import means, by where its module stands
};

struct Program {
  base::Sources sources;
  std::vector<ProgramFile> files;  ///< the document that was asked about is the first
};

/// The document with every file that it imports.
[[nodiscard]] Program program_of(const base::FileSystem& files, const std::string& path);

/// The same with every other `.crenel` file of its project: whoever may import it.
[[nodiscard]] Program whole_program_of(const base::FileSystem& files, const base::Folders& folders,
                                       const std::string& path);

/// Which of the files a source is.
[[nodiscard]] std::size_t file_of(const Program& program, base::SourceId source);

}  // namespace crenel::lsp
