#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The library of the language, embedded in the binary: the `.crenel` files of this folder, and what they read.
namespace crenel::stdlib {

/// The text of `std/NAME`, e.g. "std/services" or "std/patterns/private_network"; nothing when the library has no such
/// module.
[[nodiscard]] std::optional<std::string_view> module_text(std::string_view name);

/// Every module's name, sorted.
[[nodiscard]] std::vector<std::string_view> module_names();

/// The text of a file beside the modules that one of them reads by `file("…")`, e.g.
/// "std/patterns/analytics/launcher.py"; nothing when there is none.
[[nodiscard]] std::optional<std::string_view> file_text(std::string_view name);

/// Every such file's name, sorted.
[[nodiscard]] std::vector<std::string_view> file_names();

}  // namespace crenel::stdlib
