#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::NetworkId;
using model::TierId;

Resource& add_attachment(Lowering& to, NetworkId id, std::string_view role, std::string_view property,
                         const std::string& gateway) {
  Value properties;
  properties.set("VpcId", reference_to(network_name(to.design, id, "Vpc")));
  properties.set(std::string(property), reference_to(gateway));
  return to.add(kGatewayAttachment, network_name(to.design, id, role), "network", to.design.networks[id].origin,
                std::move(properties));
}

void lower_internet_gateway(Lowering& to, NetworkId id) {
  const model::Origin& origin = to.design.networks[id].origin;
  const std::string gateway = network_name(to.design, id, "InternetGateway");
  to.add(kInternetGateway, gateway, "network", origin, object({{"Tags", to.tags(model::to_string(origin.path))}}));
  add_attachment(to, id, "InternetGatewayAttachment", "InternetGatewayId", gateway);
}

void lower_vpn_gateway(Lowering& to, NetworkId id) {
  const model::Origin& origin = to.design.networks[id].origin;
  const std::string gateway = network_name(to.design, id, "VpnGateway");
  to.add(kVpnGateway, gateway, "network", origin,
         object({{"Type", "ipsec.1"}, {"Tags", to.tags(model::to_string(origin.path))}}));
  add_attachment(to, id, "VpnGatewayAttachment", "VpnGatewayId", gateway);
}

/// A block of IPv6 of Amazon's pool, and what lets nothing in where private tiers go out with it.
void lower_ipv6(Lowering& to, NetworkId id) {
  const model::Origin& origin = to.design.networks[id].origin;
  const Value vpc = reference_to(network_name(to.design, id, "Vpc"));
  to.add(kVpcBlock, network_name(to.design, id, "Ipv6Block"), "network", origin,
         object({{"VpcId", vpc}, {"AmazonProvidedIpv6CidrBlock", true}}));
  if (!to.plan.gateways_of(id).egress_only) return;
  to.add(kEgressOnlyGateway, network_name(to.design, id, "EgressOnlyGateway"), "network", origin,
         object({{"VpcId", vpc}, {"Tags", to.tags(model::to_string(origin.path))}}));
}

/// One a zone, so that the loss of a zone takes no other's way out with it.
void lower_nat(Lowering& to, NetworkId id, TierId tier) {
  const model::Network& network = to.design.networks[id];
  for (int zone = 1; zone <= network.zones; ++zone) {
    const std::string name = model::to_string(to.design.tiers[tier].origin.path) + " NAT " + std::to_string(zone);
    const std::string address = zone_name(to.design, tier, zone, "NatAddress");
    // An address cannot be held, and a gateway not started, before the VPC has its Internet gateway.
    to.add(kElasticAddress, address, "network", network.origin, object({{"Domain", "vpc"}, {"Tags", to.tags(name)}}))
        .depends_on = {network_name(to.design, id, "InternetGatewayAttachment")};
    Value properties;
    properties.set("ConnectivityType", "public");
    properties.set("SubnetId", reference_to(zone_name(to.design, tier, zone, "Subnet")));
    properties.set("AllocationId", attribute(address, "AllocationId"));
    properties.set("Tags", to.tags(name));
    to.add(kNatGateway, zone_name(to.design, tier, zone, "NatGateway"), "network", network.origin,
           std::move(properties))
        .depends_on = {to.plan.routes_of(tier).table_per_zone ? zone_name(to.design, tier, zone, "DefaultRoute")
                                                              : tier_name(to.design, tier, "DefaultRoute")};
  }
}

void lower_subnet(Lowering& to, TierId id, int zone, const std::string& table) {
  const model::Tier& tier = to.design.tiers[id];
  const std::string subnet = zone_name(to.design, id, zone, "Subnet");
  Value properties;
  properties.set("VpcId", reference_to(network_name(to.design, tier.network, "Vpc")));
  properties.set("AvailabilityZone", availability_zone(zone));
  properties.set("CidrBlock", block_value(to.design, tier.zone_blocks[static_cast<std::size_t>(zone) - 1]));
  // Who has a public address says so itself; a subnet gives none away.
  properties.set("MapPublicIpOnLaunch", false);
  if (tier.ipv6_block) {
    properties.set("Ipv6CidrBlock", block_value(to.design, tier.ipv6_zone_blocks[static_cast<std::size_t>(zone) - 1]));
    properties.set("AssignIpv6AddressOnCreation", false);
  }
  properties.set("Tags", to.tags(model::to_string(tier.origin.path) + " zone " + std::to_string(zone)));
  Resource& made = to.add(kSubnet, subnet, "subnet", tier.origin, std::move(properties));
  // The network has no block of IPv6 to cut before it is given one.
  if (tier.ipv6_block) made.depends_on = {network_name(to.design, tier.network, "Ipv6Block")};
  to.add(kRouteTableAssociation, zone_name(to.design, id, zone, "RouteTableAssociation"), "subnet", tier.origin,
         object({{"SubnetId", reference_to(subnet)}, {"RouteTableId", reference_to(table)}}));
}

void lower_table(Lowering& to, TierId id, const std::string& table, const std::string& name) {
  const model::Tier& tier = to.design.tiers[id];
  to.add(kRouteTable, table, "subnet", tier.origin,
         object({{"VpcId", reference_to(network_name(to.design, tier.network, "Vpc"))}, {"Tags", to.tags(name)}}));
}

/// aws-resource-ec2-vpcpeeringconnection: of one account and one Region the stack accepts it itself; of another account
/// a role there has to, or its owner.
void lower_peering_elsewhere(Lowering& to, model::LinkId id) {
  const model::Link& link = to.design.links[id];
  Value properties;
  properties.set("VpcId", reference_to(network_name(to.design, link.network, "Vpc")));
  properties.set("PeerVpcId", text_value(to.design, to.design.sites[link.site].network->id));
  if (const auto account = text_setting(link.settings, kAccountSetting)) properties.set("PeerOwnerId", *account);
  if (const auto region = text_setting(link.settings, kRegionSetting)) properties.set("PeerRegion", *region);
  if (const auto role = text_setting(link.settings, kRoleSetting)) properties.set("PeerRoleArn", *role);
  properties.set("Tags", to.tags(model::to_string(link.origin.path)));
  to.add(kPeering, link_name(to.design, id, "Peering"), "peering", link.origin, std::move(properties));
}

}  // namespace

Value availability_zone(int zone) {
  return object({{"Fn::Select", array({zone - 1, object({{"Fn::GetAZs", reference_to(kRegion)}})})}});
}

void lower_network(Lowering& to, NetworkId id) {
  const model::Network& network = to.design.networks[id];
  const Gateways& gateways = to.plan.gateways_of(id);
  Value properties;
  properties.set("CidrBlock", block_value(to.design, network.space));
  properties.set("EnableDnsSupport", true);
  properties.set("EnableDnsHostnames", true);
  properties.set("Tags", to.tags(model::to_string(network.origin.path)));
  to.add(kVpc, network_name(to.design, id, "Vpc"), "network", network.origin, std::move(properties));
  if (network.ipv6) lower_ipv6(to, id);
  if (gateways.internet) lower_internet_gateway(to, id);
  if (gateways.vpn) lower_vpn_gateway(to, id);
  if (gateways.nat_tier) lower_nat(to, id, *gateways.nat_tier);
}

void lower_peerings(Lowering& to) {
  for (const model::PeeringId id : to.design.peerings.ids()) {
    const model::Peering& peering = to.design.peerings[id];
    // Over the transit gateway packets of IPv4 go alone.
    const bool ipv6 = to.design.networks[peering.first].ipv6 && to.design.networks[peering.second].ipv6;
    if (!ipv6 && to.plan.transit_between(peering.first, peering.second) != nullptr) continue;
    Value properties;
    properties.set("VpcId", reference_to(network_name(to.design, peering.first, "Vpc")));
    properties.set("PeerVpcId", reference_to(network_name(to.design, peering.second, "Vpc")));
    properties.set("Tags", to.tags(model::to_string(peering.origin.path)));
    to.add(kPeering, peering_name(to.design, id), "peering", peering.origin, std::move(properties));
  }
  for (const model::LinkId id : to.design.links.ids()) {
    if (to.design.links[id].kind == model::LinkKind::Peering) lower_peering_elsewhere(to, id);
  }
}

void lower_tier(Lowering& to, TierId id) {
  const model::Tier& tier = to.design.tiers[id];
  const std::string path = model::to_string(tier.origin.path);
  const bool per_zone = to.plan.routes_of(id).table_per_zone;
  const std::string shared = tier_name(to.design, id, "RouteTable");
  if (!per_zone) lower_table(to, id, shared, path);
  for (int zone = 1; zone <= to.design.networks[tier.network].zones; ++zone) {
    const std::string own = zone_name(to.design, id, zone, "RouteTable");
    if (per_zone) lower_table(to, id, own, path + " zone " + std::to_string(zone));
    lower_subnet(to, id, zone, per_zone ? own : shared);
  }
}

Array subnet_refs(const model::Design& design, TierId id) {
  Array refs;
  for (int zone = 1; zone <= design.networks[design.tiers[id].network].zones; ++zone) {
    refs.push_back(reference_to(zone_name(design, id, zone, "Subnet")));
  }
  return refs;
}

}  // namespace crenel::aws
