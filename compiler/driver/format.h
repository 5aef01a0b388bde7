#pragma once

#include <string>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::driver {

/// A file whose layout is not the one layout.
struct Reformatted {
  std::string path;
  std::string diff;  ///< unified; what formatting changes
};

/// `crenel fmt`: brings files into the one layout; with `check`, only says what would change. A file with a syntax
/// error is reported and stays as it is. The others are written, all or none.
[[nodiscard]] std::vector<Reformatted> format(base::FileSystem& files, const std::vector<std::string>& paths,
                                              bool check, base::Sources& sources,
                                              diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::driver
