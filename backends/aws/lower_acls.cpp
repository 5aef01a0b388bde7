#include <utility>

#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::object;

constexpr int kFirstNumber = 100;
constexpr int kStep = 10;
constexpr int kEveryProtocol = -1;

/// An entry's name is its number. EC2 knows an entry by its number and refuses a second one of the same number, so an
/// entry that kept its name and took over another's number could not be updated.
void add_entry(Lowering& to, const Acl& acl, bool egress, int number, const AclEntry& entry) {
  const model::Tier& tier = to.design.tiers[acl.tier];
  const PacketKind& kind = entry.kind;
  Value properties;
  properties.set("NetworkAclId", reference_to(tier_name(to.design, acl.tier, "NetworkAcl")));
  properties.set("Egress", egress);
  properties.set("RuleNumber", number);
  properties.set("RuleAction", entry.allow ? "allow" : "deny");
  properties.set("Protocol", kind.protocol ? static_cast<int>(*kind.protocol) : kEveryProtocol);
  if (kind.has_ports()) {
    properties.set("PortRange", object({{"From", int{kind.numbers.first}}, {"To", int{kind.numbers.last}}}));
  } else if (kind.protocol == net::Protocol::Icmp || kind.protocol == net::Protocol::Icmp6) {
    properties.set("Icmp", object({{"Type", kind.all_numbers() ? -1 : int{kind.numbers.first}}, {"Code", -1}}));
  }
  const bool ipv6 = model::family_of(to.design, entry.peer.base) == net::Family::V6;
  properties.set(ipv6 ? "Ipv6CidrBlock" : "CidrBlock", block_value(to.design, entry.peer));
  const std::string role = (egress ? "AclEgress" : "AclIngress") + std::to_string(number);
  Resource& made =
      to.add(kNetworkAclEntry, tier_name(to.design, acl.tier, role), "subnet", tier.origin, std::move(properties));
  if (const auto given = gives_space(to.design, entry.peer))
    made.depends_on = {network_name(to.design, *given, "Ipv6Block")};
  // An entry has no description of its own.
  made.attributes.emplace_back("Metadata", object({{"Because", entry.text}}));
}

}  // namespace

void lower_acl(Lowering& to, const Acl& acl) {
  const model::Tier& tier = to.design.tiers[acl.tier];
  const std::string name = tier_name(to.design, acl.tier, "NetworkAcl");
  to.add(kNetworkAcl, name, "subnet", tier.origin,
         object({{"VpcId", reference_to(network_name(to.design, tier.network, "Vpc"))},
                 {"Tags", to.tags(model::to_string(tier.origin.path))}}));
  for (const bool egress : {false, true}) {
    int number = kFirstNumber;
    for (const AclEntry& entry : egress ? acl.egress : acl.ingress) {
      add_entry(to, acl, egress, number, entry);
      number += kStep;
    }
  }
  for (int zone = 1; zone <= to.design.networks[tier.network].zones; ++zone) {
    to.add(kNetworkAclAssociation, zone_name(to.design, acl.tier, zone, "NetworkAclAssociation"), "subnet", tier.origin,
           object({{"SubnetId", reference_to(zone_name(to.design, acl.tier, zone, "Subnet"))},
                   {"NetworkAclId", reference_to(name)}}));
  }
}

}  // namespace crenel::aws
