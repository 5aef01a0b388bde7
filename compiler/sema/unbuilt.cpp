#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/unbuilt.h"
#include "compiler/sema/expansion.h"
#include "compiler/sema/schema.h"

namespace crenel::sema {

void note_unbuilt(Expansion& x, const Context& context, const std::string& construct, base::Span span) {
  if (!context.live) return;
  const auto known =
      std::find_if(x.unbuilt.begin(), x.unbuilt.end(), [&](const auto& entry) { return entry.first == construct; });
  if (known == x.unbuilt.end()) {
    x.unbuilt.emplace_back(construct, Occurrence{.span = span, .count = 1});
  } else {
    ++known->second.count;
  }
}

void report_unbuilt(Expansion& x) {
  for (const auto& [construct, occurrence] : x.unbuilt) {
    auto& reported = x.diagnostics.report(diagnostics::kUnbuiltClause, occurrence.span, construct);
    reported.help = "its names and types are checked; no template is made of it in this version";
    if (occurrence.count > 1) {
      reported.notes.push_back({{}, fmt::format("{} more of them in this target", occurrence.count - 1)});
    }
  }
}

}  // namespace crenel::sema
