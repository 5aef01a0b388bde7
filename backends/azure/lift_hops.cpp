#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// Appliances: interfaces that take what is for others, and the routes that lead there by address.
/// learn.microsoft.com, "Deploy highly available network virtual appliances", "High availability ports overview".
namespace crenel::azure::lifting {
namespace {

using estate::RouteTarget;

void add_address(Context& context, const std::string& address, InterfaceId interface) {
  const auto [found, fresh] = context.hop_addresses.emplace(address, interface);
  // two that claim one address: which of them has it is not known
  if (!fresh && found->second != interface) found->second.reset();
}

/// The one element of a list; nothing where there are more, or none.
View only(const View& list) {
  const std::vector<View> all = list.elements();
  return all.size() == 1 ? all.front() : View();
}

bool is_empty(const View& list) { return !list || (list.value().list() != nullptr && list.elements().empty()); }

/// The members of a rule's one pool, when they are one appliance's.
std::optional<InterfaceId> appliance_behind(const Context& context, const View& rule) {
  const auto pool = rule.at("backendAddressPool").id();
  const auto found = pool ? context.pools.find(pool->key()) : context.pools.end();
  if (found == context.pools.end() || found->second.size() != 1) return std::nullopt;
  const InterfaceId member = found->second.front();
  const bool hands_on = context.estate.interfaces[member].role == estate::Role::Appliance;
  return hands_on ? std::optional(member) : std::nullopt;
}

bool admits_everything(const View& rule) {
  const auto off = [](const View& flag) { return !flag || flag.truth() == std::optional(false); };
  return rule.at("protocol").says("All") && rule.at("frontendPort").number() == 0 &&
         rule.at("backendPort").number() == 0 && off(rule.at("enableFloatingIP")) && !rule.at("backendAddressPools");
}

RouteTarget target_of(const Context& context, const Hop& hop, InterfaceId appliance) {
  const auto& subnets = context.estate.interfaces[appliance].subnets;
  const NetworkId here = context.estate.subnets[hop.from].network;
  const NetworkId there = context.estate.subnets[subnets.front()].network;
  if (here == there) return appliance;
  const auto& peers = context.network_infos.at(here).peers;
  const bool peered = std::find(peers.begin(), peers.end(), there) != peers.end();
  const auto& takes = context.takes_forwarded;
  const bool takes_answers = std::find(takes.begin(), takes.end(), std::pair(here, there)) != takes.end();
  // "Create, change, or delete a virtual network peering": forwarded packets, as answers are, are dropped otherwise
  if (!peered || !takes_answers) return estate::NowhereTarget{};
  return appliance;
}

}  // namespace

void note_hop(Context& context, const View& configuration, InterfaceId interface) {
  if (context.estate.interfaces[interface].role != estate::Role::Appliance) return;
  if (!configuration.at("privateIPAllocationMethod").says("Static")) return;
  const std::string address = configuration.at("privateIPAddress").text();
  if (!address.empty()) add_address(context, address, interface);
}

bool is_hop(Context& context, const Resource& balancer) {
  const View properties = properties_of(balancer);
  const View frontend = only(properties.at("frontendIPConfigurations")).at("properties");
  const View rule = only(properties.at("loadBalancingRules")).at("properties");
  const bool alone = is_empty(properties.at("inboundNatRules")) && is_empty(properties.at("inboundNatPools")) &&
                     is_empty(properties.at("outboundRules"));
  const bool standard = view_of(balancer, "sku").at("name").says("Standard");
  if (!frontend || !rule || !alone || !standard || !admits_everything(rule)) return false;
  if (balancer.presence != Presence::Sure || balancer.repeated) return false;
  const auto subnet = frontend.at("subnet").id();
  const auto member = appliance_behind(context, rule);
  if (!subnet || !member || !frontend.at("privateIPAllocationMethod").says("Static")) return false;
  const auto& stands = context.estate.interfaces[*member].subnets;
  if (stands.size() != 1 || stands.front() != subnet_of(context, *subnet, balancer.place).id) return false;
  context.check(rule, "balancing rule",
                {"frontendIPConfiguration", "backendAddressPool", "probe", "protocol", "frontendPort", "backendPort",
                 "disableOutboundSnat", "enableFloatingIP"},
                {"enableTcpReset", "idleTimeoutInMinutes", "loadDistribution", "enableConnectionTracking"});
  add_address(context, frontend.at("privateIPAddress").text(), *member);
  return true;
}

void lift_hops(Context& context) {
  for (const Hop& hop : context.hops) {
    const auto found = context.hop_addresses.find(hop.address);
    if (found == context.hop_addresses.end() || !found->second) continue;  // it stays unknown
    estate::Route& route = context.estate.route_tables[hop.table].routes[hop.route];
    route.target = target_of(context, hop, *found->second);
  }
}

}  // namespace crenel::azure::lifting
