#include "backends/azure/lower.h"

#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/guards.h"
#include "backends/azure/limits.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/lower_prevention.h"
#include "backends/azure/names.h"
#include "backends/azure/regions.h"

namespace crenel::azure {

using model::Design;
using model::GroupId;
using model::NetworkId;
using model::TierId;

Template lower(const Design& design) {
  Template out;
  out.description = design.name + (design.doc.empty() ? "" : ": " + design.doc);
  lower_groups_rules(design, out);
  lower_routes(design, out);
  lower_nat(design, out);
  lower_networks(design, out);
  lower_peerings(design, out);
  lower_vpn(design, out);
  lower_direct(design, out);
  lower_data(design, out);
  lower_application_gateways(design, out);
  lower_load_balancers(design, out);
  lower_appliances(design, out);
  lower_databases(design, out);
  lower_scale_sets(design, out);
  lower_autoscale(design, out);
  lower_flow_logs(design, out);
  lower_preventions(design, out);
  lower_reverts(design, out);
  lower_outputs(design, out);
  lower_variables(design, out);
  lower_parameters(design, out);
  return out;
}

Cause cause_of(const model::Origin& origin, std::string_view kind) {
  return {.text = std::string(kind) + " `" + model::to_string(origin.path) + "`", .span = origin.span};
}

bool has_links(const Design& design, NetworkId network, model::LinkKind kind) {
  return std::any_of(design.links.begin(), design.links.end(),
                     [&](const model::Link& link) { return link.network == network && link.kind == kind; });
}

bool learns_routes(const Design& design, TierId tier) {
  const model::Tier& of = design.tiers[tier];
  return std::any_of(design.links.begin(), design.links.end(), [&](const model::Link& link) {
    if (link.network != of.network || link.kind != model::LinkKind::Direct) return false;
    const auto* way = std::get_if<model::SiteId>(&of.way_out);
    return (way != nullptr && *way == link.site) ||
           std::find(of.site_routes.begin(), of.site_routes.end(), link.site) != of.site_routes.end();
  });
}

bool has_links(const Design& design, NetworkId network) {
  return has_links(design, network, model::LinkKind::Vpn) || has_links(design, network, model::LinkKind::Direct);
}

bool uses_nat(const Design& design, NetworkId network) {
  return std::any_of(design.tiers.begin(), design.tiers.end(), [&](const model::Tier& tier) {
    return tier.network == network && std::holds_alternative<model::NatWayOut>(tier.way_out);
  });
}

bool has_application_balancers(const Design& design, TierId tier) {
  const auto all = model::balancers_in(design, tier);
  return std::any_of(all.begin(), all.end(),
                     [&](model::BalancerId id) { return design.balancers[id].layer == model::Layer::Application; });
}

bool has_strict_rules(const Design& design, TierId tier) {
  if (has_application_balancers(design, tier)) return false;
  return has_private_ends(design, tier) || (design.tiers[tier].strict_acl && !model::groups_in(design, tier).empty());
}

bool has_route_table(const Design& design, TierId tier) {
  const model::Tier& of = design.tiers[tier];
  if (std::holds_alternative<model::ApplianceId>(of.way_out)) return true;
  if (has_links(design, of.network) || !closed_peers(design, tier).empty()) return true;
  if (!closed_peers_elsewhere(design, tier).empty()) return true;
  return std::holds_alternative<model::NoWayOut>(of.way_out) && !answers_the_internet(design, tier);
}

std::vector<NetworkId> closed_peers(const Design& design, TierId tier) {
  const model::Tier& of = design.tiers[tier];
  std::vector<NetworkId> out;
  for (const NetworkId id : design.networks.ids()) {
    if (id == of.network || !model::peering_between(design, of.network, id)) continue;
    if (std::find(of.peer_routes.begin(), of.peer_routes.end(), id) == of.peer_routes.end()) out.push_back(id);
  }
  return out;
}

std::vector<model::LinkId> closed_peers_elsewhere(const Design& design, TierId tier) {
  const model::Tier& of = design.tiers[tier];
  std::vector<model::LinkId> out;
  for (const model::LinkId id : design.links.ids()) {
    const model::Link& link = design.links[id];
    if (link.network != of.network || link.kind != model::LinkKind::Peering) continue;
    if (std::find(of.site_routes.begin(), of.site_routes.end(), link.site) == of.site_routes.end()) out.push_back(id);
  }
  return out;
}

bool answers_the_internet(const Design& design, TierId tier) {
  return std::any_of(design.balancers.begin(), design.balancers.end(), [&](const model::Balancer& balancer) {
    if (balancer.layer != model::Layer::Network) return false;
    if (design.tiers[balancer.tier].kind != model::TierKind::Public) return false;
    return std::any_of(balancer.forwards.begin(), balancer.forwards.end(),
                       [&](const model::Forward& forward) { return design.groups[forward.target].tier == tier; });
  });
}

bool is_scaled(const model::Group& group) {
  return group.scale.cpu_percent.has_value() && group.scale.min < group.scale.max;
}

bool is_scaled_by_queue(const model::Group& group) {
  return group.scale.queued.has_value() && group.scale.min < group.scale.max;
}

const model::Forward* health_check(const Design& design, GroupId group) {
  for (const model::Balancer& balancer : design.balancers) {
    for (const model::Forward& forward : balancer.forwards) {
      if (forward.target == group && forward.check) return &forward;
    }
  }
  return nullptr;
}

bool needs_certificate(const model::Balancer& balancer) {
  return balancer.layer == model::Layer::Application && balancer.certificate.has_value() &&
         std::any_of(balancer.forwards.begin(), balancer.forwards.end(),
                     [](const model::Forward& forward) { return forward.listen_tls; });
}

bool speaks_tls_to_targets(const model::Balancer& balancer) {
  return balancer.layer == model::Layer::Application &&
         std::any_of(balancer.forwards.begin(), balancer.forwards.end(),
                     [](const model::Forward& forward) { return forward.target_tls; });
}

unsigned gateway_instances(const Design& design, TierId tier) {
  const int length = length_of(design.tiers[tier].block).value_or(kSmallestSubnet);
  const unsigned addresses = length >= 8 ? 1U << (32 - length) : 1U << 24;
  const auto balancers = static_cast<unsigned>(model::balancers_in(design, tier).size());
  if (addresses <= kReservedAddresses || balancers == 0) return 0;
  return std::min(kGatewayInstances, (addresses - kReservedAddresses) / balancers);
}

Term network_name(const model::Network& network) { return resource_name(network.origin.path, "Network"); }

Term subnet_id(const Design& design, TierId tier) {
  const model::Tier& of = design.tiers[tier];
  return resource_id(kVirtualNetwork, network_name(design.networks[of.network]), {"subnets", subnet_name(of)});
}

Term application_group_id(const Design& design, GroupId group) {
  return resource_id(kApplicationSecurityGroup, resource_name(design.groups[group].origin.path, "Asg"));
}

Term rules_id(const Design& design, GroupId group) {
  return resource_id(kNetworkSecurityGroup, resource_name(design.groups[group].origin.path, "Nsg"));
}

Term rules_id(const Design& design, TierId tier) {
  return resource_id(kNetworkSecurityGroup, resource_name(design.tiers[tier].origin.path, "TierNsg"));
}

Term route_table_id(const Design& design, TierId tier) {
  return resource_id(kRouteTable, resource_name(design.tiers[tier].origin.path, "Routes"));
}

Term nat_id(const model::Network& network) {
  return resource_id(kNatGateway, resource_name(network.origin.path, "Nat"));
}

// The watcher is shared by the whole subscription: the name is unlike those of other resource groups.
Term flow_log_name(const model::Network& network) {
  return call("format", {Term::literal("{0}-{1}"), Term::literal(pascal(network.origin.path) + "FlowLog"),
                         call("uniqueString", {Term::expression("resourceGroup().id")})});
}

Term local_gateway_id(const model::Link& link) {
  return resource_id(kLocalNetworkGateway, resource_name(link.origin.path, "Site"));
}

std::string pool_name(const Design& design, GroupId target) { return pascal(design.groups[target].origin.path); }

Term pool_id(const Design& design, const model::Balancer& balancer, GroupId target) {
  const bool application = balancer.layer == model::Layer::Application;
  return resource_id(application ? kApplicationGateway : kLoadBalancer,
                     resource_name(balancer.origin.path, application ? "Gateway" : "Balancer"),
                     {"backendAddressPools", pool_name(design, target)});
}

Term ipv6_pool_id(const Design& design, const model::Balancer& balancer, GroupId target) {
  return resource_id(kLoadBalancer, resource_name(balancer.origin.path, "Balancer"),
                     {"backendAddressPools", pool_name(design, target) + "Ipv6"});
}

bool has_ipv6(const Design& design, const model::Balancer& balancer) {
  return model::has_family(design, balancer.tier, net::Family::V6);
}

std::vector<GroupId> targets_of(const model::Balancer& balancer) {
  std::vector<GroupId> out;
  for (const model::Forward& forward : balancer.forwards) {
    if (std::find(out.begin(), out.end(), forward.target) == out.end()) out.push_back(forward.target);
  }
  return out;
}

std::uint16_t port_of(const net::Traffic& one_port) { return one_port.parts().front().ports.front().first; }

document::Value gateway_place(const model::Network& network, std::string_view address_role) {
  const Term address = resource_id(kPublicAddress, resource_name(network.origin.path, address_role));
  const Term subnet = resource_id(kVirtualNetwork, network_name(network), {"subnets", std::string(kGatewaySubnet)});
  return document::object({{"name", "default"},
                           {"properties", document::object({{"privateIPAllocationMethod", "Dynamic"},
                                                            {"subnet", id_object(subnet)},
                                                            {"publicIPAddress", id_object(address)}})}});
}

Resource public_address(const model::Path& path, std::string_view role, std::string_view sku, Cause cause,
                        std::string_view family) {
  Resource out;
  out.type = kPublicAddress;
  out.name = resource_name(path, role);
  out.sku = document::object({{"name", sku}, {"tier", "Regional"}});
  out.zones = zone_list(kZonesOfRegion);
  out.properties = document::object({{"publicIPAllocationMethod", "Static"}, {"publicIPAddressVersion", family}});
  out.cause = std::move(cause);
  return out;
}

Term identity_set(const Term& identity) { return call("createObject", {identity, call("createObject", {})}); }

document::Value zone_list(int count) {
  document::Value out = document::array({});
  for (int zone = 1; zone <= count; ++zone) out.push(std::to_string(zone));
  return out;
}

}  // namespace crenel::azure
