#pragma once

#include <string>

#include "compiler/sema/build_context.h"
#include "compiler/sema/flow_passage.h"

namespace crenel::sema {

/// Where a flow is written.
struct FlowPlace {
  base::Span span;     ///< the statement
  base::Span actions;  ///< its actions; invalid for a flow that a `forward` implies
  base::Span via;      ///< its hops; invalid without any
  base::Span from;     ///< the side or term of the source
  base::Span to;
};

/// Reports what a flow lacks, with the place that lacks it and, where the mending is mechanical, a fix. `collective` is
/// the name of which nobody can take part, when the flow is one of several that a name stands for; else empty.
void report_obstacle(BuildContext& context, const FlowPlace& place, const Candidate& flow, const Obstacle& obstacle,
                     const std::string& collective = {});

}  // namespace crenel::sema
