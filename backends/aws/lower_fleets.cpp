#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

/// Several appliances as one hop (elasticloadbalancing/latest/gateway/introduction.html, "Gateway Load Balancer
/// overview"; vpc/latest/privatelink/gateway-load-balancer-endpoints.html; both checked 2026-11-27). What is routed to
/// an endpoint comes to one of them in a tunnel, goes back in it, and from the endpoint on by the table of the
/// endpoint's subnet.
namespace crenel::aws {
namespace {

using document::array;
using document::object;

constexpr int kSecondsToDrain = 30;

struct Before {
  model::GroupId group;
  const model::Appliance& appliance;
  std::string path;
};

Before before(const Lowering& to, const Fleet& fleet) {
  const model::Appliance& appliance = to.design.appliances[fleet.appliance];
  return {.group = model::group_of(to.design, fleet.appliance),
          .appliance = appliance,
          .path = model::to_string(appliance.origin.path)};
}

std::string role_in_zone(std::size_t zone, std::string_view role) {
  return "BalancerZone" + std::to_string(zone + 1) + std::string(role);
}

Value vpc_of(const Lowering& to, const Before& one) {
  return reference_to(network_name(to.design, to.design.tiers[one.appliance.tier].network, "Vpc"));
}

Value setting_of(std::string_view key, std::string_view value) { return object({{"Key", key}, {"Value", value}}); }

/// Of its own, where nobody else stands: the appliances know it by these addresses, because it has no security group.
Array lower_subnets(Lowering& to, const Fleet& fleet, const Before& one) {
  const std::string table = member_name(to.design, one.group, "BalancerRouteTable");
  const std::string path = one.path + " balancer";
  to.add(kRouteTable, table, "appliance", one.appliance.origin,
         object({{"VpcId", vpc_of(to, one)}, {"Tags", to.tags(path)}}));
  Array refs;
  for (std::size_t zone = 0; zone < fleet.blocks.size(); ++zone) {
    const std::string subnet = member_name(to.design, one.group, role_in_zone(zone, "Subnet"));
    Value properties;
    properties.set("VpcId", vpc_of(to, one));
    properties.set("AvailabilityZone", availability_zone(static_cast<int>(zone) + 1));
    properties.set("CidrBlock", block_value(to.design, fleet.blocks[zone]));
    properties.set("MapPublicIpOnLaunch", false);
    properties.set("Tags", to.tags(path + " zone " + std::to_string(zone + 1)));
    to.add(kSubnet, subnet, "appliance", one.appliance.origin, std::move(properties));
    to.add(kRouteTableAssociation, member_name(to.design, one.group, role_in_zone(zone, "RouteTableAssociation")),
           "appliance", one.appliance.origin,
           object({{"SubnetId", reference_to(subnet)}, {"RouteTableId", reference_to(table)}}));
    refs.push_back(reference_to(subnet));
  }
  return refs;
}

void lower_balancer_itself(Lowering& to, const Before& one, Array subnets) {
  const std::string balancer = member_name(to.design, one.group, "LoadBalancer");
  const std::string targets = member_name(to.design, one.group, "TargetGroup");
  const bool keep = to.design.environment && to.design.environment->stage == "prod";
  Value properties;
  properties.set("Type", "gateway");
  properties.set("IpAddressType", "ipv4");
  properties.set("Subnets", Value(std::move(subnets)));
  // With one in another zone left, what comes from a zone goes there.
  properties.set("LoadBalancerAttributes", array({setting_of("deletion_protection.enabled", keep ? "true" : "false"),
                                                  setting_of("load_balancing.cross_zone.enabled", "true")}));
  properties.set("Tags", to.tags(one.path));
  to.add(kLoadBalancer, balancer, "appliance", one.appliance.origin, std::move(properties));
  Value group;
  group.set("VpcId", vpc_of(to, one));
  group.set("TargetType", "instance");
  group.set("Protocol", "GENEVE");
  group.set("Port", int{kGenevePort});
  group.set("HealthCheckProtocol", "TCP");
  group.set("HealthCheckPort", std::to_string(kFleetProbePort));
  group.set("TargetGroupAttributes",
            array({setting_of("deregistration_delay.timeout_seconds", std::to_string(kSecondsToDrain))}));
  group.set("Tags", to.tags(one.path));
  to.add(kTargetGroup, targets, "appliance", one.appliance.origin, std::move(group));
  to.add(
      kListener, member_name(to.design, one.group, "Listener"), "appliance", one.appliance.origin,
      object({{"LoadBalancerArn", reference_to(balancer)},
              {"DefaultActions", array({object({{"Type", "forward"}, {"TargetGroupArn", reference_to(targets)}})})}}));
}

/// In the appliances' own subnets, whose routes lead on.
void lower_endpoints(Lowering& to, const Fleet& fleet, const Before& one) {
  const std::string service = member_name(to.design, one.group, "EndpointService");
  to.add(kEndpointService, service, "appliance", one.appliance.origin,
         object({{"AcceptanceRequired", false},
                 {"GatewayLoadBalancerArns", array({reference_to(member_name(to.design, one.group, "LoadBalancer"))})},
                 {"Tags", to.tags(one.path)}}));
  // Nobody may use a service who is not named, its owner neither (vpc/latest/privatelink/modify-endpoint-service.html,
  // "Manage permissions", checked 2026-11-27).
  const std::string permissions = member_name(to.design, one.group, "EndpointPermissions");
  const std::string account = "arn:${" + std::string(kPartition) + "}:iam::${" + std::string(kAccount) + "}:root";
  to.add(kEndpointPermissions, permissions, "appliance", one.appliance.origin,
         object({{"ServiceId", reference_to(service)}, {"AllowedPrincipals", array({substitute(account)})}}));
  for (std::size_t i = 0; i < fleet.blocks.size(); ++i) {
    const int zone = static_cast<int>(i) + 1;
    Value properties;
    properties.set("VpcId", vpc_of(to, one));
    properties.set("VpcEndpointType", "GatewayLoadBalancer");
    properties.set("ServiceName", substitute("com.amazonaws.vpce.${" + std::string(kRegion) + "}.${" + service + "}"));
    properties.set("SubnetIds", array({reference_to(zone_name(to.design, one.appliance.tier, zone, "Subnet"))}));
    properties.set("Tags", to.tags(one.path + " zone " + std::to_string(zone)));
    to.add(kVpcEndpoint, fleet_endpoint_name(to.design, fleet.appliance, zone), "appliance", one.appliance.origin,
           std::move(properties))
        .depends_on = {permissions};
  }
}

void lower_rule(Lowering& to, const Before& one, bool ingress, std::string_view what, std::size_t zone, Value block) {
  const bool geneve = what == "Geneve";
  const int port = geneve ? kGenevePort : kFleetProbePort;
  Value properties;
  properties.set("GroupId", attribute(member_name(to.design, one.group, "SecurityGroup"), "GroupId"));
  properties.set("IpProtocol", geneve ? "udp" : "tcp");
  properties.set("FromPort", port);
  properties.set("ToPort", port);
  properties.set("CidrIp", std::move(block));
  properties.set("Description", rule_text((geneve ? "GENEVE, with the gateway load balancer of "
                                                  : "Health checks of the gateway load balancer of ") +
                                          one.path));
  to.add(ingress ? kSecurityGroupIngress : kSecurityGroupEgress,
         member_name(to.design, one.group,
                     std::string(ingress ? "IngressFrom" : "EgressTo") + role_in_zone(zone, "") + std::string(what)),
         "appliance", one.appliance.origin, std::move(properties));
}

}  // namespace

std::string fleet_endpoint_name(const model::Design& design, model::ApplianceId appliance, int zone) {
  return member_name(design, model::group_of(design, appliance), "Zone" + std::to_string(zone) + "InspectionEndpoint");
}

void lower_fleet(Lowering& to, const Fleet& fleet) {
  const Before one = before(to, fleet);
  lower_balancer_itself(to, one, lower_subnets(to, fleet, one));
  lower_endpoints(to, fleet, one);
  // What is in the tunnel no rule of theirs sees. It comes and goes to one port, so that no packet answers another.
  for (std::size_t zone = 0; zone < fleet.blocks.size(); ++zone) {
    lower_rule(to, one, true, "Geneve", zone, block_value(to.design, fleet.blocks[zone]));
    lower_rule(to, one, true, "HealthCheck", zone, block_value(to.design, fleet.blocks[zone]));
    lower_rule(to, one, false, "Geneve", zone, block_value(to.design, fleet.blocks[zone]));
  }
}

}  // namespace crenel::aws
