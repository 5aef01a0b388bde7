#pragma once

#include <vector>

#include "compiler/driver/diff_certificates.h"
#include "compiler/estate/estate.h"

namespace crenel::driver {

/// Guards that are gone, new, or tell others or of other things now, by their names in the estates. A change of `what`
/// "guard": nobody reaches anybody else by it, and who noticed what happened may not notice it any more.
[[nodiscard]] std::vector<BesideChange> guard_changes(const estate::Estate& older, const estate::Estate& newer);

/// Networks whose packets are recorded no more, or not all of them, or elsewhere. A change of `what` "flow log".
[[nodiscard]] std::vector<BesideChange> flow_log_changes(const estate::Estate& older, const estate::Estate& newer);

}  // namespace crenel::driver
