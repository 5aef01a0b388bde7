#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/verify/changes.h"

namespace crenel::driver {

/// The waiver that covers all of what became reachable: one of conversations (`waive RULE for flow A -> B : S`) that
/// has not ended before `today` and names both ends and all of the traffic. Empty where there is none.
[[nodiscard]] std::string waiver_of(const verify::Change& change, const std::vector<model::Waiver>& waivers,
                                    const std::optional<model::WaiverDate>& today);

}  // namespace crenel::driver
