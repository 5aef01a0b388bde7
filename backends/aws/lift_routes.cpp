#include <algorithm>
#include <utility>

#include "backends/aws/lift_appliances.h"
#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_transits.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Block;
using estate::Route;
using estate::RouteTarget;
using estate::UnknownTarget;

// Of two routes to one block (VPC user guide, "Route priority").
constexpr int kStaticRank = 1;
constexpr int kPropagatedRank = 0;

RouteTarget conditional(const Item& item, bool certain, RouteTarget target) {
  if (!certain) return open_target(item, "leads to something that depends on a condition");
  return target;
}

RouteTarget internet_target(const Reading& reading, const Item& item, const std::string& gateway) {
  const auto found = reading.internet_doors.find(gateway);
  // A gateway that is attached to nothing: the route is a black hole.
  if (found == reading.internet_doors.end()) return estate::NowhereTarget{};
  return conditional(item, found->second.certain, found->second.door);
}

RouteTarget peer_target(const Reading& reading, const Item& item, estate::NetworkId network) {
  const Item* peering = reading.target(item["VpcPeeringConnectionId"], kPeering);
  if (peering == nullptr) return open_target(item, "leads over a peering that is not in the template");
  const PeeredNetworks& peers = reading.peerings.at(peering->id());
  // The provider refuses it, as it does every gateway of another network.
  if (network != peers.near && network != peers.far) return open_target(item, "leads over a peering of other networks");
  if (!peers.far.valid()) return conditional(item, peers.certain, peers.door);
  return conditional(item, peers.certain, network == peers.near ? peers.far : peers.near);
}

RouteTarget nat_target(const Reading& reading, const Item& item) {
  const Item* nat = reading.target(item["NatGatewayId"], kNatGateway.name);
  if (nat == nullptr) return open_target(item, "leads to a NAT gateway that is not in the template");
  return conditional(item, nat->certain, reading.interfaces.at(nat->id()));
}

/// Where a route leads that does not lead to a VPN gateway of the template.
RouteTarget target_of(Reading& reading, const Item& item, estate::NetworkId network) {
  const Value& gateway = item["GatewayId"];
  if (known_text(gateway) == "local") return estate::LocalTarget{};
  if (const Item* internet = reading.target(gateway, kInternetGateway.name)) {
    return internet_target(reading, item, internet->id());
  }
  if (!gateway.absent()) {
    const auto found = reading.internet_doors.find(words(gateway));
    if (found != reading.internet_doors.end()) return internet_target(reading, item, words(gateway));
    return open_target(item, "leads to a gateway that is not in the template");
  }
  if (!item["NatGatewayId"].absent()) return nat_target(reading, item);
  if (!item["NetworkInterfaceId"].absent() || !item["InstanceId"].absent()) return hop_target(reading, item);
  if (!item["VpcEndpointId"].absent()) return inspection_target(reading, item);
  if (!item["VpcPeeringConnectionId"].absent()) return peer_target(reading, item, network);
  if (const Item* outward = reading.target(item["EgressOnlyInternetGatewayId"], kEgressOnlyGateway)) {
    return internet_target(reading, item, outward->id());
  }
  return open_target(item, "leads to something that is not read");
}

Route route_to(const Block& destination, RouteTarget target, int rank, const Place& place) {
  Route route;
  route.destination = destination;
  route.target = std::move(target);
  route.rank = rank;
  route.place = place;
  return route;
}

/// True when the first block lies within the second, and is smaller.
bool narrower(const Block& inner, const Block& outer) {
  const auto* a = std::get_if<net::Prefix>(&inner.base);
  const auto* b = std::get_if<net::Prefix>(&outer.base);
  if (b != nullptr && b->length == 0) return !(inner == outer);
  return a != nullptr && b != nullptr && b->contains(*a) && !(*a == *b);
}

/// A route to a VPN gateway: on to the connection that carries the packet. In IPv6 none does, but a line
/// (vpn/latest/s2svpn/how_it_works.html; directconnect/latest/UserGuide/add-peer-to-vif.html; checked 2026-11-27).
void add_link_routes(Reading& reading, const Item& item, const LinkGateway& gateway, const Block& destination,
                     estate::RouteTable& table) {
  if (family_of(destination, reading.estate) == net::Family::V6 && !gateway.carries_ipv6) {
    table.routes.push_back(route_to(destination, estate::NowhereTarget{}, kStaticRank, item.place()));
    return;
  }
  if (!gateway.certain) {
    table.routes.push_back(route_to(destination, open_target(item, "leads to something that depends on a condition"),
                                    kStaticRank, item.place()));
    return;
  }
  if (gateway.doors.size() == 1) {
    table.routes.push_back(route_to(destination, gateway.doors.front(), kStaticRank, item.place()));
    return;
  }
  // The gateway has routes of its own: of those around the destination the narrowest wins there, too.
  std::optional<std::pair<Block, estate::DoorId>> whole;
  bool open = false;
  for (const estate::DoorId door : gateway.doors) {
    const auto& link = std::get<estate::LinkDoor>(reading.estate.doors[door].kind);
    open = open || link.learns;
    for (const Block& prefix : link.prefixes) {
      const bool covers = prefix == destination || narrower(destination, prefix);
      if (covers && (!whole || narrower(prefix, whole->first))) whole = {prefix, door};
      if (!covers && narrower(prefix, destination)) {
        // No route of the table, but the gateway's: it decides among packets that the table has sent there.
        Route route = route_to(prefix, door, kPropagatedRank, item.place());
        route.within = destination;
        table.routes.push_back(std::move(route));
      }
    }
  }
  // a line may announce what is narrower than what a connection beside it has
  if (whole && (!open || whole->first == destination)) {
    table.routes.push_back(route_to(destination, whole->second, kStaticRank, item.place()));
  } else {
    table.routes.push_back(route_to(destination, open_target(item, "leads to a gateway with several connections"),
                                    kStaticRank, item.place()));
  }
}

/// Where a route is for: several blocks of a prefix list, or one.
std::vector<Block> destinations_of(Reading& reading, const Item& item) {
  std::vector<Block> out;
  for (const char* name : {"DestinationCidrBlock", "DestinationIpv6CidrBlock"}) {
    for (const Option& option : options_of(item[name])) {
      if (const auto block = block_of(*option.value, reading.estate)) out.push_back(*block);
    }
  }
  if (const Item* list = reading.target(item["DestinationPrefixListId"], kPrefixList)) {
    for (const Option& entry : elements_of((*list)["Entries"])) {
      if (const auto block = block_of((*entry.value)["Cidr"], reading.estate)) out.push_back(*block);
    }
  }
  if (out.empty()) reading.unknown(item.place(), "where `" + item.id() + "` leads packets for is not known");
  return out;
}

bool has_open_destination(const Item& item) {
  return item["DestinationCidrBlock"].as<Either>() != nullptr ||
         item["DestinationIpv6CidrBlock"].as<Either>() != nullptr;
}

/// EC2 refuses a second route to one block: what the stack comes to is not known.
bool check_twice(Reading& reading, const Item& item, const Block& destination, estate::RouteTableId table) {
  auto& routed = reading.routed[table];
  const bool twice = std::any_of(routed.begin(), routed.end(),
                                 [&](const auto& one) { return one.first == destination && one.second != item.id(); });
  routed.emplace_back(destination, item.id());
  if (twice)
    reading.unknown(item.place(), "`" + item.id() + "` is a second route for the same addresses: EC2 refuses it");
  return twice;
}

/// vpc/latest/peering: a peering carries packets between the addresses of its two networks, and nothing beyond them. So
/// what routes send over one to a network that is in no template lies there, or is dropped. What is for everywhere says
/// nothing of where that network is.
void carry_over_peering(Reading& reading, const Block& destination, const RouteTarget& target) {
  const auto* door = std::get_if<estate::DoorId>(&target);
  auto* link = door == nullptr ? nullptr : std::get_if<estate::LinkDoor>(&reading.estate.doors[*door].kind);
  if (link == nullptr) return;
  const auto* prefix = std::get_if<net::Prefix>(&destination.base);
  if (prefix != nullptr && prefix->length == 0) {
    link->learns = true;
  } else if (std::find(link->prefixes.begin(), link->prefixes.end(), destination) == link->prefixes.end()) {
    link->prefixes.push_back(destination);
  }
}

void read_route(Reading& reading, const Item& item) {
  const estate::RouteTableId id = reading.table(item["RouteTableId"]);
  const std::vector<Block> destinations = destinations_of(reading, item);
  // A target may stand in a network that is put into the estate only now, with a table of its own: no reference is
  // kept.
  const auto table = [&]() -> estate::RouteTable& { return reading.estate.route_tables[id]; };
  const bool certain = item.certain && !has_open_destination(item);
  for (const Block& destination : destinations) {
    const bool twice = check_twice(reading, item, destination, id);
    if (!certain || twice) {
      const char* why = twice ? "is a second route for the same addresses" : "depends on a condition";
      table().routes.push_back(route_to(destination, open_target(item, why), kStaticRank, item.place()));
      continue;
    }
    if (leads_to_transit(item)) {
      const std::vector<Route> routes = transit_routes(reading, item, destination, reading.network_of(id));
      table().routes.insert(table().routes.end(), routes.begin(), routes.end());
      continue;
    }
    if (const Item* vpn = reading.target(item["GatewayId"], kVpnGateway.name)) {
      const auto found = reading.link_gateways.find(vpn->id());
      if (found != reading.link_gateways.end()) {
        add_link_routes(reading, item, found->second, destination, table());
      } else {
        table().routes.push_back(route_to(destination, estate::NowhereTarget{}, kStaticRank, item.place()));
      }
      continue;
    }
    RouteTarget target = target_of(reading, item, reading.network_of(id));
    if (!item["VpcPeeringConnectionId"].absent()) carry_over_peering(reading, destination, target);
    table().routes.push_back(route_to(destination, std::move(target), kStaticRank, item.place()));
  }
}

/// What the far end tells the gateway is not known, so nothing that is not the network's own is.
void open_all_but_local(const Reading& reading, estate::RouteTable& table, const Item& item, bool ipv6) {
  for (Route& route : table.routes) {
    if (std::holds_alternative<estate::LocalTarget>(route.target)) continue;
    if (!ipv6 && family_of(route.destination, reading.estate) == net::Family::V6) continue;
    route.target = open_target(item, "hands on routes from the far end, which may be narrower than this one");
  }
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    if (!ipv6 && family == net::Family::V6) continue;
    Route route =
        unknown_route(net::whole(family), "`" + item.id() + "` hands on routes from the far end", item.place());
    route.rank = kPropagatedRank;
    route.yields_to_local = true;
    table.routes.push_back(std::move(route));
  }
}

void propagate(Reading& reading, const Item& item, const LinkGateway& gateway, estate::RouteTable& table) {
  bool open = !gateway.certain || !item.certain;
  for (const estate::DoorId door : gateway.doors) {
    const auto& link = std::get<estate::LinkDoor>(reading.estate.doors[door].kind);
    open = open || link.learns;
    for (const Block& prefix : link.prefixes) {
      Route route = route_to(prefix, door, kPropagatedRank, item.place());
      route.yields_to_local = true;
      table.routes.push_back(std::move(route));
    }
  }
  if (open) open_all_but_local(reading, table, item, gateway.carries_ipv6);
}

void read_propagation(Reading& reading, const Item& item) {
  if (item["RouteTableIds"].absent()) reading.unknown(item.place(), "`" + item.id() + "` names no route table");
  const Item* vpn = reading.target(item["VpnGatewayId"], kVpnGateway.name);
  for (const Option& option : elements_of(item["RouteTableIds"])) {
    estate::RouteTable& table = reading.estate.route_tables[reading.table(*option.value)];
    if (vpn == nullptr || !option.certain) {
      open_all_but_local(reading, table, item, true);
    } else if (const auto found = reading.link_gateways.find(vpn->id()); found != reading.link_gateways.end()) {
      propagate(reading, item, found->second, table);
    }
  }
}

}  // namespace

void read_routes(Reading& reading) {
  for (const bool by_transit : {false, true}) {
    for (const Item* item : reading.of(kRoute.name)) {
      if (leads_to_transit(*item) == by_transit) read_route(reading, *item);
    }
    if (!by_transit) check_ways_back(reading);
  }
  for (const Item* item : reading.of(kRoutePropagation.name)) read_propagation(reading, *item);
}

}  // namespace crenel::aws::reading
