#pragma once

#include "compiler/sema/build_context.h"

namespace crenel::sema {

/// Adds the networks, tiers, sites, links and groups of the elaboration to the design, each kind in declaration order,
/// and checks what concerns one of them alone or a tier and its members. Blocks are left to `plan_addresses`.
void build_things(BuildContext& context);

/// Adds the balancers with their forwards, after the groups. Part of `build_things`.
void build_balancers(BuildContext& context);
/// Adds what providers run, and the private paths to it, after everything else. Part of `build_things`.
void build_services(BuildContext& context);

}  // namespace crenel::sema
