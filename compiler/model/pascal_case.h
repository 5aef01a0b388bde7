#pragma once

#include <string>

#include "compiler/model/design.h"

namespace crenel::model {

/// {"shop", "web_app"} is "ShopWebApp": how the names of resources and template parameters begin, on every provider.
[[nodiscard]] std::string pascal_case(const Path& path);

}  // namespace crenel::model
