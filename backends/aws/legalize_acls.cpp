#include <algorithm>
#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/values.h"

namespace crenel::aws {
namespace {

using model::Block;
using model::Direction;
using model::Flow;
using model::StatementId;
using model::TierId;

/// What answers look like where nothing remembers the question: to any port that a client can have taken, or the ICMP
/// type that answers (RFC 792, RFC 950).
std::vector<PacketKind> answers_to(const PacketKind& kind) {
  if (kind.has_ports()) {
    return {{.protocol = kind.protocol,
             .numbers = {.first = static_cast<std::uint16_t>(kFirstEphemeralPort), .last = 65535}}};
  }
  const bool icmp = kind.protocol == net::Protocol::Icmp || kind.protocol == net::Protocol::Icmp6;
  if (!icmp || kind.all_numbers()) return {kind};
  constexpr std::array<std::pair<int, std::uint16_t>, 4> kAnswers = {{{8, 0}, {13, 14}, {15, 16}, {17, 18}}};
  constexpr std::array<std::pair<int, std::uint16_t>, 4> kAnswers6 = {{{128, 129}, {139, 140}, {144, 145}, {146, 147}}};
  for (const auto& [question, answer] : kind.protocol == net::Protocol::Icmp ? kAnswers : kAnswers6) {
    if (kind.numbers.first == question) return {{.protocol = kind.protocol, .numbers = {answer, answer}}};
  }
  return {};  // a message that nobody answers
}

/// The entries of one direction, in the order in which they are asked: what names its peer, then what `internet` does
/// not mean, then `internet`.
struct Entries {
  std::vector<AclEntry> named;
  std::vector<AclEntry> denied;
  std::vector<AclEntry> internet;
};

void add(std::vector<AclEntry>& entries, AclEntry entry) {
  for (auto there = entries.begin(); there != entries.end();) {
    const bool same_peer = there->peer.base == entry.peer.base && there->peer.part == entry.peer.part;
    if (same_peer && there->kind.contains(entry.kind)) return;
    there = same_peer && entry.kind.contains(there->kind) ? entries.erase(there) : there + 1;
  }
  entries.push_back(std::move(entry));
}

class AclPlanner {
 public:
  AclPlanner(const model::Design& design, const DataPlan& data, const std::vector<Fleet>& fleets, TierId tier,
             bool holds_nat)
      : design_(design), data_(data), fleets_(fleets), tier_(tier), holds_nat_(holds_nat) {}

  Acl plan() {
    for (const Flow& flow : design_.flows) {
      if (model::tier_of(design_, flow.from) == tier_) conversation(flow, flow.to, Direction::Out);
      if (const model::Balancer* balancer = network_balancer(flow)) {
        handed_on(flow, *balancer);
      } else if (model::tier_of(design_, flow.to) == tier_) {
        conversation(flow, flow.from, Direction::In);
      }
      if (holds_nat_) transit(flow);
    }
    for (const InterfaceEndpoint& way : data_.endpoints) requests(way);
    for (const Fleet& fleet : fleets_) tunnel(fleet);
    return {.tier = tier_, .ingress = in_order(ingress_), .egress = in_order(egress_)};
  }

 private:
  static std::vector<AclEntry> in_order(const Entries& entries) {
    std::vector<AclEntry> all = entries.named;
    all.insert(all.end(), entries.denied.begin(), entries.denied.end());
    all.insert(all.end(), entries.internet.begin(), entries.internet.end());
    return all;
  }

  /// `Out`: the tier opens the conversation.
  void conversation(const Flow& flow, const model::Endpoint& other, Direction direction) {
    if (std::holds_alternative<model::Internet>(other)) {
      const auto denied = denied_blocks(design_, tier_, flow, direction);
      for (const net::Family family : families_of(design_, tier_)) {
        internet(flow.traffic, flow.statement, direction, denied, family);
      }
      return;
    }
    for (const net::Family family : families_of(design_, tier_)) {
      for (const Block& peer : blocks_of(other, family)) named(flow.traffic, flow.statement, direction, peer);
    }
  }

  [[nodiscard]] std::vector<Block> blocks_of(const model::Endpoint& other, net::Family family) const {
    std::vector<Block> blocks;
    if (const auto tier = model::tier_of(design_, other)) {
      for (const Block& block : model::blocks_of(design_, *tier)) {
        if (model::family_of(design_, block.base) == family) blocks.push_back(block);
      }
      return blocks;
    }
    const auto* site = std::get_if<model::SiteId>(&other);
    const auto& listed = site != nullptr ? model::addresses_of(design_, *site) : std::get<model::Blocks>(other).blocks;
    for (const auto& one : joined(listed, family)) blocks.push_back({.base = one, .part = {}});
    return blocks;
  }

  void named(const net::Traffic& traffic, StatementId statement, Direction direction, const Block& peer) {
    for (const PacketKind& kind : kinds_of(traffic)) {
      if (!kind.is_of(model::family_of(design_, peer.base))) continue;
      add(side(direction).named, allow(kind, peer, statement, ""));
      for (const PacketKind& answer : answers_to(kind)) {
        add(opposite(direction).named, allow(answer, peer, statement, "answers: "));
      }
    }
  }

  void internet(const net::Traffic& traffic, StatementId statement, Direction direction,
                const std::vector<Block>& denied, net::Family family) {
    const Block everywhere{.base = net::whole(family), .part = {}};
    for (const PacketKind& kind : kinds_of(traffic)) {
      if (!kind.is_of(family)) continue;
      for (const Block& block : denied) {
        if (model::family_of(design_, block.base) != family) continue;
        AclEntry entry = allow(kind, block, statement, "not part of the Internet: ");
        entry.allow = false;
        add(side(direction).denied, std::move(entry));
      }
      add(side(direction).internet, allow(kind, everywhere, statement, ""));
      for (const PacketKind& answer : answers_to(kind)) {
        add(opposite(direction).internet, allow(answer, everywhere, statement, "answers: "));
      }
    }
  }

  /// That the flow comes from.
  [[nodiscard]] const model::Balancer* network_balancer(const Flow& flow) const {
    const auto* id = std::get_if<model::BalancerId>(&flow.from);
    if (id == nullptr || design_.balancers[*id].layer != model::Layer::Network) return nullptr;
    return &design_.balancers[*id];
  }

  /// A network balancer passes the client's address on, so at the edge of its targets' tier packets come from clients
  /// (elasticloadbalancing/latest/network/edit-target-group-attributes.html, "Client IP preservation"): from those of
  /// the forward, not from all that the balancer has. Only its checks come from itself.
  void handed_on(const Flow& flow, const model::Balancer& balancer) {
    const bool to_here = model::tier_of(design_, flow.to) == tier_;
    for (const model::Forward& forward : balancer.forwards) {
      if (flow.to != model::Endpoint(forward.target) || !flow.traffic.overlaps(forward.to)) continue;
      if (balancer.tier == tier_) check(flow, forward, flow.to, Direction::Out);
      if (!to_here) continue;
      check(flow, forward, flow.from, Direction::In);
      for (const Flow& client : design_.flows) {
        if (client.to != flow.from || !client.traffic.overlaps(forward.listen)) continue;
        for (const net::Family family : families_of(design_, tier_)) client_of(flow, client, family);
      }
    }
  }

  /// It asks by TCP, whatever it hands on (elasticloadbalancing/latest/network/target-group-health-checks.html).
  void check(const Flow& flow, const model::Forward& forward, const model::Endpoint& other, Direction direction) {
    for (const PacketKind& kind : kinds_of(forward.to)) {
      const net::Traffic asked = net::Traffic::of(net::Protocol::Tcp, kind.numbers.first, kind.numbers.last);
      for (const net::Family family : families_of(design_, tier_)) {
        for (const Block& peer : blocks_of(other, family)) named(asked, flow.statement, direction, peer);
      }
    }
  }

  void client_of(const Flow& handed_on, const Flow& client, net::Family family) {
    if (std::holds_alternative<model::Internet>(client.from)) {
      internet(handed_on.traffic, client.statement, Direction::In, {}, family);
      return;
    }
    for (const Block& peer : blocks_of(client.from, family)) {
      named(handed_on.traffic, client.statement, Direction::In, peer);
    }
  }

  /// Of IPv4: the other family leaves a private tier by another gateway. Packets to a NAT gateway enter its subnet from
  /// the tier that sent them, and leave it for the Internet.
  void transit(const Flow& flow) {
    const auto from = model::tier_of(design_, flow.from);
    if (!from) return;
    bool by_nat = false;
    model::NetworkId stands_in = design_.tiers[*from].network;
    for (const model::Hop& hop : flow.via) {
      by_nat = by_nat || std::holds_alternative<model::ViaNat>(hop);
      // what an appliance hands on comes from its network, as the sender
      const auto* appliance = std::get_if<model::ApplianceId>(&hop);
      if (appliance != nullptr) stands_in = design_.tiers[design_.appliances[*appliance].tier].network;
    }
    if (!by_nat || stands_in != design_.tiers[tier_].network) return;
    named(flow.traffic, flow.statement, Direction::In, design_.tiers[*from].block);
    if (std::holds_alternative<model::Internet>(flow.to)) {
      internet(flow.traffic, flow.statement, Direction::Out, {}, net::Family::V4);
    } else {
      for (const Block& peer : blocks_of(flow.to, net::Family::V4))
        named(flow.traffic, flow.statement, Direction::Out, peer);
    }
  }

  /// A private path has an interface in every zone, and a caller in one zone may take the one in another.
  void requests(const InterfaceEndpoint& way) {
    const net::Traffic tls = net::Traffic::of(net::Protocol::Tcp, 443, 443);
    for (const std::size_t index : way.grants) {
      const DataGrant& grant = data_.grants[index];
      const auto from = model::tier_of(design_, grant.from);
      const StatementId statement = grant.statements.front();
      if (from == tier_) named(tls, statement, Direction::Out, design_.tiers[way.tier].block);
      if (way.tier == tier_ && from) named(tls, statement, Direction::In, design_.tiers[*from].block);
    }
  }

  /// Between a gateway load balancer and its appliances: packets in the tunnel, either way to the same port, and the
  /// question whether one is well.
  void tunnel(const Fleet& fleet) {
    if (design_.appliances[fleet.appliance].tier != tier_) return;
    const PacketKind geneve{.protocol = net::Protocol::Udp, .numbers = {kGenevePort, kGenevePort}};
    const PacketKind probe{.protocol = net::Protocol::Tcp, .numbers = {kFleetProbePort, kFleetProbePort}};
    const auto entry = [&](const PacketKind& kind, const Block& peer) {
      return AclEntry{.allow = true,
                      .kind = kind,
                      .peer = peer,
                      .statement = {},
                      .text = rule_text("The gateway load balancer of " +
                                        model::to_string(design_.appliances[fleet.appliance].origin.path))};
    };
    for (const Block& block : fleet.blocks) {
      for (Entries* side : {&ingress_, &egress_}) add(side->named, entry(geneve, block));
      add(ingress_.named, entry(probe, block));
      for (const PacketKind& answer : answers_to(probe)) add(egress_.named, entry(answer, block));
    }
  }

  [[nodiscard]] AclEntry allow(const PacketKind& kind, const Block& peer, StatementId statement,
                               std::string_view role) const {
    return {.allow = true,
            .kind = kind,
            .peer = peer,
            .statement = statement,
            .text = std::string(role) + describe(design_, statement)};
  }

  Entries& side(Direction direction) { return direction == Direction::Out ? egress_ : ingress_; }
  Entries& opposite(Direction direction) { return direction == Direction::Out ? ingress_ : egress_; }

  const model::Design& design_;
  const DataPlan& data_;
  const std::vector<Fleet>& fleets_;
  TierId tier_;
  bool holds_nat_;
  Entries ingress_;
  Entries egress_;
};

}  // namespace

std::vector<Acl> plan_acls(const model::Design& design, const std::vector<Gateways>& gateways,
                           const std::vector<Fleet>& fleets, const DataPlan& data) {
  std::vector<Acl> acls;
  for (const TierId tier : design.tiers.ids()) {
    if (!design.tiers[tier].strict_acl) continue;
    const bool holds_nat =
        std::any_of(gateways.begin(), gateways.end(), [&](const Gateways& one) { return one.nat_tier == tier; });
    const bool has_path = std::any_of(data.endpoints.begin(), data.endpoints.end(),
                                      [&](const InterfaceEndpoint& way) { return way.tier == tier; });
    const bool used = has_path || !model::members_in(design, tier).empty();
    if (used || holds_nat) acls.push_back(AclPlanner(design, data, fleets, tier, holds_nat).plan());
  }
  return acls;
}

}  // namespace crenel::aws
