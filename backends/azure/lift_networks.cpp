#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// Virtual networks, their subnets, and peerings between them.
namespace crenel::azure::lifting {
namespace {

constexpr std::string_view kSubnets = "subnets";
constexpr std::string_view kPeerings = "virtualNetworkPeerings";

std::string child_type(std::string_view part) { return std::string(kVirtualNetwork.name) + "/" + std::string(part); }

/// Nothing can stand in the subnet but servers of databases, which open nothing: a way out of it is nobody's.
bool is_of_databases(const View& properties) {
  const std::vector<View> delegations = properties.at("delegations").elements();
  return !delegations.empty() && std::all_of(delegations.begin(), delegations.end(), [](const View& each) {
    const View service = each.at("properties").at("serviceName");
    return service.says(kPostgresServer.name) || service.says(kMySqlServer.name);
  });
}

void check_subnet(Context& context, const View& properties) {
  context.check(properties, "subnet",
                {"addressPrefix", "addressPrefixes", "networkSecurityGroup", "routeTable", "natGateway",
                 "defaultOutboundAccess", "privateEndpointNetworkPolicies", "serviceEndpoints"},
                {"delegations", "privateLinkServiceNetworkPolicies", "serviceEndpointPolicies", "ipConfigurations",
                 "ipConfigurationProfiles", "applicationGatewayIPConfigurations", "purpose", "resourceNavigationLinks",
                 "serviceAssociationLinks", "privateEndpoints", "sharingScope"});
  if (!properties.at("serviceEndpoints").elements().empty() && !is_of_databases(properties)) {
    context.unknown("service endpoints of a subnet are not read: they are ways to services of the provider",
                    properties.at("serviceEndpoints").place());
  }
}

void add_subnet(Context& context, const ResourceId& id, NetworkId network, const View& properties, const Place& place) {
  const std::string key = id.key();
  check_subnet(context, properties);
  estate::Subnet made;
  made.name = id.name();
  made.network = network;
  made.blocks = context.blocks(properties.at("addressPrefix"), properties.at("addressPrefixes"));
  made.place = place;
  if (made.blocks.empty()) {
    const SymbolId symbol = context.symbol("block of " + id.name(), false, false, place);
    made.blocks.push_back({.base = symbol, .part = {}});
  }
  const auto found = context.subnets.find(key);
  if (found != context.subnets.end()) {
    // a subnet that stands in its network and on its own is what its own resource says: that is deployed later
    context.estate.subnets[found->second.id] = std::move(made);
    found->second.properties = properties;
    return;
  }
  SubnetInfo info;
  info.network = network;
  info.properties = properties;
  info.id = context.estate.subnets.add(std::move(made));
  context.subnets[key] = std::move(info);
  context.subnet_order.push_back(key);
}

void add_network(Context& context, const Resource& resource) {
  const View properties = properties_of(resource);
  context.check(properties, "virtual network", {"addressSpace", kSubnets, kPeerings},
                {"dhcpOptions", "enableDdosProtection", "ddosProtectionPlan", "enableVmProtection",
                 "flowTimeoutInMinutes", "bgpCommunities", "privateEndpointVNetPolicies", "encryption", "flowLogs"});
  estate::Network network;
  network.name = resource.id.name();
  network.place = resource.place;
  network.spaces = context.blocks({}, properties.at("addressSpace").at("addressPrefixes"));
  if (network.spaces.empty()) {
    const SymbolId symbol = context.symbol("address space of " + network.name, false, false, resource.place);
    network.spaces.push_back({.base = symbol, .part = {}});
  }
  if (resource.presence == Presence::Open || resource.repeated) {
    context.unknown("whether, or how often, `" + network.name + "` is made is not known", resource.place);
  }
  const NetworkId id = context.estate.networks.add(std::move(network));
  context.networks[resource.id.key()] = id;
  for (const View& subnet : properties.at(kSubnets).elements()) {
    const ResourceId subnet_id = resource.id.child(kSubnets, subnet.at("name").text());
    Place place = subnet.place();
    place.resource = subnet_id.name();
    add_subnet(context, subnet_id, id, subnet.at("properties"), place);
  }
}

/// One half of a peering.
struct Half {
  const Resource* network;
  std::optional<ResourceId> remote;  ///< none: known at deployment only
  View properties;
  Place place;
  std::string name;
};

void check_peering(Context& context, const Half& half) {
  const View& p = half.properties;
  context.check(p, "peering",
                {"remoteVirtualNetwork", "allowVirtualNetworkAccess", "useRemoteGateways", "peerCompleteVnets",
                 "enableOnlyIPv6Peering", "allowGatewayTransit", "allowForwardedTraffic"},
                {"doNotVerifyRemoteGateways", "remoteAddressSpace", "peeringState", "peeringSyncLevel",
                 "remoteVirtualNetworkAddressSpace", "remoteBgpCommunities"});
  const auto must_be = [&](std::string_view name, bool standard) {
    const View value = p.at(name);
    if (value && value.truth() != std::optional(standard)) {
      context.unknown("a peering with `" + std::string(name) + "` is not read", value.place());
    }
  };
  must_be("allowVirtualNetworkAccess", true);
  must_be("useRemoteGateways", false);
  must_be("peerCompleteVnets", true);
  must_be("enableOnlyIPv6Peering", false);
}

std::vector<Half> halves(Context& context) {
  std::vector<Half> out;
  const auto add = [&](const Resource& network, const View& properties, const Place& place, std::string name) {
    const View given = properties.at("remoteVirtualNetwork");
    const auto remote = given.id();
    if (remote || given.at("id")) {
      out.push_back(
          {.network = &network, .remote = remote, .properties = properties, .place = place, .name = std::move(name)});
    } else {
      context.unknown("a peering whose other network cannot be read", place);
    }
  };
  for (const Resource* network : context.all(kVirtualNetwork.name)) {
    for (const View& each : properties_of(*network).at(kPeerings).elements()) {
      add(*network, each.at("properties"), each.place(), each.at("name").text());
    }
  }
  for (const Resource* each : context.all(child_type(kPeerings))) {
    const auto parent = each->id.parent();
    const Resource* network = parent ? context.find(*parent) : nullptr;
    if (network != nullptr && !network->existing) {
      add(*network, properties_of(*each), each->place, each->id.name());
      if (each->presence == Presence::Open || each->repeated) {
        context.unknown("whether, or how often, peering `" + each->id.name() + "` is made is not known", each->place);
      }
    } else {
      context.unknown("a peering of a network that is not in this template", each->place);
    }
  }
  return out;
}

/// A peering with a network that is in no template: a place outside, at the addresses that the peering says. Without
/// them, or with leave for packets of others, what comes is not known.
bool add_elsewhere(Context& context, const Half& half) {
  const View forwarded = half.properties.at("allowForwardedTraffic");
  const View said = half.properties.at("remoteAddressSpace").at("addressPrefixes");
  estate::LinkDoor link;
  link.name = half.name;
  link.prefixes = context.blocks({}, said);
  if (link.prefixes.empty() || (forwarded && forwarded.truth() != std::optional(false))) return false;
  const NetworkId network = context.networks.at(half.network->id.key());
  const std::string name = link.name;
  context.network_infos[network].peers_elsewhere.push_back(
      context.estate.doors.add({.network = network, .kind = std::move(link), .name = name, .place = half.place}));
  return true;
}

}  // namespace

NetworkId network_of(Context& context, const ResourceId& id, const Place& place) {
  const auto found = context.networks.find(id.key());
  if (found != context.networks.end()) return found->second;
  const SymbolId space = context.symbol("address space of " + id.name(), false, false, place);
  const NetworkId out =
      context.estate.networks.add({.name = id.name(), .spaces = {{.base = space, .part = {}}}, .place = place});
  context.networks[id.key()] = out;
  context.unknown("network `" + id.name() + "` is not in this template", place);
  return out;
}

SubnetInfo& subnet_of(Context& context, const ResourceId& id, const Place& place) {
  const auto found = context.subnets.find(id.key());
  if (found != context.subnets.end()) return found->second;
  const auto parent = id.parent();
  SubnetInfo info;
  info.network = network_of(context, parent ? *parent : id, place);
  info.is_known = false;
  estate::Subnet subnet;
  subnet.name = id.name();
  subnet.network = info.network;
  const SymbolId block = context.symbol("block of " + id.name(), false, false, place);
  subnet.blocks.push_back({.base = block, .part = {}});
  subnet.place = place;
  estate::RouteTable table{.name = "routes of " + id.name(), .routes = {}, .place = place};
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    table.routes.push_back(
        {.destination = {.base = net::whole(family), .part = {}},
         .target = estate::UnknownTarget{"the routes of `" + id.name() + "` are not in this template"},
         .place = place});
  }
  subnet.routes = context.estate.route_tables.add(std::move(table));
  estate::Rule unknown_rule{
      .allow = true, .kinds = {{}}, .source = {}, .destination = {}, .place = place, .name = "rules of " + id.name()};
  unknown_rule.source.unknown = true;
  unknown_rule.destination.unknown = true;
  subnet.lists.push_back(context.estate.rule_lists.add(
      {.name = "rules of " + id.name(), .in = {unknown_rule}, .out = {unknown_rule}, .place = place}));
  info.id = context.estate.subnets.add(std::move(subnet));
  context.unknown("subnet `" + id.name() + "` is not in this template", place);
  return context.subnets[id.key()] = std::move(info);
}

void lift_networks(Context& context) {
  for (const Resource* each : context.all(kVirtualNetwork.name)) add_network(context, *each);
  for (const Resource* each : context.all(child_type(kSubnets))) {
    const auto parent = each->id.parent();
    if (!parent) continue;
    add_subnet(context, each->id, network_of(context, *parent, each->place), properties_of(*each), each->place);
    if (each->presence == Presence::Open || each->repeated) {
      context.unknown("whether, or how often, `" + each->id.name() + "` is made is not known", each->place);
    }
  }
}

void lift_peerings(Context& context) {
  const std::vector<Half> all = halves(context);
  for (std::size_t i = 0; i < all.size(); ++i) {
    check_peering(context, all[i]);
    const Resource* remote = all[i].remote ? context.find(*all[i].remote) : nullptr;
    if (remote == nullptr || remote->existing) {
      const std::string name = all[i].remote ? all[i].remote->name() : all[i].name;
      if (!add_elsewhere(context, all[i])) {
        context.unknown("peering with `" + name + "`, which is not in this template", all[i].place);
      }
      continue;
    }
    // both halves must be there, and the pair is put down once
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[j].network != remote || !all[j].remote || all[j].remote->key() != all[i].network->id.key()) continue;
      const NetworkId a = context.networks.at(all[i].network->id.key());
      const NetworkId b = context.networks.at(remote->id.key());
      context.estate.peerings.push_back({.a = a, .b = b, .place = all[i].place});
      context.network_infos[a].peers.push_back(b);
      context.network_infos[b].peers.push_back(a);
      const auto takes = [](const Half& half) { return half.properties.at("allowForwardedTraffic").truth() == true; };
      if (takes(all[i])) context.takes_forwarded.emplace_back(a, b);
      if (takes(all[j])) context.takes_forwarded.emplace_back(b, a);
      break;
    }
  }
}

void lift_tags(Context& context) {
  for (const Resource* each : context.all(kApplicationSecurityGroup.name)) {
    context.tags[each->id.key()] = context.estate.tags.add({.name = each->id.name(), .place = each->place});
  }
}

}  // namespace crenel::azure::lifting
