#pragma once

#include <string_view>

namespace crenel::driver {

/// The compiler's version, e.g. "0.1.0".
[[nodiscard]] std::string_view version();

/// How this program was built: "GCC 12.2.0, Release".
[[nodiscard]] std::string_view build_facts();

}  // namespace crenel::driver
