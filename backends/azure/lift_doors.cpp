#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// The ways in and out of a network: the Internet, which every network has, and the links of its gateway.
namespace crenel::azure::lifting {
namespace {

struct Gateway {
  const Resource* resource;
  NetworkId network;
  bool learns = false;
};

Block everything(net::Family family) { return {.base = net::whole(family), .part = {}}; }

std::optional<Gateway> gateway_of(Context& context, const Resource& resource) {
  const View properties = properties_of(resource);
  context.check(
      properties, "virtual network gateway",
      {"gatewayType", "ipConfigurations", "enableBgp", "gatewayDefaultSite", "vpnClientConfiguration"},
      {"vpnType", "sku", "activeActive", "active", "bgpSettings", "vpnGatewayGeneration", "enablePrivateIpAddress",
       "disableIPSecReplayProtection", "enableDnsForwarding", "autoScaleConfiguration", "adminState",
       "allowRemoteVnetTraffic", "allowVirtualWanTraffic", "enableHighBandwidthVpnGateway", "resiliencyModel",
       "inboundDnsForwardingEndpoint", "virtualNetworkGatewayPolicyGroups"});
  if (resource.presence == Presence::Open || resource.repeated) {
    context.unknown("whether, or how often, `" + resource.id.name() + "` is made is not known", resource.place);
  }
  for (const View& each : properties.at("ipConfigurations").elements()) {
    const auto subnet = each.at("properties").at("subnet").id();
    if (!subnet) continue;
    const SubnetInfo& info = subnet_of(context, *subnet, each.place());
    Gateway out{.resource = &resource, .network = info.network};
    const View bgp = properties.at("enableBgp");
    // private circuits have no other routes
    out.learns = properties.at("gatewayType").says("ExpressRoute") || (bgp && bgp.truth() != std::optional(false));
    return out;
  }
  context.unknown("a gateway whose subnet cannot be read", resource.place);
  return std::nullopt;
}

DoorId add_link(Context& context, NetworkId network, std::string name, estate::LinkDoor link, const Place& place) {
  NetworkInfo& info = context.network_infos[network];
  info.has_gateway = true;
  info.learns = info.learns || link.learns;
  const DoorId id =
      context.estate.doors.add({.network = network, .kind = std::move(link), .name = std::move(name), .place = place});
  info.links.push_back(id);
  return id;
}

/// People who dial in.
void add_clients(Context& context, const Gateway& gateway) {
  const View clients = properties_of(*gateway.resource).at("vpnClientConfiguration");
  const View pool = clients.at("vpnClientAddressPool").at("addressPrefixes");
  if (!clients) return;
  estate::LinkDoor link;
  link.name = gateway.resource->id.name() + "Clients";
  link.prefixes = context.blocks({}, pool);
  const std::string name = link.name;
  if (!link.prefixes.empty()) add_link(context, gateway.network, name, std::move(link), clients.place());
}

void check_connection(Context& context, const View& properties) {
  context.check(properties, "connection",
                {"connectionType", "virtualNetworkGateway1", "virtualNetworkGateway2", "localNetworkGateway2", "peer",
                 "enableBgp", "usePolicyBasedTrafficSelectors"},
                {"connectionProtocol", "sharedKey", "ipsecPolicies", "dpdTimeoutSeconds", "routingWeight",
                 "authorizationKey", "connectionMode", "expressRouteGatewayBypass", "enablePrivateLinkFastPath",
                 "useLocalAzureIpAddress", "gatewayCustomBgpIpAddresses", "tunnelProperties", "authenticationType"});
  const View selectors = properties.at("usePolicyBasedTrafficSelectors");
  if (selectors && selectors.truth() != std::optional(false)) {
    context.unknown("a connection with traffic selectors is not read", selectors.place());
  }
}

/// "IPv6 for Azure Virtual Network", Limitations: gateways of VPN carry IPv4 alone.
void check_families(Context& context, const estate::LinkDoor& link, const Resource& local) {
  const bool ipv6 = std::any_of(link.prefixes.begin(), link.prefixes.end(), [](const Block& each) {
    const auto* known = std::get_if<net::Prefix>(&each.base);
    return known != nullptr && known->address.family == net::Family::V6;
  });
  if (ipv6) context.unknown("whether a gateway carries what `" + local.id.name() + "` has of IPv6", local.place);
}

void add_connection(Context& context, const Resource& resource, const std::vector<Gateway>& gateways) {
  const View properties = properties_of(resource);
  check_connection(context, properties);
  const auto gateway_id = properties.at("virtualNetworkGateway1").id();
  const auto gateway = std::find_if(gateways.begin(), gateways.end(), [&](const Gateway& each) {
    return gateway_id && each.resource->id.key() == gateway_id->key();
  });
  if (gateway == gateways.end()) {
    return context.unknown("a connection whose gateway is not in this template", resource.place);
  }
  if (resource.presence == Presence::Open || resource.repeated) {
    context.unknown("whether, or how often, `" + resource.id.name() + "` is made is not known", resource.place);
  }
  estate::LinkDoor link;
  link.name = stem_of(resource.id.name(), {"Connection"});
  const View bgp = properties.at("enableBgp");
  link.learns = gateway->learns || (bgp && bgp.truth() != std::optional(false));
  const auto site = properties.at("localNetworkGateway2").id();
  const Resource* local = site ? context.find(*site) : nullptr;
  if (local != nullptr && !local->existing) {
    const View far = properties_of(*local);
    context.check(far, "local network gateway", {"localNetworkAddressSpace"},
                  {"gatewayIpAddress", "fqdn", "bgpSettings"});
    link.prefixes = context.blocks({}, far.at("localNetworkAddressSpace").at("addressPrefixes"));
    fold_halves(link.prefixes);
    check_families(context, link, *local);
  } else if (properties.at("peer") && properties.at("connectionType").says("ExpressRoute")) {
    link.learns = true;
  } else {
    link.learns = true;
    context.unknown("what connection `" + resource.id.name() + "` leads to is not in this template", resource.place);
  }
  const auto standard = properties_of(*gateway->resource).at("gatewayDefaultSite").id();
  const bool is_default = standard && site && standard->key() == site->key();
  if (is_default) add_unique(link.prefixes, everything(net::Family::V4));
  const DoorId door = add_link(context, gateway->network, resource.id.name(), std::move(link), resource.place);
  if (is_default) context.network_infos[gateway->network].default_site = door;
}

}  // namespace

void lift_doors(Context& context) {
  for (const NetworkId id : context.estate.networks.ids()) {
    const estate::Network& network = context.estate.networks[id];
    context.network_infos[id].internet = context.estate.doors.add(
        {.network = id, .kind = estate::InternetDoor{}, .name = "Internet of " + network.name, .place = network.place});
  }
  std::vector<Gateway> gateways;
  for (const Resource* each : context.all(kVirtualNetworkGateway.name)) {
    if (const auto gateway = gateway_of(context, *each)) gateways.push_back(*gateway);
  }
  for (const Gateway& each : gateways) {
    NetworkInfo& info = context.network_infos[each.network];
    info.has_gateway = true;
    info.learns = info.learns || each.learns;
    add_clients(context, each);
  }
  for (const Resource* each : context.all(kConnection.name)) add_connection(context, *each, gateways);
}

}  // namespace crenel::azure::lifting
