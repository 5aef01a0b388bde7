#pragma once

#include "compiler/sema/build_context.h"
#include "compiler/sema/flow_passage.h"

namespace crenel::sema {

/// Adds the flows that forwards imply and those that are written, each checked to be possible; expands collective
/// names; derives the tiers' routes and ways out; notes what is met over the Internet. Warns about flows that are
/// there already.
void build_flows(BuildContext& context);

/// Adds the claims. After `build_flows`: `any` and `outside` hold the blocks that flows name.
void build_claims(BuildContext& context);

/// Gives the member's tier the route or the way out that a flow needs. False when another flow of the tier has said
/// something else; that is reported.
bool derive_routes(BuildContext& context, const Passage& passage, base::Span span);

/// Checks that nobody can pass a network balancer by: its targets see the client's address, so a rule for its clients
/// stands at each target.
void check_bypasses(BuildContext& context, const std::vector<Passage>& passages);

/// Warns about links and peerings that no flow uses.
void check_unused_links(BuildContext& context);
void check_unused_peerings(BuildContext& context);

}  // namespace crenel::sema
