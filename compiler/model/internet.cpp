#include "compiler/model/internet.h"

#include <algorithm>

#include "compiler/net/address_set.h"

namespace crenel::model {
namespace {

bool in_network(const Design& design, NetworkId network, const Endpoint& endpoint) {
  const auto tier = tier_of(design, endpoint);
  return tier && design.tiers[*tier].network == network;
}

/// What clients of a network balancer reach behind it: rules at the targets name the clients themselves.
net::Traffic traffic_behind(const Design& design, const Endpoint& endpoint, const net::Traffic& traffic) {
  const auto* id = std::get_if<BalancerId>(&endpoint);
  net::Traffic behind;
  if (id == nullptr || design.balancers[*id].layer != Layer::Network) return behind;
  for (const Forward& forward : design.balancers[*id].forwards) {
    if (forward.listen.overlaps(traffic)) behind = behind.united(forward.to);
  }
  return behind;
}

/// True when a member of the network has a flow with `internet` the other way that overlaps `traffic`: then a rule for
/// every address on both sides joins two members of the network that no flow joins. Otherwise the other side is closed.
bool meets_its_opposite(const Design& design, NetworkId network, const net::Traffic& traffic, Direction direction,
                        net::Family family) {
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const Flow& flow) {
    const Endpoint& outside = direction == Direction::Out ? flow.from : flow.to;
    const Endpoint& member = direction == Direction::Out ? flow.to : flow.from;
    if (!std::holds_alternative<Internet>(outside) || !in_network(design, network, member)) return false;
    if (!has_family(design, *tier_of(design, member), family)) return false;
    const bool into = direction == Direction::Out;
    return flow.traffic.overlaps(traffic) || (into && traffic_behind(design, member, flow.traffic).overlaps(traffic));
  });
}

bool is_private_only(const Design& design, SiteId site) {
  return net::AddressSet(net::private_blocks()).contains(widest(design, site).only(net::Family::V4));
}

bool is_tcp_only(const net::Traffic& traffic) {
  return !traffic.is_all() && traffic.parts().size() == 1 && traffic.parts().front().protocol == net::Protocol::Tcp;
}

class Finder {
 public:
  Finder(const Design& design, const Tier& tier, const net::Traffic& traffic, Direction direction)
      : design_(design), tier_(tier), traffic_(traffic), direction_(direction) {
    if (direction == Direction::Out) find_beyond();
  }

  InternetExclusions find() {
    networks();
    if (tier_.ipv6_block) networks_of_ipv6();
    for (const Link& link : design_.links) {
      if (link.network == tier_.network || is_beyond(link.network)) linked_site(link.site);
    }
    private_space();
    return std::move(found_);
  }

 private:
  /// A packet that needs no answer gets in over a link even where no route leads back.
  [[nodiscard]] bool needs_answer() const { return is_tcp_only(traffic_); }
  /// Routes of what stands on the way lead on, to peers and sites, too: of the NAT gateways' tier, and of that of an
  /// appliance of several instances, whose own rules do not see what it hands on.
  void find_beyond() {
    const Tier* from = &tier_;
    if (const auto* id = std::get_if<ApplianceId>(&tier_.way_out)) {
      if (design_.appliances[*id].count < 2) return;
      from = &design_.tiers[design_.appliances[*id].tier];
      beyond_.push_back(from);
    }
    if (!std::holds_alternative<NatWayOut>(from->way_out)) return;
    if (const auto found = first_public_tier(design_, from->network)) beyond_.push_back(&design_.tiers[*found]);
  }
  [[nodiscard]] bool is_beyond(NetworkId network) const {
    return std::any_of(beyond_.begin(), beyond_.end(), [&](const Tier* each) { return each->network == network; });
  }
  [[nodiscard]] bool over_site() const { return std::holds_alternative<SiteId>(tier_.way_out); }

  /// The blocks of IPv6 that networks have: they are public addresses, and known only once they are given.
  void networks_of_ipv6() {
    for (const NetworkId id : design_.networks.ids()) {
      const Network& network = design_.networks[id];
      if (!network.ipv6) continue;
      const bool must = id == tier_.network ? meets_its_opposite(design_, id, traffic_, direction_, net::Family::V6)
                                            : meets_over_peering(id);
      add(must, *network.ipv6, ExclusionKind::OwnNetwork, to_string(network.origin.path));
    }
  }

  void add(bool must, Late<net::Prefix> block, ExclusionKind kind, std::string name) {
    const auto prefix = known(block);
    if (prefix && prefix->address.family != net::Family::V4 && !tier_.ipv6_block) return;
    auto& list = must ? found_.must : found_.may;
    list.push_back({.block = block, .kind = kind, .name = std::move(name)});
  }

  void networks() {
    for (const NetworkId id : design_.networks.ids()) {
      const Network& network = design_.networks[id];
      const bool own = id == tier_.network;
      // Another network is reached only over a peering, or through the site that both are linked to.
      const bool must =
          own ? opposite()
              : over_peering(id) || (over_site() && link_between(design_, id, std::get<SiteId>(tier_.way_out)));
      add(must, network.space.base, ExclusionKind::OwnNetwork, to_string(network.origin.path));
    }
  }

  /// A tier has routes to the peers that its flows name; what needs no answer gets in without one.
  [[nodiscard]] bool over_peering(NetworkId peer) const {
    const bool gets_in = direction_ == Direction::In && !needs_answer();
    if (peering_between(design_, tier_.network, peer) && (has_route(tier_, peer) || gets_in)) return true;
    if (direction_ == Direction::Out && hands_back(tier_, peer)) return true;
    return std::any_of(beyond_.begin(), beyond_.end(), [&](const Tier* each) {
      return peering_between(design_, each->network, peer) && (has_route(*each, peer) || hands_back(*each, peer));
    });
  }

  /// The tier of the NAT gateways has routes to those tiers of another network whose Internet traffic comes to them by
  /// an appliance: the answers go by these, and so does whatever else is sent there.
  [[nodiscard]] bool hands_back(const Tier& nat_tier, NetworkId peer) const {
    const auto first = first_public_tier(design_, nat_tier.network);
    if (nat_tier.network == peer || !first || &design_.tiers[*first] != &nat_tier) return false;
    const auto& tiers = design_.networks[peer].tiers;
    return std::any_of(tiers.begin(), tiers.end(), [&](TierId behind) {
      const auto* id = std::get_if<ApplianceId>(&design_.tiers[behind].way_out);
      if (id == nullptr) return false;
      const Tier& its = design_.tiers[design_.appliances[*id].tier];
      return its.network == nat_tier.network && std::holds_alternative<NatWayOut>(its.way_out);
    });
  }

  /// In IPv6, where a block is known only once it is given, and no rule leaves it out by arithmetic: whether a member
  /// of the peer has the opposite flow, and there are routes from the one who opens to the other, and back for answers.
  [[nodiscard]] bool meets_over_peering(NetworkId peer) const {
    if (!peering_between(design_, tier_.network, peer)) return false;
    return std::any_of(design_.flows.begin(), design_.flows.end(), [&](const Flow& flow) {
      const bool out = direction_ == Direction::Out;
      const auto there = tier_of(design_, out ? flow.to : flow.from);
      if (!std::holds_alternative<Internet>(out ? flow.from : flow.to) || !there) return false;
      const Tier& other = design_.tiers[*there];
      const net::Traffic common = flow.traffic.intersected(traffic_);
      if (other.network != peer || !other.ipv6_block || common.empty()) return false;
      const Tier& opener = out ? tier_ : other;
      const Tier& answerer = out ? other : tier_;
      return has_route(opener, answerer.network) && (!is_tcp_only(common) || has_route(answerer, opener.network));
    });
  }

  static bool has_route(const Tier& tier, NetworkId peer) {
    return std::find(tier.peer_routes.begin(), tier.peer_routes.end(), peer) != tier.peer_routes.end();
  }

  [[nodiscard]] bool opposite() const {
    if (meets_its_opposite(design_, tier_.network, traffic_, direction_, net::Family::V4)) return true;
    if (direction_ == Direction::Out) return false;
    // Clients of a network balancer are named at its targets too, on the ports there.
    const auto behind = behind_own_balancers();
    return !behind.empty() && meets_its_opposite(design_, tier_.network, behind, direction_, net::Family::V4);
  }

  [[nodiscard]] net::Traffic behind_own_balancers() const {
    net::Traffic behind;
    for (const Flow& flow : design_.flows) {
      if (!std::holds_alternative<Internet>(flow.from) || !in_network(design_, tier_.network, flow.to)) continue;
      if (flow.traffic.overlaps(traffic_)) behind = behind.united(traffic_behind(design_, flow.to, flow.traffic));
    }
    return behind;
  }

  void linked_site(SiteId site) {
    const auto leads = [&](const Tier& tier) {
      return std::find(tier.site_routes.begin(), tier.site_routes.end(), site) != tier.site_routes.end();
    };
    const bool routed = over_site() || leads(tier_) ||
                        std::any_of(beyond_.begin(), beyond_.end(), [&](const Tier* each) { return leads(*each); });
    const bool gets_in = direction_ == Direction::In && !needs_answer();
    const bool must = routed || gets_in || !is_private_only(design_, site);
    const net::AddressSet hidden(net::private_blocks());
    for (const auto& block : addresses_of(design_, site)) {
      // Whatever the link carries: its public addresses of IPv6 are met over the Internet too.
      const bool ipv6 = family_of(design_, block) == net::Family::V6;
      const bool open = routed || gets_in || !hidden.contains(widest(design_, block));
      add(ipv6 ? open : must, block, ExclusionKind::LinkedSite, to_string(design_.sites[site].origin.path));
    }
  }

  void private_space() {
    const bool linked = std::any_of(design_.links.begin(), design_.links.end(),
                                    [this](const Link& link) { return link.network == tier_.network; });
    const bool must = over_site() || (linked && direction_ == Direction::In && !needs_answer());
    for (const net::Prefix& block : net::private_blocks()) {
      if (block.address.family == net::Family::V6 && !leads_to_ipv6()) continue;
      add(must, block, ExclusionKind::PrivateSpace, net::to_string(block));
    }
  }

  /// Whether a site that is linked to the network has addresses of IPv6, or all that leaves goes there.
  [[nodiscard]] bool leads_to_ipv6() const {
    return (over_site() && tier_.ipv6_block) ||
           std::any_of(design_.links.begin(), design_.links.end(), [this](const Link& link) {
             if (link.network != tier_.network) return false;
             const auto addresses = addresses_of(design_, link.site);
             return std::any_of(addresses.begin(), addresses.end(),
                                [this](const auto& block) { return family_of(design_, block) == net::Family::V6; });
           });
  }

  const Design& design_;
  const Tier& tier_;
  const net::Traffic& traffic_;
  Direction direction_;
  std::vector<const Tier*> beyond_;
  InternetExclusions found_;
};

}  // namespace

std::optional<TierId> first_public_tier(const Design& design, NetworkId network) {
  const auto& tiers = design.networks[network].tiers;
  const auto found = std::find_if(tiers.begin(), tiers.end(),
                                  [&](TierId tier) { return design.tiers[tier].kind == TierKind::Public; });
  return found == tiers.end() ? std::nullopt : std::optional(*found);
}

InternetExclusions internet_exclusions(const Design& design, TierId tier, const net::Traffic& traffic,
                                       Direction direction) {
  return Finder(design, design.tiers[tier], traffic, direction).find();
}

}  // namespace crenel::model
