#include <algorithm>

#include "tests/unit/reach/naive.h"

/// Packets that an appliance hands on, one at a time.
namespace crenel::reach_tests {

using estate::Role;

std::optional<estate::InterfaceId> Naive::hop(const estate::Route* route, Role role) const {
  const auto* next = route == nullptr ? nullptr : std::get_if<estate::InterfaceId>(&route->target);
  if (next == nullptr || estate_.interfaces[*next].role != role) return std::nullopt;
  return *next;
}

bool Naive::passes_by(const estate::Interface& at, estate::SubnetId place, Way way, const Someone& own,
                      const Someone& peer, bool at_edge, const Opening& packet) const {
  for (const auto& set : at.lists) {
    if (at.tunnelled) break;
    if (std::none_of(set.begin(), set.end(), [&](auto list) { return converses(list, way, &own, &peer, packet); })) {
      return false;
    }
  }
  const auto& lists = estate_.subnets[place].lists;
  return std::all_of(lists.begin(), lists.end(), [&](auto list) {
    return (estate_.rule_lists[list].stateful || at_edge) ? converses(list, way, &own, &peer, packet) : true;
  });
}

bool Naive::by_appliance(const Someone& from, estate::InterfaceId id, const Someone& to, const Opening& packet) const {
  const estate::Interface& box = estate_.interfaces[id];
  // round and round, or to the next of its kind
  if (from.interface == id) return coin(&box, 20) && rules_pass(from, Way::Out, &to, false, packet);
  const estate::SubnetId place = box.subnets[static_cast<std::size_t>(world_ % box.subnets.size())];
  const bool edge = *from.subnet != place;
  if (!rules_pass(from, Way::Out, &to, edge, packet)) return false;
  if (!passes_by(box, place, Way::In, to, from, edge, packet)) return false;
  const estate::Route* back = route(place, from.address);
  const bool elsewhere = hop(back, Role::Nat) || hop(back, Role::Appliance);
  if (elsewhere ? !coin(back, 21) : !leads(place, from)) return false;
  return from_appliance(from, id, place, to, packet);
}

bool Naive::from_appliance(const Someone& from, estate::InterfaceId id, estate::SubnetId place, const Someone& to,
                           const Opening& packet) const {
  const estate::Interface& box = estate_.interfaces[id];
  const estate::Route* onward = route(place, to.address);
  if (onward == nullptr) return false;
  if (const auto nat = hop(onward, Role::Nat)) return by_nat_of(from, id, place, *nat, to, packet);
  if (hop(onward, Role::Appliance)) return coin(onward, 22);
  if (!leads(place, to)) return false;
  if (to.interface) {
    if (!to.subnet) return coin(&box, 23);
    const bool edge = *to.subnet != place;
    if (!passes_by(box, place, Way::Out, from, to, edge, packet)) return false;
    Someone nameless = from;
    nameless.interface.reset();
    nameless.also.clear();
    const bool by_name = rules_pass(to, Way::In, &from, edge, packet);
    const bool by_address = rules_pass(to, Way::In, &nameless, edge, packet);
    if (by_name != by_address ? !coin(&box, 24) : !by_name) return false;
    return answers_by(*to.subnet, id, from);
  }
  const bool internet = std::holds_alternative<estate::InternetDoor>(estate_.doors[*to.door].kind);
  if (!internet && !coin(onward, 25)) return false;
  // over a link it goes with the sender's address, or with one of the appliance's
  if (!internet && coin(&box, 32)) return passes_by(box, place, Way::Out, from, to, true, packet);
  // to the Internet with one of its own alone; from a tunnel, if it likes
  if (internet && box.tunnelled && !coin(&box, 31)) return false;
  std::vector<Someone> selves = places_of(id);
  std::erase_if(selves,
                [&](const Someone& one) { return one.subnet != place || one.address.family != to.address.family; });
  if (selves.empty()) return false;
  return direct(selves[static_cast<std::size_t>(world_ % selves.size())], to, packet);
}

bool Naive::by_nat_of(const Someone& from, estate::InterfaceId id, estate::SubnetId place, estate::InterfaceId nat_id,
                      const Someone& to, const Opening& packet) const {
  const estate::Interface& nat = estate_.interfaces[nat_id];
  if (nat.subnets.empty()) return coin(&nat, 26);
  std::vector<Someone> selves;
  for (const auto subnet : nat.subnets) {
    for (const net::Address& address : addresses_in(estate_.subnets[subnet].blocks)) {
      if (address.family != to.address.family) continue;
      selves.push_back({.interface = nat_id, .subnet = subnet, .door = {}, .address = address, .also = {}});
    }
  }
  if (selves.empty()) return false;
  const Someone self = selves[static_cast<std::size_t>(world_ % selves.size())];
  const bool edge = *self.subnet != place;
  if (!passes_by(estate_.interfaces[id], place, Way::Out, from, to, edge, packet)) return false;
  if (!translates(nat_id, packet)) return false;
  if (!passes_by(nat, *self.subnet, Way::In, to, from, edge, packet)) return false;
  if (!answers_by(*self.subnet, id, from)) return false;
  const estate::Route* onward = route(*self.subnet, to.address);
  if (onward == nullptr) return false;
  if (hop(onward, Role::Nat) || hop(onward, Role::Appliance)) return coin(onward, 27);
  if (!leads(*self.subnet, to)) return false;
  const bool internet = to.door && std::holds_alternative<estate::InternetDoor>(estate_.doors[*to.door].kind);
  const bool by_door = internet && std::holds_alternative<estate::DoorId>(onward->target);
  if (by_door && !(is_public(nat_id, to.address) && meets_internet(*self.subnet, *to.door, true))) return false;
  if (!passes_by(nat, *self.subnet, Way::Out, self, to, to.subnet != self.subnet, packet)) return false;
  return to.door.has_value() || coin(onward, 28);
}

bool Naive::answers_by(estate::SubnetId place, estate::InterfaceId id, const Someone& client) const {
  const estate::Route* back = route(place, client.address);
  if (hop(back, Role::Appliance) == id) return true;
  if (back == nullptr || hop(back, Role::Nat)) return false;
  return hop(back, Role::Appliance) ? coin(back, 29) : leads(place, client) && coin(back, 30);
}

}  // namespace crenel::reach_tests
