#include <algorithm>
#include <array>

#include "tests/agreement/aws_interpreter.h"

/// What balancers open with their targets, by themselves and for their clients.
namespace crenel::agreement {
namespace {

/// Somebody outside, one in each part of the space: of sites and partners, and on the Internet.
std::vector<Ip> strangers(const std::vector<Cidr>& named, bool ipv6) {
  std::vector<Ip> out;
  for (const Cidr& block : named) {
    if (is_ipv6(block.base) == ipv6) out.push_back(std::min(block.base + 1, block.last()));
  }
  for (const char* const each : {"203.0.113.77", "8.8.4.4", "2001:db8:99::77", "2607:f8b0::77"}) {
    const Ip address =
        cidr(std::string(each) + (std::string(each).find(':') == std::string::npos ? "/32" : "/128")).base;
    if (is_ipv6(address) == ipv6) out.push_back(address);
  }
  return out;
}

}  // namespace

bool AwsInterpreter::comes_to(const Packet& packet, const Interface& balancer) const {
  const Interface* from = interface_at(packet.from);
  return from ? inside_conversation(packet, *from, balancer) : incoming_conversation(packet, balancer);
}

/// Targets are asked how they are by TCP, from the balancer's own address. (elasticloadbalancing/latest/network,
/// "Health checks for target groups".)
bool AwsInterpreter::opens_itself(const Packet& packet, const Interface& from, const Interface& to) const {
  const bool meant = std::any_of(from.targets.begin(), from.targets.end(), [&](const Target& one) {
    if (one.scaling_group != to.scaling_group) return false;
    const bool checks = packet.protocol == kTcp && packet.port == one.check;
    return checks || (!from.shows_client && one.to == std::pair(packet.protocol, packet.port));
  });
  return meant && inside_conversation(packet, from, to);
}

/// A target that sees the client has a packet of the client's before it: its list and its groups see that address, and
/// a rule that names the balancer's group admits what comes through it. The way is the balancer's, there and back.
/// (elasticloadbalancing/latest/network, "Client IP preservation" and "Security groups".)
bool AwsInterpreter::handed_on(Ip client, Ip balancer, Ip target, const Target& by) const {
  const Interface& at = interfaces_.at(balancer);
  const Interface& to = interfaces_.at(target);
  if (to.scaling_group != by.scaling_group || is_ipv6(client) != is_ipv6(target)) return false;
  const auto [protocol, port] = by.to;
  if (!comes_to({client, balancer, by.listens.first, by.listens.second}, at)) return false;
  const Subnet& source = subnets_.at(at.subnet);
  const Subnet& there = subnets_.at(to.subnet);
  const Packet by_balancer{balancer, target, protocol, port};
  if (!leads(source, there, by_balancer)) return false;
  const Interface* one = interface_at(client);
  if (!groups_admit(at, false, target, &to, protocol, port)) return false;
  if (!groups_admit(to, true, client, one, protocol, port) && !groups_admit(to, true, client, &at, protocol, port)) {
    return false;
  }
  if (at.subnet == to.subnet) return true;
  return crosses(source, by_balancer, true) && crosses(there, {client, target, protocol, port}, false);
}

/// A balancer hands on to any of its targets: what all of them take is admitted.
bool AwsInterpreter::taken_behind(const Packet& packet, const Interface& balancer) const {
  bool some = false;
  for (const auto& [address, interface] : interfaces_) {
    for (const Target& by : balancer.targets) {
      if (by.listens != std::pair(packet.protocol, packet.port) || by.scaling_group != interface.scaling_group)
        continue;
      if (is_ipv6(address) != is_ipv6(packet.from)) continue;
      if (!handed_on(packet.from, packet.to, address, by)) return false;
      some = true;
    }
  }
  return some;
}

std::vector<Ip> AwsInterpreter::clients(Ip target) const {
  std::vector<Cidr> named;
  for (const auto& [vpc, blocks] : vpn_routes_) named.insert(named.end(), blocks.begin(), blocks.end());
  for (const auto& [id, group] : groups_) {
    for (const Rule& rule : group.ingress) {
      if (rule.has_block && rule.block.length > 0) named.push_back(rule.block);
    }
  }
  for (const auto& [id, acl] : acls_) {
    for (const AclEntry& entry : acl.in) {
      if (entry.block.length > 0) named.push_back(entry.block);
    }
  }
  std::vector<Ip> out = strangers(named, is_ipv6(target));
  for (const Host& host : hosts_) {
    if (is_ipv6(host.address) == is_ipv6(target)) out.push_back(host.address);
  }
  std::erase_if(out, [&](Ip one) {
    const Interface* interface = interface_at(one);
    return interface && !interface->listeners.empty();
  });
  return out;
}

bool AwsInterpreter::opens_for_clients(const Packet& packet, const Interface& from, const Interface& to) const {
  if (!from.shows_client) return false;
  std::vector<Ip> all;
  for (const Target& by : from.targets) {
    if (by.scaling_group != to.scaling_group || by.to != std::pair(packet.protocol, packet.port)) continue;
    if (all.empty()) all = clients(packet.to);
    if (std::any_of(all.begin(), all.end(), [&](Ip client) { return handed_on(client, packet.from, packet.to, by); })) {
      return true;
    }
  }
  return false;
}

}  // namespace crenel::agreement
