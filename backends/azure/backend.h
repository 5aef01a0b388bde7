#pragma once

#include "compiler/backend/backend.h"

namespace crenel::azure {

/// Azure Resource Manager templates.
[[nodiscard]] const backend::Backend& backend();

}  // namespace crenel::azure
