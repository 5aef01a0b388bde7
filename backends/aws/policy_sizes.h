#pragma once

#include "backends/aws/quotas.h"
#include "backends/aws/template.h"

namespace crenel::aws {

/// Counts the characters of policies against what AWS takes. What a deployment puts in for a reference counts as long
/// as it can become.
void count_policies(const Template& made, QuotaBook& book);

}  // namespace crenel::aws
