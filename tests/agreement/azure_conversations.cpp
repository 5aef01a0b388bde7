#include <algorithm>

#include "tests/agreement/azure_interpreter.h"

/// Which conversations come about.
namespace crenel::agreement {

const AzureInterpreter::Route* AzureInterpreter::route(const Subnet& subnet, Ip to) const {
  const Route* best = nullptr;
  for (const Route& route : subnet.routes) {
    if (!route.destination.holds(to)) continue;
    if (!best || route.destination.length > best->destination.length ||
        (route.destination.length == best->destination.length && route.rank > best->rank)) {
      best = &route;
    }
  }
  return best;
}

std::string AzureInterpreter::hop(const Subnet& subnet, Ip to) const {
  const Route* best = route(subnet, to);
  return best ? best->hop : "None";
}

/// The first rule that matches decides; no group at a level: everything passes. (How network security groups filter
/// traffic.)
bool AzureInterpreter::passes(const std::string& security_group, const Subnet& of, const Packet& packet,
                              bool inbound) const {
  if (security_group.empty()) return true;
  for (const Rule& rule : security_groups_.at(security_group)) {
    if (rule.inbound != inbound) continue;
    if (rule.protocol != -1 && rule.protocol != packet.protocol) continue;
    const bool has_ports = packet.protocol != kIcmp && packet.protocol != kIcmp6;
    if (has_ports && std::none_of(rule.ports.begin(), rule.ports.end(), [&](auto range) {
          return range.first <= packet.port && packet.port <= range.second;
        })) {
      continue;
    }
    if (end_holds(rule.source, packet.from, of) && end_holds(rule.destination, packet.to, of)) return rule.allow;
  }
  return false;
}

bool AzureInterpreter::leaves(const Packet& packet, const Interface& from) const {
  if (from.takes_only) return false;
  const Subnet& subnet = subnets_.at(from.subnet);
  return passes(from.security_group, subnet, packet, false) && passes(subnet.security_group, subnet, packet, false);
}

bool AzureInterpreter::arrives(const Packet& packet, const Interface& to) const {
  const Subnet& subnet = subnets_.at(to.subnet);
  if (to.private_end && !subnet.filters_ends) return true;
  return passes(subnet.security_group, subnet, packet, true) && passes(to.security_group, subnet, packet, true);
}

/// Networks that are not peered never see each other. A route of one's own can take what stays inside the network away
/// from it, in either direction. (Virtual network traffic routing.)
bool AzureInterpreter::inside_network(const Packet& packet, const Interface& from, const Interface& to) const {
  const Subnet& source = subnets_.at(from.subnet);
  const Subnet& target = subnets_.at(to.subnet);
  const std::string way = source.network == target.network ? "VnetLocal" : "VirtualNetworkPeering";
  return hop(source, packet.to) == way && hop(target, packet.from) == way && leaves(packet, from) &&
         arrives(packet, to);
}

bool AzureInterpreter::admits(const Packet& packet) const {
  if (const auto at = load_balancers_.find(packet.to); at != load_balancers_.end()) {
    // a frontend is where packets come to, and none come from
    if (load_balancers_.contains(packet.from)) return false;
    if (at->second.is_public && is_private(packet.from)) return false;
    return through_load_balancer(packet, at->second);
  }
  if (const auto at = load_balancers_.find(packet.from); at != load_balancers_.end())
    return from_load_balancer(packet, at->second);
  const auto from = interfaces_.find(packet.from);
  const auto to = interfaces_.find(packet.to);
  const bool known_from = from != interfaces_.end();
  const bool known_to = to != interfaces_.end();
  if (known_to && to->second.gateway && !to->second.listeners.contains({packet.protocol, packet.port})) return false;
  if (known_from && from->second.gateway) {
    const bool target =
        known_to && std::any_of(to->second.pools.begin(), to->second.pools.end(), [&](const std::string& pool) {
          return from->second.targets.contains({pool, {packet.protocol, packet.port}});
        });
    if (!target) return false;
  }
  if (known_from && known_to) return inside_network(packet, from->second, to->second);
  if (known_from) {
    if (!leaves(packet, from->second)) return false;
    const Subnet& subnet = subnets_.at(from->second.subnet);
    const std::string next = hop(subnet, packet.to);
    if (next == "Internet") {
      // TCP and UDP only, and of IPv4. (NAT gateway overview; Azure NAT Gateway SKUs.)
      const bool nat = subnet.nat && packet.protocol != kIcmp && !is_ipv6(packet.to);
      return (from->second.has_public_address || nat) && !is_private(packet.to);
    }
    if (next == "VirtualAppliance") return by_appliance(packet, subnet, route(subnet, packet.to)->next);
    if (next == "VirtualNetworkGateway") {
      return by_gateway(subnet.network, packet.to);
    }
    return next == "PeeringElsewhere";
  }
  if (!known_to || !arrives(packet, to->second)) return false;
  const std::string back = hop(subnets_.at(to->second.subnet), packet.from);
  if (back == "Internet") {
    // A public address of the Standard SKU is closed to what comes in until a security group allows it. (Public IP
    // addresses, "SKU": secure by default.) An application gateway needs none. (Application Gateway infrastructure
    // configuration: a security group on its subnet is a choice.)
    const bool has_rules = to->second.gateway || !to->second.security_group.empty() ||
                           !subnets_.at(to->second.subnet).security_group.empty();
    return to->second.has_public_address && has_rules && !is_private(packet.from);
  }
  if (back == "PeeringElsewhere") return true;
  return back == "VirtualNetworkGateway" && by_gateway(subnets_.at(to->second.subnet).network, packet.from);
}

/// A gateway of VPN carries IPv4 alone, a circuit both. (IPv6 for Azure Virtual Network, "Limitations"; ExpressRoute,
/// "Add IPv6 support for private peering".)
bool AzureInterpreter::by_gateway(const std::string& network, Ip far) const {
  const auto found = beyond_.find(network);
  if (found == beyond_.end()) return false;
  const auto& [prefixes, rest] = found->second;
  return (rest && !is_ipv6(far)) ||
         std::any_of(prefixes.begin(), prefixes.end(), [&](const Cidr& site) { return site.holds(far); });
}

}  // namespace crenel::agreement
