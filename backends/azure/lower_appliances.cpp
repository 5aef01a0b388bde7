#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "backends/azure/addresses.h"
#include "backends/azure/limits.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::ApplianceId;
using model::Design;

constexpr const char* kFrontend = "hop";
constexpr const char* kPool = "members";
constexpr const char* kProbe = "alive";

Term hop_name(const Design& design, ApplianceId appliance) {
  return resource_name(design.appliances[appliance].origin.path, "Hop");
}

Value own(const Design& design, ApplianceId appliance, const char* collection, const std::string& part) {
  return id_object(resource_id(kLoadBalancer, hop_name(design, appliance), {collection, part}));
}

/// Which of its tier's appliances it is, from 0.
int place_in_tier(const Design& design, ApplianceId appliance) {
  int place = 0;
  for (const ApplianceId other : design.appliances.ids()) {
    if (other == appliance) break;
    if (design.appliances[other].tier == design.appliances[appliance].tier) ++place;
  }
  return place;
}

/// Each family has a frontend, a pool and a rule of its own.
std::string of_family(const char* name, bool ipv6) { return std::string(name) + (ipv6 ? "Ipv6" : ""); }

Value frontend(const Design& design, ApplianceId appliance, bool ipv6) {
  const model::TierId tier = design.appliances[appliance].tier;
  const Term address = ipv6 ? *hop_ipv6_address(design, appliance) : hop_address(design, appliance);
  Value properties = document::object({{"privateIPAllocationMethod", "Static"}, {"privateIPAddress", address.value()}});
  if (ipv6) properties.set("privateIPAddressVersion", "IPv6");
  properties.set("subnet", id_object(subnet_id(design, tier)));
  return document::object({{"name", of_family(kFrontend, ipv6)},
                           {"zones", zone_list(design.networks[design.tiers[tier].network].zones)},
                           {"properties", properties}});
}

/// Every protocol and port, as only an internal standard balancer takes them (learn.microsoft.com, "High availability
/// ports overview", with its "Dual-stack scenarios", checked 2026-11-27): packets keep both their addresses but for the
/// balancer's own.
Value everything(const Design& design, ApplianceId appliance, bool ipv6) {
  return document::object(
      {{"name", of_family("everything", ipv6)},
       {"properties",
        document::object({{"frontendIPConfiguration",
                           own(design, appliance, "frontendIPConfigurations", of_family(kFrontend, ipv6))},
                          {"backendAddressPool", own(design, appliance, "backendAddressPools", of_family(kPool, ipv6))},
                          {"probe", own(design, appliance, "probes", kProbe)},
                          {"protocol", "All"},
                          {"frontendPort", 0},
                          {"backendPort", 0},
                          {"disableOutboundSnat", true}})}});
}

Value probe(const Design& design, ApplianceId appliance) {
  return document::object(
      {{"name", kProbe},
       {"properties", document::object({{"protocol", "Tcp"},
                                        {"port", static_cast<int>(hop_probe_port(design, appliance))},
                                        {"intervalInSeconds", 5},
                                        {"probeThreshold", 2}})}});
}

}  // namespace

Term hop_address(const Design& design, ApplianceId appliance) {
  const model::Tier& tier = design.tiers[design.appliances[appliance].tier];
  // The network's address and three more are Azure's own (learn.microsoft.com, "Virtual network FAQ"); `cidrHost`
  // counts from the one after the network's.
  constexpr int kFirstFree = 3;
  const int host = kFirstFree + place_in_tier(design, appliance);
  if (const auto known = model::known(tier.block)) {
    net::Address address = known->address;
    address.bits = address.bits + static_cast<net::U128>(host) + 1;
    return Term::literal(net::to_string(address));
  }
  return call("cidrHost", {address(design, tier.block), Term::expression(std::to_string(host))});
}

std::optional<Term> hop_ipv6_address(const Design& design, ApplianceId appliance) {
  const auto block = ipv6_block(design, design.tiers[design.appliances[appliance].tier]);
  if (!block) return std::nullopt;
  constexpr int kFirstFree = 4;
  net::Address address = block->address;
  address.bits = address.bits + static_cast<net::U128>(kFirstFree + place_in_tier(design, appliance));
  return Term::literal(net::to_string(address));
}

Term hop_pool_id(const Design& design, ApplianceId appliance, bool ipv6) {
  return resource_id(kLoadBalancer, hop_name(design, appliance), {"backendAddressPools", of_family(kPool, ipv6)});
}

std::uint16_t hop_probe_port(const Design& design, ApplianceId appliance) {
  constexpr std::int64_t kSsh = 22;
  return static_cast<std::uint16_t>(int_setting(design.appliances[appliance].settings, "probe_port").value_or(kSsh));
}

bool is_handed_on(const Design& design, model::NetworkId from, model::NetworkId by) {
  for (const model::TierId id : design.networks[from].tiers) {
    const auto appliance = model::appliance_out_of(design, id);
    if (appliance && design.tiers[design.appliances[*appliance].tier].network == by) return true;
  }
  return false;
}

void lower_appliances(const Design& design, Template& out) {
  for (const ApplianceId id : design.appliances.ids()) {
    if (model::tiers_behind(design, id).empty()) continue;  // nothing is routed to it
    Resource made;
    made.type = kLoadBalancer;
    made.name = hop_name(design, id);
    made.sku = document::object({{"name", "Standard"}, {"tier", "Regional"}});
    Value frontends;
    Value pools;
    Value rules;
    for (const bool ipv6 : {false, true}) {
      if (ipv6 && !hop_ipv6_address(design, id)) continue;
      frontends.push(frontend(design, id, ipv6));
      pools.push(document::object({{"name", of_family(kPool, ipv6)}}));
      rules.push(everything(design, id, ipv6));
    }
    made.properties = document::object({{"frontendIPConfigurations", frontends},
                                        {"backendAddressPools", pools},
                                        {"probes", document::array({probe(design, id)})},
                                        {"loadBalancingRules", rules}});
    made.cause = cause_of(design.appliances[id].origin, "appliance");
    out.resources.push_back(std::move(made));
  }
}

}  // namespace crenel::azure
