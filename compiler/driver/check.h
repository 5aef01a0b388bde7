#pragma once

#include <cstddef>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// How much was looked at, for a closing line.
struct Checked {
  std::size_t targets = 0;
  std::size_t templates = 0;  ///< targets times their providers
};

/// `crenel check`: everything that `build` does, for every pattern of the files and every provider, but writing.
Checked check(Compilation& compilation);

}  // namespace crenel::driver
