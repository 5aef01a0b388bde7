#include <algorithm>

#include "tests/agreement/azure_interpreter.h"

/// Azure's load balancers.
namespace crenel::agreement {

/// The client's address is kept; rules see the member's address and port. (Load Balancer overview.)
bool AzureInterpreter::through_load_balancer(const Packet& packet, const LoadBalancer& balancer) const {
  for (const LoadBalancerRule& rule : balancer.rules) {
    if (rule.protocol != packet.protocol || rule.frontend_port != packet.port) continue;
    for (const auto& [address, member] : interfaces_) {
      if (!member.pools.contains(rule.pool) || is_ipv6(address) != is_ipv6(packet.from)) continue;
      // A member whose probe fails takes no new connections. ("Azure Load Balancer health probes", "Probe down
      // behavior".)
      if (rule.probe && !arrives({kPlatform, address, kTcp, *rule.probe}, member)) continue;
      const Packet inner{packet.from, address, packet.protocol, rule.backend_port};
      const auto client = interfaces_.find(packet.from);
      if (client != interfaces_.end() && !leaves(inner, client->second)) continue;
      const bool back = client != interfaces_.end() || hop(subnets_.at(member.subnet), packet.from) == "Internet" ||
                        hop(subnets_.at(member.subnet), packet.from) == "VirtualNetworkGateway";
      if (arrives(inner, member) && back) return true;
    }
  }
  return false;
}

/// What the balancer itself opens to a member: its probe, from the platform's address.
bool AzureInterpreter::from_load_balancer(const Packet& packet, const LoadBalancer& balancer) const {
  const auto member = interfaces_.find(packet.to);
  if (member == interfaces_.end() || is_ipv6(packet.from) != is_ipv6(packet.to)) return false;
  if (!balancer.probes.contains({packet.protocol, packet.port})) return false;
  return std::any_of(balancer.rules.begin(), balancer.rules.end(),
                     [&](const LoadBalancerRule& rule) { return member->second.pools.contains(rule.pool); }) &&
         arrives({kPlatform, packet.to, packet.protocol, packet.port}, member->second);
}

}  // namespace crenel::agreement
