#include <array>
#include <cstdint>

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

Value own(const Design& design, ApplianceId appliance, const char* collection, const char* part) {
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

Value frontend(const Design& design, ApplianceId appliance) {
  const model::TierId tier = design.appliances[appliance].tier;
  return document::object(
      {{"name", kFrontend},
       {"zones", zone_list(design.networks[design.tiers[tier].network].zones)},
       {"properties", document::object({{"privateIPAllocationMethod", "Static"},
                                        {"privateIPAddress", hop_address(design, appliance).value()},
                                        {"subnet", id_object(subnet_id(design, tier))}})}});
}

/// Every protocol and port, as only an internal standard balancer takes them (learn.microsoft.com, "High availability
/// ports overview"): packets keep both their addresses but for the balancer's own.
Value everything(const Design& design, ApplianceId appliance) {
  return document::object(
      {{"name", "everything"},
       {"properties",
        document::object({{"frontendIPConfiguration", own(design, appliance, "frontendIPConfigurations", kFrontend)},
                          {"backendAddressPool", own(design, appliance, "backendAddressPools", kPool)},
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

Term hop_pool_id(const Design& design, ApplianceId appliance) {
  return resource_id(kLoadBalancer, hop_name(design, appliance), {"backendAddressPools", kPool});
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
    made.properties = document::object({{"frontendIPConfigurations", document::array({frontend(design, id)})},
                                        {"backendAddressPools", document::array({document::object({{"name", kPool}})})},
                                        {"probes", document::array({probe(design, id)})},
                                        {"loadBalancingRules", document::array({everything(design, id)})}});
    made.cause = cause_of(design.appliances[id].origin, "appliance");
    out.resources.push_back(std::move(made));
  }
}

}  // namespace crenel::azure
