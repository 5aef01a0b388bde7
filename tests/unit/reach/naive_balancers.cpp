#include <algorithm>

#include "tests/unit/reach/naive.h"

namespace crenel::reach_tests {
namespace {

using estate::Role;

bool sees_client(const estate::Balancer& balancer) { return balancer.keeps_client_address || balancer.rewrites_only; }

}  // namespace

const estate::Balancer* Naive::balancer(const Someone& one) const {
  for (const estate::Balancer& each : estate_.balancers) {
    if (one.interface && each.interface == *one.interface) return &each;
  }
  return nullptr;
}

std::vector<Opening> Naive::packets_of(const estate::Kind& kind) const {
  std::vector<Opening> out;
  for (const int source : {1024, 2000, 40000, 65535}) {
    for (const int number : {static_cast<int>(kind.ports.first), static_cast<int>(kind.ports.last)}) {
      out.push_back({.protocol = *kind.protocol, .source_port = source, .number = number});
    }
  }
  return out;
}

std::vector<Someone> Naive::places_of(estate::InterfaceId id) const {
  const estate::Interface& interface = estate_.interfaces[id];
  std::vector<Someone> out;
  if (interface.role == Role::Nat || interface.role == Role::Passive || interface.most == 0) return out;
  for (const auto subnet : interface.subnets) {
    std::vector<net::Address> addresses;
    for (const net::Address& address : addresses_in(interface.addresses)) {
      if (holds(estate_.subnets[subnet].blocks, address)) addresses.push_back(address);
    }
    if (interface.addresses.empty()) addresses = addresses_in(estate_.subnets[subnet].blocks);
    for (const net::Address& address : addresses) {
      out.push_back({.interface = id, .subnet = subnet, .door = {}, .address = address, .also = {}});
    }
  }
  if (interface.subnets.empty()) {
    out.push_back(
        {.interface = id, .subnet = {}, .door = {}, .address = net::parse_address("9.9.9.9").value(), .also = {}});
  }
  return out;
}

bool Naive::can_be_behind(estate::DoorId id, const net::Address& address) const {
  const estate::Door& door = estate_.doors[id];
  if (holds(estate_.networks[door.network].spaces, address)) return false;
  const auto* link = std::get_if<estate::LinkDoor>(&door.kind);
  if (link != nullptr) return link->learns || holds(link->prefixes, address);
  const auto& hidden = net::private_blocks();
  return std::none_of(hidden.begin(), hidden.end(), [&](const net::Prefix& one) { return one.contains(address); });
}

std::vector<Someone> Naive::everybody() const {
  std::vector<Someone> out;
  for (const auto id : estate_.interfaces.ids()) {
    for (Someone& one : places_of(id)) out.push_back(std::move(one));
  }
  for (const auto id : estate_.doors.ids()) {
    for (const net::Address& address : outside_) {
      if (can_be_behind(id, address)) {
        out.push_back({.interface = {}, .subnet = {}, .door = id, .address = address, .also = {}});
      }
    }
  }
  return out;
}

/// To a target, as itself.
bool Naive::offers(const estate::Balancer& balancer, const Someone& to, const Opening& packet) const {
  return std::any_of(balancer.forwards.begin(), balancer.forwards.end(), [&](const estate::Forward& one) {
    const bool probes = one.probe && !one.probe_from_platform && is_kind(*one.probe, packet);
    const bool of_family = !one.family || *one.family == to.address.family;
    return of_family && one.target == *to.interface && (probes || (!sees_client(balancer) && is_kind(one.to, packet)));
  });
}

bool Naive::hands_on(const Someone& client, const Someone& at, const Someone& target, const estate::Forward& forward,
                     const Opening& before, const Opening& after) const {
  const estate::Balancer& balancer = *this->balancer(at);
  if (!is_kind(forward.listen, before) || !is_kind(forward.to, after)) return false;
  if (forward.family && *forward.family != client.address.family) return false;
  const auto edge = [](const Someone& a, const Someone& b) { return !a.subnet || !b.subnet || *a.subnet != *b.subnet; };
  Someone seen = client;
  if (client.interface && estate_.interfaces[*client.interface].role == Role::Balancer) {
    const estate::Balancer* before_it = this->balancer(client);
    if (before_it == nullptr) return false;
    if (sees_client(*before_it)) {
      if (!coin(before_it, 13)) return false;
    } else if (!offers(*before_it, at, before)) {
      return false;
    }
  }
  if (balancer.rewrites_only) {
    if (client.interface) {
      if (!rules_pass(client, Way::Out, &at, edge(client, at), before)) return false;
      if (client.subnet && at.subnet && !leads(*client.subnet, at)) return false;
    }
    if (!answers_come_back(target, client)) return false;
  } else {
    if (!direct(client, at, before)) return false;
    if (!rules_pass(at, Way::Out, &target, edge(at, target), after)) return false;
    if (!answers_come_back(target, at)) return false;
  }
  if (balancer.known_by_tag) seen.also = estate_.interfaces[*at.interface].tags;
  const bool at_edge = balancer.rewrites_only ? edge(client, target) : edge(at, target);
  if (!rules_pass(target, Way::In, &seen, at_edge, after)) return false;
  if (!forward.probe || !forward.probe_from_platform) return true;
  const auto probes = packets_of(*forward.probe);
  return std::any_of(probes.begin(), probes.end(),
                     [&](const Opening& probe) { return rules_pass(target, Way::In, nullptr, true, probe); });
}

bool Naive::balancer_takes(const Someone& from, const Someone& to, const Opening& packet) const {
  const estate::Balancer* balancer = this->balancer(to);
  if (balancer == nullptr) return false;
  if (!balancer->rewrites_only && !direct(from, to, packet)) return false;
  if (!sees_client(*balancer)) {
    return std::any_of(balancer->forwards.begin(), balancer->forwards.end(), [&](const estate::Forward& one) {
      return is_kind(one.listen, packet) && (!one.family || *one.family == from.address.family);
    });
  }
  const bool internet = from.door && std::holds_alternative<estate::InternetDoor>(estate_.doors[*from.door].kind);
  if (balancer->rewrites_only && internet != balancer->public_frontend) return false;
  for (const estate::Forward& forward : balancer->forwards) {
    if (!is_kind(forward.listen, packet)) continue;
    std::vector<Someone> places;
    for (Someone& place : places_of(forward.target)) {
      if (place.address.family == from.address.family) places.push_back(std::move(place));
    }
    if (places.empty()) continue;
    // where the members are the world decides
    const Someone& target = places[static_cast<std::size_t>(world_ % places.size())];
    std::vector<Opening> after = packets_of(forward.to);
    if (forward.listen == forward.to) after = {packet};
    const bool taken = std::any_of(after.begin(), after.end(), [&](const Opening& one) {
      return hands_on(from, to, target, forward, packet, one);
    });
    if (taken) return true;
  }
  return false;
}

bool Naive::balancer_opens(const Someone& from, const Someone& to, const Opening& packet) const {
  const estate::Balancer* balancer = this->balancer(from);
  if (balancer == nullptr || !to.interface) return false;
  for (const estate::Forward& forward : balancer->forwards) {
    if (forward.target != *to.interface || (forward.family && *forward.family != to.address.family)) continue;
    const bool probes = forward.probe && !forward.probe_from_platform && is_kind(*forward.probe, packet);
    const bool hands_on_itself = !sees_client(*balancer) && is_kind(forward.to, packet);
    if ((probes || hands_on_itself) && direct(from, to, packet)) return true;
    if (!sees_client(*balancer) || !is_kind(forward.to, packet)) continue;
    for (const Someone& client : everybody()) {
      if (client.interface == from.interface || client.address.family != to.address.family) continue;
      const bool internet =
          client.door && std::holds_alternative<estate::InternetDoor>(estate_.doors[*client.door].kind);
      if (balancer->rewrites_only && internet != balancer->public_frontend) continue;
      std::vector<Opening> before = packets_of(forward.listen);
      if (forward.listen == forward.to) before = {packet};
      for (const Opening& one : before) {
        if (hands_on(client, from, to, forward, one, packet)) return true;
      }
    }
  }
  return false;
}

bool Naive::admits(const Someone& from, const Someone& to, const Opening& packet) const {
  if (!is_pair(from, to)) return false;
  for (const Someone* one : {&from, &to}) {
    const bool unknown = one->interface && estate_.interfaces[*one->interface].role == Role::Unknown;
    if (unknown && coin(&estate_.interfaces[*one->interface], 12)) return false;
  }
  const auto is_balancer = [&](const Someone& one) {
    return one.interface && estate_.interfaces[*one.interface].role == Role::Balancer;
  };
  if (is_balancer(from)) {
    const estate::Balancer* behind = balancer(to);
    if (behind != nullptr && behind->rewrites_only) return balancer_takes(from, to, packet);
    return balancer_opens(from, to, packet) && (!is_balancer(to) || balancer_takes(from, to, packet));
  }
  return is_balancer(to) ? balancer_takes(from, to, packet) : direct(from, to, packet);
}

}  // namespace crenel::reach_tests
