#pragma once

#include <cstddef>
#include <string>

#include "compiler/base/file_system.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

/// Reports why a file could not be read. `shown` is its path for people, `most` how large it might have been.
void report_unread(Diagnostics& diagnostics, const base::FileError& error, const std::string& shown, base::Span span,
                   std::size_t most);

/// A file or import that lies outside the project's root.
void report_outside_root(Diagnostics& diagnostics, const std::string& path, base::Span span);

/// Reports why files could not be written.
void report_unwritten(Diagnostics& diagnostics, const base::FileError& error);

}  // namespace crenel::diagnostics
