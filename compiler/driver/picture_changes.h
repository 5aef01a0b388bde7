#pragma once

#include "compiler/driver/diff.h"
#include "compiler/driver/picture.h"

namespace crenel::driver {

/// The picture of a difference: the newer design (or the older, where the newer is a template), every change as an
/// arrow of its own, every other flow as "same". What one provider alone tells says which.
[[nodiscard]] Picture picture_of(const Diff& diff);

}  // namespace crenel::driver
