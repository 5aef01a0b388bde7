#include <algorithm>

#include "tests/agreement/azure_interpreter.h"

/// What passes an appliance or a load balancer on its way.
namespace crenel::agreement {

/// What a route hands to an address: to whoever has it, or to the members of the balancer that has it.
bool AzureInterpreter::by_appliance(const Packet& packet, const Subnet& from, Ip next) const {
  const auto pool = hops_.find(next);
  return std::any_of(interfaces_.begin(), interfaces_.end(), [&](const auto& each) {
    const bool meant = pool == hops_.end() ? each.first == next : each.second.pools.contains(pool->second);
    return meant && hands_on(packet, from, each.first, each.second);
  });
}

/// It puts its own address before the Internet, where nobody translates another's, and its peer must take the answers.
/// ("Deploy highly available NVAs"; "Create, change, or delete a virtual network peering".)
bool AzureInterpreter::hands_on(const Packet& packet, const Subnet& from, Ip own, const Interface& appliance) const {
  const Subnet& at = subnets_.at(appliance.subnet);
  if (!appliance.forwards || !arrives(packet, appliance)) return false;
  const bool peered = at.network != from.network;
  if (peered && !takes_forwarded_.contains(from.network)) return false;
  if (hop(at, packet.from) != (peered ? "VirtualNetworkPeering" : "VnetLocal")) return false;
  if (peered && hop(from, own) != "VirtualNetworkPeering") return false;
  return admits({own, packet.to, packet.protocol, packet.port});
}

/// The client's address is kept; rules see the member's address and port. (Load Balancer overview.)
bool AzureInterpreter::through_load_balancer(const Packet& packet, const LoadBalancer& balancer) const {
  for (const LoadBalancerRule& rule : balancer.rules) {
    if (rule.protocol != packet.protocol || rule.frontend_port != packet.port) continue;
    for (const auto& [address, member] : interfaces_) {
      if (!member.pools.contains(rule.pool)) continue;
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
  if (member == interfaces_.end() || !balancer.probes.contains({packet.protocol, packet.port})) return false;
  return std::any_of(balancer.rules.begin(), balancer.rules.end(),
                     [&](const LoadBalancerRule& rule) { return member->second.pools.contains(rule.pool); }) &&
         arrives({kPlatform, packet.to, packet.protocol, packet.port}, member->second);
}

}  // namespace crenel::agreement
