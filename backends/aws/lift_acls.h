#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// Reads the network ACLs; what comes out is by subnet, for those that are given one.
[[nodiscard]] std::map<std::string, std::vector<estate::RuleListId>> read_acls(Reading& reading);
/// The list of the subnets that are given none. Nothing when it allows everything, as it does until the template adds
/// an entry to it.
[[nodiscard]] std::optional<estate::RuleListId> default_acl(Reading& reading, estate::NetworkId network);

}  // namespace crenel::aws::reading
