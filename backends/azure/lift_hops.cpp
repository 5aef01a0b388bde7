#include <algorithm>
#include <set>

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

/// The properties of the one rule of a frontend; nothing where it has more, or none.
View rule_of(const std::vector<View>& rules, const std::string& frontend) {
  View out;
  for (const View& each : rules) {
    const auto id = each.at("properties").at("frontendIPConfiguration").id();
    if (!id) return {};
    if (!same_word(id->names.back(), frontend)) continue;
    if (out) return {};
    out = each.at("properties");
  }
  return out;
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

/// The provider takes no next hop of another family; what is not known is taken for one of the same.
bool are_of_one_family(const Block& destination, const std::string& hop) {
  const auto* block = std::get_if<net::Prefix>(&destination.base);
  const auto address = net::parse_address(hop);
  return block == nullptr || !address || block->address.family == address->family;
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

namespace {

/// A frontend for each family at the most, each with one rule, to one appliance beside it.
std::optional<InterfaceId> appliance_before(Context& context, const Resource& balancer) {
  const View properties = properties_of(balancer);
  const std::vector<View> frontends = properties.at("frontendIPConfigurations").elements();
  const std::vector<View> rules = properties.at("loadBalancingRules").elements();
  if (frontends.empty() || frontends.size() > 2 || frontends.size() != rules.size()) return std::nullopt;
  std::optional<InterfaceId> out;
  std::set<bool> families;
  for (const View& each : frontends) {
    const View frontend = each.at("properties");
    const View rule = rule_of(rules, each.at("name").text());
    if (!rule || !admits_everything(rule)) return std::nullopt;
    const auto family = is_ipv6(context, frontend);
    const auto pool = rule.at("backendAddressPool").id();
    const auto subnet = frontend.at("subnet").id();
    const auto member = appliance_behind(context, rule);
    if (!family || !pool || context.ipv6_pools.contains(pool->key()) != *family) return std::nullopt;
    if (!families.insert(*family).second || !subnet || !member || (out && *out != *member)) return std::nullopt;
    if (!frontend.at("privateIPAllocationMethod").says("Static")) return std::nullopt;
    const auto& stands = context.estate.interfaces[*member].subnets;
    if (stands.size() != 1 || stands.front() != subnet_of(context, *subnet, balancer.place).id) return std::nullopt;
    out = member;
  }
  return out;
}

}  // namespace

bool is_hop(Context& context, const Resource& balancer) {
  const View properties = properties_of(balancer);
  const bool alone = is_empty(properties.at("inboundNatRules")) && is_empty(properties.at("inboundNatPools")) &&
                     is_empty(properties.at("outboundRules"));
  const bool standard = view_of(balancer, "sku").at("name").says("Standard");
  if (!alone || !standard || balancer.presence != Presence::Sure || balancer.repeated) return false;
  const auto member = appliance_before(context, balancer);
  if (!member) return false;
  for (const View& rule : properties.at("loadBalancingRules").elements()) {
    context.check(rule.at("properties"), "balancing rule",
                  {"frontendIPConfiguration", "backendAddressPool", "probe", "protocol", "frontendPort", "backendPort",
                   "disableOutboundSnat", "enableFloatingIP"},
                  {"enableTcpReset", "idleTimeoutInMinutes", "loadDistribution", "enableConnectionTracking"});
  }
  for (const View& each : properties.at("frontendIPConfigurations").elements()) {
    add_address(context, each.at("properties").at("privateIPAddress").text(), *member);
  }
  return true;
}

void lift_hops(Context& context) {
  for (const Hop& hop : context.hops) {
    const auto found = context.hop_addresses.find(hop.address);
    if (found == context.hop_addresses.end() || !found->second) continue;  // it stays unknown
    estate::Route& route = context.estate.route_tables[hop.table].routes[hop.route];
    if (!are_of_one_family(route.destination, hop.address)) continue;
    route.target = target_of(context, hop, *found->second);
  }
}

}  // namespace crenel::azure::lifting
