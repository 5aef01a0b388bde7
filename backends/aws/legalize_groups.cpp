#include <algorithm>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/values.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::Direction;
using model::StatementId;
using Peer = std::variant<Member, model::Late<net::Prefix>, TierAddresses>;

/// Adds a rule, or a reason to the rule that says it already.
void add_rule(std::vector<SecurityRule>& rules, const Peer& peer, const PacketKind& kind, StatementId statement) {
  std::vector<StatementId> statements;
  for (auto rule = rules.begin(); rule != rules.end();) {
    const bool wider = rule->peer == peer && rule->kind.contains(kind);
    if (wider) {
      if (std::find(rule->statements.begin(), rule->statements.end(), statement) == rule->statements.end()) {
        rule->statements.push_back(statement);
      }
      return;
    }
    if (rule->peer == peer && kind.contains(rule->kind)) {
      statements.insert(statements.end(), rule->statements.begin(), rule->statements.end());
      rule = rules.erase(rule);
    } else {
      ++rule;
    }
  }
  if (std::find(statements.begin(), statements.end(), statement) == statements.end()) statements.push_back(statement);
  rules.push_back({.peer = peer, .kind = kind, .statements = std::move(statements), .text = {}, .part = 0});
}

class GroupPlanner {
 public:
  GroupPlanner(const model::Design& design, diagnostics::Diagnostics& diagnostics)
      : design_(design), diagnostics_(diagnostics) {
    for (const auto id : design.groups.ids())
      groups_.push_back({.member = id, .ingress = {}, .egress = {}, .parts = 1});
    for (const auto id : design.balancers.ids())
      groups_.push_back({.member = id, .ingress = {}, .egress = {}, .parts = 1});
    for (const auto id : design.databases.ids())
      groups_.push_back({.member = id, .ingress = {}, .egress = {}, .parts = 1});
    for (const auto id : design.functions.ids()) {
      if (design.functions[id].tier) groups_.push_back({.member = id, .ingress = {}, .egress = {}, .parts = 1});
    }
  }

  std::vector<SecurityGroup> plan() {
    for (const model::Flow& flow : design_.flows) {
      // A function outside every tier has no interface: what it may send is nobody's to close.
      const auto* function = std::get_if<model::FunctionId>(&flow.from);
      if (function != nullptr && !design_.functions[*function].tier) continue;
      if (const auto source = as_member(flow.from)) grant(flow, *source, flow.to, Direction::Out);
      if (const auto target = as_member(flow.to)) grant(flow, *target, flow.from, Direction::In);
      health_check(flow);
    }
    for (SecurityGroup& group : groups_) {
      for (auto* rules : {&group.ingress, &group.egress}) {
        for (SecurityRule& rule : *rules) rule.text = text_of(design_, rule);
      }
    }
    return std::move(groups_);
  }

 private:
  SecurityGroup& group_of(const Member& member) {
    return *std::find_if(groups_.begin(), groups_.end(),
                         [&](const SecurityGroup& one) { return one.member == member; });
  }

  [[nodiscard]] std::vector<Peer> peers(const model::Flow& flow, const Member& member, const model::Endpoint& other,
                                        Direction direction) {
    if (const auto peer = as_member(other)) {
      if (direction == Direction::In && sends_by(flow.from, member)) return addresses(member, *peer);
      const auto network = [&](const Member& one) { return design_.tiers[tier_of(design_, one)].network; };
      const bool apart = network(*peer) != network(member);
      if (apart && (is_appliance(*peer) || is_appliance(member))) return addresses(member, *peer);
      return {Peer(*peer)};
    }
    if (std::holds_alternative<model::Internet>(other)) {
      const auto exact = internet_blocks(design_, flow, member, direction, diagnostics_);
      return exact ? std::vector<Peer>(exact->begin(), exact->end()) : std::vector<Peer>();
    }
    const auto* site = std::get_if<model::SiteId>(&other);
    const auto listed = site != nullptr ? model::addresses_of(design_, *site) : std::get<model::Blocks>(other).blocks;
    std::vector<Peer> out;
    for (const net::Family family : families_of(design_, tier_of(design_, member))) {
      for (const auto& block : joined(listed, family)) out.emplace_back(block);
    }
    return out;
  }

  /// Of the peer's tier, in each family in which the two can meet.
  [[nodiscard]] std::vector<Peer> addresses(const Member& member, const Member& peer) const {
    const model::TierId there = tier_of(design_, peer);
    std::vector<Peer> out;
    for (const net::Family family : families_of(design_, tier_of(design_, member))) {
      if (model::has_family(design_, there, family)) out.emplace_back(TierAddresses{.tier = there, .family = family});
    }
    return out;
  }

  /// What is handed to an appliance is known by its addresses there: a rule that names a group is one for packets
  /// between two of its members (EC2 user guide, "Security group referencing"). A sender of nothing
  /// else calls the appliance itself, and is known by group as everywhere.
  [[nodiscard]] bool sends_by(const model::Endpoint& sender, const Member& appliance) const {
    const auto* group = std::get_if<model::GroupId>(&appliance);
    const auto id = group == nullptr ? std::nullopt : model::appliance_of(design_, *group);
    return id && std::any_of(design_.flows.begin(), design_.flows.end(), [&](const model::Flow& flow) {
             return flow.from == sender &&
                    std::find(flow.via.begin(), flow.via.end(), model::Hop(*id)) != flow.via.end();
           });
  }

  [[nodiscard]] bool is_appliance(const Member& member) const {
    const auto* group = std::get_if<model::GroupId>(&member);
    return group != nullptr && model::appliance_of(design_, *group);
  }

  [[nodiscard]] bool is_possible(const Peer& peer, const PacketKind& kind) const {
    if (const auto* tier = std::get_if<TierAddresses>(&peer)) return kind.is_of(tier->family);
    const auto* block = std::get_if<model::Late<net::Prefix>>(&peer);
    return block == nullptr || kind.is_of(model::family_of(design_, *block));
  }

  void grant(const model::Flow& flow, const Member& member, const model::Endpoint& other, Direction direction) {
    SecurityGroup& group = group_of(member);
    auto& rules = direction == Direction::In ? group.ingress : group.egress;
    for (const Peer& peer : peers(flow, member, other, direction)) {
      for (const PacketKind& kind : kinds_of(flow.traffic)) {
        if (is_possible(peer, kind)) add_rule(rules, peer, kind, flow.statement);
      }
    }
  }

  /// A network balancer asks over TCP whether a member is well, on a UDP service too. Nobody else gets through: the
  /// balancer listens on UDP only.
  void health_check(const model::Flow& flow) {
    const auto* id = std::get_if<model::BalancerId>(&flow.from);
    const auto* target = std::get_if<model::GroupId>(&flow.to);
    if (id == nullptr || target == nullptr || design_.balancers[*id].layer != model::Layer::Network) return;
    for (const PacketKind& kind : kinds_of(flow.traffic)) {
      if (kind.protocol != net::Protocol::Udp) continue;
      const PacketKind check{.protocol = net::Protocol::Tcp, .numbers = kind.numbers};
      add_rule(group_of(*id).egress, Member(*target), check, flow.statement);
      add_rule(group_of(*target).ingress, Member(*id), check, flow.statement);
    }
  }

  const model::Design& design_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<SecurityGroup> groups_;
};

}  // namespace

std::string text_of(const model::Design& design, const SecurityRule& rule) {
  std::vector<std::string> texts;
  for (const StatementId statement : rule.statements) texts.push_back(describe(design, statement));
  return rule_text(base::join(texts, "; "));
}

std::vector<SecurityGroup> plan_groups(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  return GroupPlanner(design, diagnostics).plan();
}

}  // namespace crenel::aws
