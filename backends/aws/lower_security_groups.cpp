#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

void set_kind(Value& rule, const PacketKind& kind) {
  if (!kind.protocol) {
    rule.set("IpProtocol", "-1");
  } else if (kind.has_ports()) {
    rule.set("IpProtocol", net::to_string(*kind.protocol));
    rule.set("FromPort", int{kind.numbers.first});
    rule.set("ToPort", int{kind.numbers.last});
  } else if (kind.protocol == net::Protocol::Icmp || kind.protocol == net::Protocol::Icmp6) {
    rule.set("IpProtocol", kind.protocol == net::Protocol::Icmp ? "icmp" : "icmpv6");
    rule.set("FromPort", kind.all_numbers() ? -1 : int{kind.numbers.first});  // the type
    rule.set("ToPort", -1);                                                   // every code
  } else {
    rule.set("IpProtocol", std::to_string(static_cast<int>(*kind.protocol)));
  }
}

Value inline_rule(const model::Design& design, const SecurityRule& rule) {
  Value out;
  set_kind(out, rule.kind);
  if (const auto* addresses = std::get_if<TierAddresses>(&rule.peer)) {
    const model::Tier& tier = design.tiers[addresses->tier];
    const bool ipv6 = addresses->family == net::Family::V6;
    out.set(ipv6 ? "CidrIpv6" : "CidrIp", block_value(design, ipv6 ? *tier.ipv6_block : tier.block));
  } else {
    const auto& block = std::get<model::Late<net::Prefix>>(rule.peer);
    const bool ipv6 = model::family_of(design, block) == net::Family::V6;
    out.set(ipv6 ? "CidrIpv6" : "CidrIp", address_value(design, block));
  }
  out.set("Description", rule.text);
  return out;
}

void add_stand_alone(Lowering& to, const Member& owner, bool ingress, const SecurityRule& rule) {
  const Member& peer = std::get<Member>(rule.peer);
  const auto group_id = [&](const Member& member, std::size_t part) {
    return attribute(security_group_name(to.design, member, part), "GroupId");
  };
  Value properties;
  properties.set("GroupId", group_id(owner, rule.part));
  set_kind(properties, rule.kind);
  properties.set(ingress ? "SourceSecurityGroupId" : "DestinationSecurityGroupId", group_id(peer, 0));
  properties.set("Description", rule.text);
  Resource& made = to.add(ingress ? kSecurityGroupIngress : kSecurityGroupEgress,
                          rule_name(to.design, owner, ingress, peer, rule.kind), kind_of(owner),
                          origin_of(to.design, owner), std::move(properties));
  // A group of another VPC can be named once the two are peered, and no sooner.
  const auto network_of = [&](const Member& member) { return to.design.tiers[tier_of(to.design, member)].network; };
  const auto peering = model::peering_between(to.design, network_of(owner), network_of(peer));
  if (peering) made.depends_on = {peering_name(to.design, *peering)};
}

/// The blocks of IPv6 that rules inside the group name: networks have none before they are given one.
std::vector<std::string> blocks_named(const model::Design& design, const SecurityGroup& group, std::size_t part) {
  std::vector<std::string> out;
  for (const auto* rules : {&group.ingress, &group.egress}) {
    for (const SecurityRule& rule : *rules) {
      const auto* addresses = std::get_if<TierAddresses>(&rule.peer);
      if (rule.part != part || addresses == nullptr || addresses->family != net::Family::V6) continue;
      const std::string block = network_name(design, design.tiers[addresses->tier].network, "Ipv6Block");
      if (std::find(out.begin(), out.end(), block) == out.end()) out.push_back(block);
    }
  }
  return out;
}

}  // namespace

/// EC2 gives a group that is made without outbound rules one that allows everything, and stand-alone rules come too
/// late to stop it. This rule matches no packet: nothing has the address, and the ICMP type is one that does not exist
/// (the same stand-in as the AWS CDK's, aws-ec2/lib/security-group.ts).
Value no_egress() {
  Value rule;
  rule.set("IpProtocol", "icmp");
  rule.set("FromPort", 252);
  rule.set("ToPort", 86);
  rule.set("CidrIp", "255.255.255.255/32");
  rule.set("Description", "Matches nothing; without it AWS would allow all outbound traffic");
  return rule;
}

namespace {

Value inline_rules(const model::Design& design, const std::vector<SecurityRule>& rules, std::size_t part) {
  Value out;
  for (const SecurityRule& rule : rules) {
    if (rule.part == part && !rule.by_group()) out.push(inline_rule(design, rule));
  }
  return out;
}

void lower_part(Lowering& to, const SecurityGroup& group, std::size_t part) {
  const model::Origin& origin = origin_of(to.design, group.member);
  const model::TierId tier = tier_of(to.design, group.member);
  const std::string_view kind = kind_of(group.member);
  const std::string_view of = kind == "group"      ? "Members of"
                              : kind == "balancer" ? "Nodes of"
                              : kind == "database" ? "Instances of"
                                                   : "Interfaces of";
  Value ingress = inline_rules(to.design, group.ingress, part);
  Value egress = inline_rules(to.design, group.egress, part);
  if (egress.is_null()) egress.push(no_egress());
  Value properties;
  // A change of the description would replace the group: it says only what the logical id says.
  const auto* of_group = std::get_if<model::GroupId>(&group.member);
  const bool appliance = of_group != nullptr && model::appliance_of(to.design, *of_group);
  const std::string who = appliance ? "Appliance" : std::string(of) + " " + std::string(kind);
  const std::string further = part == 0 ? "" : ", further rules " + std::to_string(part + 1);
  properties.set("GroupDescription", rule_text(who + " " + model::to_string(origin.path) + further));
  properties.set("VpcId", reference_to(network_name(to.design, to.design.tiers[tier].network, "Vpc")));
  if (!ingress.is_null()) properties.set("SecurityGroupIngress", std::move(ingress));
  properties.set("SecurityGroupEgress", std::move(egress));
  properties.set("Tags", to.tags(model::to_string(origin.path)));
  to.add(kSecurityGroup, security_group_name(to.design, group.member, part), kind, origin, std::move(properties))
      .depends_on = blocks_named(to.design, group, part);
}

}  // namespace

void lower_security_group(Lowering& to, const SecurityGroup& group) {
  for (std::size_t part = 0; part < group.parts; ++part) lower_part(to, group, part);
}

Value security_groups_of(const Lowering& to, const Member& member) {
  Value out;
  for (std::size_t part = 0; part < to.plan.group_of(member).parts; ++part)
    out.push(attribute(security_group_name(to.design, member, part), "GroupId"));
  return out;
}

/// Rules that name a group stand alone: two groups that name each other inside would depend on each other.
void lower_group_rules(Lowering& to, const SecurityGroup& group) {
  for (const SecurityRule& rule : group.ingress) {
    if (rule.by_group()) add_stand_alone(to, group.member, true, rule);
  }
  for (const SecurityRule& rule : group.egress) {
    if (rule.by_group()) add_stand_alone(to, group.member, false, rule);
  }
}

}  // namespace crenel::aws
