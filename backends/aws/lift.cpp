#include "backends/aws/lift.h"

namespace crenel::aws {

std::optional<estate::Estate> lift(const base::Sources& /*sources*/, base::SourceId /*source*/,
                                   diagnostics::Diagnostics& /*diagnostics*/) {
  estate::Estate estate;
  estate.unknowns.push_back({.what = "templates of this provider are not read yet", .place = {}});
  return estate;
}

}  // namespace crenel::aws
