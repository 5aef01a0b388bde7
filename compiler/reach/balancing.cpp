#include "compiler/reach/engine.h"

namespace crenel::reach {
Between Engine::between(EndId from, EndId to) {
  if (!is_pair(from, to)) return kNoPacket;
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  Between out = kNoPacket;
  const bool opens_to_targets = a.interface && estate_.interfaces[*a.interface].role == estate::Role::Balancer;
  const bool listens = b.interface && estate_.interfaces[*b.interface].role == estate::Role::Balancer;
  const bool rewrites = listens && balancer(b) != nullptr && balancer(b)->rewrites_only;
  if (opens_to_targets && !rewrites) {
    out = opened(from, to);
    // a balancer that is another one's target takes what it listens to
    if (listens) out = sets_.intersect(out, listened(from, to));
  } else {
    out = listens ? listened(from, to) : direct(from, to);
  }
  return doubted(a, b, out);
}

// ---- clients --------------------------------------------------------------------------------------------------------
Between Engine::listened(EndId client, EndId to) {
  const estate::Balancer* balancer = this->balancer(ends_.table()[to]);
  if (balancer == nullptr) return kNoPacket;
  const End& a = ends_.table()[client];
  const bool from_internet = a.door && routing_.is_internet(*a.door);
  if (balancer->rewrites_only && from_internet != balancer->public_frontend) return kNoPacket;
  Between out = kNoPacket;
  for (const estate::Forward& forward : balancer->forwards) {
    if (!forward.is_for(family_of(a))) continue;
    out = sets_.unite(out,
                      sees_client(*balancer) ? taken_by_targets(client, to, forward) : sets_.matched(forward.listen));
  }
  if (balancer->rewrites_only || out == kNoPacket) return out;
  return sets_.intersect(out, direct(client, to));
}

/// What of a client's packets some member takes: of each target all that may be there, wherever its members are.
Between Engine::taken_by_targets(EndId client, EndId balancer, const estate::Forward& forward) {
  const EndRange targets = ends_.of(forward.target);
  std::optional<Between> out;
  for (std::size_t i = 0; i < targets.count; ++i) {
    const EndId target(targets.first.index() + i);
    if (family_of(ends_.table()[target]) != family_of(ends_.table()[client])) continue;
    Between taken = handed_on(client, balancer, target, forward);
    if (!(forward.listen == forward.to)) taken = when(any(taken), sets_.matched(forward.listen));
    out = out ? Between{.surely = sets_.intersect(out->surely, taken.surely),
                        .perhaps = sets_.unite(out->perhaps, taken.perhaps)}
              : taken;
  }
  return out.value_or(kNoPacket);
}

/// What a client opens with a balancer at all: a balancer that is a client itself, only what it hands on there. One
/// whose targets see its own clients is not followed to them.
Between Engine::offered(const End& client, estate::InterfaceId to) {
  if (!client.interface || estate_.interfaces[*client.interface].role != estate::Role::Balancer) return kEveryPacket;
  const estate::Balancer* balancer = this->balancer(client);
  if (balancer == nullptr) return kNoPacket;
  if (sees_client(*balancer)) return kPerhapsEvery;
  Between out = kNoPacket;
  for (const estate::Forward& forward : balancer->forwards) {
    if (forward.target != to || !forward.is_for(family_of(client))) continue;
    out = sets_.unite(out, sets_.matched(forward.to));
    if (forward.probe && !forward.probe_from_platform) out = sets_.unite(out, sets_.matched(*forward.probe));
  }
  return out;
}

/// Whether the client gets as far as the balancer, and then what the target takes of it.
Between Engine::handed_on(EndId client, EndId balancer, EndId target, const estate::Forward& forward) {
  const End& a = ends_.table()[client];
  const End& at = ends_.table()[balancer];
  const End& b = ends_.table()[target];
  const estate::Balancer& through = *this->balancer(at);
  Between reaches = sets_.intersect(sets_.matched(forward.listen), offered(a, *at.interface));
  if (!through.rewrites_only) {
    reaches = sets_.intersect(reaches, direct(client, balancer));
  } else if (a.interface) {
    Sure there = Sure::Perhaps;
    if (a.subnet && at.subnet) {
      const Routing::Lead lead = routing_.lead(*a.subnet, at);
      there = lead.nat ? Sure::No : lead.sure;
    }
    const Between opens = profiles_.at(filter(client, Direction::Out, crosses(a, at)), ends_.spot(balancer));
    reaches = when(there, sets_.intersect(reaches, opens));
  }
  const Sure comes = any(reaches);
  if (comes == Sure::No) return kNoPacket;
  Between out = forward.listen == forward.to ? reaches : when(comes, sets_.matched(forward.to));
  out = when(through.rewrites_only ? leads_back(b, a) : leads_back(b, at), out);
  if (out == kNoPacket) return out;
  if (!through.rewrites_only) {
    out = sets_.intersect(out, profiles_.at(filter(balancer, Direction::Out, crosses(at, b)), ends_.spot(target)));
  }
  // between the client and the target lies the edge of the target's subnet unless both are in it
  const Party peer{
      .end = &a, .also = through.known_by_tag ? estate_.interfaces[*at.interface].tags : std::vector<estate::TagId>{}};
  const bool crossing = through.rewrites_only ? crosses(a, b) : crosses(at, b);
  return kept_by_rules(b, forward, sets_.intersect(out, filtered(b, Direction::In, crossing, peer)));
}

/// A target that the provider's probes do not reach gets nothing.
Between Engine::kept_by_rules(const End& target, const estate::Forward& forward, Between packets) {
  if (!forward.probe || !forward.probe_from_platform || packets == kNoPacket) return packets;
  const Between probed = filtered(target, Direction::In, true, Party{});
  return when(any(sets_.intersect(probed, sets_.matched(*forward.probe))), packets);
}

// ---- targets --------------------------------------------------------------------------------------------------------
Engine::Checks Engine::checks(EndId from, EndId to) {
  const End& a = ends_.table()[from];
  const End& b = ends_.table()[to];
  const estate::Balancer* balancer = a.interface && b.interface ? this->balancer(a) : nullptr;
  if (balancer == nullptr || !is_pair(from, to)) return {};
  Checks out;
  for (const estate::Forward& forward : balancer->forwards) {
    const bool asks = forward.target == *b.interface && forward.probe && !forward.probe_from_platform;
    if (asks && forward.is_for(family_of(b))) out.asked = sets_.unite(out.asked, sets_.matched(*forward.probe));
  }
  if (out.asked != kNoPacket) out.answered = doubted(a, b, sets_.intersect(out.asked, direct(from, to)));
  return out;
}

Between Engine::opened(EndId from, EndId to) {
  const estate::Balancer* balancer = this->balancer(ends_.table()[from]);
  if (balancer == nullptr) return kNoPacket;
  bool fresh = false;
  std::uint32_t& place = opened_.at(std::uint64_t{from.index()} << 32U | to.index(), fresh);
  if (!fresh) return opened_values_[place];
  place = static_cast<std::uint32_t>(opened_values_.size());
  opened_values_.push_back(kNoPacket);
  const std::size_t at = opened_values_.size() - 1;
  Between itself = kNoPacket;  // with its own address
  Between out = kNoPacket;
  for (const estate::Forward& forward : balancer->forwards) {
    const End& target = ends_.table()[to];
    if (forward.target != target.interface || !forward.is_for(family_of(target))) continue;
    if (forward.probe && !forward.probe_from_platform) itself = sets_.unite(itself, sets_.matched(*forward.probe));
    if (sees_client(*balancer)) {
      out = sets_.unite(out, opened_for_clients(from, to, forward));
    } else {
      itself = sets_.unite(itself, sets_.matched(forward.to));
    }
  }
  if (itself != kNoPacket) out = sets_.unite(out, sets_.intersect(itself, direct(from, to)));
  opened_values_[at] = out;
  return out;
}

Between Engine::opened_for_clients(EndId from, EndId to, const estate::Forward& forward) {
  const bool rewrites = this->balancer(ends_.table()[from])->rewrites_only;
  const bool public_frontend = this->balancer(ends_.table()[from])->public_frontend;
  const Between most = sets_.matched(forward.to);
  Between out = kNoPacket;
  for (std::size_t i = 0; i < ends_.table().size() && out != most; ++i) {
    const EndId client(i);
    const End& a = ends_.table()[client];
    if (a.interface == ends_.table()[from].interface && a.interface) continue;
    if (family_of(a) != family_of(ends_.table()[to])) continue;
    if (rewrites && (a.door && routing_.is_internet(*a.door)) != public_frontend) continue;
    out = sets_.unite(out, handed_on(client, from, to, forward));
  }
  return out;
}

}  // namespace crenel::reach
