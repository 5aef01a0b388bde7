#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The style and the script of a handbook's site, embedded in the binary: the files of `site/`.
namespace crenel::driver {

/// "style" or "script".
[[nodiscard]] std::optional<std::string_view> site_file(std::string_view name);
[[nodiscard]] std::vector<std::string_view> site_files();

}  // namespace crenel::driver
