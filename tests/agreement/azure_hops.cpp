#include <algorithm>

#include "tests/agreement/azure_interpreter.h"

/// What passes an appliance on its way.
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

}  // namespace crenel::agreement
