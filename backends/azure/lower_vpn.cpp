#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

Term gateway_name(const model::Network& network) { return resource_name(network.origin.path, "VpnGateway"); }

/// The one proposal that is accepted. All eight fields or Azure refuses it; the integrity of a GCM cipher is that same
/// cipher (learn.microsoft.com, "Configure custom IPsec/IKE connection policies", checked 2026-11-23).
Value ipsec_policy() {
  return document::object({{"saLifeTimeSeconds", 3600},
                           {"saDataSizeKilobytes", 102400000},
                           {"ipsecEncryption", "GCMAES256"},
                           {"ipsecIntegrity", "GCMAES256"},
                           {"ikeEncryption", "AES256"},
                           {"ikeIntegrity", "SHA384"},
                           {"dhGroup", "ECP384"},
                           {"pfsGroup", "ECP384"}});
}

/// The link by which tiers of the network send their Internet traffic.
const model::Link* default_link(const Design& design, model::NetworkId network) {
  for (const model::TierId id : design.networks[network].tiers) {
    const auto* site = std::get_if<model::SiteId>(&design.tiers[id].way_out);
    if (site == nullptr) continue;
    const auto link = model::link_between(design, network, *site);
    if (link && design.links[*link].kind == model::LinkKind::Vpn) return &design.links[*link];
  }
  return nullptr;
}

Resource gateway(const Design& design, model::NetworkId id) {
  const model::Network& network = design.networks[id];
  const std::string sku = vpn_sku(network);
  Resource out;
  out.type = kVirtualNetworkGateway;
  out.name = gateway_name(network);
  out.properties =
      document::object({{"gatewayType", "Vpn"},
                        {"vpnType", "RouteBased"},
                        {"sku", document::object({{"name", sku}, {"tier", sku}})},
                        {"activeActive", false},
                        {"enableBgp", false},
                        {"ipConfigurations", document::array({gateway_place(network, "VpnGatewayAddress")})}});
  // A default route to the gateway drops every packet unless the gateway knows to which site it leads
  // (learn.microsoft.com, "About forced tunneling for site-to-site").
  if (const model::Link* link = default_link(design, id)) {
    out.properties.set("gatewayDefaultSite", id_object(local_gateway_id(*link)));
  }
  out.cause = cause_of(network.origin, "network");
  return out;
}

Resource local_gateway(const Design& design, const model::Link& link) {
  const model::Site& site = design.sites[link.site];
  Value blocks = document::array({});
  for (const Term& block : addresses(design, model::addresses_of(design, link.site)).all()) blocks.push(block.value());
  Resource out;
  out.type = kLocalNetworkGateway;
  out.name = resource_name(link.origin.path, "Site");
  out.properties = document::object({});
  if (site.device) out.properties.set("gatewayIpAddress", address(design, *site.device).value());
  out.properties.set("localNetworkAddressSpace", document::object({{"addressPrefixes", blocks}}));
  out.cause = cause_of(link.origin, "link");
  return out;
}

Resource connection(const Design& design, const model::Link& link) {
  const model::Network& network = design.networks[link.network];
  const auto end = [](const Term& id) {
    return document::object({{"id", id.value()}, {"properties", document::object({})}});
  };
  Resource out;
  out.type = kConnection;
  out.name = resource_name(link.origin.path, "Connection");
  out.properties =
      document::object({{"connectionType", "IPsec"},
                        {"connectionProtocol", "IKEv2"},
                        {"virtualNetworkGateway1", end(resource_id(kVirtualNetworkGateway, gateway_name(network)))},
                        {"localNetworkGateway2", end(local_gateway_id(link))},
                        {"enableBgp", false},
                        {"usePolicyBasedTrafficSelectors", false},
                        {"dpdTimeoutSeconds", 45},
                        {"ipsecPolicies", document::array({ipsec_policy()})}});
  if (link.key) {
    out.properties.set("sharedKey", parameter(parameter_name(design.parameters[*link.key].origin.path)).value());
  }
  out.cause = cause_of(link.origin, "link");
  return out;
}

}  // namespace

void lower_vpn(const Design& design, Template& out) {
  const auto each = [&](model::NetworkId id, auto make) {
    for (const model::Link& link : design.links) {
      if (link.network == id && link.kind == model::LinkKind::Vpn) out.resources.push_back(make(design, link));
    }
  };
  for (const model::NetworkId id : design.networks.ids()) {
    if (!has_links(design, id, model::LinkKind::Vpn)) continue;
    const model::Network& network = design.networks[id];
    out.resources.push_back(
        public_address(network.origin.path, "VpnGatewayAddress", "Standard", cause_of(network.origin, "network")));
    each(id, local_gateway);
    out.resources.push_back(gateway(design, id));
    each(id, connection);
  }
}

}  // namespace crenel::azure
