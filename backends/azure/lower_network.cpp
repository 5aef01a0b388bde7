#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/databases.h"
#include "backends/azure/functions.h"
#include "backends/azure/ipv6_links.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

/// Only servers of the family may stand in it. By the service endpoint they reach the storage that takes their log,
/// whatever the subnet's routes say (learn.microsoft.com, "Network with private access" of each service).
void delegate(model::EngineFamily family, Value& properties) {
  const Value to = document::object({{"serviceName", server_kind(family).server.name}});
  properties.set("delegations", document::array({document::object({{"name", "databases"}, {"properties", to}})}));
  properties.set("serviceEndpoints", document::array({document::object({{"service", "Microsoft.Storage"}})}));
}

/// Only function apps may stand in it ("Integrate your app with an Azure virtual network").
void delegate_to_functions(Value& properties) {
  const Value to = document::object({{"serviceName", "Microsoft.Web/serverFarms"}});
  properties.set("delegations", document::array({document::object({{"name", "functions"}, {"properties", to}})}));
}

Value subnet(const Design& design, model::TierId id) {
  const model::Tier& tier = design.tiers[id];
  Value properties;
  if (const auto ipv6 = ipv6_block(design, tier)) {
    properties.set("addressPrefixes", document::array({address(design, tier.block).value(), net::to_string(*ipv6)}));
  } else {
    properties.set("addressPrefix", address(design, tier.block).value());
  }
  properties.set("defaultOutboundAccess", false);
  const auto databases = family_in(design, id);
  const bool functions = !functions_in(design, id).empty();
  if (databases || functions || has_application_balancers(design, id) || has_strict_rules(design, id)) {
    properties.set("networkSecurityGroup", id_object(rules_id(design, id)));
  }
  if (has_private_ends(design, id)) {
    properties.set("privateEndpointNetworkPolicies", "NetworkSecurityGroupEnabled");
  }
  if (has_route_table(design, id)) properties.set("routeTable", id_object(route_table_id(design, id)));
  if (std::holds_alternative<model::NatWayOut>(tier.way_out)) {
    properties.set("natGateway", id_object(nat_id(design.networks[tier.network])));
  }
  if (databases) delegate(*databases, properties);
  if (functions) delegate_to_functions(properties);
  return document::object({{"name", subnet_name(tier)}, {"properties", properties}});
}

/// Without a security group: one would stop the gateway (Azure's policy 35f9c03a-cc27-418e-9c0c-539ff999d010).
Value gateway_subnet(const Design& design, model::NetworkId id) {
  const Value block = address(design, design.networks[id].reserved).value();
  Value properties;
  if (const auto ipv6 = gateway_ipv6_block(design, id)) {
    properties.set("addressPrefixes", document::array({block, net::to_string(*ipv6)}));
  } else {
    properties.set("addressPrefix", block);
  }
  properties.set("defaultOutboundAccess", false);
  return document::object({{"name", kGatewaySubnet}, {"properties", properties}});
}

}  // namespace

void lower_networks(const Design& design, Template& out) {
  for (const model::NetworkId id : design.networks.ids()) {
    const model::Network& network = design.networks[id];
    const Term name = network_name(network);
    const std::string scope = "subnet of " + name.text();
    // Names that Azure keeps for its own services (learn.microsoft.com, "Subnet delegation" and each service's page).
    for (const std::string_view taken :
         {kGatewaySubnet, std::string_view("AzureBastionSubnet"), std::string_view("AzureFirewallSubnet"),
          std::string_view("AzureFirewallManagementSubnet"), std::string_view("RouteServerSubnet")}) {
      out.names.push_back(
          {.scope = scope, .name = std::string(taken), .longest = 80, .cause = {"a subnet of Azure's", {}}});
    }
    Value subnets = document::array({});
    for (const model::TierId tier : network.tiers) {
      subnets.push(subnet(design, tier));
      out.names.push_back({.scope = scope,
                           .name = subnet_name(design.tiers[tier]),
                           .longest = 80,
                           .cause = cause_of(design.tiers[tier].origin, "tier")});
    }
    if (has_links(design, id)) subnets.push(gateway_subnet(design, id));
    Value space = document::array({address(design, network.space).value()});
    if (const auto ipv6 = ipv6_space(design, network)) space.push(net::to_string(*ipv6));
    Resource made;
    made.type = kVirtualNetwork;
    made.name = name;
    made.properties =
        document::object({{"addressSpace", document::object({{"addressPrefixes", space}})}, {"subnets", subnets}});
    made.cause = cause_of(network.origin, "network");
    out.resources.push_back(std::move(made));
  }
}

}  // namespace crenel::azure
