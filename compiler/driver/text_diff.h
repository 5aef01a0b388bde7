#pragma once

#include <string>
#include <string_view>

namespace crenel::driver {

/// What turns one text into the other, as a unified diff with three lines around each change; empty when they are
/// equal. The headers name `path` before and after.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace crenel::driver
