#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/design.h"

/// What goes over links and by NAT in IPv6: gateways of ExpressRoute carry it, those of VPN and of NAT do not.
namespace crenel::azure {

/// A flow of which a part would go over a link in IPv6, since who has it has addresses of that family.
struct OverLink {
  model::LinkId link;
  base::Span span;   ///< of the flow
  std::string what;  ///< "`office` has 2001:db8:7::/48"
};
/// Over links of VPN and direct ones, in the order of the flows. A peering carries both families, and is none of them.
[[nodiscard]] std::vector<OverLink> ipv6_over_links(const model::Design& design, model::NetworkId network);

/// A flow by NAT of which a part would be of IPv6; null where the tier has none.
[[nodiscard]] const model::Flow* ipv6_by_nat(const model::Design& design, model::TierId tier);

/// The /64 of the gateways' subnet, the last one of the network. None where nothing goes over a direct link in IPv6: a
/// gateway with two families takes no circuit that has IPv4 alone (learn.microsoft.com, "Add IPv6 support for private
/// peering", Limitations, checked 2026-11-27).
[[nodiscard]] std::optional<net::Prefix> gateway_ipv6_block(const model::Design& design, model::NetworkId network);

}  // namespace crenel::azure
