#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::diagnostics {

/// A piece of source drawn for people, in lines without line ends: what was written, and below it marks.
struct Excerpt {
  std::string number;  ///< of the line; empty where there is none
  std::string text;
  std::string marks;  ///< spaces and marks below the text; empty: none
};

/// The line where `span` begins, with `^~~~` below the part of the span that is on it. `masked` spans show as `***`.
[[nodiscard]] Excerpt excerpt_of(const base::Sources& sources, base::Span span, const std::vector<base::Span>& masked);

/// The lines that the fix changes, as they are afterwards, with `+++` below what is new. `masked` as above.
[[nodiscard]] std::vector<Excerpt> excerpts_of(const base::Sources& sources, const Fix& fix,
                                               const std::vector<base::Span>& masked);

}  // namespace crenel::diagnostics
