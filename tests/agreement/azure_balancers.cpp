#include <algorithm>

#include "tests/agreement/azure_interpreter.h"

/// Azure's load balancers.
namespace crenel::agreement {

/// The client's address is kept: rules of a member see it, with the member's own address and port, and answers go back
/// to it. What a client's own rules see is the frontend. (Load Balancer overview; "Load Balancer components".) Nobody
/// of the network comes to a public frontend as itself: its packets leave for the Internet.
bool AzureInterpreter::handed_on(Ip client, Ip frontend, const LoadBalancer& balancer, const LoadBalancerRule& rule,
                                 Ip target) const {
  const Interface& member = interfaces_.at(target);
  if (!member.pools.contains(rule.pool) || is_ipv6(target) != is_ipv6(client)) return false;
  // A member whose probe fails takes no new connections. ("Azure Load Balancer health probes", "Probe down behavior".)
  if (rule.probe && !arrives({kPlatform, target, kTcp, *rule.probe}, member)) return false;
  if (!arrives({client, target, rule.protocol, rule.backend_port}, member)) return false;
  const std::string back = hop(subnets_.at(member.subnet), client);
  const auto known = interfaces_.find(client);
  if (known == interfaces_.end()) {
    // closed to the Internet until a security group lets it in ("What is Azure Load Balancer?", secure by default)
    const bool has_rules = !member.security_group.empty() || !subnets_.at(member.subnet).security_group.empty();
    if (balancer.is_public) return has_rules && back == "Internet" && !is_private(client);
    return (back == "VirtualNetworkGateway" && by_gateway(subnets_.at(member.subnet).network, client)) ||
           back == "PeeringElsewhere";
  }
  const auto inside = [](const std::string& way) { return way == "VnetLocal" || way == "VirtualNetworkPeering"; };
  return !balancer.is_public && inside(back) && inside(hop(subnets_.at(known->second.subnet), frontend)) &&
         leaves({client, frontend, rule.protocol, rule.frontend_port}, known->second);
}

bool AzureInterpreter::through_load_balancer(const Packet& packet, const LoadBalancer& balancer) const {
  return std::any_of(balancer.rules.begin(), balancer.rules.end(), [&](const LoadBalancerRule& rule) {
    if (rule.protocol != packet.protocol || rule.frontend_port != packet.port) return false;
    return std::any_of(interfaces_.begin(), interfaces_.end(), [&](const auto& member) {
      return handed_on(packet.from, packet.to, balancer, rule, member.first);
    });
  });
}

/// Somebody in each part of the space: of the network, of sites, of what rules name, and on the Internet.
std::vector<Ip> AzureInterpreter::clients(bool ipv6) const {
  std::vector<Ip> out = {ip("203.0.113.77"), ip("8.8.4.4"), ip("2001:db8:99::77"), ip("2607:f8b0::77")};
  for (const auto& [address, interface] : interfaces_) {
    if (!interface.gateway) out.push_back(address);
  }
  for (const auto& [network, beyond] : beyond_) {
    for (const Cidr& site : beyond.prefixes) out.push_back(std::min(site.base + 1, site.last()));
  }
  for (const auto& [name, rules] : security_groups_) {
    for (const Rule& rule : rules) {
      for (const std::string& prefix : rule.source.prefixes) {
        if (prefix.find('/') == std::string::npos) continue;
        out.push_back(std::min(cidr(prefix).base + 1, cidr(prefix).last()));
      }
    }
  }
  std::erase_if(out, [&](Ip one) { return is_ipv6(one) != ipv6; });
  return out;
}

/// A balancer opens what clients send to its members, and nothing of its own: its probes come from the platform's
/// address. ("Azure Load Balancer health probes", "Probe source IP address".)
bool AzureInterpreter::from_load_balancer(const Packet& packet, const LoadBalancer& balancer) const {
  if (!interfaces_.contains(packet.to) || is_ipv6(packet.from) != is_ipv6(packet.to)) return false;
  const std::vector<Ip> all = clients(is_ipv6(packet.to));
  return std::any_of(balancer.rules.begin(), balancer.rules.end(), [&](const LoadBalancerRule& rule) {
    if (rule.protocol != packet.protocol || rule.backend_port != packet.port) return false;
    return std::any_of(all.begin(), all.end(),
                       [&](Ip client) { return handed_on(client, packet.from, balancer, rule, packet.to); });
  });
}

}  // namespace crenel::agreement
