#pragma once

#include <string_view>

namespace crenel::driver {

/// The compiler's version, e.g. "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace crenel::driver
