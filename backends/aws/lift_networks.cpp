#include <algorithm>
#include <utility>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::LinkDoor;
using estate::NetworkId;

/// The name of the block of IPv6 that the service chooses for a VPC, as `Fn::Select` of its attribute has it.
Late chosen_block(const std::string& vpc) { return {"${" + vpc + ".Ipv6CidrBlocks}[0]", false}; }

void add_space(Reading& reading, NetworkId network, const Value& value) {
  if (const auto block = block_of(value, reading.estate)) {
    reading.estate.networks[network].spaces.push_back(*block);
    return;
  }
  const std::string name = "address space of " + reading.estate.networks[network].name;
  const auto symbol = symbol_of({name, false}, false, value.place, reading.estate);
  reading.estate.networks[network].spaces.push_back({.base = symbol, .part = std::nullopt});
  reading.unknown(value.place, "the address space `" + words(value) + "` is not read");
}

void read_vpc(Reading& reading, const Item& vpc) {
  const NetworkId id = reading.estate.networks.add({.name = vpc.id(), .spaces = {}, .place = vpc.place()});
  reading.put_network(vpc.id(), id);
  const Value& block = vpc["CidrBlock"];
  if (!block.absent()) {
    add_space(reading, id, block);
    return;
  }
  const auto symbol = symbol_of({"address space of " + vpc.id(), false}, false, vpc.place(), reading.estate);
  reading.estate.networks[id].spaces.push_back({.base = symbol, .part = std::nullopt});
}

/// A block of IPv6 that the network has by its own name, as `Fn::Select` of its attribute has it. The service gives
/// networks a /56 of global unicast addresses (vpc/latest/userguide/vpc-cidr-blocks.html, checked 2026-11-27); one that
/// is given by hand is known.
void add_ipv6_space(Reading& reading, NetworkId network, const Item& item, const std::optional<net::Prefix>& known) {
  constexpr int kLength = 56;
  static const net::Prefix global = *net::parse_prefix("2000::/3");
  const auto& spaces = reading.estate.networks[network].spaces;
  const bool second = std::any_of(spaces.begin(), spaces.end(), [&](const estate::Block& block) {
    const auto* symbol = std::get_if<estate::SymbolId>(&block.base);
    return symbol != nullptr && reading.estate.symbols[*symbol].given;
  });
  if (second) {
    reading.unknown(item.place(),
                    "`" + item.id() + "` is a second block of IPv6: which of them is the first is not known");
    return;
  }
  const std::string& name = reading.estate.networks[network].name;
  const auto symbol = symbol_of(chosen_block(name), false, item.place(), reading.estate);
  reading.estate.symbols[symbol].given = estate::GivenBlock{
      .network = stem_of(name, kVpc.name), .within = known.value_or(global), .length = known ? known->length : kLength};
  reading.estate.networks[network].spaces.push_back({.base = symbol, .part = std::nullopt});
}

void read_further_block(Reading& reading, const Item& item) {
  const NetworkId network = reading.network(item["VpcId"]);
  if (!item.certain) {
    reading.unknown(item.place(), "whether `" + item.id() + "` is a block of its VPC depends on a condition");
  }
  if (!item["CidrBlock"].absent()) add_space(reading, network, item["CidrBlock"]);
  if (!item["Ipv6CidrBlock"].absent()) {
    const auto text = known_text(item["Ipv6CidrBlock"]);
    if (const auto known = text ? prefix_of(*text) : std::nullopt) {
      add_ipv6_space(reading, network, item, known);
    } else {
      add_space(reading, network, item["Ipv6CidrBlock"]);
    }
  }
  const Value& provided = item["AmazonProvidedIpv6CidrBlock"];
  if (provided.absent() || known_flag(provided) == false) return;
  if (!known_flag(provided)) reading.unknown(provided.place, "whether a block of IPv6 is given is not known");
  add_ipv6_space(reading, network, item, std::nullopt);
}

/// What a value names among gateways: the resource, or the words for what is outside the template.
std::string key_of(const Reading& reading, const Value& value, std::string_view type) {
  const Item* item = reading.target(value, type);
  return item == nullptr ? words(value) : item->id();
}

struct Attached {
  NetworkId network;
  bool certain = true;
};

void attach_internet_gateway(Reading& reading, const Item& item) {
  const Value& gateway = item["InternetGatewayId"];
  const std::string key = key_of(reading, gateway, kInternetGateway.name);
  const estate::DoorId door = reading.estate.doors.add(
      {.network = reading.network(item["VpcId"]), .kind = estate::InternetDoor{}, .name = key, .place = item.place()});
  reading.internet_doors[key] = {.door = door, .certain = item.certain};
}

void add_connection(Reading& reading, const Item& connection, const std::string& gateway, const Attached& attached) {
  LinkDoor link;
  link.name = stem_of(connection.id(), kVpnConnection.name);
  link.learns = known_flag(connection["StaticRoutesOnly"]) != true;
  for (const Item* route : reading.of(kVpnConnectionRoute.name)) {
    if (reading.target((*route)["VpnConnectionId"], kVpnConnection.name) != &connection) continue;
    const auto block = block_of((*route)["DestinationCidrBlock"], reading.estate);
    if (block && route->certain) {
      link.prefixes.push_back(*block);
    } else {
      link.learns = true;  // something is sent there, and it is not known what
    }
  }
  const estate::DoorId door = reading.estate.doors.add(
      {.network = attached.network, .kind = std::move(link), .name = connection.id(), .place = connection.place()});
  LinkGateway& doors = reading.link_gateways[gateway];
  doors.doors.push_back(door);
  doors.certain = doors.certain && attached.certain && connection.certain;
}

/// A line that ends at the gateway. Which blocks come over it is announced from the far end: no template says so.
void add_direct_line(Reading& reading, const Item& association, const std::string& gateway, const Attached& attached) {
  LinkDoor link;
  link.name = stem_of(association.id(), kDirectAssociation.name);
  link.learns = true;
  const estate::DoorId door = reading.estate.doors.add(
      {.network = attached.network, .kind = std::move(link), .name = association.id(), .place = association.place()});
  LinkGateway& doors = reading.link_gateways[gateway];
  doors.doors.push_back(door);
  doors.certain = doors.certain && attached.certain && association.certain;
  doors.carries_ipv6 = true;
}

void attach_vpn_gateway(Reading& reading, const Item& item) {
  const std::string key = key_of(reading, item["VpnGatewayId"], kVpnGateway.name);
  const Attached attached{.network = reading.network(item["VpcId"]), .certain = item.certain};
  for (const Item* connection : reading.of(kVpnConnection.name)) {
    const Value& gateway = (*connection)["VpnGatewayId"];
    if (!gateway.absent() && key_of(reading, gateway, kVpnGateway.name) == key) {
      add_connection(reading, *connection, key, attached);
    }
  }
  for (const Item* association : reading.of(kDirectAssociation.name)) {
    const Value& gateway = (*association)["AssociatedGatewayId"];
    if (!gateway.absent() && key_of(reading, gateway, kVpnGateway.name) == key) {
      add_direct_line(reading, *association, key, attached);
    }
  }
  if (!reading.link_gateways[key].doors.empty()) return;
  // Its connections are made elsewhere.
  LinkDoor link;
  link.name = stem_of(key, kVpnGateway.name);
  link.learns = true;
  reading.link_gateways[key] = {
      .doors = {reading.estate.doors.add(
          {.network = attached.network, .kind = std::move(link), .name = key, .place = item.place()})},
      .certain = attached.certain,
      .carries_ipv6 = true};
}

void read_peering(Reading& reading, const Item& item) {
  const NetworkId near = reading.network(item["VpcId"]);
  if (reading.target(item["PeerVpcId"], kVpc.name) != nullptr) {
    const NetworkId far = reading.network(item["PeerVpcId"]);
    reading.estate.peerings.push_back({.a = near, .b = far, .place = item.place()});
    reading.peerings[item.id()] = {.near = near, .far = far, .door = {}, .certain = item.certain};
    return;
  }
  // A network that is in no template at hand: a place outside. What routes send over the peering is carried there, or
  // dropped by EC2 where the far network does not have it; routes say what (`lift_routes`).
  LinkDoor link;
  link.name = item.id();
  const estate::DoorId door =
      reading.estate.doors.add({.network = near, .kind = std::move(link), .name = item.id(), .place = item.place()});
  reading.peerings[item.id()] = {.near = near, .far = {}, .door = door, .certain = item.certain};
}

/// What a connection that learns its routes carries of those that stand in a template, too, no page says.
void check_static_route(Reading& reading, const Item& route) {
  const Item* connection = reading.target(route["VpnConnectionId"], kVpnConnection.name);
  if (connection == nullptr) {
    reading.unknown(route.place(),
                    "`" + route.id() + "` is a static route of a VPN connection that is not in the template");
  } else if (known_flag((*connection)["StaticRoutesOnly"]) != true) {
    reading.unknown(route.place(), "`" + route.id() + "` is a static route of `" + connection->id() +
                                       "`, which may learn its routes: what it carries then is not known");
  }
}

}  // namespace

void read_networks(Reading& reading) {
  for (const Item* vpc : reading.of(kVpc.name)) read_vpc(reading, *vpc);
  for (const Item* item : reading.of(kVpcBlock)) read_further_block(reading, *item);
  // Networks of other templates, before anything is put into one of them.
  for (const Item& item : reading.items()) {
    if (is_read(item.resource->type) && !item["VpcId"].absent()) (void)reading.network(item["VpcId"]);
  }
}

void read_doors(Reading& reading) {
  for (const Item* item : reading.of(kGatewayAttachment.name)) {
    if (!(*item)["InternetGatewayId"].absent()) attach_internet_gateway(reading, *item);
    if (!(*item)["VpnGatewayId"].absent()) attach_vpn_gateway(reading, *item);
  }
  for (const Item* item : reading.of(kEgressOnlyGateway)) {
    estate::InternetDoor outward;
    outward.outward_only = true;
    const estate::DoorId door = reading.estate.doors.add(
        {.network = reading.network((*item)["VpcId"]), .kind = outward, .name = item->id(), .place = item->place()});
    reading.internet_doors[item->id()] = {.door = door, .certain = item->certain};
  }
  for (const Item* item : reading.of(kPeering)) read_peering(reading, *item);
  for (const Item* item : reading.of(kVpnConnection.name)) {
    if ((*item)["VpnGatewayId"].absent()) {
      reading.unknown(item->place(), "`" + item->id() + "` ends at no VPN gateway: where its packets go is not known");
    }
  }
  for (const Item* item : reading.of(kVpnConnectionRoute.name)) check_static_route(reading, *item);
}

}  // namespace crenel::aws::reading
