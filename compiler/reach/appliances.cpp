#include "compiler/reach/engine.h"

/// Conversations that an appliance hands on.
namespace crenel::reach {
namespace {

/// In the end it is one of several places: surely what all of them let pass, perhaps what one does.
Between anywhere(SetPool& sets, const std::optional<Between>& before, Between here) {
  if (!before) return here;
  return {.surely = sets.intersect(before->surely, here.surely), .perhaps = sets.unite(before->perhaps, here.perhaps)};
}

}  // namespace

Between Engine::passed(const estate::Interface& at, estate::SubnetId place, Direction direction, const End& from,
                       const End& to, bool crossing) {
  const Party own{.end = direction == Direction::In ? &to : &from};
  const Party peer{.end = direction == Direction::In ? &from : &to};
  Between out = kEveryPacket;
  for (const auto& set : at.lists) {
    if (at.tunnelled) break;  // they see the tunnel, not what is in it
    Between by_any = kNoPacket;
    for (const auto list : set) by_any = sets_.unite(by_any, conversation(list, direction, own, peer));
    out = sets_.intersect(out, by_any);
  }
  for (const auto list : estate_.subnets[place].lists) {
    if (!crossing && !estate_.rule_lists[list].stateful) continue;
    out = sets_.intersect(out, conversation(list, direction, own, peer));
  }
  return out;
}

std::optional<estate::InterfaceId> Engine::appliance_between(EndId from, EndId to) const {
  const End& a = ends_.table()[from];
  if (!a.subnet) return std::nullopt;
  const Routing::Lead lead = routing_.lead(*a.subnet, ends_.table()[to]);
  return lead.doubtful ? std::nullopt : lead.appliance;
}

/// An appliance that remembers conversations has no use for half of one: what comes back past it may be lost.
Sure Engine::leads_back_by(estate::SubnetId place, estate::InterfaceId appliance, const End& client) const {
  const Routing::Lead back = routing_.lead(place, client);
  if (back.appliance == appliance && !back.doubtful) return Sure::Yes;
  return back.nat ? Sure::No : both(back.sure, Sure::Perhaps);
}

Between Engine::through_appliance(EndId from, estate::InterfaceId id, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const estate::Interface& appliance = estate_.interfaces[id];
  // what it would hand to itself goes round, or to a second one of its kind
  if (a.interface == id || appliance.subnets.empty()) return doubtful(from, to);
  std::optional<Between> out;
  for (const auto place : appliance.subnets) {
    const bool crossing = a.subnet != place;
    const Routing::Lead back = routing_.lead(place, a);
    const Sure returns = back.nat || back.appliance ? both(back.sure, Sure::Perhaps) : back.sure;
    const Between opens = profiles_.at(filter(from, Direction::Out, crossing), ends_.spot(to));
    const Between taken = passed(appliance, place, Direction::In, a, b, crossing);
    const Between handed = handed_out(from, id, place, to);
    out = anywhere(sets_, out, when(returns, sets_.intersect(sets_.intersect(opens, taken), handed)));
  }
  return *out;
}

/// From the appliance on.
Between Engine::handed_out(EndId from, estate::InterfaceId id, estate::SubnetId place, EndId to) {
  const End& b = ends_.table()[to];
  const Routing::Lead lead = routing_.lead(place, b);
  if (lead.nat) return handed_to_nat(from, id, place, *lead.nat, to);
  // a second appliance behind the first, or two ways: what becomes of it is not followed
  if (lead.appliance || lead.doubtful) return kPerhapsEvery;
  if (lead.sure == Sure::No) return kNoPacket;
  if (b.interface) return when(lead.sure, handed_inside(from, id, place, to));
  // A gateway to the Internet knows the appliance's address and no other behind it: one that puts its own does not give
  // the packet back to its tunnel.
  if (b.door && routing_.is_internet(*b.door)) {
    const Between own = opened_by_itself(id, place, to);
    return estate_.interfaces[id].tunnelled ? when(Sure::Perhaps, own) : own;
  }
  // over a link its answers come in by the door, and from there by no route of the appliance's; it may put its own
  // address, to which they come by themselves
  const Between kept = passed(estate_.interfaces[id], place, Direction::Out, ends_.table()[from], b, true);
  return when(both(lead.sure, Sure::Perhaps), anywhere(sets_, kept, opened_by_itself(id, place, to)));
}

Between Engine::opened_by_itself(estate::InterfaceId id, estate::SubnetId place, EndId to) {
  const EndRange range = ends_.of(id);
  std::optional<Between> out;
  for (std::size_t i = 0; i < range.count; ++i) {
    const EndId self(range.first.index() + i);
    const End& end = ends_.table()[self];
    if (end.subnet != place || tree_.family(end.cell) != tree_.family(ends_.table()[to].cell)) continue;
    out = anywhere(sets_, out, outward(self, to));
  }
  return out.value_or(kNoPacket);
}

Between Engine::handed_to_nat(EndId from, estate::InterfaceId id, estate::SubnetId place, estate::InterfaceId nat_id,
                              EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const estate::Interface& nat = estate_.interfaces[nat_id];
  if (nat.subnets.empty()) return kPerhapsEvery;
  std::optional<Between> out;
  for (const auto stands : nat.subnets) {
    const Routing::Lead lead = routing_.lead(stands, b);
    const bool followed = !lead.nat && !lead.doubtful && !lead.appliance;
    Sure way = followed && !b.interface ? lead.sure : both(lead.sure, Sure::Perhaps);
    if (b.door && routing_.is_internet(*b.door) && lead.sure == Sure::Yes && followed) {
      way = both(way, routing_.has_public_address(nat, b.cell));
      way = both(way, routing_.meets_internet(stands, *b.door, true));
    }
    way = both(way, leads_back_by(stands, id, a));
    const Between leaves = passed(estate_.interfaces[id], place, Direction::Out, a, b, stands != place);
    const Between rules = sets_.intersect(translated(nat), nat_rules(from, place, nat, stands, to, followed));
    out = anywhere(sets_, out, when(way, sets_.intersect(leaves, rules)));
  }
  return *out;
}

/// To a member. Rules there may know the source by its tags still, or by its address alone.
Between Engine::handed_inside(EndId from, estate::InterfaceId id, estate::SubnetId place, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  if (!b.subnet) return kPerhapsEvery;
  End nameless = a;
  nameless.interface.reset();
  const bool crossing = b.subnet != place;
  const Between leaves = passed(estate_.interfaces[id], place, Direction::Out, a, b, crossing);
  const Between by_name = filtered(b, Direction::In, crossing, {.end = &a});
  const Between by_address = filtered(b, Direction::In, crossing, {.end = &nameless});
  const Between takes = {.surely = sets_.intersect(by_name.surely, by_address.surely),
                         .perhaps = sets_.unite(by_name.perhaps, by_address.perhaps)};
  return when(leads_back_by(*b.subnet, id, a), sets_.intersect(leaves, takes));
}

}  // namespace crenel::reach
