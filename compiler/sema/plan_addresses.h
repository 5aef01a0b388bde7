#pragma once

#include "compiler/sema/build_context.h"

namespace crenel::sema {

/// Gives every network its reserved block and every tier its block and its zones' blocks, in declaration order.
/// Where the space is a parameter, the plan is that for the smallest block within its bound, in parts that mean the
/// same for every larger one. Reports what does not fit.
void plan_addresses(BuildContext& context);

}  // namespace crenel::sema
