#pragma once

#include <vector>

#include "backends/aws/lift_data.h"

/// Who and what a template's policies speak of.
namespace crenel::aws::reading {

/// Everybody of whom it may be asked what he may do: the template's roles, whom its policies name, services, the rest
/// of the account, and whoever there is.
[[nodiscard]] std::vector<Caller> callers_of(Reading& reading, const DataReading& data);
/// Every block of addresses that a condition names, as a way of its own.
[[nodiscard]] std::vector<Way> addresses_of(Reading& reading, const DataReading& data);

}  // namespace crenel::aws::reading
