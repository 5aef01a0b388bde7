#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// More than a provider takes: CloudFormation 1 MB, Resource Manager 4 MB; with room for indentation.
inline constexpr std::size_t kMostTemplateBytes = std::size_t{64} * 1024 * 1024;

/// A template that somebody has, as its provider would understand it.
struct Lifted {
  const backend::Backend* backend = nullptr;
  estate::Estate estate;
};

/// Reads the template at `path`; its provider is found by its own shape. Reports why there is none.
[[nodiscard]] std::optional<Lifted> lift_template(Compilation& compilation, const std::string& path);

}  // namespace crenel::driver
