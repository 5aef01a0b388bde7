#include "compiler/sema/flow_passage.h"

#include <algorithm>
#include <utility>

#include "compiler/model/engines.h"
#include "compiler/sema/flow_far_end.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using model::TierKind;

using Verdict = std::variant<Passage, Obstacle>;

class Judge {
 public:
  Judge(const model::Design& design, const Candidate& flow) : design_(design), flow_(flow) {}

  Verdict run() {
    // Nothing listens in a function: it is started, by what calls it or by an event.
    const bool started = std::holds_alternative<model::FunctionId>(flow_.to);
    if (flow_.traffic.empty() || model::is_service(flow_.from) || model::is_service(flow_.to) || started) {
      return Obstacle{.kind = ObstacleKind::TakesNoPackets};
    }
    if (const auto outside = of_function_outside()) return *outside;
    const bool from_inside = is_member(flow_.from);
    const bool to_inside = is_member(flow_.to);
    if (!from_inside && !to_inside) return Obstacle{.kind = ObstacleKind::OutsideDesign};
    if (const auto* balancer = std::get_if<model::BalancerId>(&flow_.from);
        balancer != nullptr && !forwards(*balancer)) {
      return obstacle(ObstacleKind::BalancerOpens, flow_.from);
    }
    if (std::holds_alternative<model::DatabaseId>(flow_.from)) return obstacle(ObstacleKind::DatabaseOpens, flow_.from);
    if (to_inside) {
      if (auto found = at_destination()) return *found;
    }
    if (from_inside && to_inside) return within();
    return from_inside ? outbound() : inbound();
  }

 private:
  [[nodiscard]] model::TierId tier_of(const Endpoint& member) const { return *model::tier_of(design_, member); }
  [[nodiscard]] model::NetworkId network_of(const Endpoint& member) const {
    return design_.tiers[tier_of(member)].network;
  }
  [[nodiscard]] Obstacle obstacle(ObstacleKind kind, const Endpoint& member, std::string text = {}) const {
    return {.kind = kind,
            .member = member,
            .tier = tier_of(member),
            .network = network_of(member),
            .other_network = {},
            .site = {},
            .text = std::move(text)};
  }

  /// Of a function in no tier: the provider lets it open whatever it likes with the Internet, and nothing else.
  [[nodiscard]] std::optional<Verdict> of_function_outside() const {
    const auto is_outside = [&](const Endpoint& end) {
      return std::holds_alternative<model::FunctionId>(end) && !model::tier_of(design_, end);
    };
    if (!is_outside(flow_.from)) return std::nullopt;
    const bool all = std::holds_alternative<model::Internet>(flow_.to) && flow_.traffic.is_all() && flow_.via.empty();
    if (all) return Passage{};
    return Obstacle{.kind = ObstacleKind::FunctionOutside, .member = flow_.from};
  }

  /// A balancer's own forward, written out: nothing new, and nothing wrong.
  [[nodiscard]] bool forwards(model::BalancerId id) const {
    const auto& lines = design_.balancers[id].forwards;
    return std::any_of(lines.begin(), lines.end(), [this](const model::Forward& forward) {
      return Endpoint(forward.target) == flow_.to && forward.to.contains(flow_.traffic);
    });
  }

  /// What is wrong with the destination, whoever calls.
  [[nodiscard]] std::optional<Obstacle> at_destination() const {
    if (const auto* balancer = std::get_if<model::BalancerId>(&flow_.to)) {
      if (!listened_on(design_.balancers[*balancer]).contains(flow_.traffic)) {
        return obstacle(ObstacleKind::NotForwarded, flow_.to);
      }
    } else if (const auto* group = std::get_if<model::GroupId>(&flow_.to);
               group != nullptr && design_.groups[*group].immutable && flow_.traffic.overlaps(administration())) {
      return obstacle(ObstacleKind::Immutable, flow_.to);
    } else if (const auto* database = std::get_if<model::DatabaseId>(&flow_.to)) {
      const net::Traffic heard = model::listened_on(*model::engine_named(design_.databases[*database].engine));
      if (!heard.contains(flow_.traffic)) return obstacle(ObstacleKind::NotListened, flow_.to, net::to_string(heard));
    }
    return std::nullopt;
  }

  Verdict within() const {
    if (network_of(flow_.from) != network_of(flow_.to)) return over_peering();
    if (!flow_.via.empty()) {
      return obstacle(ObstacleKind::ViaMisplaced, flow_.from, "the members of a network reach each other directly");
    }
    return Passage{};
  }

  Verdict over_peering() const {
    const model::NetworkId near = network_of(flow_.from);
    const model::NetworkId far = network_of(flow_.to);
    if (!model::peering_between(design_, near, far)) {
      Obstacle found = obstacle(ObstacleKind::NotPeered, flow_.from);
      found.other_network = far;
      return found;
    }
    for (const Endpoint* member : {&flow_.from, &flow_.to}) {
      if (design_.tiers[tier_of(*member)].kind == TierKind::Isolated) return obstacle(ObstacleKind::Isolated, *member);
    }
    if (!flow_.via.empty()) {
      return obstacle(ObstacleKind::ViaMisplaced, flow_.from,
                      "the members of peered networks reach each other directly");
    }
    Passage passage;
    passage.by_peering = {{tier_of(flow_.from), far}, {tier_of(flow_.to), near}};
    return passage;
  }

  Verdict inbound() const {
    const model::Tier& tier = design_.tiers[tier_of(flow_.to)];
    auto located = locate(design_, tier.network, tier.ipv6_block.has_value(), flow_.from);
    if (auto* found = std::get_if<Obstacle>(&located)) return whatever_is_worse(*found, flow_.to);
    const FarEnd& far = std::get<FarEnd>(located);
    if (!far.by_link.empty() && tier.kind == TierKind::Isolated) return obstacle(ObstacleKind::Isolated, flow_.to);
    if (far.over_internet) {
      if (tier.kind != TierKind::Public) return obstacle(ObstacleKind::NotReachedFromInternet, flow_.to);
      if (std::holds_alternative<model::DatabaseId>(flow_.to)) {
        return obstacle(ObstacleKind::DatabaseNotPublic, flow_.to);
      }
      if (lacks_address(flow_.to)) return obstacle(ObstacleKind::NoPublicAddress, flow_.to);
    }
    if (!flow_.via.empty()) {
      return obstacle(ObstacleKind::ViaMisplaced, flow_.to,
                      "it names the way out of a network, and this flow comes in");
    }
    return passage(flow_.to, far, {});
  }

  Verdict outbound() const {
    const model::Tier& tier = design_.tiers[tier_of(flow_.from)];
    auto located = locate(design_, tier.network, tier.ipv6_block.has_value(), flow_.to);
    if (auto* found = std::get_if<Obstacle>(&located)) return whatever_is_worse(*found, flow_.from);
    const FarEnd& far = std::get<FarEnd>(located);
    if (tier.kind == TierKind::Isolated) return obstacle(ObstacleKind::Isolated, flow_.from);
    if (!far.over_internet) {
      if (flow_.via.empty()) return passage(flow_.from, far, {});
      return obstacle(ObstacleKind::ViaMisplaced, flow_.from, "the way to a linked site is its link");
    }
    if (tier.kind == TierKind::Private) return by_named_way(far);
    if (!flow_.via.empty()) return obstacle(ObstacleKind::ViaFromPublicTier, flow_.from);
    if (lacks_address(flow_.from)) return obstacle(ObstacleKind::NoPublicAddress, flow_.from);
    return passage(flow_.from, far, {});
  }

  /// A link would not help an isolated tier.
  [[nodiscard]] Obstacle whatever_is_worse(const Obstacle& found, const Endpoint& member) const {
    const bool isolated = design_.tiers[tier_of(member)].kind == TierKind::Isolated;
    return isolated && found.kind == ObstacleKind::NotLinked ? obstacle(ObstacleKind::Isolated, member) : found;
  }

  [[nodiscard]] bool lacks_address(const Endpoint& member) const {
    const auto* group = std::get_if<model::GroupId>(&member);
    if (group != nullptr) return !design_.groups[*group].public_address;
    return std::holds_alternative<model::FunctionId>(member);
  }

  Verdict by_named_way(const FarEnd& far) const {
    if (flow_.via.empty()) return obstacle(ObstacleKind::NoWayNamed, flow_.from);
    if (const auto* appliance = std::get_if<model::ApplianceId>(&flow_.via.front())) return handed_on(*appliance, far);
    if (flow_.via.size() > 1) return obstacle(ObstacleKind::ViaChain, flow_.from);
    const auto* site = std::get_if<model::SiteId>(&flow_.via.front());
    const model::Network& network = design_.networks[network_of(flow_.from)];
    if (site == nullptr) {
      const bool has_public = std::any_of(network.tiers.begin(), network.tiers.end(), [this](model::TierId tier) {
        return design_.tiers[tier].kind == TierKind::Public;
      });
      if (!has_public) return obstacle(ObstacleKind::NatNeedsPublicTier, flow_.from);
      return passage(flow_.from, far, {model::ViaNat{}});
    }
    const auto link = model::link_between(design_, network_of(flow_.from), *site);
    if (link) return passage(flow_.from, far, {design_.links[*link].site});
    Obstacle found = obstacle(ObstacleKind::ViaNotLinked, flow_.from);
    found.site = *site;
    return found;
  }

  /// To an appliance, and from there by the way that follows in the `via`: the same as if it went there of its own.
  Verdict handed_on(model::ApplianceId appliance, const FarEnd& far) const {
    if (std::holds_alternative<model::ApplianceId>(flow_.from)) {
      return obstacle(ObstacleKind::ViaChain, flow_.from);
    }
    const auto legs = legs_of(flow_);
    const Verdict to_it = judge(design_, legs.front());
    const Verdict onward = judge(design_, legs.back());
    for (const Verdict* leg : {&to_it, &onward}) {
      if (const auto* found = std::get_if<Obstacle>(leg)) return *found;
    }
    if (tier_of(flow_.from) == design_.appliances[appliance].tier) {
      return obstacle(ObstacleKind::ViaMisplaced, flow_.from, "it is in the tier of the appliance itself");
    }
    const auto& rest = std::get<Passage>(onward);
    if (!rest.via.empty() && !std::holds_alternative<model::ViaNat>(rest.via.front())) {
      return obstacle(ObstacleKind::ViaChain, flow_.from);
    }
    const model::NetworkId beyond = design_.tiers[design_.appliances[appliance].tier].network;
    if (beyond != network_of(flow_.from) && !rest.by_link.empty()) {
      Obstacle found = obstacle(ObstacleKind::LinkedBeyond, flow_.from);
      found.other_network = beyond;
      found.site = rest.by_link.front();
      return found;
    }
    std::vector<model::Hop> via = {appliance};
    via.insert(via.end(), rest.via.begin(), rest.via.end());
    return passage(flow_.from, far, std::move(via));
  }

  [[nodiscard]] Passage passage(const Endpoint& member, const FarEnd& far, std::vector<model::Hop> via) const {
    return {.tier = tier_of(member),
            .by_link = far.by_link,
            .via = std::move(via),
            .over_internet = far.over_internet,
            .assumptions = far.assumptions};
  }

  const model::Design& design_;
  const Candidate& flow_;
};

}  // namespace

net::Traffic listened_on(const model::Balancer& balancer) {
  net::Traffic all;
  for (const model::Forward& forward : balancer.forwards) all = all.united(forward.listen);
  return all;
}

const net::Traffic& administration() {
  using net::Protocol;
  static const net::Traffic kAll = net::Traffic::of(Protocol::Tcp, 22, 23)  // ssh, telnet
                                       .united(net::Traffic::of(Protocol::Tcp, 3389, 3389))
                                       .united(net::Traffic::of(Protocol::Udp, 3389, 3389))
                                       .united(net::Traffic::of(Protocol::Tcp, 5900, 5909))   // VNC
                                       .united(net::Traffic::of(Protocol::Tcp, 5985, 5986));  // WinRM
  return kAll;
}

bool leaves_out_less(const std::vector<model::Late<net::Prefix>>& one,
                     const std::vector<model::Late<net::Prefix>>& other) {
  return std::all_of(one.begin(), one.end(),
                     [&](const auto& block) { return std::find(other.begin(), other.end(), block) != other.end(); });
}

void set_apart(model::Flow& flow, Candidate& added) {
  if (flow.except == added.except || !flow.traffic.overlaps(added.traffic)) return;
  const auto leave_to = [](auto& narrower, const auto& wider) {
    net::Traffic rest = narrower.traffic.without(wider.traffic);
    if (rest.empty()) {
      narrower.except = wider.except;
    } else {
      narrower.traffic = std::move(rest);
    }
  };
  if (leaves_out_less(added.except, flow.except)) {
    leave_to(flow, added);
  } else if (leaves_out_less(flow.except, added.except)) {
    leave_to(added, flow);
  }
}

std::vector<Candidate> legs_of(const Candidate& flow) {
  const auto* appliance = flow.via.empty() ? nullptr : std::get_if<model::ApplianceId>(&flow.via.front());
  if (appliance == nullptr) return {};
  Candidate there{.from = flow.from, .to = *appliance, .traffic = flow.traffic, .via = {}};
  Candidate onward{.from = *appliance, .to = flow.to, .traffic = flow.traffic, .via = {}, .except = flow.except};
  onward.via.assign(flow.via.begin() + 1, flow.via.end());
  return {std::move(there), std::move(onward)};
}

std::variant<Passage, Obstacle> judge(const model::Design& design, const Candidate& flow) {
  return Judge(design, flow).run();
}

}  // namespace crenel::sema
