#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Balancer;
using model::Design;
using model::Forward;

constexpr const char* kFrontend = "clients";

/// Each family has a frontend, a pool and rules of its own; the probes are of both ("Deploy an IPv6 dual stack
/// application", checked 2026-11-27).
enum class Family { V4, V6 };

std::string frontend_name(Family family) { return family == Family::V4 ? kFrontend : std::string(kFrontend) + "Ipv6"; }

std::string_view address_role(Family family) { return family == Family::V4 ? "Address" : "AddressIpv6"; }

std::vector<Family> families_of(const Design& design, const Balancer& balancer) {
  return has_ipv6(design, balancer) ? std::vector{Family::V4, Family::V6} : std::vector{Family::V4};
}

Term name_of_balancer(const Balancer& balancer) { return resource_name(balancer.origin.path, "Balancer"); }

bool is_public(const Design& design, const Balancer& balancer) {
  return design.tiers[balancer.tier].kind == model::TierKind::Public;
}

std::string rule_name_of(const Forward& forward) {
  return net::to_string(forward.listen.parts().front().protocol) + "-" + std::to_string(port_of(forward.listen));
}

Value own(const Balancer& balancer, const std::string& collection, const std::string& part) {
  return id_object(resource_id(kLoadBalancer, name_of_balancer(balancer), {collection, part}));
}

/// In a public tier a public address of all zones; in any other an address of the tier, in all of its zones.
Value frontend(const Design& design, const Balancer& balancer, Family family) {
  if (is_public(design, balancer)) {
    const Term address = resource_id(kPublicAddress, resource_name(balancer.origin.path, address_role(family)));
    return document::object(
        {{"name", frontend_name(family)}, {"properties", document::object({{"publicIPAddress", id_object(address)}})}});
  }
  const model::Network& network = design.networks[design.tiers[balancer.tier].network];
  Value properties = document::object({{"privateIPAllocationMethod", "Dynamic"}});
  if (family == Family::V6) properties.set("privateIPAddressVersion", "IPv6");
  properties.set("subnet", id_object(subnet_id(design, balancer.tier)));
  return document::object(
      {{"name", frontend_name(family)}, {"zones", zone_list(network.zones)}, {"properties", properties}});
}

Value probe(const Forward& forward) {
  Value properties;
  properties.set("protocol", forward.check ? (forward.target_tls ? "Https" : "Http") : "Tcp");
  properties.set("port", static_cast<int>(port_of(forward.to)));
  if (forward.check) properties.set("requestPath", literal(*forward.check));
  properties.set("intervalInSeconds", 5);
  properties.set("probeThreshold", 2);
  return document::object({{"name", rule_name_of(forward)}, {"properties", properties}});
}

/// The balancer carries inward only: without outbound translation its address is no way out for the members.
Value rule(const Design& design, const Balancer& balancer, const Forward& forward, Family family) {
  const bool udp = forward.listen.parts().front().protocol == net::Protocol::Udp;
  const bool ipv4 = family == Family::V4;
  const Term pool = ipv4 ? pool_id(design, balancer, forward.target) : ipv6_pool_id(design, balancer, forward.target);
  return document::object(
      {{"name", rule_name_of(forward) + (ipv4 ? "" : "-ipv6")},
       {"properties",
        document::object({{"frontendIPConfiguration", own(balancer, "frontendIPConfigurations", frontend_name(family))},
                          {"backendAddressPool", id_object(pool)},
                          {"probe", own(balancer, "probes", rule_name_of(forward))},
                          {"protocol", udp ? "Udp" : "Tcp"},
                          {"frontendPort", static_cast<int>(port_of(forward.listen))},
                          {"backendPort", static_cast<int>(port_of(forward.to))},
                          {"enableTcpReset", !udp},
                          {"disableOutboundSnat", true}})}});
}

Resource load_balancer(const Design& design, const Balancer& balancer) {
  Value frontends;
  Value pools;
  Value probes;
  Value rules;
  for (const Forward& forward : balancer.forwards) probes.push(probe(forward));
  for (const Family family : families_of(design, balancer)) {
    frontends.push(frontend(design, balancer, family));
    for (const model::GroupId target : targets_of(balancer)) {
      const std::string name = pool_name(design, target);
      pools.push(document::object({{"name", family == Family::V4 ? name : name + "Ipv6"}}));
    }
    for (const Forward& forward : balancer.forwards) rules.push(rule(design, balancer, forward, family));
  }
  Resource out;
  out.type = kLoadBalancer;
  out.name = name_of_balancer(balancer);
  out.sku = document::object({{"name", "Standard"}, {"tier", "Regional"}});
  out.properties = document::object({{"frontendIPConfigurations", frontends},
                                     {"backendAddressPools", pools},
                                     {"probes", probes},
                                     {"loadBalancingRules", rules}});
  out.cause = cause_of(balancer.origin, "balancer");
  return out;
}

}  // namespace

void lower_load_balancers(const Design& design, Template& out) {
  for (const Balancer& balancer : design.balancers) {
    if (balancer.layer != model::Layer::Network) continue;
    for (const Family family : families_of(design, balancer)) {
      if (!is_public(design, balancer)) continue;
      out.resources.push_back(public_address(balancer.origin.path, address_role(family), "Standard",
                                             cause_of(balancer.origin, "balancer"),
                                             family == Family::V4 ? "IPv4" : "IPv6"));
    }
    out.resources.push_back(load_balancer(design, balancer));
  }
}

}  // namespace crenel::azure
