#pragma once

#include <string>

#include "compiler/syntax/concrete.h"
#include "compiler/syntax/recovery.h"

namespace crenel::syntax {

/// What somebody most likely meant who wrote the fault's token there, and how that is written; empty where nobody
/// knows.
[[nodiscard]] std::string way_to_write(const TokenList& list, const Fault& fault);

}  // namespace crenel::syntax
