#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/diff.h"

/// The words for a difference, the same in every form that it is written in.
namespace crenel::driver {

[[nodiscard]] std::string_view word(verify::Change::Kind kind);  ///< "added"
/// "broadened", "undecided", "narrowed" or "equal": the first that applies.
[[nodiscard]] std::string_view verdict(const Diff& diff);
/// "reaches the same", "3 changes, 1 of them broadens".
[[nodiscard]] std::string summary(const Diff& diff);

}  // namespace crenel::driver
