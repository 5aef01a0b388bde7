#pragma once

#include <string>
#include <vector>

#include "compiler/base/memory_file_system.h"

namespace crenel::tests {

/// How long one phase took.
struct Phase {
  std::string name;
  double milliseconds = 0;
};

/// Compiles every target of a file for every provider and times the phases, summed over the targets; nothing is
/// written. Ends the program when the file has errors.
[[nodiscard]] std::vector<Phase> time_phases(const base::MemoryFileSystem& files, const std::string& file);

/// A handbook (`handbook.crenel`) of `patterns` patterns, half with a balancer before servers and half behind a VPN, in
/// modules of some hundred.
[[nodiscard]] base::MemoryFileSystem large_handbook(int patterns);

}  // namespace crenel::tests
