#pragma once

#include <cstddef>
#include <string>

#include "backends/aws/plan.h"
#include "compiler/model/design.h"

/// Logical ids: the declared path in PascalCase and a role. They follow from nothing else, so that an edit elsewhere
/// renames (and so replaces) nothing.
namespace crenel::aws {

/// {"shop", "main", "web_app"} is "ShopMainWebApp".
[[nodiscard]] std::string pascal_case(const model::Path& path);

[[nodiscard]] std::string parameter_id(const model::Design& design, model::ParameterId id);
[[nodiscard]] std::string network_name(const model::Design& design, model::NetworkId id, std::string_view role);
[[nodiscard]] std::string tier_name(const model::Design& design, model::TierId id, std::string_view role);
/// Zones count from 1: `MainWebZone1Subnet`.
[[nodiscard]] std::string zone_name(const model::Design& design, model::TierId id, int zone, std::string_view role);
[[nodiscard]] std::string site_name(const model::Design& design, model::SiteId id, std::string_view role);
[[nodiscard]] std::string link_name(const model::Design& design, model::LinkId id, std::string_view role);
[[nodiscard]] std::string peering_name(const model::Design& design, model::PeeringId id);
[[nodiscard]] std::string member_name(const model::Design& design, const Member& member, std::string_view role);

/// Of a member's security groups the first, from 0: `WebSecurityGroup`, `WebSecurityGroup2`.
[[nodiscard]] std::string security_group_name(const model::Design& design, const Member& member, std::size_t part);

/// What a rule or listener is about: "Tcp443", "Tcp1024To65535", "Icmp8", "Udp", "AllTraffic".
[[nodiscard]] std::string kind_name(const PacketKind& kind);
/// "172x16x0x0p12", or the parameter's name.
[[nodiscard]] std::string address_name(const model::Design& design, const model::Late<net::Prefix>& block);
/// Of the stand-alone rule in `owner`'s group: `WebIngressFromFrontTcp80`.
[[nodiscard]] std::string rule_name(const model::Design& design, const Member& owner, bool ingress, const Member& peer,
                                    const PacketKind& kind);

[[nodiscard]] const model::Origin& origin_of(const model::Design& design, const Member& member);
[[nodiscard]] std::string_view kind_of(const Member& member);  ///< the keyword
[[nodiscard]] std::string path_of(const model::Design& design, const Member& member);

}  // namespace crenel::aws
