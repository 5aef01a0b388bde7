#include "tests/unit/reach/naive.h"

#include <algorithm>

namespace crenel::reach_tests {
namespace {

using estate::Role;

constexpr int kIcmp = 1;
constexpr int kCodes = 256;

bool has_ports(int protocol) { return protocol == 6 || protocol == 17 || protocol == 132; }

bool in(const net::Interval& interval, int number) { return interval.first <= number && number <= interval.last; }

bool is_whole(const net::Interval& interval) { return interval.first == 0 && interval.last == 65535; }

/// None where the packet is of a type that nobody answers.
std::optional<Opening> answer_to(const Opening& packet) {
  if (has_ports(packet.protocol)) {
    return Opening{.protocol = packet.protocol, .source_port = packet.number, .number = packet.source_port};
  }
  if (packet.protocol != kIcmp) return packet;
  switch (packet.number / kCodes) {
    case 8:
      return Opening{.protocol = kIcmp, .source_port = 0, .number = 0};
    case 13:
      return Opening{.protocol = kIcmp, .source_port = 0, .number = 14 * kCodes};
    default:
      return std::nullopt;
  }
}

}  // namespace

bool holds(const std::vector<estate::Block>& blocks, const net::Address& address) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const estate::Block& block) { return std::get<net::Prefix>(block.base).contains(address); });
}

std::vector<net::Address> addresses_in(const std::vector<estate::Block>& blocks) {
  std::vector<net::Address> out;
  for (const estate::Block& block : blocks) {
    const auto& prefix = std::get<net::Prefix>(block.base);
    for (net::Address at = prefix.first(); at <= prefix.last(); ++at.bits) {
      if (std::find(out.begin(), out.end(), at) == out.end()) out.push_back(at);
    }
  }
  return out;
}

bool Naive::coin(const void* about, std::uint64_t what) const {
  // numbered as they are met, so that the same run is the same everywhere
  const std::uint64_t number = met_.try_emplace(about, met_.size()).first->second;
  std::uint64_t hash = world_ * 0x9E3779B97F4A7C15U + number * 31 + what;
  hash ^= hash >> 29U;
  hash *= 0xBF58476D1CE4E5B9U;
  hash ^= hash >> 32U;
  return (hash & 1U) != 0;
}

// ---- rules ----------------------------------------------------------------------------------------------------------
bool Naive::is_among(const estate::Peers& peers, const Someone* one) const {
  if (peers.unknown && coin(&peers, 0)) return true;
  if (one == nullptr) return peers.platform;
  for (const auto tag : peers.tags) {
    if (std::find(one->also.begin(), one->also.end(), tag) != one->also.end()) return true;
    if (!one->interface) continue;
    const auto& own = estate_.interfaces[*one->interface].tags;
    if (std::find(own.begin(), own.end(), tag) != own.end()) return true;
  }
  if (holds(peers.except, one->address)) return false;
  if (peers.anyone || holds(peers.blocks, one->address)) return true;
  return holds(peers.perhaps, one->address) && coin(&peers, 1);
}

bool Naive::is_kind(const estate::Kind& kind, const Opening& packet) const {
  if (kind.protocol && *kind.protocol != packet.protocol) return false;
  if (has_ports(packet.protocol)) return in(kind.ports, packet.number) && in(kind.source_ports, packet.source_port);
  if (kind.protocol) return packet.protocol != kIcmp || in(kind.ports, packet.number);
  return (is_whole(kind.ports) && is_whole(kind.source_ports)) ||
         coin(&kind, static_cast<std::uint64_t>(packet.protocol));
}

bool Naive::passes(estate::RuleListId list, Way way, const Someone* source, const Someone* destination,
                   const Opening& packet) const {
  const estate::RuleList& of = estate_.rule_lists[list];
  for (const estate::Rule& rule : way == Way::In ? of.in : of.out) {
    const bool kind = std::any_of(rule.kinds.begin(), rule.kinds.end(),
                                  [&](const estate::Kind& one) { return is_kind(one, packet); });
    if (kind && is_among(rule.source, source) && is_among(rule.destination, destination)) return rule.allow;
  }
  return false;
}

bool Naive::converses(estate::RuleListId list, Way way, const Someone* own, const Someone* peer,
                      const Opening& packet) const {
  const bool out = way == Way::Out;
  if (!passes(list, way, out ? own : peer, out ? peer : own, packet)) return false;
  if (estate_.rule_lists[list].stateful) return true;
  const auto answer = answer_to(packet);
  return !answer || passes(list, out ? Way::In : Way::Out, out ? peer : own, out ? own : peer, *answer);
}

bool Naive::rules_pass(const Someone& own, Way way, const Someone* peer, bool at_edge, const Opening& packet) const {
  if (own.interface) {
    for (const auto& set : estate_.interfaces[*own.interface].lists) {
      if (std::none_of(set.begin(), set.end(), [&](auto list) { return converses(list, way, &own, peer, packet); })) {
        return false;
      }
    }
  }
  if (!own.subnet) return true;
  const auto& lists = estate_.subnets[*own.subnet].lists;
  return std::all_of(lists.begin(), lists.end(), [&](auto list) {
    return (estate_.rule_lists[list].stateful || at_edge) ? converses(list, way, &own, peer, packet) : true;
  });
}

// ---- ways -----------------------------------------------------------------------------------------------------------
const estate::Route* Naive::route(estate::SubnetId from, const net::Address& to) const {
  const estate::RouteTable& table = estate_.route_tables[estate_.subnets[from].routes];
  const auto reaches = [&](const estate::Route& one) {
    return std::get<net::Prefix>(one.destination.base).contains(to);
  };
  const bool local = std::any_of(table.routes.begin(), table.routes.end(), [&](const estate::Route& one) {
    return reaches(one) && std::holds_alternative<estate::LocalTarget>(one.target);
  });
  const auto longest = [&](const auto& counts) {
    const estate::Route* best = nullptr;
    for (const estate::Route& one : table.routes) {
      if (!reaches(one) || !counts(one)) continue;
      const auto length = [](const estate::Route& of) { return std::get<net::Prefix>(of.destination.base).length; };
      const bool wins =
          best == nullptr || length(one) > length(*best) || (length(one) == length(*best) && one.rank > best->rank);
      const bool ties = best != nullptr && length(one) == length(*best) && one.rank == best->rank;
      if (wins || (ties && coin(&one, 2))) best = &one;
    }
    return best;
  };
  const estate::Route* best =
      longest([&](const estate::Route& one) { return !one.within && !(one.yields_to_local && local); });
  if (best == nullptr) return nullptr;
  // the gateway that it leads to has routes of its own
  const estate::Route* further = longest([&](const estate::Route& one) { return one.within == best->destination; });
  return further == nullptr ? best : further;
}

bool Naive::leads(estate::SubnetId from, const Someone& to) const {
  const estate::Route* best = route(from, to.address);
  if (best == nullptr) return false;
  const auto in_network = [&](estate::NetworkId network) {
    return to.subnet && estate_.subnets[*to.subnet].network == network;
  };
  const estate::NetworkId here = estate_.subnets[from].network;
  if (std::holds_alternative<estate::LocalTarget>(best->target)) return in_network(here);
  if (std::holds_alternative<estate::UnknownTarget>(best->target)) return coin(best, 3);
  if (const auto* door = std::get_if<estate::DoorId>(&best->target)) {
    return to.door == *door && carries(*door, to.address);
  }
  if (const auto* interface = std::get_if<estate::InterfaceId>(&best->target)) {
    return estate_.interfaces[*interface].role != Role::Nat && coin(best, 4);
  }
  if (const auto* peer = std::get_if<estate::NetworkId>(&best->target)) {
    return in_network(*peer) && std::any_of(estate_.peerings.begin(), estate_.peerings.end(), [&](const auto& one) {
             return (one.a == here && one.b == *peer) || (one.b == here && one.a == *peer);
           });
  }
  return false;
}

bool Naive::carries(estate::DoorId door, const net::Address& address) const {
  const auto* link = std::get_if<estate::LinkDoor>(&estate_.doors[door].kind);
  return link == nullptr || holds(link->prefixes, address) || (link->learns && coin(link, 5));
}

bool Naive::is_public(estate::InterfaceId id, const net::Address& far) const {
  const estate::Interface& interface = estate_.interfaces[id];
  const bool v4 = far.family == net::Family::V4;
  switch (v4 ? interface.public_address : interface.public_address_v6) {
    case estate::PublicAddress::Yes:
      return true;
    case estate::PublicAddress::No:
      return false;
    case estate::PublicAddress::Unknown:
      return coin(&interface, v4 ? 6 : 7);
  }
  return false;
}

bool Naive::meets_internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat) const {
  const estate::Subnet& of = estate_.subnets[subnet];
  if (of.internet == estate::InternetAccess::Unknown) return coin(&of, 32);
  if (of.internet != estate::InternetAccess::Translated) return of.internet == estate::InternetAccess::Open;
  const auto* internet = std::get_if<estate::InternetDoor>(&estate_.doors[door].kind);
  return by_nat || (internet != nullptr && internet->outward_only);
}

bool Naive::translates(estate::InterfaceId nat, const Opening& packet) const {
  const auto& kinds = estate_.interfaces[nat].translates;
  return kinds.empty() ||
         std::any_of(kinds.begin(), kinds.end(), [&](const estate::Kind& kind) { return is_kind(kind, packet); });
}

bool Naive::is_pair(const Someone& from, const Someone& to) const {
  if (!from.interface && !to.interface) return false;
  if (from.address.family != to.address.family) return false;
  if (!from.interface || !to.interface) return true;
  if (from.interface == to.interface && estate_.interfaces[*from.interface].most == 1) return false;
  return true;
}

bool Naive::answers_come_back(const Someone& target, const Someone& client) const {
  if (!target.subnet) return coin(&estate_.interfaces[*target.interface], 8);
  if (client.door) {
    const auto* internet = std::get_if<estate::InternetDoor>(&estate_.doors[*client.door].kind);
    if (internet != nullptr && internet->outward_only) return false;
    if (!carries(*client.door, client.address)) return false;
  }
  return leads(*target.subnet, client);
}

bool Naive::direct(const Someone& from, const Someone& to, const Opening& packet) const {
  const bool at_edge = !from.subnet || !to.subnet || *from.subnet != *to.subnet;
  const auto is_internet = [&](const Someone& one) {
    return one.door && std::holds_alternative<estate::InternetDoor>(estate_.doors[*one.door].kind);
  };
  if (from.door) {
    if (is_internet(from) && !is_public(*to.interface, from.address)) return false;
    if (is_internet(from) && to.subnet && !meets_internet(*to.subnet, *from.door, false)) return false;
    return answers_come_back(to, from) && rules_pass(to, Way::In, &from, true, packet);
  }
  if (!rules_pass(from, Way::Out, &to, at_edge, packet)) {
    // a NAT in the subnet itself takes the packet before it comes to the subnet's edge
    const estate::Route* near = from.subnet ? route(*from.subnet, to.address) : nullptr;
    const auto* nat = near == nullptr ? nullptr : std::get_if<estate::InterfaceId>(&near->target);
    const Role role = nat == nullptr ? Role::Member : estate_.interfaces[*nat].role;
    if (role != Role::Nat && role != Role::Appliance) return false;
  }
  if (!from.subnet) {
    return coin(&estate_.interfaces[*from.interface], 9) &&
           (to.door || rules_pass(to, Way::In, &from, at_edge, packet));
  }
  const estate::Route* there = route(*from.subnet, to.address);
  if (there == nullptr) return false;
  if (const auto* through = std::get_if<estate::InterfaceId>(&there->target);
      through != nullptr && estate_.interfaces[*through].role == Role::Nat) {
    return by_nat(from, *through, to, packet);
  }
  if (const auto appliance = hop(there, Role::Appliance)) return by_appliance(from, *appliance, to, packet);
  if (!leads(*from.subnet, to)) return false;
  if (to.interface) return answers_come_back(to, from) && rules_pass(to, Way::In, &from, at_edge, packet);
  const bool by_its_door = std::holds_alternative<estate::DoorId>(there->target);
  if (!by_its_door || !is_internet(to)) return true;
  if (is_public(*from.interface, to.address) && meets_internet(*from.subnet, *to.door, false)) return true;
  const auto shared = estate_.subnets[*from.subnet].nat;
  return shared && meets_internet(*from.subnet, *to.door, true) && is_public(*shared, to.address) &&
         translates(*shared, packet);
}

bool Naive::by_nat(const Someone& from, estate::InterfaceId id, const Someone& to, const Opening& packet) const {
  if (!translates(id, packet)) return false;
  const estate::Interface& nat = estate_.interfaces[id];
  const bool internet = to.door && std::holds_alternative<estate::InternetDoor>(estate_.doors[*to.door].kind);
  if (nat.subnets.empty()) {
    return internet && estate_.doors[*to.door].network == estate_.subnets[*from.subnet].network &&
           is_public(id, to.address) && rules_pass(from, Way::Out, &to, true, packet);
  }
  // where it is, of its places, the world decides
  std::vector<Someone> places;
  for (const auto subnet : nat.subnets) {
    for (const net::Address& address : addresses_in(estate_.subnets[subnet].blocks)) {
      if (address.family == to.address.family) {
        places.push_back({.interface = id, .subnet = subnet, .door = {}, .address = address, .also = {}});
      }
    }
  }
  if (places.empty()) return false;
  const Someone self = places[static_cast<std::size_t>(world_ % places.size())];
  const bool first_edge = *from.subnet != *self.subnet;
  if (!rules_pass(from, Way::Out, &to, first_edge, packet)) return false;
  // the packet comes in for the far end's address, and goes on from the NAT's
  const auto at_nat = [&](Way way, const Someone& own, const Someone& peer, bool edge) {
    for (const auto& set : nat.lists) {
      if (std::none_of(set.begin(), set.end(), [&](auto list) { return converses(list, way, &own, &peer, packet); })) {
        return false;
      }
    }
    const auto& lists = estate_.subnets[*self.subnet].lists;
    return std::all_of(lists.begin(), lists.end(), [&](auto list) {
      return (estate_.rule_lists[list].stateful || edge) ? converses(list, way, &own, &peer, packet) : true;
    });
  };
  if (first_edge && !leads(*self.subnet, from)) return false;
  if (!at_nat(Way::In, to, from, first_edge)) return false;
  const estate::Route* there = route(*self.subnet, to.address);
  if (there == nullptr) return false;
  if (const auto* next = std::get_if<estate::InterfaceId>(&there->target);
      next != nullptr && estate_.interfaces[*next].role == Role::Nat) {
    return coin(there, 10);
  }
  if (!leads(*self.subnet, to)) return false;
  const bool by_door = internet && std::holds_alternative<estate::DoorId>(there->target);
  if (by_door && !(is_public(id, to.address) && meets_internet(*self.subnet, *to.door, true))) return false;
  if (!at_nat(Way::Out, self, to, to.subnet != self.subnet)) return false;
  return to.door.has_value() || coin(there, 11);
}

}  // namespace crenel::reach_tests
