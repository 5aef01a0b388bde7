#include <doctest/doctest.h>

#include <string>

#include "tests/unit/azure/lifted.h"

/// Routes that name an address: of an interface that forwards, or of a balancer before such interfaces.
namespace {

using namespace crenel::azure::tests;
using namespace crenel::estate;

std::string network_with_route(const std::string& address) {
  return R"({"type": "Microsoft.Network/routeTables", "name": "rt", "properties": {"routes": [{"name": "all",
    "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": ")" +
         address + R"("}}]}}, {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2025-05-01", "name": "net",
    "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
      {"name": "app", "properties": {"addressPrefix": "10.0.0.0/24", "defaultOutboundAccess": false, "routeTable": {)" +
         id("Microsoft.Network/routeTables", "rt") + R"(}}},
      {"name": "box", "properties": {"addressPrefix": "10.0.1.0/24", "defaultOutboundAccess": false}}]}})";
}

std::string subnet_id() {
  return R"({"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'box')]"})";
}

std::string box(const std::string& forwards, const std::string& more) {
  return R"(, {"type": "Microsoft.Network/networkInterfaces", "name": "box", "properties": {"enableIPForwarding": )" +
         forwards + R"(, "ipConfigurations": [{"name": "one", "properties": {"subnet": )" + subnet_id() + more +
         "}}]}}";
}

std::string balancer(const std::string& protocol) {
  const std::string own = "[resourceId('Microsoft.Network/loadBalancers/";
  return R"(, {"type": "Microsoft.Network/loadBalancers", "name": "lb", "sku": {"name": "Standard"}, "properties": {
    "frontendIPConfigurations": [{"name": "f", "properties": {"privateIPAllocationMethod": "Static",
      "privateIPAddress": "10.0.1.4", "subnet": )" +
         subnet_id() + R"(}}], "backendAddressPools": [{"name": "p"}], "loadBalancingRules": [{"name": "r",
      "properties": {"frontendIPConfiguration": {"id": ")" +
         own + R"(frontendIPConfigurations', 'lb', 'f')]"}, "backendAddressPool": {"id": ")" + own +
         R"(backendAddressPools', 'lb', 'p')]"}, "protocol": ")" + protocol +
         R"(", "frontendPort": 0, "backendPort": 0, "disableOutboundSnat": true}}]}})";
}

const char* const kInPool =
    R"(, "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'p')]"}])";
const char* const kStatic = R"(, "privateIPAllocationMethod": "Static", "privateIPAddress": "10.0.1.9")";

/// Where everything of a family leads from `net/app`, by its own route.
std::string leads(const std::string& resources, crenel::net::Family family = crenel::net::Family::V4) {
  const Estate estate = lifted(template_of(resources));
  const Route* best = nullptr;
  for (const Route& one : estate.route_tables[subnet_named(estate, "net/app").routes].routes) {
    if (one.destination == Block{.base = crenel::net::whole(family), .part = {}} &&
        (best == nullptr || best->rank < one.rank)) {
      best = &one;
    }
  }
  if (best == nullptr) return "none";
  if (const auto* interface = std::get_if<InterfaceId>(&best->target)) return estate.interfaces[*interface].name;
  if (std::holds_alternative<UnknownTarget>(best->target)) return "unknown";
  return "elsewhere";
}

/// The route of everything in IPv6, the network and the balancer before `box` in both families; `changed` is put in the
/// place of `what`.
std::string both_families(const std::string& what, const std::string& changed) {
  const std::string own = "[resourceId('Microsoft.Network/loadBalancers/";
  const auto pool = [&](const std::string& name) {
    return R"(, "loadBalancerBackendAddressPools": [{"id": ")" + own + "backendAddressPools', 'lb', '" + name +
           R"(')]"}])";
  };
  const auto frontend = [&](const std::string& name, const std::string& address, const std::string& more) {
    return R"({"name": ")" + name +
           R"(", "properties": {"privateIPAllocationMethod": "Static", "privateIPAddress": ")" + address +
           R"(", "subnet": )" + subnet_id() + more + "}}";
  };
  const auto rule = [&](const std::string& name) {
    return R"({"name": "r)" + name + R"(", "properties": {"frontendIPConfiguration": {"id": ")" + own +
           "frontendIPConfigurations', 'lb', 'f" + name + R"(')]"}, "backendAddressPool": {"id": ")" + own +
           "backendAddressPools', 'lb', 'p" + name +
           R"(')]"}, "protocol": "All", "frontendPort": 0, "backendPort": 0, "disableOutboundSnat": true}})";
  };
  const std::string ipv6 = R"(, "privateIPAddressVersion": "IPv6")";
  std::string text = network_with_route("10.0.1.4") +
                     R"(, {"type": "Microsoft.Network/networkInterfaces", "name": "box", "properties": {
      "enableIPForwarding": true, "ipConfigurations": [{"name": "one", "properties": {"subnet": )" +
                     subnet_id() + pool("p4") + R"(}}, {"name": "two", "properties": {"subnet": )" + subnet_id() +
                     pool("p6") + ipv6 + R"(}}]}}, {"type": "Microsoft.Network/loadBalancers", "name": "lb",
      "sku": {"name": "Standard"}, "properties": {"frontendIPConfigurations": [)" +
                     frontend("f4", "10.0.1.4", "") + ", " + frontend("f6", "fd12:3456:789a:1::4", ipv6) +
                     R"(], "backendAddressPools": [{"name": "p4"}, {"name": "p6"}], "loadBalancingRules": [)" +
                     rule("4") + ", " + rule("6") + "]}}";
  const auto replace = [&](const std::string& old, const std::string& fresh) {
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    text.replace(at, old.size(), fresh);
  };
  replace(R"("10.0.0.0/16"])", R"("10.0.0.0/16", "fd12:3456:789a::/56"])");
  replace(R"("addressPrefix": "10.0.1.0/24")", R"("addressPrefixes": ["10.0.1.0/24", "fd12:3456:789a:1::/64"])");
  replace(R"("addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4")",
          R"("addressPrefix": "::/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "fd12:3456:789a:1::4")");
  if (!what.empty()) replace(what, changed);
  return text;
}

TEST_CASE("an address of an interface that forwards") {
  CHECK(leads(network_with_route("10.0.1.9") + box("true", kStatic)) == "box");
  CHECK(leads(network_with_route("10.0.1.8") + box("true", kStatic)) == "unknown");
  CHECK(leads(network_with_route("10.0.1.9") + box("false", kStatic)) == "unknown");
}

TEST_CASE("the address of a balancer that hands everything to such interfaces beside it, and is no party then") {
  const std::string good = network_with_route("10.0.1.4") + box("true", kInPool) + balancer("All");
  CHECK(leads(good) == "box");
  CHECK(lifted(template_of(good)).balancers.empty());
  const std::string closed = network_with_route("10.0.1.4") + box("false", kInPool) + balancer("All");
  CHECK(leads(closed) == "unknown");
  CHECK(lifted(template_of(closed)).balancers.size() == 1);
  CHECK(leads(network_with_route("10.0.1.4") + box("true", kInPool) + balancer("Tcp")) == "unknown");
}

TEST_CASE("a balancer before such interfaces has a frontend for each family, and a hop is of the route's own") {
  const auto v6 = crenel::net::Family::V6;
  CHECK(leads(both_families("", ""), v6) == "box");
  CHECK(lifted(template_of(both_families("", ""))).balancers.empty());
  CHECK(leads(both_families(R"("nextHopIpAddress": "fd12:3456:789a:1::4")", R"("nextHopIpAddress": "10.0.1.4")"), v6) ==
        "unknown");
  CHECK(leads(both_families("'lb', 'p6')]\"}, \"protocol\"", "'lb', 'p4')]\"}, \"protocol\""), v6) == "unknown");
  CHECK(leads(both_families(R"("addressPrefix": "::/0")", R"("addressPrefix": "0.0.0.0/0")")) == "unknown");
}

}  // namespace
