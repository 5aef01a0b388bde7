#include "compiler/reach/tracer.h"

#include <algorithm>
#include <utility>

#include "compiler/reach/words.h"

namespace crenel::reach {
namespace {

std::string name_of(const estate::Rule& rule, const estate::RuleList& list) {
  return rule.name.empty() ? "a rule of " + list.name : "`" + rule.name + "` of " + list.name;
}

}  // namespace

Trace Tracer::trace(EndId from, EndId to) {
  const Sure admitted = has(engine_.between(from, to));
  const auto is_balancer = [&](const End& one) {
    return one.interface && engine_.estate().interfaces[*one.interface].role == estate::Role::Balancer;
  };
  bool passes = false;
  if (const auto source = end(from).interface;
      source && engine_.estate().interfaces[*source].role == estate::Role::Service) {
    passes = step(Sure::No, "the near end of a private path opens nothing", engine_.estate().interfaces[*source].place);
  } else if (!engine_.is_pair(from, to)) {
    passes = step(Sure::No, "there are no two such members, or their addresses are of two kinds", {});
  } else if (is_balancer(end(from))) {
    passes = from_balancer(from, to);
  } else if (is_balancer(end(to))) {
    passes = to_balancer(from, to);
  } else {
    passes = direct(from, to);
  }
  out_.admitted = admitted != Sure::No;
  if (passes && !out_.admitted) step(Sure::No, "it does not come through", {});
  return std::move(out_);
}

bool Tracer::step(Sure passes, std::string what, const Place& place) {
  if (passes == Sure::Perhaps) what += " (not known for certain)";
  out_.steps.push_back({.what = std::move(what), .place = place});
  return passes != Sure::No;
}

Sure Tracer::has(Between packets) const {
  if (engine_.sets().contains(packets.surely, packet_)) return Sure::Yes;
  return engine_.sets().contains(packets.perhaps, packet_) ? Sure::Perhaps : Sure::No;
}

std::string Tracer::words(const End& end) const { return reach::words(engine_.estate(), engine_.tree(), end); }

// ---- rules ----------------------------------------------------------------------------------------------------------
bool Tracer::list(estate::RuleListId id, const std::string& whom, Direction direction, const Party& own,
                  const Party& peer) {
  const estate::RuleList& of = engine_.estate().rule_lists[id];
  const auto verdict = engine_.deciding().verdict(id, direction, own, peer, packet_);
  const std::string way = direction == Direction::Out ? "leaves " + whom : "enters " + whom;
  if (verdict.rule == nullptr) return step(verdict.admitted, way + ": no rule of " + of.name + " allows it", of.place);
  const std::string rule = name_of(*verdict.rule, of);
  if (verdict.admitted == Sure::Perhaps)
    return step(Sure::Perhaps, way + ": " + rule + " may decide", verdict.rule->place);
  return step(verdict.admitted, way + ": " + rule + (verdict.rule->allow ? " allows it" : " denies it"),
              verdict.rule->place);
}

/// Any of the lists may admit the packet; the one that does so most surely is told.
bool Tracer::set(const std::vector<estate::RuleListId>& lists, const End& own, Direction direction, const Party& peer) {
  const std::string& whom = engine_.estate().interfaces[*own.interface].name;
  const Place& place = engine_.estate().interfaces[*own.interface].place;
  if (lists.empty()) return step(Sure::No, "nothing passes at " + whom + ": it is in a set of no rule lists", place);
  const Party self{.end = &own};
  std::size_t best = 0;
  Sure most = Sure::No;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const Sure sure = engine_.deciding().verdict(lists[i], direction, self, peer, packet_).admitted;
    if (sure <= most) continue;
    most = sure;
    best = i;
  }
  return list(lists[best], whom, direction, self, peer);
}

/// Outwards the interface's own rules come first, inwards the subnet's.
bool Tracer::rules(const End& own, Direction direction, bool crossing, const Party& peer) {
  const auto of_subnet = [&] {
    if (!own.subnet) return true;
    const estate::Subnet& subnet = engine_.estate().subnets[*own.subnet];
    return std::all_of(subnet.lists.begin(), subnet.lists.end(), [&](estate::RuleListId id) {
      if (!crossing && !engine_.estate().rule_lists[id].stateful) return true;
      return list(id, subnet.name, direction, {.end = &own}, peer);
    });
  };
  const auto of_interface = [&] {
    if (!own.interface) return true;
    const auto& sets = engine_.estate().interfaces[*own.interface].lists;
    return std::all_of(sets.begin(), sets.end(), [&](const auto& lists) { return set(lists, own, direction, peer); });
  };
  return direction == Direction::Out ? of_interface() && of_subnet() : of_subnet() && of_interface();
}

/// Lists that do not remember are asked about the answers too. `direction` is that of the answers.
bool Tracer::answers(const End& own, Direction direction, bool crossing, const Party& peer) {
  if (!own.subnet || !crossing) return true;
  const estate::Subnet& subnet = engine_.estate().subnets[*own.subnet];
  return std::all_of(subnet.lists.begin(), subnet.lists.end(), [&](estate::RuleListId id) {
    const estate::RuleList& of = engine_.estate().rule_lists[id];
    if (of.stateful) return true;
    const Sure sure = has(engine_.sets().answered(engine_.deciding().admitted(id, direction, {.end = &own}, peer)));
    const std::string way = direction == Direction::Out ? " out of " + subnet.name : " into " + subnet.name;
    return step(sure,
                "the answers: " + of.name + (sure == Sure::Yes ? " lets" : " does not let") + " all of them" + way,
                of.place);
  });
}

// ---- ways -----------------------------------------------------------------------------------------------------------
bool Tracer::route(estate::SubnetId from, const End& to, bool back) {
  const estate::Estate& estate = engine_.estate();
  const Routing::Lead lead = engine_.routing().lead(from, to);
  const estate::RouteTable& table = estate.route_tables[estate.subnets[from].routes];
  const std::string whither =
      (back ? "the answers: " : "") + table.name + " sends packets to " + reach::words(estate, engine_.tree(), to.cell);
  if (lead.route == nullptr) return step(Sure::No, whither + " nowhere: it has no route there", table.place);
  std::string what = whither + " " + reach::words(estate, lead.route->target);
  if (lead.doubtful) what += ", or where another route of the same rank leads";
  const Sure sure = back && lead.nat ? Sure::No : lead.sure;
  if (!back && lead.appliance) return step(Sure::Yes, std::move(what), lead.route->place);
  if (sure == Sure::No) what += ", which does not lead to " + words(to);
  return step(sure, std::move(what), lead.route->place);
}

bool Tracer::public_address(const estate::Interface& interface, Cell cell) {
  const Sure sure = engine_.routing().has_public_address(interface, cell);
  return step(sure, interface.name + (sure == Sure::No ? " has no public address" : " has a public address"),
              interface.place);
}

/// Whether a subnet meets the Internet at all, where something may keep it from that.
bool Tracer::internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat) {
  const estate::Subnet& of = engine_.estate().subnets[subnet];
  if (of.internet == estate::InternetAccess::Open) return true;
  const Sure sure = engine_.routing().meets_internet(subnet, door, by_nat);
  return step(sure, of.name + (sure == Sure::No ? " is closed to the Internet" : " is left open to the Internet"),
              of.place);
}

bool Tracer::direct(EndId from, EndId to) {
  if (end(from).door) return inward(from, to);
  return end(to).door ? outward(from, to) : inside(from, to);
}

/// Of several ways one is taken, perhaps by a NAT beside it, before the subnet's edge.
bool Tracer::is_doubtful(const End& from, const End& to) const {
  return from.subnet && engine_.routing().lead(*from.subnet, to).doubtful;
}

bool Tracer::inside(EndId from, EndId to) {
  const End& a = end(from);
  const End& b = end(to);
  const bool crossing = Engine::crosses(a, b);
  if (!rules(a, Direction::Out, crossing && !is_doubtful(a, b), {.end = &b})) return false;
  if (!a.subnet || !b.subnet) {
    if (!step(Sure::Perhaps, "where one of the two is in no subnet the way is not known", {})) return false;
  } else {
    const Routing::Lead lead = engine_.routing().lead(*a.subnet, b);
    if (!route(*a.subnet, b, false)) return false;
    if (lead.nat) return by_nat(from, *lead.nat, to);
    if (lead.appliance) return by_appliance(from, *lead.appliance, to);
    if (lead.doubtful) return true;
  }
  if (!rules(b, Direction::In, crossing, {.end = &a})) return false;
  if (!answers(b, Direction::Out, crossing, {.end = &a})) return false;
  if (a.subnet && b.subnet && !route(*b.subnet, a, true)) return false;
  return answers(a, Direction::In, crossing, {.end = &b});
}

bool Tracer::inward(EndId from, EndId to) {
  const End& a = end(from);
  const End& b = end(to);
  const estate::Door& door = engine_.estate().doors[*a.door];
  if (engine_.routing().opens_outward_only(*a.door)) {
    return step(Sure::No, door.name + " lets nobody outside open a conversation", door.place);
  }
  if (!step(engine_.routing().carries(*a.door, a.cell), "comes in by " + door.name, door.place)) return false;
  if (engine_.routing().is_internet(*a.door)) {
    if (!public_address(engine_.estate().interfaces[*b.interface], a.cell)) return false;
    if (b.subnet && !internet(*b.subnet, *a.door, false)) return false;
  }
  if (!rules(b, Direction::In, true, {.end = &a})) return false;
  if (!answers(b, Direction::Out, true, {.end = &a})) return false;
  if (!b.subnet) return step(Sure::Perhaps, "where it is in no subnet the way back is not known", {});
  return route(*b.subnet, a, true);
}

bool Tracer::outward(EndId from, EndId to) {
  const End& a = end(from);
  const End& b = end(to);
  if (!rules(a, Direction::Out, !is_doubtful(a, b), {.end = &b})) return false;
  if (!a.subnet) return step(Sure::Perhaps, "where it is in no subnet the way is not known", {});
  const Routing::Lead lead = engine_.routing().lead(*a.subnet, b);
  if (!route(*a.subnet, b, false)) return false;
  if (lead.nat) return by_nat(from, *lead.nat, to);
  if (lead.appliance) return by_appliance(from, *lead.appliance, to);
  if (lead.doubtful) return true;
  const bool by_door = std::holds_alternative<estate::DoorId>(lead.route->target);
  if (by_door && engine_.routing().is_internet(*b.door)) {
    const estate::Interface& own = engine_.estate().interfaces[*a.interface];
    const auto nat = engine_.estate().subnets[*a.subnet].nat;
    const bool has_own = engine_.routing().has_public_address(own, b.cell) == Sure::Yes;
    if (nat && !has_own) {
      const estate::Interface& translator = engine_.estate().interfaces[*nat];
      const Sure translates = has(engine_.translated(translator));
      const Sure maybe_own = engine_.routing().has_public_address(own, b.cell);
      if (!step(either(translates, maybe_own),
                translator.name + (translates == Sure::No ? " does not translate " : " translates ") + packet(),
                translator.place)) {
        return false;
      }
      if (maybe_own == Sure::No && !public_address(translator, b.cell)) return false;
    } else if (!public_address(own, b.cell)) {
      return false;
    }
    if (!internet(*a.subnet, *b.door, nat && !has_own)) return false;
  }
  return answers(a, Direction::In, true, {.end = &b});
}

bool Tracer::by_nat(EndId from, estate::InterfaceId id, EndId to) {
  const estate::Interface& nat = engine_.estate().interfaces[id];
  if (!step(has(engine_.translated(nat)),
            nat.name + (has(engine_.translated(nat)) == Sure::No ? " does not translate " : " translates ") + packet(),
            nat.place)) {
    return false;
  }
  for (const auto place : nat.subnets) {
    if (!route(place, end(to), false)) return false;
  }
  if (end(to).door && engine_.routing().is_internet(*end(to).door)) {
    if (!public_address(nat, end(to).cell)) return false;
    for (const auto place : nat.subnets) {
      if (!internet(place, *end(to).door, true)) return false;
    }
  }
  const Sure rest = has(engine_.through_nat(from, id, to));
  return step(rest,
              rest == Sure::No ? "the rules of the subnet of " + nat.name + " do not let it through, or its answers"
                               : nat.name + " hands it on",
              nat.place);
}

bool Tracer::by_appliance(EndId from, estate::InterfaceId id, EndId to) {
  const End& a = end(from);
  const End& b = end(to);
  const estate::Interface& appliance = engine_.estate().interfaces[id];
  for (const auto place : appliance.subnets) {
    const Sure takes = has(engine_.passed(appliance, place, Direction::In, a, b, a.subnet != place));
    if (!step(takes,
              appliance.name + (takes == Sure::No ? " does not take it: no rule of its own allows it" : " takes it"),
              appliance.place)) {
      return false;
    }
    const Routing::Lead lead = engine_.routing().lead(place, b);
    if (!route(place, b, false)) return false;
    if (lead.nat) {
      for (const auto stands : engine_.estate().interfaces[*lead.nat].subnets) {
        const Sure back = engine_.leads_back_by(stands, id, a);
        const estate::Subnet& subnet = engine_.estate().subnets[stands];
        const Routing::Lead answers = engine_.routing().lead(stands, a);
        const Place& where = answers.route == nullptr ? subnet.place : answers.route->place;
        if (!step(back, "the answers: from " + subnet.name + (back == Sure::Yes ? " by " : " past ") + appliance.name,
                  where)) {
          return false;
        }
      }
    }
  }
  const Sure rest = has(engine_.through_appliance(from, id, to));
  return step(rest,
              appliance.name +
                  (rest == Sure::No ? " cannot hand it on, or gets no answers: a rule stops them" : " hands it on"),
              appliance.place);
}

// ---- balancers ------------------------------------------------------------------------------------------------------
bool Tracer::to_balancer(EndId from, EndId to) {
  const End& at = end(to);
  const estate::Interface& interface = engine_.estate().interfaces[*at.interface];
  const estate::Balancer* balancer = engine_.balancer(at);
  const auto listens = [&](const estate::Forward& forward) {
    return forward.is_for(engine_.family_of(end(from))) && has(engine_.sets().matched(forward.listen)) != Sure::No;
  };
  if (balancer == nullptr || std::none_of(balancer->forwards.begin(), balancer->forwards.end(), listens)) {
    return step(Sure::No, interface.name + " does not listen to " + packet(), interface.place);
  }
  if (!balancer->rewrites_only) {
    const auto& forward = *std::find_if(balancer->forwards.begin(), balancer->forwards.end(), listens);
    if (!direct(from, to)) return false;
    step(Sure::Yes, interface.name + " listens to " + packet(), forward.place);
    return !Engine::sees_client(*balancer) || to_targets(from, to);
  }
  const bool from_internet = end(from).door && engine_.routing().is_internet(*end(from).door);
  if (from_internet != balancer->public_frontend) {
    return step(Sure::No,
                interface.name + (from_internet ? " has no public address" : " is reached from the Internet only"),
                interface.place);
  }
  return to_targets(from, to);
}

/// To some target, or as far as a packet gets to one.
bool Tracer::to_targets(EndId from, EndId to) {
  const estate::Balancer& balancer = *engine_.balancer(end(to));
  const std::vector<Step> so_far = out_.steps;
  std::vector<Step> stopped;
  for (const estate::Forward& forward : balancer.forwards) {
    if (!forward.is_for(engine_.family_of(end(from)))) continue;
    if (has(engine_.sets().matched(forward.listen)) == Sure::No) continue;
    const EndRange targets = engine_.ends().of(forward.target);
    for (std::size_t i = 0; i < targets.count; ++i) {
      const EndId target(targets.first.index() + i);
      if (engine_.family_of(end(target)) != engine_.family_of(end(from))) continue;
      out_.steps = so_far;
      if (handed_on(from, to, target, forward)) return true;
      if (out_.steps.size() > stopped.size()) stopped = out_.steps;
    }
  }
  if (stopped.size() > so_far.size()) {
    out_.steps = std::move(stopped);
    return false;
  }
  out_.steps = so_far;
  const estate::Interface& interface = engine_.estate().interfaces[*end(to).interface];
  return step(Sure::No, interface.name + " has no targets for " + packet(), interface.place);
}

bool Tracer::handed_on(EndId client, EndId at, EndId to, const estate::Forward& forward) {
  const End& a = end(client);
  const End& b = end(to);
  const End& middle = end(at);
  const estate::Interface& interface = engine_.estate().interfaces[*middle.interface];
  const estate::Balancer& balancer = *engine_.balancer(middle);
  if (balancer.rewrites_only && a.interface) {
    if (!rules(a, Direction::Out, Engine::crosses(a, middle), {.end = &middle})) return false;
    if (a.subnet && middle.subnet && !route(*a.subnet, middle, false)) return false;
  }
  step(Sure::Yes, interface.name + " hands it on to " + words(b), forward.place);
  const Party peer{.end = &a, .also = balancer.known_by_tag ? interface.tags : std::vector<estate::TagId>{}};
  const PacketAtom asked = packet_;
  // past the balancer it is another packet
  if (!(forward.listen == forward.to)) {
    const auto& becomes = engine_.sets().ranges(engine_.sets().matched(forward.to).perhaps);
    if (!becomes.empty() && has(engine_.sets().matched(forward.to)) == Sure::No) packet_ = becomes.front().first;
  }
  bool through =
      rules(b, Direction::In, balancer.rewrites_only ? Engine::crosses(a, b) : Engine::crosses(middle, b), peer);
  if (through && b.subnet) through = route(*b.subnet, balancer.rewrites_only ? a : middle, true);
  packet_ = asked;
  if (!through) return false;
  const Between all = engine_.handed_on(client, at, to, forward);
  if (all == kNoPacket) {
    const std::string why =
        forward.probe_from_platform ? "the provider's probes do not reach it" : "the client does not come so far";
    return step(Sure::No, words(b) + " gets nothing: " + why, forward.place);
  }
  return true;
}

bool Tracer::from_balancer(EndId from, EndId to) {
  const End& at = end(from);
  const End& b = end(to);
  const estate::Interface& interface = engine_.estate().interfaces[*at.interface];
  const estate::Balancer* balancer = engine_.balancer(at);
  const estate::Forward* found = nullptr;
  bool by_itself = false;
  if (balancer != nullptr) {
    for (const estate::Forward& forward : balancer->forwards) {
      if (found != nullptr || !b.interface || forward.target != *b.interface) continue;
      if (!forward.is_for(engine_.family_of(b))) continue;
      const bool hands_on = has(engine_.sets().matched(forward.to)) != Sure::No;
      const bool probes =
          forward.probe && !forward.probe_from_platform && has(engine_.sets().matched(*forward.probe)) != Sure::No;
      if (!hands_on && !probes) continue;
      found = &forward;
      by_itself = probes || !Engine::sees_client(*balancer);
    }
  }
  if (found == nullptr) return step(Sure::No, interface.name + " opens nothing of the kind", interface.place);
  if (by_itself) {
    step(Sure::Yes, interface.name + " hands on to " + words(b) + ", or probes it", found->place);
    return direct(from, to);
  }
  for (std::size_t i = 0; i < engine_.ends().table().size(); ++i) {
    const EndId client(i);
    if (has(engine_.handed_on(client, from, to, *found)) == Sure::No) continue;
    step(Sure::Yes, "a client: " + words(end(client)), interface.place);
    return handed_on(client, from, to, *found);
  }
  return step(Sure::No, "no client of " + interface.name + " comes through to " + words(b), found->place);
}

}  // namespace crenel::reach
