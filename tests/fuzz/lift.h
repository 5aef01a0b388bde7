#pragma once

#include <string_view>

#include "compiler/backend/backend.h"

namespace crenel::fuzz {

/// Any text as a template of this provider: an estate whose parts are all there, or a fault with a place.
void lift(const backend::Backend& backend, std::string_view input);

}  // namespace crenel::fuzz
