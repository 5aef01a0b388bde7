#include <algorithm>
#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

using document::object;
using model::LinkId;

/// A private number that no route is exchanged with: the routes are static.
constexpr int kSiteNumber = 65000;
constexpr int kPhase1Seconds = 28800;
constexpr int kPhase2Seconds = 3600;
constexpr int kDeadPeerSeconds = 30;

Value values(std::initializer_list<Value> listed) {
  Value out;
  for (const Value& value : listed) out.push(object({{"Value", value}}));
  return out;
}

/// Every list that is left out would mean "anything AWS knows", SHA-1 and 1024-bit groups with it
/// (vpn/latest/s2svpn/VPNTunnels.html, checked 2026-11-23).
Value tunnel_options(const model::Design& design, const model::Link& link) {
  Value options;
  options.set("IKEVersions", values({"ikev2"}));
  options.set("Phase1EncryptionAlgorithms", values({"AES256-GCM-16"}));
  options.set("Phase1IntegrityAlgorithms", values({"SHA2-384", "SHA2-512"}));
  options.set("Phase1DHGroupNumbers", values({19, 20, 21}));
  options.set("Phase1LifetimeSeconds", kPhase1Seconds);
  options.set("Phase2EncryptionAlgorithms", values({"AES256-GCM-16"}));
  options.set("Phase2IntegrityAlgorithms", values({"SHA2-384", "SHA2-512"}));
  options.set("Phase2DHGroupNumbers", values({19, 20, 21}));
  options.set("Phase2LifetimeSeconds", kPhase2Seconds);
  options.set("DPDTimeoutAction", "restart");
  options.set("DPDTimeoutSeconds", kDeadPeerSeconds);
  options.set("StartupAction", "start");
  if (link.key) {
    // Resolved inside CloudFormation: neither the template nor a parameter ever holds the key.
    options.set("PreSharedKey",
                substitute("{{resolve:secretsmanager:${" + parameter_id(design, *link.key) + "}:SecretString}}"));
  }
  return options;
}

/// One for a site, whoever links to it: AWS keeps a single customer gateway for an address.
void lower_customer_gateway(Lowering& to, const model::Link& link) {
  const model::Site& site = to.design.sites[link.site];
  const std::string id = site_name(to.design, link.site, "CustomerGateway");
  const bool there = std::any_of(to.out.resources.begin(), to.out.resources.end(),
                                 [&](const Resource& one) { return one.entry.id == id; });
  if (there) return;
  Value properties;
  properties.set("Type", "ipsec.1");
  properties.set("BgpAsn", kSiteNumber);
  if (site.device) properties.set("IpAddress", address_value(to.design, *site.device));
  if (link.certificate) properties.set("CertificateArn", text_value(to.design, *link.certificate));
  properties.set("Tags", to.tags(model::to_string(site.origin.path)));
  to.add(kCustomerGateway, id, "site", site.origin, std::move(properties));
}

void lower_connection(Lowering& to, const Tunnel& tunnel) {
  const model::Link& link = to.design.links[tunnel.link];
  const std::string connection = link_name(to.design, tunnel.link, "VpnConnection");
  Value options;
  // AWS ends every connection twice, in two zones.
  options.push(tunnel_options(to.design, link));
  options.push(tunnel_options(to.design, link));
  Value properties;
  properties.set("Type", "ipsec.1");
  properties.set("CustomerGatewayId", reference_to(site_name(to.design, link.site, "CustomerGateway")));
  properties.set("VpnGatewayId", reference_to(network_name(to.design, link.network, "VpnGateway")));
  properties.set("StaticRoutesOnly", true);
  properties.set("VpnTunnelOptionsSpecifications", std::move(options));
  properties.set("Tags", to.tags(model::to_string(link.origin.path)));
  Resource& made = to.add(kVpnConnection, connection, "link", link.origin, std::move(properties));
  made.depends_on = {network_name(to.design, link.network, "VpnGatewayAttachment")};
  if (!link.origin.because.empty())
    made.attributes.emplace_back("Metadata", object({{"Because", link.origin.because}}));

  const auto add_route = [&](const std::string& name, Value destination) {
    to.add(kVpnConnectionRoute, link_name(to.design, tunnel.link, "RouteTo") + name, "link", link.origin,
           object({{"VpnConnectionId", reference_to(connection)}, {"DestinationCidrBlock", std::move(destination)}}));
  };
  for (const auto& prefix : tunnel.prefixes) {
    add_route(address_name(to.design, prefix), address_value(to.design, prefix));
  }
  // A static connection carries what it is told and no more: the subnets' default route alone would end at the gateway.
  if (tunnel.internet) add_route("Internet", "0.0.0.0/0");
}

/// The line and its virtual interface belong to the site and its carrier: what is made here joins the network to the
/// gateway at which they end. The site's prefixes come over it by BGP.
void lower_direct(Lowering& to, const Tunnel& tunnel) {
  const model::Link& link = to.design.links[tunnel.link];
  const std::string asked = link_name(to.design, tunnel.link, "DirectConnectGatewayId");
  const auto named = text_setting(link.settings, kDirectGateway);
  Value properties;
  properties.set("AssociatedGatewayId", reference_to(network_name(to.design, link.network, "VpnGateway")));
  properties.set("DirectConnectGatewayId", named ? Value(*named) : reference_to(asked));
  Resource& made = to.add(kDirectAssociation, link_name(to.design, tunnel.link, "DirectConnectAssociation"), "link",
                          link.origin, std::move(properties));
  made.depends_on = {network_name(to.design, link.network, "VpnGatewayAttachment")};
  if (!link.origin.because.empty())
    made.attributes.emplace_back("Metadata", object({{"Because", link.origin.because}}));
  if (named) return;
  to.out.parameters.push_back(
      {.id = asked,
       .subject = "link `" + model::to_string(link.origin.path) + "`",
       .span = link.origin.span,
       .body = object({{"Type", "String"},
                       {"Description", "The id of the Direct Connect gateway at which the line from " +
                                           model::to_string(to.design.sites[link.site].origin.path) + " ends."},
                       {"AllowedPattern", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
                       {"ConstraintDescription", "must be the id of a Direct Connect gateway"}})});
}

}  // namespace

void lower_links(Lowering& to) {
  for (const Tunnel& tunnel : to.plan.tunnels) {
    if (to.design.links[tunnel.link].kind == model::LinkKind::Direct) {
      lower_direct(to, tunnel);
      continue;
    }
    lower_customer_gateway(to, to.design.links[tunnel.link]);
    lower_connection(to, tunnel);
  }
}

}  // namespace crenel::aws
