#pragma once

#include <string_view>

namespace crenel::sema {

/// True for `internet`, `any`, `nat` …: known everywhere, declared nowhere.
[[nodiscard]] bool is_builtin(std::string_view name);

}  // namespace crenel::sema
