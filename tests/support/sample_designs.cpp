#include "tests/support/sample_designs.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace crenel::tests {
namespace {

using namespace model;

net::Prefix block(const std::string& text) { return *net::parse_prefix(text); }
net::Traffic tcp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Tcp, port, port); }

Origin named(Path path, std::string doc = "", std::string because = "") {
  return {.path = std::move(path), .span = {}, .doc = std::move(doc), .because = std::move(because)};
}

ParameterId parameter(Design& design, const std::string& name, ParameterKind kind, std::string doc) {
  Parameter made;
  made.origin = named({name}, std::move(doc));
  made.kind = kind;
  return design.parameters.add(std::move(made));
}

ParameterId cidr_parameter(Design& design, const std::string& name, int shortest, int longest,
                           const std::string& within, std::optional<std::string> default_value) {
  const ParameterId id = parameter(design, name, ParameterKind::Cidr, "An address block.");
  design.parameters[id].shortest = shortest;
  design.parameters[id].longest = longest;
  if (!within.empty()) design.parameters[id].within = {block(within)};
  design.parameters[id].default_value = std::move(default_value);
  return id;
}

NetworkId network(Design& design, Late<net::Prefix> space, int zones, Path path = {"main"}) {
  Network made;
  made.origin = named(std::move(path), "The network.");
  made.space = {.base = space, .part = {}};
  made.zones = zones;
  if (const auto* prefix = std::get_if<net::Prefix>(&space)) {
    // the last /26: the one that holds the last address
    const net::U128 index = (net::U128{1} << (26 - prefix->length)) - 1;
    made.reserved = {.base = *prefix->part(26, index), .part = {}};
  } else {
    made.reserved = {.base = space, .part = Part{.length = 26, .index = 0, .from_end = true}};
  }
  return design.networks.add(std::move(made));
}

/// A part of the network's space: folded where the space is known.
Block part(const Design& design, NetworkId id, int length, std::uint32_t index) {
  const Block& space = design.networks[id].space;
  if (const auto* prefix = std::get_if<net::Prefix>(&space.base))
    return {.base = *prefix->part(length, index), .part = {}};
  return {.base = space.base, .part = Part{.length = length, .index = index, .from_end = false}};
}

/// A tier of `length` bits per zone, whose zones are cut from a block of `length - log2(slots)` bits at `index`.
TierId tier(Design& design, NetworkId id, const std::string& name, TierKind kind, int length, std::uint32_t index) {
  const int zones = design.networks[id].zones;
  int slots_log2 = 0;
  while ((1 << slots_log2) < zones) ++slots_log2;
  Tier made;
  Path path = design.networks[id].origin.path;
  path.push_back(name);
  made.origin = named(std::move(path));
  made.network = id;
  made.kind = kind;
  made.block = part(design, id, length - slots_log2, index);
  for (int zone = 0; zone < zones; ++zone) {
    made.zone_blocks.push_back(part(design, id, length, (index << slots_log2) + static_cast<std::uint32_t>(zone)));
  }
  if (kind == TierKind::Public) made.way_out = DirectWayOut{};
  const TierId added = design.tiers.add(std::move(made));
  design.networks[id].tiers.push_back(added);
  return added;
}

GroupId group(Design& design, const std::string& name, TierId in, Late<std::string> image, Scale scale) {
  Group made;
  made.origin = named({name});
  made.tier = in;
  made.image = std::move(image);
  made.scale = scale;
  return design.groups.add(std::move(made));
}

void flow(Design& design, Endpoint from, Endpoint to, net::Traffic traffic, const std::string& text,
          const std::string& because, std::vector<Hop> via = {}, bool implied = false) {
  const StatementId id = design.statements.add({.span = {}, .text = text, .because = because, .implied = implied});
  design.flows.push_back({.statement = id,
                          .from = std::move(from),
                          .to = std::move(to),
                          .traffic = std::move(traffic),
                          .via = std::move(via)});
}

BalancerId balancer(Design& design, TierId in, GroupId target, Layer layer,
                    std::optional<Late<std::string>> certificate, net::Traffic listen, net::Traffic to,
                    std::optional<std::string> check) {
  Balancer made;
  made.origin = named({"front"});
  made.tier = in;
  made.layer = layer;
  const bool tls = certificate.has_value();
  made.certificate = std::move(certificate);
  made.forwards.push_back({.listen = std::move(listen),
                           .target = target,
                           .to = to,
                           .check = std::move(check),
                           .listen_tls = tls,
                           .target_tls = false,
                           .span = {}});
  const BalancerId id = design.balancers.add(std::move(made));
  flow(design, id, target, std::move(to), "front -> web : " + net::to_string(design.balancers[id].forwards[0].to), "",
       {}, true);
  return id;
}

constexpr Scale kElastic{.min = 2, .max = 10, .cpu_percent = 80};

}  // namespace

Design public_network() {
  Design design;
  design.name = "public_network";
  design.doc = "Servers behind a balancer, without a data center.";
  design.parameterised = true;
  const ParameterId space = cidr_parameter(design, "space", 16, 21, "10.0.0.0/8", "10.0.0.0/16");
  const ParameterId image = parameter(design, "image", ParameterKind::Image, "The machine image of the servers.");
  const ParameterId certificate =
      parameter(design, "certificate", ParameterKind::Certificate, "The balancer's certificate.");
  const NetworkId main = network(design, space, 2);
  const TierId edge = tier(design, main, "edge", TierKind::Public, 26, 0);
  const TierId servers = tier(design, main, "web", TierKind::Public, 24, 1);
  const GroupId web = group(design, "web", servers, image, kElastic);
  design.groups[web].immutable = true;
  design.groups[web].labels = {"front_end"};
  const BalancerId front = balancer(design, edge, web, Layer::Application, certificate, tcp(443), tcp(80), "/healthz");
  flow(design, Internet{}, front, tcp(443), "internet -> front : https", "the service we publish");
  return design;
}

Design public_network_direct() {
  Design design;
  design.name = "public_network";
  const NetworkId main = network(design, block("10.0.0.0/16"), 2);
  const TierId edge = tier(design, main, "edge", TierKind::Public, 26, 0);
  const TierId servers = tier(design, main, "web", TierKind::Public, 24, 1);
  const GroupId web = group(design, "web", servers, std::string("ami-0123456789abcdef0"), kElastic);
  design.groups[web].public_address = true;
  Site desk;
  desk.origin = named({"desk"});
  desk.addresses = {block("203.0.113.10/32")};
  const SiteId desk_id = design.sites.add(std::move(desk));
  const std::string certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
  const BalancerId front = balancer(design, edge, web, Layer::Application, certificate, tcp(443), tcp(80), "/healthz");
  flow(design, Internet{}, front, tcp(443), "internet -> front : https", "the service we publish");
  flow(design, desk_id, web, tcp(22), "desk -> web : ssh", "management over the Internet, from one address");
  return design;
}

Design private_network() {
  Design design;
  design.name = "private_network";
  design.doc = "Reached only from the data center, over a VPN.";
  design.parameterised = true;
  const ParameterId space = cidr_parameter(design, "space", 16, 20, "10.0.0.0/8", "10.0.0.0/16");
  const ParameterId corporate = cidr_parameter(design, "corporate", 8, 32, "172.16.0.0/12", std::nullopt);
  const ParameterId device = parameter(design, "vpn_device", ParameterKind::Ip, "The data center's VPN device.");
  const ParameterId key = parameter(design, "vpn_key", ParameterKind::Secret, "The pre-shared key.");
  const ParameterId image = parameter(design, "image", ParameterKind::Image, "The machine image.");
  Site site;
  site.origin = named({"datacenter"}, "The corporate network.");
  site.addresses = {corporate};
  site.device = device;
  const SiteId datacenter = design.sites.add(std::move(site));
  const NetworkId main = network(design, space, 2);
  const TierId servers = tier(design, main, "app", TierKind::Private, 24, 0);
  design.tiers[servers].strict_acl = true;
  design.tiers[servers].way_out = datacenter;
  design.tiers[servers].site_routes = {datacenter};
  Link link;
  link.origin =
      named({"main", "to", "datacenter"}, "", "the application needs addresses that only the data center has");
  link.network = main;
  link.site = datacenter;
  link.key = key;
  design.links.add(std::move(link));
  const GroupId app = group(design, "app", servers, image, {.min = 2, .max = 6, .cpu_percent = 70});
  flow(design, datacenter, app, tcp(443).united(tcp(22)), "datacenter -> app : https, ssh",
       "administered from the corporate network");
  flow(design, app, Internet{}, tcp(443), "app -> internet : https", "software updates", {datacenter});
  return design;
}

Design private_network_known() {
  Design design;
  design.name = "office";
  const NetworkId main = network(design, block("10.1.0.0/16"), 2);
  const TierId servers = tier(design, main, "app", TierKind::Private, 24, 0);
  Site site;
  site.origin = named({"datacenter"});
  site.addresses = {block("172.16.0.0/16")};
  site.device = net::parse_address("203.0.113.9");
  const SiteId datacenter = design.sites.add(std::move(site));
  design.tiers[servers].way_out = datacenter;
  design.tiers[servers].site_routes = {datacenter};
  Link link;
  link.origin = named({"main", "to", "datacenter"});
  link.network = main;
  link.site = datacenter;
  link.key = parameter(design, "vpn_key", ParameterKind::Secret, "The pre-shared key.");
  design.links.add(std::move(link));
  const GroupId app =
      group(design, "app", servers, std::string("ami-0123456789abcdef0"), {.min = 1, .max = 1, .cpu_percent = {}});
  flow(design, datacenter, app, tcp(8443), "datacenter -> app : app_rpc", "");
  flow(design, app, Internet{}, tcp(443), "app -> internet : https", "software updates", {datacenter});
  return design;
}

Design three_tiers() {
  Design design;
  design.name = "shop.prod";
  Environment prod;
  prod.origin = named({"prod"});
  prod.stage = "prod";
  prod.settings["aws"]["account"] = std::string("333333333333");
  prod.settings["azure"]["subscription"] = std::string("00000000-0000-0000-0000-0000000000f0");
  design.environment = std::move(prod);
  design.region = "eu_west_1";
  const NetworkId main = network(design, block("10.20.0.0/16"), 3, {"shop", "main"});
  const TierId edge = tier(design, main, "edge", TierKind::Public, 26, 0);
  const TierId web_tier = tier(design, main, "web", TierKind::Private, 24, 1);
  const TierId app_tier = tier(design, main, "app", TierKind::Private, 24, 2);
  design.tiers[app_tier].way_out = NatWayOut{};
  const GroupId web = group(design, "web", web_tier, std::string("ami-0123456789abcdef0"), kElastic);
  const GroupId app = group(design, "app", app_tier, std::string("ami-0123456789abcdef0"), kElastic);
  design.groups[web].size = Size::Medium;
  const std::string certificate = "arn:aws:acm:eu-west-1:333333333333:certificate/12345678-1234-1234-1234-123456789012";
  const BalancerId front = balancer(design, edge, web, Layer::Application, certificate, tcp(443), tcp(80), "/healthz");
  flow(design, Internet{}, front, tcp(443), "internet -> front : https", "the shop");
  flow(design, web, app, tcp(8443), "web -> app : app_rpc", "only the web tier calls the application tier");
  flow(design, app, Internet{}, tcp(443), "app -> internet : https", "payment provider", {ViaNat{}});
  return design;
}

Design network_balancer() {
  Design design;
  design.name = "game";
  const NetworkId main = network(design, block("10.30.0.0/20"), 2);
  const TierId edge = tier(design, main, "edge", TierKind::Public, 27, 0);
  const TierId servers = tier(design, main, "play", TierKind::Private, 25, 1);
  const GroupId play = group(design, "play", servers, std::string("ami-0123456789abcdef0"), kElastic);
  const BalancerId front =
      balancer(design, edge, play, Layer::Network, std::nullopt, tcp(7000), tcp(7001), std::nullopt);
  flow(design, Internet{}, front, tcp(7000), "internet -> front : tcp/7000", "players");
  return design;
}

Design two_tiers_one_site() {
  Design design;
  design.name = "branch";
  const NetworkId main = network(design, block("10.40.0.0/16"), 2);
  const TierId app_tier = tier(design, main, "app", TierKind::Private, 24, 0);
  const TierId data_tier = tier(design, main, "data", TierKind::Private, 24, 1);
  Site site;
  site.origin = named({"datacenter"});
  site.addresses = {block("172.20.0.0/16")};
  site.device = net::parse_address("203.0.113.9");
  const SiteId datacenter = design.sites.add(std::move(site));
  Site inner;
  inner.origin = named({"operators"});
  inner.addresses = {block("172.20.9.0/24")};
  inner.inside = datacenter;
  const SiteId operators = design.sites.add(std::move(inner));
  design.tiers[app_tier].way_out = datacenter;
  design.tiers[app_tier].site_routes = {datacenter};
  design.tiers[data_tier].site_routes = {datacenter};
  Link link;
  link.origin = named({"main", "to", "datacenter"});
  link.network = main;
  link.site = datacenter;
  link.key = parameter(design, "vpn_key", ParameterKind::Secret, "The pre-shared key.");
  design.links.add(std::move(link));
  const GroupId app = group(design, "app", app_tier, std::string("ami-0123456789abcdef0"), kElastic);
  const GroupId data = group(design, "data", data_tier, std::string("ami-0123456789abcdef0"), kElastic);
  flow(design, app, data, tcp(5432), "app -> data : postgres", "orders");
  flow(design, operators, data, tcp(22), "operators -> data : ssh", "repairs");
  flow(design, app, Internet{}, tcp(443), "app -> internet : https", "updates", {datacenter});
  return design;
}

}  // namespace crenel::tests
