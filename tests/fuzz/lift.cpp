#include "tests/fuzz/lift.h"

#include <string>

#include "compiler/diagnostics/render_text.h"
#include "tests/fuzz/target.h"

namespace crenel::fuzz {

void lift(const backend::Backend& backend, std::string_view input) {
  base::Sources sources;
  const base::SourceId source = sources.add("template", std::string(input));
  diagnostics::Diagnostics diagnostics;
  const auto estate = backend.lift(sources, source, diagnostics);
  promise(estate.has_value() != diagnostics.has_errors(), "an estate, or why there is none");
  for (const auto& diagnostic : diagnostics.all()) {
    promise(!diagnostic.span.valid() || diagnostic.span.end <= input.size(), "a fault lies in the text");
    promise(!render_text(diagnostic, sources).empty(), "a fault is shown");
  }
}

}  // namespace crenel::fuzz
