#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN005x and CRN075x: the root, the choice of targets and the files that are written. Said by the driver.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string> kCannotWrite{"CRN0050", Severity::Error, "file not writable",
                                                                       "`{}` cannot be written: {}"};
inline constexpr DiagnosticKind<std::string> kRootNotThere{"CRN0051", Severity::Error, "root not found",
                                                           "the root `{}` is no directory"};
inline constexpr DiagnosticKind<std::string> kOutputIsInput{"CRN0052", Severity::Error, "output in place of an input",
                                                            "`{}` would be written over, and the compiler reads it"};
inline constexpr DiagnosticKind<std::string> kCannotDraw{"CRN0054", Severity::Error, "no picture",
                                                         "Graphviz made no picture: {}"};
inline constexpr DiagnosticKind<std::string> kSeveralTargets{"CRN0055", Severity::Error, "more than one target",
                                                             "there are {} targets, and one can be drawn"};
inline constexpr DiagnosticKind<std::string> kAlreadyThere{"CRN0056", Severity::Error, "file already there",
                                                           "`{}` is there already"};

inline constexpr DiagnosticKind<std::string, std::string> kCertificateUnread{
    "CRN0057", Severity::Error, "certificate not understood", "the certificate `{}` cannot be compared: {}"};
inline constexpr DiagnosticKind<std::string, std::string> kCertificateAlone{
    "CRN0058", Severity::Error, "certificate without its template",
    "the certificate `{}` says whom its names reach, and its template `{}` is not there as it was built"};

inline constexpr DiagnosticKind<std::string> kUnknownTarget{"CRN0750", Severity::Error, "unknown target",
                                                            "no target is called `{}`"};
inline constexpr DiagnosticKind<std::string> kNoStackInEnvironment{
    "CRN0751", Severity::Error, "no stack in the environment", "no stack is built in an environment `{}`"};
inline constexpr DiagnosticKind<std::string> kNothingForProvider{"CRN0752", Severity::Error, "nothing for the provider",
                                                                 "none of the chosen targets is for {}"};
inline constexpr DiagnosticKind<> kNothingToBuild{"CRN0753", Severity::Error, "nothing to build",
                                                  "there is nothing to build"};
inline constexpr DiagnosticKind<std::string, std::string, std::string, std::string> kSoleTwice{
    "CRN0754", Severity::Error, "two templates that make what there is one of",
    "`{}` and `{}` both make {}, and {} has one"};

}  // namespace crenel::diagnostics
