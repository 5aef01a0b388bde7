#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/quotas.h"
#include "compiler/model/appliances.h"
#include "compiler/net/address_set.h"

/// Security groups add up: an interface that carries several is open to what any of them allows (EC2 user guide,
/// "Control traffic with security groups"). So rules may stand in whichever of them has room.
namespace crenel::aws {
namespace {

using Rules = std::vector<SecurityRule>;

net::Traffic traffic_of(const PacketKind& kind) {
  if (!kind.protocol) return net::Traffic::all();
  if (!kind.has_ports() && kind.all_numbers()) return net::Traffic::of(*kind.protocol);
  return net::Traffic::of(*kind.protocol, kind.numbers.first, kind.numbers.last);
}

std::optional<net::Prefix> block_of(const SecurityRule& rule) {
  const auto* block = std::get_if<model::LateBlock>(&rule.peer);
  return block == nullptr ? std::nullopt : model::known(*block);
}

bool contains(const SecurityRule& wide, const SecurityRule& narrow) {
  const auto around = block_of(wide);
  const auto within = block_of(narrow);
  const bool peers = around && within ? around->contains(*within) : wide.peer == narrow.peer;
  return peers && wide.kind.contains(narrow.kind);
}

/// For each peer the kinds that are left once ranges that touch are one.
Rules joined_kinds(const Rules& rules) {
  Rules out;
  for (const SecurityRule& rule : rules) {
    const auto same = [&](const SecurityRule& other) { return other.peer == rule.peer; };
    if (std::any_of(out.begin(), out.end(), same)) continue;
    net::Traffic all;
    for (const SecurityRule& other : rules) {
      if (same(other)) all = all.united(traffic_of(other.kind));
    }
    for (const PacketKind& kind : kinds_of(all)) {
      out.push_back({.peer = rule.peer, .kind = kind, .statements = {}, .text = {}, .part = 0});
    }
  }
  return out;
}

/// For each kind the blocks that are left once halves of one are that one.
Rules joined_blocks(const Rules& rules) {
  Rules out;
  for (const SecurityRule& rule : rules) {
    if (!block_of(rule)) {
      out.push_back(rule);
      continue;
    }
    const auto same = [&](const SecurityRule& other) { return block_of(other) && other.kind == rule.kind; };
    if (std::any_of(out.begin(), out.end(), same)) continue;
    net::AddressSet all;
    for (const SecurityRule& other : rules) {
      if (same(other)) all = all.united(*block_of(other));
    }
    for (const net::Prefix& prefix : all.prefixes()) {
      out.push_back({.peer = model::LateBlock(prefix), .kind = rule.kind, .statements = {}, .text = {}, .part = 0});
    }
  }
  return out;
}

/// The same packets in fewer rules, each with the statements of all that it stands for.
void join(const model::Design& design, Rules& rules) {
  Rules fewer = joined_blocks(joined_kinds(rules));
  if (fewer.size() >= rules.size()) return;
  for (SecurityRule& rule : fewer) {
    for (const SecurityRule& old : rules) {
      if (!contains(rule, old)) continue;
      for (const model::StatementId statement : old.statements) {
        if (std::find(rule.statements.begin(), rule.statements.end(), statement) == rule.statements.end())
          rule.statements.push_back(statement);
      }
    }
    rule.text = text_of(design, rule);
  }
  rules = std::move(fewer);
}

/// Fills one group after the other; how many it took.
std::size_t deal(const model::Design& design, Rules& rules, std::size_t beside, std::size_t room) {
  std::size_t part = 0;
  Rules here;
  for (SecurityRule& rule : rules) {
    here.push_back(rule);
    if (counted(design, here) + (part == 0 ? beside : 0) > room) {
      ++part;
      here = {rule};
    }
    rule.part = part;
  }
  return part + 1;
}

void spread(const model::Design& design, const Plan& plan, SecurityGroup& group) {
  const Beside beside = rules_beside(design, plan, group.member);
  const std::size_t room = granted(design, kRulesPerSecurityGroup);
  const auto fits_in = [&] { return counted(design, group.ingress) + beside.ingress <= room; };
  const auto fits_out = [&] { return counted(design, group.egress) + beside.egress <= room; };
  const auto fits = [&] { return fits_in() && fits_out(); };
  if (!fits_in()) join(design, group.ingress);
  if (!fits_out()) join(design, group.egress);
  const std::size_t most = groups_per_interface(design, group.member);
  if (fits() || beside.ingress > room || beside.egress > room) return;
  group.parts =
      std::max(deal(design, group.ingress, beside.ingress, room), deal(design, group.egress, beside.egress, room));
  if (group.parts <= most) return;
  group.parts = 1;
  for (Rules* rules : {&group.ingress, &group.egress}) {
    for (SecurityRule& rule : *rules) rule.part = 0;
  }
}

std::size_t zones_of_fleet(const model::Design& design, const Plan& plan, const Member& member) {
  const auto* group = std::get_if<model::GroupId>(&member);
  const auto appliance = group == nullptr ? std::nullopt : model::appliance_of(design, *group);
  const Fleet* fleet = appliance ? plan.fleet_of(*appliance) : nullptr;
  return fleet == nullptr ? 0 : fleet->blocks.size();
}

}  // namespace

std::size_t counted(const model::Design& design, const Rules& rules) {
  const auto of_ipv6 = static_cast<std::size_t>(std::count_if(rules.begin(), rules.end(), [&](const auto& rule) {
    const auto* block = std::get_if<model::LateBlock>(&rule.peer);
    const auto* tier = std::get_if<TierAddresses>(&rule.peer);
    if (tier != nullptr) return tier->family == net::Family::V6;
    return block != nullptr && model::family_of(design, *block) == net::Family::V6;
  }));
  const auto of_groups = static_cast<std::size_t>(
      std::count_if(rules.begin(), rules.end(), [](const auto& rule) { return rule.by_group(); }));
  return std::max(rules.size() - of_ipv6, of_ipv6 + of_groups);
}

Beside rules_beside(const model::Design& design, const Plan& plan, const Member& member) {
  const auto end = std::visit([](auto id) { return model::Endpoint(id); }, member);
  const auto& ways = plan.data.endpoints;
  const auto paths =
      static_cast<std::size_t>(std::count_if(ways.begin(), ways.end(), [&](const InterfaceEndpoint& way) {
        return std::find(way.members.begin(), way.members.end(), end) != way.members.end();
      }));
  // Of a gateway load balancer: the tunnel, both ways, and its questions.
  const std::size_t zones = zones_of_fleet(design, plan, member);
  return {.ingress = 2 * zones, .egress = zones + paths};
}

std::size_t groups_per_interface(const model::Design& design, const Member& member) {
  const std::size_t own = granted(design, kGroupsPerInterface);
  const std::size_t most =
      std::holds_alternative<model::GroupId>(member) ? own : std::min(own, kGroupsOfManagedInterface);
  return std::min(most, std::max<std::size_t>(1, kRulesPerInterface / granted(design, kRulesPerSecurityGroup)));
}

void spread_rules(const model::Design& design, Plan& plan) {
  for (SecurityGroup& group : plan.groups) spread(design, plan, group);
}

}  // namespace crenel::aws
