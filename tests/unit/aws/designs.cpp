#include "tests/unit/aws/designs.h"

#include <utility>

namespace crenel::aws::tests {

using namespace model;

net::Prefix block(const std::string& text) { return *net::parse_prefix(text); }

net::Traffic tcp(std::uint16_t first, std::uint16_t last) {
  return net::Traffic::of(net::Protocol::Tcp, first, last == 0 ? first : last);
}

net::Traffic udp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Udp, port, port); }

namespace {

Origin named(Path path) { return {.path = std::move(path), .span = {}, .doc = {}, .because = {}}; }

}  // namespace

NetworkId Builder::network(const std::string& name, const std::string& space, int zones) {
  Network made;
  made.origin = named({name});
  made.space = {.base = block(space), .part = {}};
  made.zones = zones;
  used_.push_back(0);
  return design.networks.add(std::move(made));
}

TierId Builder::tier(NetworkId network, const std::string& name, TierKind kind) {
  const net::Prefix space = *known(design.networks[network].space);
  const int zones = design.networks[network].zones;
  Tier made;
  made.origin = named({design.networks[network].origin.path.front(), name});
  made.network = network;
  made.kind = kind;
  const std::uint32_t slots = zones == 1 ? 1 : zones == 2 ? 2 : 4;
  std::uint32_t& used = used_[network.index()];
  made.block = {.base = *space.part(slots == 1 ? 24 : slots == 2 ? 23 : 22, used), .part = {}};
  for (int zone = 0; zone < zones; ++zone) {
    made.zone_blocks.push_back({.base = *space.part(24, used * slots + static_cast<std::uint32_t>(zone)), .part = {}});
  }
  ++used;
  if (kind == TierKind::Public) made.way_out = DirectWayOut{};
  const TierId id = design.tiers.add(std::move(made));
  design.networks[network].tiers.push_back(id);
  return id;
}

GroupId Builder::group(const std::string& name, TierId tier) {
  Group made;
  made.origin = named({name});
  made.tier = tier;
  made.image = std::string("ami-0123456789abcdef0");
  return design.groups.add(std::move(made));
}

BalancerId Builder::balancer(const std::string& name, TierId tier, GroupId target, Layer layer,
                             const net::Traffic& listen, const net::Traffic& to) {
  Balancer made;
  made.origin = named({name});
  made.tier = tier;
  made.layer = layer;
  made.forwards.push_back({.listen = listen,
                           .target = target,
                           .to = to,
                           .check = {},
                           .listen_tls = false,
                           .target_tls = false,
                           .span = {}});
  const BalancerId id = design.balancers.add(std::move(made));
  flow(id, target, to, name + " -> target");
  return id;
}

SiteId Builder::site(const std::string& name, const std::vector<Late<net::Prefix>>& addresses) {
  Site made;
  made.origin = named({name});
  made.addresses = addresses;
  made.device = net::parse_address("203.0.113.9");
  return design.sites.add(std::move(made));
}

LinkId Builder::link(NetworkId network, SiteId site) {
  Link made;
  made.origin = named({design.networks[network].origin.path.front(), "to", design.sites[site].origin.path.front()});
  made.network = network;
  made.site = site;
  made.key = parameter("key_" + std::to_string(design.links.size()), ParameterKind::Secret);
  return design.links.add(std::move(made));
}

ParameterId Builder::parameter(const std::string& name, ParameterKind kind) {
  Parameter made;
  made.origin = named({name});
  made.kind = kind;
  return design.parameters.add(std::move(made));
}

ParameterId Builder::block_parameter(const std::string& name, int shortest, int longest, const std::string& within) {
  const ParameterId id = parameter(name, ParameterKind::Cidr);
  design.parameters[id].shortest = shortest;
  design.parameters[id].longest = longest;
  if (!within.empty()) design.parameters[id].within = {block(within)};
  return id;
}

StatementId Builder::flow(const Endpoint& from, const Endpoint& to, const net::Traffic& traffic,
                          const std::string& text, const std::vector<Hop>& via) {
  const StatementId id = design.statements.add({.span = {}, .text = text, .because = {}, .implied = false});
  design.flows.push_back({.statement = id, .from = from, .to = to, .traffic = traffic, .via = via});
  return id;
}

Design odd_one() {
  Builder make;
  make.design.name = "odd";
  make.design.doc = "# Odd\n\nEverything at once,\non purpose.\n\nNot here.";
  const NetworkId main = make.network("main", "10.9.0.0/16", 2);
  const TierId edge = make.tier(main, "edge", TierKind::Public);
  const TierId one = make.tier(main, "one", TierKind::Private);
  const TierId two = make.tier(main, "two", TierKind::Isolated);
  make.design.tiers[edge].strict_acl = true;
  make.design.tiers[one].strict_acl = true;
  make.design.tiers[one].way_out = NatWayOut{};
  const GroupId left = make.group("left", one);
  const GroupId right = make.group("right", two);
  make.design.groups[left].labels = {"front_end", "monitored"};
  make.design.groups[left].boot = "#!/bin/sh\necho \"${HOME}\" 'ready'\n";
  make.design.groups[left].settings["aws"]["key_name"] = std::string("operators");
  make.design.groups[left].settings["aws"]["instance_type"] = std::string("m7i.large");
  make.design.networks[main].settings["aws"]["log_retention_days"] = std::int64_t{30};
  const BalancerId game = make.balancer("game", edge, left, Layer::Network, udp(7000), udp(7001));
  make.flow(Internet{}, game, udp(7000), "internet -> game : play");
  make.flow(left, right, net::Traffic::all(), "left -> right : packets");
  make.flow(right, left, net::Traffic::of(net::Protocol::Icmp, 8, 8), "right -> left : ping");
  make.flow(left, left, net::Traffic::of(net::Protocol::Sctp), "left -> left : sctp");
  make.flow(left, Internet{}, tcp(443), "left -> internet : https", {ViaNat{}});
  make.flow(left, Blocks{.name = "partners", .blocks = {block("198.51.100.0/24")}},
            tcp(8443).united(net::Traffic::of(net::Protocol::Icmp)), "left -> partners : app_rpc, icmp", {ViaNat{}});
  const SiteId branch = make.site("branch", {block("172.30.0.0/16"), block("172.31.0.0/16")});
  make.link(main, branch);
  make.design.links[LinkId(0)].key = std::nullopt;
  make.design.links[LinkId(0)].certificate = make.parameter("certificate", ParameterKind::Certificate);
  make.design.links[LinkId(0)].origin.because = "bookings";
  make.design.tiers[one].site_routes = {branch};
  make.flow(branch, left, tcp(22), "branch -> left : ssh");
  Agent sensor;
  sensor.origin = named({"sensor"});
  sensor.install = "register";
  sensor.token = make.parameter("sensor_token", ParameterKind::Secret);
  const GroupId watched = make.group("watched", one);
  make.design.groups[watched].agents = {make.design.agents.add(std::move(sensor))};
  make.flow(watched, Internet{}, tcp(443), "watched -> internet : https", {ViaNat{}});
  Database held;
  held.origin = named({"held"});
  held.tier = make.tier(main, "three", TierKind::Isolated);
  held.engine = "postgres16";
  const DatabaseId database = make.design.databases.add(std::move(held));
  make.flow(right, database, tcp(5432), "right -> held : postgres");
  return make.design;
}

Design two_networks() {
  Builder make;
  make.design.name = "two";
  const NetworkId east = make.network("east", "10.1.0.0/16", 1);
  const NetworkId west = make.network("west", "10.2.0.0/16", 1);
  const TierId a = make.tier(east, "app", TierKind::Private);
  const TierId b = make.tier(west, "app", TierKind::Private);
  const GroupId app = make.group("app", a);
  const GroupId other = make.group("other", b);
  const SiteId center = make.site("center", {block("172.16.0.0/16")});
  const SiteId branch = make.site("branch", {make.block_parameter("branch_block", 16, 24, "192.168.0.0/16")});
  make.design.sites[branch].device = net::parse_address("203.0.113.10");
  make.link(east, center);
  make.link(west, center);
  make.link(east, branch);
  make.design.tiers[a].site_routes = {center};
  make.design.tiers[b].site_routes = {center};
  make.flow(app, center, tcp(5432), "app -> center : postgres");
  make.flow(center, other, tcp(443), "center -> other : https");
  return make.design;
}

Design peered_networks() {
  Builder make;
  make.design.name = "peered";
  const NetworkId east = make.network("east", "10.1.0.0/16", 1);
  const NetworkId west = make.network("west", "10.2.0.0/16", 1);
  const TierId a = make.tier(east, "app", TierKind::Private);
  const TierId b = make.tier(west, "app", TierKind::Private);
  const GroupId app = make.group("app", a);
  const GroupId other = make.group("other", b);
  const SiteId center = make.site("center", {block("172.16.0.0/16")});
  make.design.links[make.link(east, center)].kind = model::LinkKind::Direct;
  make.design.peerings.add({.origin = {.path = {"east", "with", "west"}, .span = {}, .doc = {}, .because = {}},
                            .first = east,
                            .second = west,
                            .settings = {}});
  make.design.tiers[a].site_routes = {center};
  make.design.tiers[a].peer_routes = {west};
  make.design.tiers[b].peer_routes = {east};
  make.flow(app, center, tcp(5432), "app -> center : postgres");
  make.flow(app, other, tcp(443), "app -> other : https");
  return make.design;
}

Design inspection_hub() {
  Builder make;
  make.design.name = "inspected";
  const NetworkId hub = make.network("hub", "10.1.0.0/16");
  const NetworkId shop = make.network("shop", "10.2.0.0/16");
  const TierId edge = make.tier(hub, "edge", TierKind::Public);
  const TierId inspection = make.tier(hub, "inspection", TierKind::Private);
  const TierId app = make.tier(shop, "app", TierKind::Private);
  const GroupId servers = make.group("servers", app);
  const auto appliance = [&](const std::string& name, TierId tier) {
    Appliance made;
    made.origin = named({name});
    made.tier = tier;
    made.image = std::string("ami-0123456789abcdef0");
    return make.design.appliances.add(std::move(made));
  };
  const ApplianceId firewall = appliance("firewall", inspection);
  const ApplianceId vpn = appliance("vpn", edge);
  make.design.peerings.add({.origin = named({"shop", "with", "hub"}), .first = shop, .second = hub, .settings = {}});
  make.design.tiers[app].way_out = firewall;
  make.design.tiers[app].peer_routes = {hub};
  make.design.tiers[inspection].way_out = NatWayOut{};
  make.design.tiers[inspection].peer_routes = {shop};
  make.flow(servers, Internet{}, tcp(443), "servers -> internet : https via firewall, nat", {firewall, ViaNat{}});
  make.flow(servers, firewall, tcp(443), "servers -> firewall : tcp/443");
  make.flow(firewall, Internet{}, tcp(443), "firewall -> internet : tcp/443", {ViaNat{}});
  make.flow(Internet{}, vpn, udp(51820), "internet -> vpn : udp/51820");
  return make.design;
}

Design inspected_by_two() {
  Builder make;
  make.design.name = "fleet";
  const NetworkId main = make.network("main", "10.1.0.0/16");
  make.tier(main, "edge", TierKind::Public);
  const TierId inspection = make.tier(main, "inspection", TierKind::Private);
  const TierId app = make.tier(main, "app", TierKind::Private);
  const GroupId servers = make.group("servers", app);
  Appliance made;
  made.origin = named({"firewall"});
  made.tier = inspection;
  made.image = std::string("ami-0123456789abcdef0");
  made.count = 2;
  const ApplianceId firewall = make.design.appliances.add(std::move(made));
  make.design.tiers[app].way_out = firewall;
  make.design.tiers[inspection].way_out = NatWayOut{};
  make.flow(servers, Internet{}, tcp(443), "servers -> internet : https via firewall, nat", {firewall, ViaNat{}});
  make.flow(servers, firewall, tcp(443), "servers -> firewall : tcp/443");
  make.flow(firewall, Internet{}, tcp(443), "firewall -> internet : tcp/443", {ViaNat{}});
  return make.design;
}

void Builder::give_ipv6(NetworkId network) {
  const std::string name = design.networks[network].origin.path.front() + "_ipv6";
  const ParameterId given = block_parameter(name, 56, 56, "2000::/3");
  design.parameters[given].chosen = true;
  design.networks[network].ipv6 = given;
  const int zones = design.networks[network].zones;
  std::uint32_t next = 0;
  for (const TierId id : design.networks[network].tiers) {
    const auto part = [&](int length, std::uint32_t index) {
      return Block{.base = given, .part = Part{.length = length, .index = index, .from_end = false}};
    };
    Tier& tier = design.tiers[id];
    tier.ipv6_block = zones == 1 ? part(64, next) : part(63, next / 2);
    for (int zone = 0; zone < zones; ++zone) tier.ipv6_zone_blocks.push_back(part(64, next++));
  }
}

Design both_families() {
  Builder make;
  make.design.name = "six";
  const NetworkId main = make.network("main", "10.6.0.0/16");
  const TierId edge = make.tier(main, "edge", TierKind::Public);
  const TierId web = make.tier(main, "web", TierKind::Private);
  make.give_ipv6(main);
  make.design.tiers[web].way_out = NatWayOut{};
  const GroupId servers = make.group("servers", web);
  const BalancerId front = make.balancer("front", edge, servers, Layer::Application, tcp(80), tcp(8080));
  make.flow(Internet{}, front, tcp(80), "internet -> front : http");
  make.flow(servers, Internet{}, tcp(443), "servers -> internet : https via nat", {ViaNat{}});
  make.design.guards.add({.origin = named({"drift"}),
                          .networks = {main},
                          .alert = {},
                          .revert_seconds = {},
                          .prevent = true,
                          .exempt = {"network-pipeline"},
                          .settings = {{"aws", {{"block_public_access", true}}}}});
  Claim& claim = make.design.claims.emplace_back();
  claim.from = {Internet{}};
  claim.to = {servers};
  claim.text = "never internet -> servers";
  return make.design;
}

Design joined_in_both_families() {
  Builder make;
  make.design.name = "joined";
  const NetworkId main = make.network("main", "10.6.0.0/16", 1);
  const NetworkId far = make.network("far", "10.7.0.0/16", 1);
  const TierId web = make.tier(main, "web", TierKind::Private);
  const TierId edge = make.tier(main, "edge", TierKind::Public);
  const TierId lab = make.tier(far, "lab", TierKind::Private);
  make.give_ipv6(main);
  make.give_ipv6(far);
  const GroupId servers = make.group("servers", web);
  const GroupId bench = make.group("bench", lab);
  const BalancerId intake = make.balancer("intake", edge, servers, Layer::Network, udp(514), udp(5514));
  const SiteId office = make.site("office", {block("192.168.7.0/24")});
  make.link(main, office);
  make.design.peerings.add({.origin = named({"main", "with", "far"}), .first = main, .second = far, .settings = {}});
  make.design.tiers[web].site_routes = {office};
  make.design.tiers[web].peer_routes = {far};
  make.design.tiers[lab].peer_routes = {main};
  make.flow(office, servers, tcp(22), "office -> servers : ssh");
  make.flow(servers, bench, tcp(443), "servers -> bench : https");
  make.flow(Blocks{.name = "senders", .blocks = {block("198.51.100.0/24")}}, intake, udp(514),
            "senders -> intake : udp/514");
  return make.design;
}

}  // namespace crenel::aws::tests
