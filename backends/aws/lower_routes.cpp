#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using document::object;
using model::TierId;

constexpr std::string_view kEverywhere = "0.0.0.0/0";
constexpr std::string_view kEverywhereIpv6 = "::/0";

/// A route to a gateway of the VPC is refused until the gateway is attached, whatever the gateway itself says.
void add_gateway_route(Lowering& to, TierId id, const std::string& table, std::string route, Value destination,
                       std::string_view gateway, std::string_view attachment) {
  const model::Tier& tier = to.design.tiers[id];
  Value properties;
  properties.set("RouteTableId", reference_to(table));
  properties.set("DestinationCidrBlock", std::move(destination));
  properties.set("GatewayId", reference_to(network_name(to.design, tier.network, gateway)));
  to.add(kRoute, std::move(route), "subnet", tier.origin, std::move(properties)).depends_on = {
      network_name(to.design, tier.network, attachment)};
}

/// `zone`: of the endpoint, where several appliances have one in each.
void add_appliance_route(Lowering& to, TierId id, const std::string& table, std::string route, Value destination,
                         model::ApplianceId appliance, int zone) {
  Value properties;
  properties.set("RouteTableId", reference_to(table));
  properties.set("DestinationCidrBlock", std::move(destination));
  const model::NetworkId here = to.design.tiers[id].network;
  const Transit* transit = to.plan.transit_between(here, to.design.tiers[to.design.appliances[appliance].tier].network);
  if (transit != nullptr) {
    properties.set("TransitGatewayId", reference_to(network_name(to.design, transit->hub, "TransitGateway")));
  } else if (to.plan.fleet_of(appliance) != nullptr) {
    properties.set("VpcEndpointId", reference_to(fleet_endpoint_name(to.design, appliance, zone)));
  } else {
    properties.set("NetworkInterfaceId",
                   reference_to(member_name(to.design, model::group_of(to.design, appliance), "NetworkInterface")));
  }
  Resource& made = to.add(kRoute, std::move(route), "subnet", to.design.tiers[id].origin, std::move(properties));
  if (transit != nullptr) made.depends_on = {network_name(to.design, here, "TransitAttachment")};
}

void add_nat_route(Lowering& to, TierId id, const std::string& table, std::string route, int zone) {
  const model::Tier& tier = to.design.tiers[id];
  const TierId nat_tier = *to.plan.gateways_of(tier.network).nat_tier;
  Value properties;
  properties.set("RouteTableId", reference_to(table));
  properties.set("DestinationCidrBlock", kEverywhere);
  properties.set("NatGatewayId", reference_to(zone_name(to.design, nat_tier, zone, "NatGateway")));
  to.add(kRoute, std::move(route), "subnet", tier.origin, std::move(properties));
}

void lower_nat_routes(Lowering& to, TierId id) {
  if (!to.plan.routes_of(id).table_per_zone) {
    add_nat_route(to, id, tier_name(to.design, id, "RouteTable"), tier_name(to.design, id, "DefaultRoute"), 1);
    return;
  }
  for (int zone = 1; zone <= to.design.networks[to.design.tiers[id].network].zones; ++zone) {
    add_nat_route(to, id, zone_name(to.design, id, zone, "RouteTable"), zone_name(to.design, id, zone, "DefaultRoute"),
                  zone);
  }
}

/// What comes from a zone goes by the endpoint there, and its answers by the same one.
void lower_appliance_routes(Lowering& to, TierId id, model::ApplianceId appliance) {
  if (!to.plan.routes_of(id).table_per_zone) {
    add_appliance_route(to, id, tier_name(to.design, id, "RouteTable"), tier_name(to.design, id, "DefaultRoute"),
                        kEverywhere, appliance, 1);
    return;
  }
  for (int zone = 1; zone <= to.design.networks[to.design.tiers[id].network].zones; ++zone) {
    add_appliance_route(to, id, zone_name(to.design, id, zone, "RouteTable"),
                        zone_name(to.design, id, zone, "DefaultRoute"), kEverywhere, appliance, zone);
  }
}

/// The tables that VPN routes go to. With a NAT gateway a zone each zone has its own.
std::vector<std::string> tables_of(const Lowering& to, TierId id) {
  if (!to.plan.routes_of(id).table_per_zone) return {tier_name(to.design, id, "RouteTable")};
  std::vector<std::string> tables;
  for (int zone = 1; zone <= to.design.networks[to.design.tiers[id].network].zones; ++zone) {
    tables.push_back(zone_name(to.design, id, zone, "RouteTable"));
  }
  return tables;
}

std::string default_route_name(const std::string& table) {
  std::string route = table;
  route.replace(route.rfind("RouteTable"), std::string::npos, "DefaultRoute");
  return route;
}

std::string ipv6_route_name(const std::string& table) {
  std::string route = table;
  route.replace(route.rfind("RouteTable"), std::string::npos, "Ipv6DefaultRoute");
  return route;
}

/// IPv6 is not translated: what only goes out has a gateway of its own, which lets nothing in.
void lower_ipv6_route(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  const bool outward = std::holds_alternative<model::NatWayOut>(tier.way_out);
  const bool line = std::holds_alternative<model::SiteId>(tier.way_out);
  const std::string gateway = outward ? "EgressOnlyGateway" : line ? "VpnGateway" : "InternetGateway";
  for (const std::string& table : tables_of(to, id)) {
    Value properties;
    properties.set("RouteTableId", reference_to(table));
    properties.set("DestinationIpv6CidrBlock", kEverywhereIpv6);
    properties.set(outward ? "EgressOnlyInternetGatewayId" : "GatewayId",
                   reference_to(network_name(to.design, tier.network, gateway)));
    Resource& made = to.add(kRoute, ipv6_route_name(table), "subnet", tier.origin, std::move(properties));
    made.depends_on = {network_name(to.design, tier.network, "Ipv6Block")};
    if (!outward) made.depends_on.push_back(network_name(to.design, tier.network, gateway + "Attachment"));
  }
}

/// Which property of a route says where it is for.
std::string destination_property(const Lowering& to, const model::Late<net::Prefix>& block) {
  const bool ipv6 = model::family_of(to.design, block) == net::Family::V6;
  return ipv6 ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock";
}

void lower_site_routes(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  const std::vector<std::string> tables = tables_of(to, id);
  for (const auto& prefix : to.plan.routes_of(id).site_prefixes) {
    for (const std::string& table : tables) {
      Value properties;
      properties.set("RouteTableId", reference_to(table));
      properties.set(destination_property(to, prefix), address_value(to.design, prefix));
      properties.set("GatewayId", reference_to(network_name(to.design, tier.network, "VpnGateway")));
      std::string route = table;
      route.replace(route.rfind("RouteTable"), std::string::npos, "RouteTo" + address_name(to.design, prefix));
      to.add(kRoute, std::move(route), "subnet", tier.origin, std::move(properties)).depends_on = {
          network_name(to.design, tier.network, "VpnGatewayAttachment")};
    }
  }
}

/// Over peerings with networks made elsewhere.
void lower_routes_elsewhere(Lowering& to, TierId id) {
  for (const model::LinkId link : to.plan.routes_of(id).peered) {
    auto blocks = model::addresses_of(to.design, to.design.links[link].site);
    if (!to.design.tiers[id].ipv6_block) {
      std::erase_if(blocks, [&](const auto& block) { return model::family_of(to.design, block) == net::Family::V6; });
    }
    for (const std::string& table : tables_of(to, id)) {
      for (const auto& block : blocks) {
        std::string route = table;
        route.replace(route.rfind("RouteTable"), std::string::npos, "RouteTo" + address_name(to.design, block));
        to.add(kRoute, std::move(route), "subnet", to.design.tiers[id].origin,
               object({{"RouteTableId", reference_to(table)},
                       {destination_property(to, block), address_value(to.design, block)},
                       {"VpcPeeringConnectionId", reference_to(link_name(to.design, link, "Peering"))}}));
      }
    }
  }
}

std::string peer_route_name(const Lowering& to, const std::string& table, model::NetworkId peer, net::Family family) {
  const std::string role = family == net::Family::V6 ? "Ipv6RouteToPeer" : "RouteToPeer";
  std::string route = table;
  route.replace(route.rfind("RouteTable"), std::string::npos, role + pascal_case(to.design.networks[peer].origin.path));
  return route;
}

/// Whether members of the tier and of the peer can meet in IPv6.
bool meets_in_ipv6(const Lowering& to, TierId id, model::NetworkId peer) {
  return to.design.tiers[id].ipv6_block && to.design.networks[peer].ipv6;
}

/// vpc/latest/peering/vpc-peering-routing.html: in IPv6 by a route of its own. The peer has no block to name before it
/// is given one.
void lower_ipv6_peer_route(Lowering& to, TierId id, model::NetworkId peer) {
  const model::Tier& tier = to.design.tiers[id];
  const auto peering = model::peering_between(to.design, tier.network, peer);
  for (const std::string& table : tables_of(to, id)) {
    Value properties;
    properties.set("RouteTableId", reference_to(table));
    properties.set("DestinationIpv6CidrBlock",
                   block_value(to.design, {.base = *to.design.networks[peer].ipv6, .part = {}}));
    properties.set("VpcPeeringConnectionId", reference_to(peering_name(to.design, *peering)));
    to.add(kRoute, peer_route_name(to, table, peer, net::Family::V6), "subnet", tier.origin, std::move(properties))
        .depends_on = {network_name(to.design, peer, "Ipv6Block")};
  }
}

/// Whether the tier's default route leads to the peer already, over a transit gateway.
bool is_covered(const Lowering& to, TierId id, model::NetworkId peer) {
  const auto appliance = model::appliance_out_of(to.design, id);
  return appliance && to.design.tiers[to.design.appliances[*appliance].tier].network == peer;
}

/// Peering opens nothing by itself: a tier has a route to the peers that its flows name, and to no others.
void lower_peer_routes(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  for (const model::NetworkId peer : tier.peer_routes) {
    if (meets_in_ipv6(to, id, peer)) lower_ipv6_peer_route(to, id, peer);
    if (is_covered(to, id, peer)) continue;
    const auto peering = model::peering_between(to.design, tier.network, peer);
    for (const std::string& table : tables_of(to, id)) {
      Value properties;
      properties.set("RouteTableId", reference_to(table));
      properties.set("DestinationCidrBlock", block_value(to.design, to.design.networks[peer].space));
      const Transit* transit = to.plan.transit_between(tier.network, peer);
      if (transit != nullptr) {
        properties.set("TransitGatewayId", reference_to(network_name(to.design, transit->hub, "TransitGateway")));
      } else {
        properties.set("VpcPeeringConnectionId", reference_to(peering_name(to.design, *peering)));
      }
      Resource& made = to.add(kRoute, peer_route_name(to, table, peer, net::Family::V4), "subnet", tier.origin,
                              std::move(properties));
      if (transit != nullptr) made.depends_on = {network_name(to.design, tier.network, "TransitAttachment")};
    }
  }
}

void lower_propagation(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  Array tables;
  for (const std::string& table : tables_of(to, id)) tables.push_back(reference_to(table));
  Value properties;
  properties.set("RouteTableIds", Value(std::move(tables)));
  properties.set("VpnGatewayId", reference_to(network_name(to.design, tier.network, "VpnGateway")));
  to.add(kRoutePropagation, tier_name(to.design, id, "RoutePropagation"), "subnet", tier.origin, std::move(properties))
      .depends_on = {network_name(to.design, tier.network, "VpnGatewayAttachment")};
}

}  // namespace

void lower_routes(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  const TierRoutes& routes = to.plan.routes_of(id);
  if (routes.internet && std::holds_alternative<model::DirectWayOut>(tier.way_out)) {
    for (const std::string& table : tables_of(to, id)) {
      add_gateway_route(to, id, table, default_route_name(table), kEverywhere, "InternetGateway",
                        "InternetGatewayAttachment");
    }
  } else if (routes.internet && std::holds_alternative<model::NatWayOut>(tier.way_out)) {
    lower_nat_routes(to, id);
  } else if (const auto appliance = model::appliance_out_of(to.design, id); routes.internet && appliance) {
    lower_appliance_routes(to, id, *appliance);
  } else if (routes.internet) {
    add_gateway_route(to, id, tier_name(to.design, id, "RouteTable"), tier_name(to.design, id, "DefaultRoute"),
                      kEverywhere, "VpnGateway", "VpnGatewayAttachment");
  }
  if (routes.ipv6_internet) lower_ipv6_route(to, id);
  if (routes.propagated) lower_propagation(to, id);
  lower_site_routes(to, id);
  lower_routes_elsewhere(to, id);
  lower_peer_routes(to, id);
  lower_handed_back(to, id);
}

/// Routes inside the network's own blocks are for whole subnets (VPC user guide, "Routing to a middlebox appliance").
void lower_handed_back(Lowering& to, TierId id) {
  const int zones = to.design.networks[to.design.tiers[id].network].zones;
  for (const TierId behind : to.plan.routes_of(id).handed_back) {
    const model::Tier& tier = to.design.tiers[behind];
    const model::ApplianceId appliance = *model::appliance_out_of(to.design, behind);
    for (std::size_t i = 0; i < tier.zone_blocks.size(); ++i) {
      const int zone = static_cast<int>(i) + 1;
      const std::string answers = "AnswersTo" + zone_name(to.design, behind, zone, "");
      const auto add = [&](const std::string& table, std::string name, int by) {
        add_appliance_route(to, id, table, std::move(name), block_value(to.design, tier.zone_blocks[i]), appliance, by);
      };
      if (!to.plan.routes_of(id).table_per_zone) {
        // who sends from another network may have more zones than the appliance
        add(tier_name(to.design, id, "RouteTable"), tier_name(to.design, id, answers), std::min(zone, zones));
        continue;
      }
      // By the endpoint of the zone where the answer comes in: the NAT gateway there was sent the question by it.
      for (int own = 1; own <= zones; ++own) {
        add(zone_name(to.design, id, own, "RouteTable"), zone_name(to.design, id, own, answers), own);
      }
    }
  }
}

std::vector<std::string> foundations(const Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  const TierRoutes& routes = to.plan.routes_of(id);
  const int zones = to.design.networks[tier.network].zones;
  std::vector<std::string> ids;
  if (routes.internet && !routes.table_per_zone) ids.push_back(tier_name(to.design, id, "DefaultRoute"));
  for (int zone = 1; routes.internet && routes.table_per_zone && zone <= zones; ++zone) {
    ids.push_back(zone_name(to.design, id, zone, "DefaultRoute"));
  }
  if (routes.ipv6_internet) {
    for (const std::string& table : tables_of(to, id)) ids.push_back(ipv6_route_name(table));
  }
  if (const auto appliance = model::appliance_out_of(to.design, id)) {
    const bool several = to.plan.fleet_of(*appliance) != nullptr;
    ids.push_back(member_name(to.design, model::group_of(to.design, *appliance), several ? "Group" : "Instance"));
  }
  if (routes.propagated) ids.push_back(tier_name(to.design, id, "RoutePropagation"));
  for (const model::NetworkId peer : tier.peer_routes) {
    for (const std::string& table : tables_of(to, id)) {
      if (meets_in_ipv6(to, id, peer)) ids.push_back(peer_route_name(to, table, peer, net::Family::V6));
      if (!is_covered(to, id, peer)) ids.push_back(peer_route_name(to, table, peer, net::Family::V4));
    }
  }
  for (int zone = 1; to.plan.acl_of(id) != nullptr && zone <= zones; ++zone) {
    ids.push_back(zone_name(to.design, id, zone, "NetworkAclAssociation"));
  }
  // Where the account blocks public access already, a tier that is new is cut off until it is spared.
  const bool by_nat = routes.internet && std::holds_alternative<model::NatWayOut>(tier.way_out);
  for (const Excluded& each : to.plan.excluded) {
    if (each.tier != id && !(by_nat && each.tier == to.plan.gateways_of(tier.network).nat_tier)) continue;
    for (int zone = 1; zone <= zones; ++zone) {
      ids.push_back(zone_name(to.design, each.tier, zone, "PublicAccessExclusion"));
    }
  }
  return ids;
}

}  // namespace crenel::aws
