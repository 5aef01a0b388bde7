#pragma once

#include "compiler/estate/estate.h"

namespace crenel::verify {

/// Makes both estates speak of one list of symbols: those of the same name are the same value. The lists of both are
/// equal afterwards.
void share_symbols(estate::Estate& a, estate::Estate& b);

}  // namespace crenel::verify
