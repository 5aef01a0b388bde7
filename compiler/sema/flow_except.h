#pragma once

#include "compiler/sema/flow_endpoints.h"

namespace crenel::sema {

/// Takes the endpoints of `except` away from an expansion: whole endpoints, and addresses out of sites and blocks.
/// Reports what cannot be taken away exactly.
void take_away(BuildContext& context, EndpointSet& expansion, const EndpointSet& except, Purpose purpose);

}  // namespace crenel::sema
