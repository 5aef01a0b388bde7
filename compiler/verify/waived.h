#pragma once

#include "compiler/model/design.h"
#include "compiler/model/policy.h"

namespace crenel::verify {

/// Whether a waiver covers what breaks a `require`: the thing itself, or every conversation of a flow.
[[nodiscard]] bool covers(const model::Waiver& waiver, const model::Subject& culprit);

/// The design's flows without what the waiver covers, or (`inside`) that alone. A waiver of a thing covers every
/// conversation that it has a part in.
[[nodiscard]] model::Design cut(const model::Design& design, const model::Waiver& waiver, bool inside);

}  // namespace crenel::verify
