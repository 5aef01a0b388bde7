#include "compiler/reach/engine.h"

#include <algorithm>

namespace crenel::reach {
namespace {

constexpr ProfileId kUnmade = ~ProfileId{0};

/// One address and no more.
bool is_host(const estate::Estate& estate, const AddressTree& tree, Cell cell) {
  const estate::Block& block = tree.block(cell);
  const int bits = net::bits_of(tree.family(cell));
  if (const auto* known = std::get_if<net::Prefix>(&block.base)) return known->length == bits;
  if (block.part) return block.part->length == bits;
  return estate.symbols[std::get<estate::SymbolId>(block.base)].host;
}

}  // namespace

Engine::Engine(const estate::Estate& estate, const AddressTree& tree, const Packets& packets)
    : estate_(estate),
      tree_(tree),
      packets_(packets),
      ends_(estate, tree),
      sets_(packets),
      profiles_(sets_, ends_.spots()),
      matcher_(estate, tree, ends_),
      rules_(estate, matcher_, profiles_),
      deciding_(estate, matcher_, sets_),
      routing_(estate, tree),
      balancer_of_(estate.interfaces.size()),
      filters_(ends_.table().size(), {kUnmade, kUnmade, kUnmade, kUnmade}) {
  for (std::size_t i = 0; i < estate.balancers.size(); ++i) balancer_of_[estate.balancers[i].interface.index()] = i;
}

const estate::Balancer* Engine::balancer(const End& end) const {
  if (!end.interface) return nullptr;
  const auto index = balancer_of_[end.interface->index()];
  return index ? &estate_.balancers[*index] : nullptr;
}

Between Engine::when(Sure sure, Between packets) {
  if (sure == Sure::No) return kNoPacket;
  if (sure == Sure::Perhaps) packets.surely = SetPool::kNone;
  return packets;
}

Sure Engine::any(Between packets) const {
  if (packets.surely != SetPool::kNone) return Sure::Yes;
  return packets.perhaps != SetPool::kNone ? Sure::Perhaps : Sure::No;
}

// ---- rules ----------------------------------------------------------------------------------------------------------
/// What a list lets an end open or take; of a stateless list the answers too.
ProfileId Engine::conversation(estate::RuleListId list, Direction direction, const End& own, std::uint32_t key) {
  const ProfileId asked = rules_.of(list, direction, own, key);
  if (estate_.rule_lists[list].stateful) return asked;
  return profiles_.intersect(asked, profiles_.answered(rules_.of(list, opposite(direction), own, key)));
}

Between Engine::conversation(estate::RuleListId list, Direction direction, const Party& own, const Party& peer) {
  const Between asked = deciding_.admitted(list, direction, own, peer);
  if (estate_.rule_lists[list].stateful) return asked;
  return sets_.intersect(asked, sets_.answered(deciding_.admitted(list, opposite(direction), own, peer)));
}

ProfileId Engine::make_filter(const End& own, std::uint32_t key, Direction direction, bool crossing) {
  ProfileId out = Profiles::kEverything;
  if (own.interface) {
    for (const auto& set : estate_.interfaces[*own.interface].lists) {
      ProfileId by_any = Profiles::kNothing;
      for (const auto list : set) by_any = profiles_.unite(by_any, conversation(list, direction, own, key));
      out = profiles_.intersect(out, by_any);
    }
  }
  if (!own.subnet) return out;
  for (const auto list : estate_.subnets[*own.subnet].lists) {
    if (!crossing && !estate_.rule_lists[list].stateful) continue;
    out = profiles_.intersect(out, conversation(list, direction, own, key));
  }
  return out;
}

ProfileId Engine::filter(EndId own, Direction direction, bool crossing) {
  ProfileId& made = filters_[own.index()].at((direction == Direction::In ? 0U : 2U) + (crossing ? 1U : 0U));
  if (made == kUnmade) {
    made = make_filter(ends_.table()[own], static_cast<std::uint32_t>(own.index()), direction, crossing);
  }
  return made;
}

Between Engine::filtered(const End& own, Direction direction, bool crossing, const Party& peer) {
  const Party self{.end = &own};
  Between out = kEveryPacket;
  for (const auto& set : estate_.interfaces[*own.interface].lists) {
    Between by_any = kNoPacket;
    for (const auto list : set) by_any = sets_.unite(by_any, conversation(list, direction, self, peer));
    out = sets_.intersect(out, by_any);
  }
  if (!own.subnet) return out;
  for (const auto list : estate_.subnets[*own.subnet].lists) {
    if (!crossing && !estate_.rule_lists[list].stateful) continue;
    out = sets_.intersect(out, conversation(list, direction, self, peer));
  }
  return out;
}

// ---- ways -----------------------------------------------------------------------------------------------------------
bool Engine::is_pair(EndId from, EndId to) const {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  if (!a.interface && !b.interface) return false;
  if (a.interface && estate_.interfaces[*a.interface].role == estate::Role::Service) return false;
  if (tree_.family(a.cell) != tree_.family(b.cell)) return false;
  if (!a.interface || !b.interface) return true;
  if (a.interface == b.interface && estate_.interfaces[*a.interface].most == 1) return false;
  const bool same_place = a.cell == b.cell && a.subnet && b.subnet &&
                          estate_.subnets[*a.subnet].network == estate_.subnets[*b.subnet].network;
  return !same_place || !is_host(estate_, tree_, a.cell);
}

Between Engine::direct(EndId from, EndId to) {
  if (!is_pair(from, to)) return kNoPacket;
  if (ends_.table()[from].door) return inward(from, to);
  return ends_.table()[to].door ? outward(from, to) : inside(from, to, std::nullopt);
}

Between Engine::between_members(EndId from, EndId to, Between takes) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const ProfileId opens = filter(from, Direction::Out, false);
  if (sets_.intersect(profiles_.at(opens, ends_.spot(to)), takes) == kNoPacket) return kNoPacket;
  if (!is_pair(from, to)) return kNoPacket;
  return doubted(a, b, inside(from, to, takes));
}

/// What may do anything may do nothing, too.
Between Engine::doubted(const End& a, const End& b, Between packets) const {
  for (const End* end : {&a, &b}) {
    const bool unknown = end->interface && estate_.interfaces[*end->interface].role == estate::Role::Unknown;
    if (unknown) packets.surely = SetPool::kNone;
  }
  return packets;
}

Between Engine::inside(EndId from, EndId to, std::optional<Between> takes_near) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const bool crossing = crosses(a, b);
  Sure way = Sure::Perhaps;
  if (a.subnet && b.subnet) {
    const Routing::Lead there = routing_.lead(*a.subnet, b);
    if (there.nat) return through_nat(from, *there.nat, to);
    if (there.appliance) return through_appliance(from, *there.appliance, to);
    if (there.doubtful) return doubtful(from, to);
    const Routing::Lead back = routing_.lead(*b.subnet, a);
    way = both(there.sure, back.nat ? Sure::No : back.sure);
  }
  if (way == Sure::No) return kNoPacket;
  const Between opens = profiles_.at(filter(from, Direction::Out, crossing), ends_.spot(to));
  const ProfileId rules = filter(to, Direction::In, crossing);
  const bool known = takes_near && (!crossing || rules == filter(to, Direction::In, false));
  const Between takes = known ? *takes_near : profiles_.at(rules, ends_.spot(from));
  return when(way, sets_.intersect(opens, takes));
}

/// Of several ways one is taken, and it is not known which: perhaps one by a NAT, behind which the far end sees
/// another.
Between Engine::doubtful(EndId from, EndId to) {
  return when(Sure::Perhaps, profiles_.at(filter(from, Direction::Out, false), ends_.spot(to)));
}

Sure Engine::leads_back(const End& target, const End& client) const {
  if (!target.subnet) return Sure::Perhaps;
  const Routing::Lead back = routing_.lead(*target.subnet, client);
  const Sure sure = back.nat ? Sure::No : back.sure;
  if (!client.door) return sure;
  if (routing_.opens_outward_only(*client.door)) return Sure::No;
  return both(sure, routing_.carries(*client.door, client.cell));
}

Between Engine::inward(EndId from, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  Sure way = leads_back(b, a);
  if (routing_.is_internet(*a.door)) {
    way = both(way, routing_.has_public_address(estate_.interfaces[*b.interface], a.cell));
    if (b.subnet) way = both(way, routing_.meets_internet(*b.subnet, *a.door, false));
  }
  if (way == Sure::No) return kNoPacket;
  return when(way, profiles_.at(filter(to, Direction::In, true), ends_.spot(from)));
}

Between Engine::outward(EndId from, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  if (!a.subnet) return when(Sure::Perhaps, profiles_.at(filter(from, Direction::Out, true), ends_.spot(to)));
  const Routing::Lead lead = routing_.lead(*a.subnet, b);
  if (lead.nat) return through_nat(from, *lead.nat, to);
  if (lead.appliance) return through_appliance(from, *lead.appliance, to);
  if (lead.sure == Sure::No) return kNoPacket;
  if (lead.doubtful) return doubtful(from, to);
  const Between opens = profiles_.at(filter(from, Direction::Out, true), ends_.spot(to));
  const bool by_door = std::holds_alternative<estate::DoorId>(lead.route->target);
  if (!by_door || !routing_.is_internet(*b.door)) return when(lead.sure, opens);
  const Sure itself = both(routing_.has_public_address(estate_.interfaces[*a.interface], b.cell),
                           routing_.meets_internet(*a.subnet, *b.door, false));
  const Between own = when(itself, opens);
  const auto nat = estate_.subnets[*a.subnet].nat;
  if (!nat) return own;
  const estate::Interface& translator = estate_.interfaces[*nat];
  const Sure by_nat =
      both(routing_.has_public_address(translator, b.cell), routing_.meets_internet(*a.subnet, *b.door, true));
  const Between shared = when(by_nat, translated(translator));
  return sets_.unite(own, sets_.intersect(opens, shared));
}

Between Engine::translated(const estate::Interface& nat) {
  return nat.translates.empty() ? kEveryPacket : sets_.matched(nat.translates);
}

// ---- NAT ------------------------------------------------------------------------------------------------------------
Between Engine::through_nat(EndId from, estate::InterfaceId id, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const estate::Interface& nat = estate_.interfaces[id];
  if (nat.subnets.empty()) {
    const bool out =
        b.door && routing_.is_internet(*b.door) && estate_.doors[*b.door].network == estate_.subnets[*a.subnet].network;
    const Between opens = profiles_.at(filter(from, Direction::Out, true), ends_.spot(to));
    const Between shared = when(routing_.has_public_address(nat, b.cell), translated(nat));
    return out ? sets_.intersect(opens, shared) : kNoPacket;
  }
  std::optional<Between> out;
  for (const auto place : nat.subnets) {
    const Routing::Lead lead = routing_.lead(place, b);
    const Routing::Lead back = routing_.lead(place, a);
    // another NAT behind the first, or one that hands on inside: what the far end sees is not followed
    const bool followed = !lead.nat && !lead.doubtful && !lead.appliance;
    Sure way = lead.nat || b.interface ? both(lead.sure, Sure::Perhaps) : lead.sure;
    if (b.door && routing_.is_internet(*b.door) && lead.route != nullptr && !lead.nat && lead.sure == Sure::Yes) {
      way = both(way, routing_.has_public_address(nat, b.cell));
      way = both(way, routing_.meets_internet(place, *b.door, true));
    }
    if (place != *a.subnet) way = both(way, back.nat ? Sure::No : back.sure);
    const Between opens = profiles_.at(filter(from, Direction::Out, place != *a.subnet || !a.subnet), ends_.spot(to));
    const Between passes = when(way, sets_.intersect(sets_.intersect(opens, translated(nat)),
                                                     nat_rules(from, a.subnet, nat, place, to, followed)));
    out = out ? Between{.surely = sets_.intersect(out->surely, passes.surely),
                        .perhaps = sets_.unite(out->perhaps, passes.perhaps)}
              : passes;
  }
  return *out;
}

/// The rules at a NAT: first the packet comes in with the client's address, then it goes on with the NAT's.
Between Engine::nat_rules(EndId from, std::optional<estate::SubnetId> comes_from, const estate::Interface& nat,
                          estate::SubnetId place, EndId to, bool followed) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const estate::Subnet& subnet = estate_.subnets[place];
  const Party client{.end = &a};
  const Party far{.end = &b};
  Between out = kEveryPacket;
  const auto pass = [&](Direction direction, const Party& own, const Party& peer, bool crossing) {
    for (const auto& set : nat.lists) {
      Between by_any = kNoPacket;
      for (const auto list : set) by_any = sets_.unite(by_any, conversation(list, direction, own, peer));
      out = sets_.intersect(out, by_any);
    }
    for (const auto list : subnet.lists) {
      if (!crossing && !estate_.rule_lists[list].stateful) continue;
      out = sets_.intersect(out, conversation(list, direction, own, peer));
    }
  };
  pass(Direction::In, far, client, comes_from != place);
  if (!followed) return out;
  // it may be at any address of its subnet
  std::optional<Between> anywhere;
  const Between before = out;
  for (const estate::Block& block : subnet.blocks) {
    const CellRange range = tree_.range(block);
    for (Cell cell = range.first; cell < range.end; ++cell) {
      if (tree_.family(cell) != tree_.family(b.cell) || tree_.surely_empty(cell)) continue;
      const End self{.interface = std::nullopt, .subnet = place, .door = std::nullopt, .cell = cell};
      out = before;
      pass(Direction::Out, {.end = &self, .also = nat.tags}, far, b.subnet != place);
      anywhere = anywhere ? Between{.surely = sets_.intersect(anywhere->surely, out.surely),
                                    .perhaps = sets_.unite(anywhere->perhaps, out.perhaps)}
                          : out;
    }
  }
  return anywhere.value_or(kNoPacket);
}

}  // namespace crenel::reach
