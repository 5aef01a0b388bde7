#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/net/prefix.h"
#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

constexpr const char* kTables = "Microsoft.Network/routeTables";

std::string table(std::string_view routes, std::string_view more = "") {
  return R"({"type": "Microsoft.Network/routeTables", "name": "rt", "properties": {)" + std::string(more) +
         R"("routes": [)" + std::string(routes) + "]}}";
}

std::string route(std::string_view prefix, std::string_view hop, std::string_view more = "") {
  return R"({"name": "r", "properties": {"addressPrefix": ")" + std::string(prefix) + R"(", "nextHopType": ")" +
         std::string(hop) + "\"" + std::string(more) + "}}";
}

/// The subnet `net/app` with this route table; `more` are other resources.
Estate with_routes(const std::string& routes, const std::string& options = "", const std::string& more = "") {
  const std::string reference = R"("routeTable": {)" + id(kTables, "rt") + "}";
  return lifted(template_of(table(routes, options) + ", " + network(reference) + more));
}

/// The routes of `net/app` to a block, the best of them first.
std::vector<Route> routes_to(const Estate& estate, std::string_view prefix) {
  std::vector<Route> out;
  for (const Route& each : estate.route_tables[subnet_named(estate, "net/app").routes].routes) {
    if (each.destination == block(prefix)) out.push_back(each);
  }
  std::stable_sort(out.begin(), out.end(), [](const Route& a, const Route& b) { return a.rank > b.rank; });
  return out;
}

std::string target(const Estate& estate, const Route& route) {
  if (const auto* door = std::get_if<DoorId>(&route.target)) return estate.doors[*door].name;
  if (const auto* peer = std::get_if<NetworkId>(&route.target)) return estate.networks[*peer].name;
  if (std::holds_alternative<LocalTarget>(route.target)) return "local";
  if (std::holds_alternative<NowhereTarget>(route.target)) return "nowhere";
  if (const auto* unknown = std::get_if<UnknownTarget>(&route.target)) return "unknown: " + unknown->why;
  return "an interface";
}

std::string best(const Estate& estate, std::string_view prefix) {
  const auto found = routes_to(estate, prefix);
  return found.empty() ? "none" : target(estate, found.front());
}

/// A gateway in a network `hub` and a connection to a site with these blocks.
std::string gateway(std::string_view blocks, std::string_view more = "") {
  return R"({"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2025-05-01", "name": "net", "properties": {
    "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
    {"name": "app", "properties": {"addressPrefix": "10.0.0.0/24", "routeTable": {)" +
         id(kTables, "rt") + R"(}}},
    {"name": "GatewaySubnet", "properties": {"addressPrefix": "10.0.255.0/27"}}]}},
  {"type": "Microsoft.Network/virtualNetworkGateways", "name": "gw", "properties": {"gatewayType": "Vpn", )" +
         std::string(more) + R"("ipConfigurations": [{"name": "one", "properties": {"subnet": {
    "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'GatewaySubnet')]"}}}]}},
  {"type": "Microsoft.Network/localNetworkGateways", "name": "site", "properties": {
    "gatewayIpAddress": "192.0.2.1", "localNetworkAddressSpace": {"addressPrefixes": [)" +
         std::string(blocks) + R"(]}}},
  {"type": "Microsoft.Network/connections", "name": "link", "properties": {"connectionType": "IPsec",
    "virtualNetworkGateway1": {)" +
         id("Microsoft.Network/virtualNetworkGateways", "gw") + R"(}, "localNetworkGateway2": {)" +
         id("Microsoft.Network/localNetworkGateways", "site") + "}}}";
}

}  // namespace

TEST_CASE("every subnet has the provider's own routes: the network, the Internet, and private blocks to nowhere") {
  const Estate estate = lifted(template_of(network()));
  CHECK(best(estate, "10.0.0.0/16") == "local");
  CHECK(best(estate, "0.0.0.0/0") == "Internet of net");
  CHECK(best(estate, "::/0") == "Internet of net");
  for (const char* dropped : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"}) {
    CHECK(best(estate, dropped) == "nowhere");
  }
}

TEST_CASE("an own route wins over the provider's of the same block") {
  const Estate estate = with_routes(route("0.0.0.0/0", "None") + "," + route("10.0.0.0/8", "vnetlocal") + "," +
                                    route("192.0.2.0/24", "Internet"));
  CHECK(best(estate, "0.0.0.0/0") == "nowhere");
  CHECK(best(estate, "10.0.0.0/8") == "local");
  CHECK(best(estate, "192.0.2.0/24") == "Internet of net");
  CHECK(best(estate, "::/0") == "Internet of net");
  CHECK(estate.unknowns.empty());
}

TEST_CASE("two routes to one block are refused by the provider; routes that cannot be read lead anywhere") {
  CHECK(has_unknown(with_routes(route("0.0.0.0/0", "None") + "," + route("0.0.0.0/0", "Internet")), "two routes"));
  const std::string open = R"({"type": "Microsoft.Network/routeTables", "name": "rt",
    "properties": {"routes": "[parameters('p')]"}})";
  const Estate estate = lifted(
      template_of(open + ", " + network(R"("routeTable": {)" + id(kTables, "rt") + "}"), R"("p": {"type": "array"})"));
  CHECK(best(estate, "0.0.0.0/0").starts_with("unknown"));
}

TEST_CASE("routes that are resources of their own") {
  const Estate estate = with_routes("", "", R"(, {"type": "Microsoft.Network/routeTables/routes", "name": "rt/all",
    "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "None"}})");
  CHECK(best(estate, "0.0.0.0/0") == "nowhere");
}

TEST_CASE("what an appliance does is not known, nor where a next hop leads that nobody has heard of") {
  const Estate estate = with_routes(route("0.0.0.0/0", "VirtualAppliance", R"(, "nextHopIpAddress": "10.0.0.4")") +
                                    "," + route("192.0.2.0/24", "VirtualApplianceEcmp"));
  CHECK(best(estate, "0.0.0.0/0").starts_with("unknown: the appliance at `10.0.0.4`"));
  CHECK(best(estate, "192.0.2.0/24").starts_with("unknown: next hop `VirtualApplianceEcmp`"));
}

TEST_CASE("a table that switches routes of peerings off is not read as if it did not") {
  CHECK(has_unknown(with_routes("", R"("disablePeeringRoute": "All", )"), "routes of peerings"));
  CHECK_FALSE(has_unknown(with_routes("", R"("disablePeeringRoute": "None", )"), "routes of peerings"));
}

TEST_CASE("a gateway puts routes to its sites into every subnet, unless the table says no") {
  const Estate on = lifted(template_of(table("") + ", " + gateway(R"("172.16.0.0/16")")));
  const auto learnt = routes_to(on, "172.16.0.0/16");
  REQUIRE(learnt.size() == 1);
  CHECK(target(on, learnt.front()) == "link");
  CHECK(learnt.front().yields_to_local);
  CHECK(best(on, "0.0.0.0/0") == "Internet of net");
  const Estate off =
      lifted(template_of(table("", R"("disableBgpRoutePropagation": true, )") + ", " + gateway(R"("172.16.0.0/16")")));
  CHECK(best(off, "172.16.0.0/16") == "none");
}

TEST_CASE("everything sent to a gateway without a default site is dropped, but for its sites") {
  const std::string all = table(route("0.0.0.0/0", "VirtualNetworkGateway"));
  const Estate without = lifted(template_of(all + ", " + gateway(R"("172.16.0.0/16")")));
  CHECK(best(without, "0.0.0.0/0") == "nowhere");
  CHECK(best(without, "172.16.0.0/16") == "link");
  const std::string site = R"("gatewayDefaultSite": {)" + id("Microsoft.Network/localNetworkGateways", "site") + "}, ";
  const Estate with = lifted(template_of(all + ", " + gateway(R"("172.16.0.0/16")", site)));
  CHECK(best(with, "0.0.0.0/0") == "link");
}

TEST_CASE("two halves of everything are everything") {
  const Estate estate = lifted(template_of(table(route("0.0.0.0/0", "VirtualNetworkGateway")) + ", " +
                                           gateway(R"("0.0.0.0/1", "128.0.0.0/1")")));
  CHECK(best(estate, "0.0.0.0/0") == "link");
}

TEST_CASE("a gateway that learns routes may lead anywhere") {
  const Estate estate = lifted(template_of(table("") + ", " + gateway(R"("172.16.0.0/16")", R"("enableBgp": true, )")));
  CHECK(best(estate, "0.0.0.0/0").starts_with("unknown: the gateway learns"));
  CHECK(best(estate, "10.0.0.0/16") == "local");
}

TEST_CASE("what a gateway learns never wins inside of the network, and may win everywhere else") {
  const std::string own = route("10.0.9.0/24", "None") + "," + route("172.16.0.0/12", "None");
  const Estate estate =
      lifted(template_of(table(own) + ", " + gateway(R"("172.16.0.0/16")", R"("enableBgp": true, )")));
  CHECK(best(estate, "10.0.9.0/24") == "nowhere");
  CHECK(best(estate, "172.16.0.0/12").starts_with("unknown: the gateway learns"));
}

TEST_CASE("a route that may not be there may be longer than any other") {
  const std::string perhaps = R"(, {"type": "Microsoft.Network/routeTables/routes", "name": "rt/all",
    "condition": "[parameters('on')]", "properties": {"addressPrefix": "10.0.9.0/24", "nextHopType": "None"}})";
  const std::string reference = R"("routeTable": {)" + id(kTables, "rt") + "}";
  const Estate estate =
      lifted(template_of(table("") + ", " + network(reference) + perhaps, R"("on": {"type": "bool"})"));
  for (const char* to : {"10.0.9.0/24", "10.0.0.0/16", "0.0.0.0/0"}) CHECK(best(estate, to).starts_with("unknown"));
}

TEST_CASE("a table from elsewhere leaves the routes open") {
  const std::string reference = R"("routeTable": {)" + id(kTables, "elsewhere") + "}";
  const Estate estate = lifted(template_of(network(reference)));
  CHECK(best(estate, "0.0.0.0/0").starts_with("unknown"));
  CHECK(has_unknown(estate, "is not in this template"));
}

TEST_CASE("peering: only with both halves, and only between the two") {
  const auto net = [](const std::string& name, const std::string& space) {
    return R"({"type": "Microsoft.Network/virtualNetworks", "name": ")" + name +
           R"(", "properties": {"addressSpace": {"addressPrefixes": [")" + space + R"("]}}})";
  };
  const auto half = [](const std::string& from, const std::string& to, const std::string& more = "") {
    return R"({"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "name": ")" + from + "/to-" + to +
           R"(", "properties": {)" + more + R"("remoteVirtualNetwork": {)" +
           id("Microsoft.Network/virtualNetworks", to) + "}}}";
  };
  const std::string three = network() + ", " + net("b", "10.2.0.0/16") + ", " + net("c", "10.3.0.0/16") + ", ";
  const Estate one = lifted(template_of(three + half("net", "b")));
  CHECK(one.peerings.empty());
  CHECK(best(one, "10.2.0.0/16") == "none");
  const std::string chain = half("net", "b") + ", " + half("b", "net") + ", " + half("b", "c") + ", " + half("c", "b");
  const Estate all = lifted(template_of(three + chain));
  CHECK(all.peerings.size() == 2);
  CHECK(best(all, "10.2.0.0/16") == "b");
  CHECK(best(all, "10.3.0.0/16") == "none");
  CHECK(all.unknowns.empty());
  for (const char* more :
       {R"("allowVirtualNetworkAccess": false, )", R"("useRemoteGateways": true, )",
        R"("peerCompleteVnets": false, "localSubnetNames": ["app"], )", R"("enableOnlyIPv6Peering": true, )"}) {
    CHECK_FALSE(lifted(template_of(three + half("net", "b", more) + ", " + half("b", "net"))).unknowns.empty());
  }
}

TEST_CASE("the way out by default is the API version's, unless the subnet says") {
  const auto nat = [](const char* more, const char* version) {
    const Estate estate = lifted(template_of(network(more, version)));
    const auto& found = subnet_named(estate, "net/app").nat;
    return found ? std::optional(estate.interfaces[*found].public_address) : std::nullopt;
  };
  CHECK(nat("", "2024-05-01") == PublicAddress::Yes);
  CHECK(nat("", "2026-05-01") == PublicAddress::Unknown);
  CHECK(nat("", "[parameters('v')]") == PublicAddress::Unknown);
  CHECK(nat(R"("defaultOutboundAccess": true)", "2026-05-01") == PublicAddress::Yes);
  CHECK(nat(R"("defaultOutboundAccess": false)", "2024-05-01") == std::nullopt);
  CHECK(nat(R"("defaultOutboundAccess": "[parameters('x')]")", "2024-05-01") == PublicAddress::Unknown);
}

TEST_CASE("a gateway's subnet has no way out by default") {
  const Estate estate = lifted(template_of(table("") + ", " + gateway(R"("172.16.0.0/16")")));
  CHECK_FALSE(subnet_named(estate, "net/GatewaySubnet").nat.has_value());
  CHECK(subnet_named(estate, "net/app").nat.has_value());
}

TEST_CASE("a NAT gateway translates TCP and UDP, and is asked before the way out by default") {
  const Estate estate = lifted(template_of(
      R"({"type": "Microsoft.Network/publicIPAddresses", "name": "ip", "sku": {"name": "Standard"}, "properties": {}},
      {"type": "Microsoft.Network/natGateways", "name": "MainNatGateway", "properties": {"publicIpAddresses": [{)" +
      id("Microsoft.Network/publicIPAddresses", "ip") + "}]}}, " +
      network(R"("natGateway": {)" + id("Microsoft.Network/natGateways", "MainNatGateway") + "}")));
  const auto& nat = subnet_named(estate, "net/app").nat;
  REQUIRE(nat.has_value());
  const Interface& gateway = estate.interfaces[*nat];
  CHECK(gateway.name == "MainNatGateway");
  CHECK(gateway.role == Role::Nat);
  CHECK(gateway.public_address == PublicAddress::Yes);
  CHECK(gateway.translates == std::vector<Kind>{kind(6, 0, 65535), kind(17, 0, 65535)});
}
