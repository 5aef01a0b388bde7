#include <utility>

#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using document::object;
using model::NetworkId;

std::string hub_name(const Lowering& to, const Transit& transit, std::string_view role) {
  return network_name(to.design, transit.hub, role);
}

std::string zone_role(std::size_t zone, std::string_view role) {
  return "TransitZone" + std::to_string(zone + 1) + std::string(role);
}

/// Nothing is associated or propagated by itself: a table says who reaches whom.
void lower_gateway(Lowering& to, const Transit& transit) {
  const model::Origin& origin = to.design.networks[transit.hub].origin;
  Value properties;
  properties.set("Description", rule_text("To the appliance of " + model::to_string(origin.path)));
  properties.set("DefaultRouteTableAssociation", "disable");
  properties.set("DefaultRouteTablePropagation", "disable");
  properties.set("AutoAcceptSharedAttachments", "disable");
  properties.set("Tags", to.tags(model::to_string(origin.path)));
  to.add(kTransitGateway, hub_name(to, transit, "TransitGateway"), "network", origin, std::move(properties));
}

/// To the one instance of the appliance, or to its endpoint in the zone.
void lower_hub_route(Lowering& to, const Transit& transit, const std::string& table, std::string name, int zone) {
  Value properties;
  properties.set("RouteTableId", reference_to(table));
  properties.set("DestinationCidrBlock", "0.0.0.0/0");
  if (to.plan.fleet_of(transit.appliance) != nullptr) {
    properties.set("VpcEndpointId", reference_to(fleet_endpoint_name(to.design, transit.appliance, zone)));
  } else {
    const model::GroupId appliance = model::group_of(to.design, transit.appliance);
    properties.set("NetworkInterfaceId", reference_to(member_name(to.design, appliance, "NetworkInterface")));
  }
  to.add(kRoute, std::move(name), "network", to.design.networks[transit.hub].origin, std::move(properties));
}

/// In subnets of its own in the hub, whose routes send everything to the appliance.
void lower_hub_subnets(Lowering& to, const Transit& transit) {
  const model::Origin& origin = to.design.networks[transit.hub].origin;
  const std::string path = model::to_string(origin.path) + " transit";
  const Value vpc = reference_to(hub_name(to, transit, "Vpc"));
  const std::string shared = hub_name(to, transit, "TransitRouteTable");
  const bool several = to.plan.fleet_of(transit.appliance) != nullptr;
  const auto add_table = [&](const std::string& name) {
    to.add(kRouteTable, name, "network", origin, object({{"VpcId", vpc}, {"Tags", to.tags(path)}}));
  };
  if (!several) add_table(shared);
  for (std::size_t zone = 0; zone < transit.blocks.size(); ++zone) {
    const std::string subnet = hub_name(to, transit, zone_role(zone, "Subnet"));
    const std::string table = several ? hub_name(to, transit, zone_role(zone, "RouteTable")) : shared;
    if (several) add_table(table);
    Value properties;
    properties.set("VpcId", vpc);
    properties.set("AvailabilityZone", availability_zone(static_cast<int>(zone) + 1));
    properties.set("CidrBlock", block_value(to.design, transit.blocks[zone]));
    properties.set("MapPublicIpOnLaunch", false);
    properties.set("Tags", to.tags(path + " zone " + std::to_string(zone + 1)));
    to.add(kSubnet, subnet, "network", origin, std::move(properties));
    to.add(kRouteTableAssociation, hub_name(to, transit, zone_role(zone, "RouteTableAssociation")), "network", origin,
           object({{"SubnetId", reference_to(subnet)}, {"RouteTableId", reference_to(table)}}));
    if (several) {
      lower_hub_route(to, transit, table, hub_name(to, transit, zone_role(zone, "DefaultRoute")),
                      static_cast<int>(zone) + 1);
    }
  }
  if (!several) lower_hub_route(to, transit, shared, hub_name(to, transit, "TransitDefaultRoute"), 1);
}

Array hub_subnets(const Lowering& to, const Transit& transit) {
  Array refs;
  for (std::size_t zone = 0; zone < transit.blocks.size(); ++zone) {
    refs.push_back(reference_to(hub_name(to, transit, zone_role(zone, "Subnet"))));
  }
  return refs;
}

/// The subnets of the first tier that sends by the appliance: one a zone is enough.
Array spoke_subnets(const Lowering& to, const Transit& transit, NetworkId spoke) {
  for (const model::TierId tier : model::tiers_behind(to.design, transit.appliance)) {
    if (to.design.tiers[tier].network == spoke) return subnet_refs(to.design, tier);
  }
  return {};
}

/// With the mode for appliances a conversation keeps its zone, both ways
/// (vpc/latest/tgw, "Transit gateway appliance scenario", checked 2026-11-26).
void lower_attachment(Lowering& to, const Transit& transit, NetworkId network, Array subnets, std::string_view table) {
  const model::Origin& origin = to.design.networks[network].origin;
  const std::string attachment = network_name(to.design, network, "TransitAttachment");
  Value properties;
  properties.set("TransitGatewayId", reference_to(hub_name(to, transit, "TransitGateway")));
  properties.set("VpcId", reference_to(network_name(to.design, network, "Vpc")));
  properties.set("SubnetIds", Value(std::move(subnets)));
  properties.set("Options", object({{"ApplianceModeSupport", network == transit.hub ? "enable" : "disable"},
                                    {"DnsSupport", "enable"},
                                    {"Ipv6Support", "disable"}}));
  properties.set("Tags", to.tags(model::to_string(origin.path)));
  to.add(kTransitAttachment, attachment, "network", origin, std::move(properties));
  to.add(kTransitAssociation, network_name(to.design, network, "TransitAssociation"), "network", origin,
         object({{"TransitGatewayAttachmentId", reference_to(attachment)},
                 {"TransitGatewayRouteTableId", reference_to(hub_name(to, transit, table))}}));
}

void lower_table(Lowering& to, const Transit& transit, std::string_view table) {
  const model::Origin& origin = to.design.networks[transit.hub].origin;
  const std::string name = hub_name(to, transit, table);
  to.add(kTransitTable, name, "network", origin,
         object({{"TransitGatewayId", reference_to(hub_name(to, transit, "TransitGateway"))},
                 {"Tags", to.tags(model::to_string(origin.path))}}));
}

/// `attachment` empty: what is for there is dropped.
void lower_transit_route(Lowering& to, const Transit& transit, const std::string& name, std::string_view table,
                         Value destination, const std::string& attachment) {
  Value properties;
  properties.set("TransitGatewayRouteTableId", reference_to(hub_name(to, transit, table)));
  properties.set("DestinationCidrBlock", std::move(destination));
  if (attachment.empty()) {
    properties.set("Blackhole", true);
  } else {
    properties.set("TransitGatewayAttachmentId", reference_to(attachment));
  }
  to.add(kTransitRoute, name, "network", to.design.networks[transit.hub].origin, std::move(properties));
}

constexpr std::string_view kOfSpokes = "TransitTableOfSpokes";
constexpr std::string_view kOfHub = "TransitTableOfHub";

void lower_transit(Lowering& to, const Transit& transit) {
  lower_gateway(to, transit);
  lower_hub_subnets(to, transit);
  lower_table(to, transit, kOfSpokes);
  lower_table(to, transit, kOfHub);
  lower_attachment(to, transit, transit.hub, hub_subnets(to, transit), kOfHub);
  lower_transit_route(to, transit, hub_name(to, transit, "TransitRouteToHub"), kOfSpokes, "0.0.0.0/0",
                      network_name(to.design, transit.hub, "TransitAttachment"));
  for (const NetworkId spoke : transit.spokes) {
    lower_attachment(to, transit, spoke, spoke_subnets(to, transit, spoke), kOfSpokes);
    const std::string name = pascal_case(to.design.networks[spoke].origin.path);
    const Value space = block_value(to.design, to.design.networks[spoke].space);
    lower_transit_route(to, transit, hub_name(to, transit, "TransitRouteTo" + name), kOfHub, space,
                        network_name(to.design, spoke, "TransitAttachment"));
    // Spokes do not reach each other, not by the appliance either.
    if (transit.spokes.size() > 1) {
      lower_transit_route(to, transit, hub_name(to, transit, "TransitNoRouteTo" + name), kOfSpokes, space, "");
    }
  }
}

}  // namespace

void lower_transits(Lowering& to) {
  for (const Transit& transit : to.plan.transits) lower_transit(to, transit);
}

}  // namespace crenel::aws
