#pragma once

#include "compiler/sema/build_context.h"

namespace crenel::sema {

/// Checks that addresses which a packet must tell apart are apart. Within what is connected these are disjoint:
/// a network and the sites that it is linked to or that it meets over the Internet (`context.contacts`), those sites
/// among each other, two networks linked to one site, and two parts of one site neither of which is inside the other.
/// What is not connected may share addresses. Where bounds leave the question open, the design gets an assumption.
void check_overlaps(BuildContext& context);

/// Checks that a site claims at most a /16 of public IPv4 and a /32 of IPv6, for all values of its parameters.
void check_site_sizes(BuildContext& context);

}  // namespace crenel::sema
