#pragma once

#include <string>
#include <vector>

#include "compiler/model/design.h"

/// Bounds of a parameter as regular expressions (java.util.regex, which CloudFormation matches against the whole
/// value: UserGuide/cfn-regexes.html). They use nothing that other dialects read differently.
namespace crenel::aws {

/// Matches the decimal spellings of exactly these numbers (0 to 255, ascending, at least one) and nothing else.
[[nodiscard]] std::string numbers_pattern(const std::vector<int>& numbers);

/// Matches the IPv4 blocks that the parameter's bounds admit, without host bits, and nothing else.
[[nodiscard]] std::string block_pattern(const model::Parameter& parameter);

/// Matches the IPv4 addresses that the parameter's bounds admit, and nothing else.
[[nodiscard]] std::string address_pattern(const model::Parameter& parameter);

}  // namespace crenel::aws
