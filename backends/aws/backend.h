#pragma once

#include "compiler/backend/backend.h"

namespace crenel::aws {

/// AWS CloudFormation.
[[nodiscard]] const backend::Backend& backend();

}  // namespace crenel::aws
