#include "compiler/diagnostics/file_errors.h"

#include <fmt/format.h>

#include "compiler/diagnostics/catalogue/files.h"
#include "compiler/diagnostics/catalogue/outputs.h"

namespace crenel::diagnostics {
namespace {

std::string reason(const base::FileError& error) {
  if (!error.detail.empty()) return error.detail;
  switch (error.kind) {
    case base::FileErrorKind::IsDirectory:
      return "a directory is in its place";
    case base::FileErrorKind::NotFound:
      return "its directory is not there";
    default:
      return "permission denied";
  }
}

}  // namespace

void report_outside_root(Diagnostics& diagnostics, const std::string& path, base::Span span) {
  diagnostics.report(kOutsideRoot, span, path).help =
      "imports and `file(…)` stay inside the root; `--root DIR` sets it, a file `.crenel-root` marks it";
}

void report_unread(Diagnostics& diagnostics, const base::FileError& error, const std::string& shown, base::Span span,
                   std::size_t most) {
  constexpr std::size_t kMegabyte = std::size_t{1024} * 1024;
  switch (error.kind) {
    case base::FileErrorKind::NotFound:
      diagnostics.report(kFileNotFound, span, shown);
      return;
    case base::FileErrorKind::IsDirectory:
      diagnostics.report(kIsDirectory, span, shown);
      return;
    case base::FileErrorKind::TooLarge:
      diagnostics.report(kFileTooLarge, span, shown, fmt::format("{} MB", most / kMegabyte));
      return;
    case base::FileErrorKind::OutsideRoot:
      report_outside_root(diagnostics, shown, span);
      return;
    case base::FileErrorKind::NotReadable:
    case base::FileErrorKind::NotWritable:
      diagnostics.report(kNotReadable, span, shown, error.detail.empty() ? "" : fmt::format(": {}", error.detail));
      return;
  }
}

void report_unwritten(Diagnostics& diagnostics, const base::FileError& error) {
  diagnostics.report(kCannotWrite, {}, error.path, reason(error));
}

}  // namespace crenel::diagnostics
