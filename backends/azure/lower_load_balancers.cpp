#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Balancer;
using model::Design;
using model::Forward;

constexpr const char* kFrontend = "clients";

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
Value frontend(const Design& design, const Balancer& balancer) {
  if (is_public(design, balancer)) {
    const Term address = resource_id(kPublicAddress, resource_name(balancer.origin.path, "Address"));
    return document::object(
        {{"name", kFrontend}, {"properties", document::object({{"publicIPAddress", id_object(address)}})}});
  }
  const model::Network& network = design.networks[design.tiers[balancer.tier].network];
  return document::object(
      {{"name", kFrontend},
       {"zones", zone_list(network.zones)},
       {"properties", document::object({{"privateIPAllocationMethod", "Dynamic"},
                                        {"subnet", id_object(subnet_id(design, balancer.tier))}})}});
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
Value rule(const Design& design, const Balancer& balancer, const Forward& forward) {
  const bool udp = forward.listen.parts().front().protocol == net::Protocol::Udp;
  return document::object(
      {{"name", rule_name_of(forward)},
       {"properties",
        document::object({{"frontendIPConfiguration", own(balancer, "frontendIPConfigurations", kFrontend)},
                          {"backendAddressPool", id_object(pool_id(design, balancer, forward.target))},
                          {"probe", own(balancer, "probes", rule_name_of(forward))},
                          {"protocol", udp ? "Udp" : "Tcp"},
                          {"frontendPort", static_cast<int>(port_of(forward.listen))},
                          {"backendPort", static_cast<int>(port_of(forward.to))},
                          {"enableTcpReset", !udp},
                          {"disableOutboundSnat", true}})}});
}

Resource load_balancer(const Design& design, const Balancer& balancer) {
  Value pools;
  Value probes;
  Value rules;
  for (const model::GroupId target : targets_of(balancer)) {
    pools.push(document::object({{"name", pool_name(design, target)}}));
  }
  for (const Forward& forward : balancer.forwards) {
    probes.push(probe(forward));
    rules.push(rule(design, balancer, forward));
  }
  Resource out;
  out.type = kLoadBalancer;
  out.name = name_of_balancer(balancer);
  out.sku = document::object({{"name", "Standard"}, {"tier", "Regional"}});
  out.properties = document::object({{"frontendIPConfigurations", document::array({frontend(design, balancer)})},
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
    if (is_public(design, balancer)) {
      out.resources.push_back(
          public_address(balancer.origin.path, "Address", "Standard", cause_of(balancer.origin, "balancer")));
    }
    out.resources.push_back(load_balancer(design, balancer));
  }
}

}  // namespace crenel::azure
