#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN00xx: reading files and modules.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string> kFileNotFound{"CRN0001", Severity::Error, "file not found",
                                                           "there is no file `{}`"};
inline constexpr DiagnosticKind<std::string> kIsDirectory{"CRN0002", Severity::Error, "a directory, not a file",
                                                          "`{}` is a directory; a file is expected"};
inline constexpr DiagnosticKind<std::string, std::string> kNotReadable{"CRN0003", Severity::Error, "file not readable",
                                                                       "`{}` cannot be read{}"};
inline constexpr DiagnosticKind<std::string, std::string> kFileTooLarge{"CRN0004", Severity::Error, "file too large",
                                                                        "`{}` is larger than {}"};
inline constexpr DiagnosticKind<std::string> kOutsideRoot{"CRN0005", Severity::Error, "file outside the root",
                                                          "`{}` lies outside the project's root"};
inline constexpr DiagnosticKind<std::string> kImportCycle{"CRN0006", Severity::Error, "cycle of imports",
                                                          "these files import each other: {}"};
inline constexpr DiagnosticKind<std::string> kUnknownModule{"CRN0007", Severity::Error, "unknown library module",
                                                            "the library has no module `{}`"};
inline constexpr DiagnosticKind<> kFileArgument{"CRN0009", Severity::Error, "file() without a plain path",
                                                "`file` takes one path, written out as a text"};

}  // namespace crenel::diagnostics
