#pragma once

#include <string>
#include <vector>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// How one `test` ended.
struct TestResult {
  std::string title;
  std::vector<std::string> providers;
  bool passed = false;
};

/// `crenel test`: runs the `test` declarations of the named files, in their order: each instance is compiled for every
/// provider of the test, and its claims are decided. What is wrong with a test that fails is in the compilation's
/// diagnostics. Nothing runs when the files cannot be read soundly.
[[nodiscard]] std::vector<TestResult> test(Compilation& compilation);

}  // namespace crenel::driver
