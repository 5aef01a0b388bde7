#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

/// The version of the document that `render_json` writes. It grows when a reader of the old form would misread the new.
inline constexpr int kJsonVersion = 1;

/// The diagnostics for programs, in the order given: one JSON document, ends in a line feed.
///
///     {"version": 1, "diagnostics": [{
///        "code": "CRN0301", "severity": "error" | "warning" | "note", "message": "…", "help": "…",
///        "path": "net.crenel", "start": {"line": 12, "column": 16, "offset": 240}, "end": {…},
///        "notes": [{"message": "…", "path": …, "start": …, "end": …}],
///        "fixes": [{"title": "…", "safe": true, "edits": [{"path": …, "start": …, "end": …, "text": "…"}]}]}]}
///
/// `line` and `column` count from 1, columns in code points; `offset` counts bytes from 0; `end` is the first position
/// after it. `path`, `start` and `end` are null together when there is no place; `help` may be empty.
[[nodiscard]] std::string render_json(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources);

}  // namespace crenel::diagnostics
