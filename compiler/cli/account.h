#pragma once

#include <string>
#include <vector>

#include "compiler/driver/build.h"
#include "compiler/driver/check.h"

namespace crenel::cli {

/// What was written, for people: a line per template, under it what is in it, what the provider leaves open and how
/// near its limits are.
[[nodiscard]] std::string account(const std::vector<driver::Built>& built);

/// "1 error and 2 warnings"; empty when there are none.
[[nodiscard]] std::string summary(std::size_t errors, std::size_t warnings);

/// "3 targets, 5 templates: no errors".
[[nodiscard]] std::string account(const driver::Checked& checked);

}  // namespace crenel::cli
