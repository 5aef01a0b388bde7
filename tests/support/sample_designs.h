#pragma once

#include "compiler/model/design.h"

/// Designs made by hand, for tests of what stands behind the model: no parser and no type checker takes part.
namespace crenel::tests {

/// Balancer in a public tier before a scaled group; space, image and certificate left to deployment (space
/// within 10.0.0.0/8, /16../21).
[[nodiscard]] model::Design public_network();
/// The same with a management site that reaches the servers by ssh, and with public addresses on them; everything
/// known.
[[nodiscard]] model::Design public_network_direct();
/// One private tier (strict ACL) linked to a data center by VPN, Internet traffic through it; all of it left to
/// deployment.
[[nodiscard]] model::Design private_network();
/// The same with known addresses (10.1.0.0/16, site 172.16.0.0/16) and without the ACL: exactness by arithmetic.
[[nodiscard]] model::Design private_network_known();
/// Public front, private web and app in three zones; app fetches from the Internet by NAT; a stack in an environment.
[[nodiscard]] model::Design three_tiers();
/// A network balancer (client address kept) in a public tier before a group in a private one.
[[nodiscard]] model::Design network_balancer();
/// Two private tiers with one site: one goes to the Internet through it, one only talks to it; site has an inner site.
[[nodiscard]] model::Design two_tiers_one_site();

}  // namespace crenel::tests
