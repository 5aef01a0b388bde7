#include "compiler/verify/relation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "compiler/model/data_paths.h"

namespace crenel::verify {
namespace {

using model::Endpoint;
using model::SiteId;

/// One alternative: outside all of them.
Alternatives none_of(const std::vector<Block>& blocks) {
  Conditions all;
  for (const Block& block : blocks) all.push_back({.block = block, .inside = false});
  return {all};
}

/// An alternative each: inside this one.
Alternatives one_of(const std::vector<Block>& blocks) {
  Alternatives out;
  for (const Block& block : blocks) out.push_back({{.block = block, .inside = true}});
  return out;
}

/// One kind of packet of the traffic.
std::string packet_of(const net::Traffic& traffic) {
  if (traffic.is_all()) return "any packet";
  assert(!traffic.empty());
  const net::ProtocolPorts& part = traffic.parts().front();
  const bool icmp = part.protocol == net::Protocol::Icmp || part.protocol == net::Protocol::Icmp6;
  const net::Traffic every = net::Traffic::of(part.protocol);
  const std::uint16_t number = part.ports.front().first;
  if (icmp && traffic.contains(every)) return net::to_string(every);
  return net::to_string(net::Traffic::of(part.protocol, number, number));
}

}  // namespace

Relation::Relation(const model::Design& design) : Relation(design, requests_of(design)) {}

Relation::Relation(const model::Design& design, std::vector<Step> requests)
    : design_(design), addresses_(design), requests_(design) {
  add_flows();
  for (Step& request : requests) steps_.push_back(std::move(request));
}

void Relation::add_flows() {
  for (const model::Flow& flow : design_.flows) {
    steps_.push_back({.from = flow.from,
                      .to = flow.to,
                      .traffic = flow.traffic,
                      .via = flow.via,
                      .statement = flow.statement,
                      .past = {},
                      .except = flow.except});
    add_passed_on(flow);
  }
}

void Relation::add_passed_on(const model::Flow& flow) {
  const auto* id = std::get_if<model::BalancerId>(&flow.to);
  if (id == nullptr || design_.balancers[*id].layer != model::Layer::Network) return;
  for (const model::Forward& forward : design_.balancers[*id].forwards) {
    if (!forward.listen.overlaps(flow.traffic) || !has_way_past(flow.from, forward.target)) continue;
    steps_.push_back({.from = flow.from,
                      .to = forward.target,
                      .traffic = forward.to,
                      .via = flow.via,
                      .statement = flow.statement,
                      .past = *id,
                      .except = flow.except});
  }
}

bool Relation::has_way_past(const Endpoint& client, model::GroupId target) const {
  const model::Group& group = design_.groups[target];
  const model::NetworkId network = design_.tiers[group.tier].network;
  if (const auto tier = model::tier_of(design_, client)) return design_.tiers[*tier].network == network;
  if (group.public_address) return true;
  if (const auto* site = std::get_if<SiteId>(&client)) return model::link_between(design_, network, *site).has_value();
  // Blocks may lie at the far end of any link; the Internet lies at the end of none.
  return std::holds_alternative<model::Blocks>(client) &&
         std::any_of(design_.links.begin(), design_.links.end(),
                     [&](const model::Link& link) { return link.network == network; });
}

// ---- ends as addresses ----------------------------------------------------------------------------------------------
Relation::Blocks Relation::no_internet(const Viewpoint& from) const {
  Blocks out;
  for (const net::Prefix& block : net::private_blocks()) {
    if (block.address.family == net::Family::V4 || model::has_ipv6(design_)) out.emplace_back(block);
  }
  for (const auto id : design_.networks.ids()) {
    for (const Block& space : model::spaces_of(design_, id)) out.push_back(space);
  }
  const auto add = [&](SiteId site) {
    for (const Block& block : model::addresses_of(design_, site)) out.push_back(block);
  };
  for (const SiteId site : design_.sites.ids()) {
    if (from.claim) add(site);
  }
  for (const model::Link& link : design_.links) {
    if (from.network == link.network) add(model::root_of(design_, link.site));
  }
  return out;
}

/// The member's tier has no addresses of IPv6: nobody with such an address meets it.
bool Relation::has_ipv4_alone(const Step& step) const {
  auto tier = model::tier_of(design_, step.from);
  if (!tier) tier = model::tier_of(design_, step.to);
  return tier && !model::has_family(design_, *tier, net::Family::V6);
}

Relation::Viewpoint Relation::viewpoint(const Step& step) const {
  auto tier = model::tier_of(design_, step.from);
  if (!tier) tier = model::tier_of(design_, step.to);
  return {.claim = false, .network = tier ? std::optional(design_.tiers[*tier].network) : std::nullopt};
}

Relation::Blocks Relation::blocks_of(const Endpoint& endpoint) const {
  if (const auto* site = std::get_if<SiteId>(&endpoint)) return model::addresses_of(design_, *site);
  if (const auto* blocks = std::get_if<model::Blocks>(&endpoint)) return blocks->blocks;
  return {};
}

Alternatives Relation::inside(const Endpoint& endpoint, const Viewpoint& from) const {
  if (std::holds_alternative<model::Internet>(endpoint)) return none_of(no_internet(from));
  return one_of(blocks_of(endpoint));
}

Alternatives Relation::outside(const Endpoint& endpoint, const Viewpoint& from) const {
  if (std::holds_alternative<model::Internet>(endpoint)) return one_of(no_internet(from));
  return none_of(blocks_of(endpoint));
}

Alternatives Relation::inside(const Step& step, bool step_from) const {
  const Endpoint& end = step_from ? step.from : step.to;
  Alternatives there = inside(end, viewpoint(step));
  if (has_ipv4_alone(step)) there = both(there, one_of({net::whole(net::Family::V4)}));
  if (step.except.empty() || !std::holds_alternative<model::Internet>(end)) return there;
  return both(there, none_of(step.except));
}

Alternatives Relation::outside(const Step& step, bool step_from) const {
  const Endpoint& end = step_from ? step.from : step.to;
  Alternatives there = outside(end, viewpoint(step));
  if (!std::holds_alternative<model::Internet>(end)) return there;
  const Alternatives denied = one_of(step.except);
  there.insert(there.end(), denied.begin(), denied.end());
  return there;
}

Alternatives Relation::inside(const Endpoint& claimed) const { return inside(claimed, {.claim = true, .network = {}}); }

Alternatives Relation::outside(const Endpoint& claimed) const {
  return outside(claimed, {.claim = true, .network = {}});
}

Alternatives Relation::meet(const Endpoint& claimed, const Step& step, bool step_from) const {
  const Endpoint& end = step_from ? step.from : step.to;
  if (is_member(claimed) || is_member(end)) return claimed == end ? Alternatives{{}} : Alternatives{};
  return both(inside(claimed), inside(step, step_from));
}

// ---- requests -------------------------------------------------------------------------------------------------------
std::vector<Step> requests_of(const model::Design& design) {
  std::vector<Step> out;
  out.reserve(design.data_flows.size());
  for (const model::DataFlow& flow : design.data_flows) {
    const auto* site = std::get_if<SiteId>(&flow.from);
    out.push_back({.from = flow.from,
                   .to = flow.to,
                   .traffic = {},
                   .via = flow.via,
                   .statement = flow.statement,
                   .past = {},
                   .except = {},
                   .actions = flow.actions,
                   .requester = site == nullptr ? std::nullopt : std::optional(requester_of(design, *site)),
                   .way = way_text(design, flow.from, flow.to, flow.via)});
  }
  return out;
}

std::string way_text(const model::Design& design, const Endpoint& from, const Endpoint& to,
                     const std::vector<model::Hop>& via) {
  switch (model::way_to(design, from, to)) {
    case model::DataWay::Event:
      return " by an event";
    case model::DataWay::Site:
      return "";
    case model::DataWay::PrivatePath: {
      const auto path = model::paths_to(design, *model::tier_of(design, from), to).front();
      return fmt::format(" by endpoint {}", model::to_string(design.private_paths[path].origin.path));
    }
    case model::DataWay::Internet:
      break;
  }
  return via.empty() ? " over the Internet" : " via nat";
}

bool passes(const std::vector<model::Hop>& way, const std::vector<model::Hop>& hops) {
  auto next = hops.begin();
  for (const model::Hop& hop : way) {
    if (next != hops.end() && *next == hop) ++next;
  }
  return next == hops.end();
}

std::string packet_text(const std::string& from, const std::string& to, const net::Traffic& traffic) {
  return fmt::format("{} -> {} {}", from, to, packet_of(traffic));
}

}  // namespace crenel::verify
