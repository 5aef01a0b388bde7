#pragma once

#include <string>
#include <vector>

#include "compiler/driver/build.h"
#include "compiler/driver/check.h"
#include "compiler/driver/diff.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/test.h"
#include "compiler/driver/verify.h"

namespace crenel::cli {

/// What was written, for people: a line per template, under it what is in it, what the provider leaves open and how
/// near its limits are.
[[nodiscard]] std::string account(const std::vector<driver::Built>& built);

/// "1 error and 2 warnings"; empty when there are none.
[[nodiscard]] std::string summary(std::size_t errors, std::size_t warnings);

/// "3 targets, 5 templates: no errors".
[[nodiscard]] std::string account(const driver::Checked& checked);

/// "out/shop.json admits exactly what shop.prod declares"; or how much differs.
[[nodiscard]] std::string account(const driver::Verified& verified);

/// The answer of each provider's template with the way of a packet, by flow, rule and route.
[[nodiscard]] std::string account(const driver::Reached& reached);

/// A line per test, and "3 passed, 1 failed".
[[nodiscard]] std::string account(const std::vector<driver::TestResult>& results);

/// Each change with its packets and their ways, and how many there are.
[[nodiscard]] std::string account(const driver::Diff& diff);

}  // namespace crenel::cli
