#include <doctest/doctest.h>

#include <string>

#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

const std::string kNetwork =
    R"({"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2025-05-01", "name": "net", "properties": {
      "addressSpace": {"addressPrefixes": ["10.0.0.0/16", "fd12:3456:789a::/56"]},
      "subnets": [{"name": "app", "properties": {"addressPrefixes": ["10.0.0.0/24", "fd12:3456:789a:1::/64"],
                                                 "defaultOutboundAccess": false}}]}})";

const std::string kSubnet =
    R"("subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"})";

/// An interface `nic` with a configuration of IPv4, and `second`: the properties of another one, or nothing.
Interface interface_with(const std::string& second) {
  const std::string more = second.empty() ? "" : R"(, {"name": "b", "properties": {)" + kSubnet + second + "}}";
  const std::string nic = R"({"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
      "ipConfigurations": [{"name": "a", "properties": {)" +
                          kSubnet + "}}" + more + "]}}";
  return interface_named(lifted(template_of(kNetwork + ", " + nic)), "nic");
}

}  // namespace

TEST_CASE("a subnet has the blocks of both families") {
  const Estate estate = lifted(template_of(kNetwork));
  CHECK(subnet_named(estate, "net/app").blocks == std::vector{block("10.0.0.0/24"), block("fd12:3456:789a:1::/64")});
}

TEST_CASE("an interface has IPv6 where a configuration of it is of that version") {
  CHECK(interface_with("").ipv4_alone);
  CHECK(interface_with(R"(, "privateIPAddressVersion": "IPv4")").ipv4_alone);
  CHECK_FALSE(interface_with(R"(, "privateIPAddressVersion": "IPv6")").ipv4_alone);
}

TEST_CASE("a public address is one of its own family") {
  const auto with = [](const std::string& version) {
    return interface_with(R"(, "privateIPAddressVersion": "IPv6", "publicIPAddressConfiguration": {"name": "p",
        "sku": {"name": "Standard"}, "properties": {"publicIPAddressVersion": ")" +
                          version + R"("}})");
  };
  CHECK(with("IPv6").public_address_v6 == PublicAddress::Yes);
  CHECK(with("IPv6").public_address == PublicAddress::No);
  CHECK(with("IPv4").public_address_v6 == PublicAddress::No);
}

TEST_CASE("a frontend of IPv6 is told, and so is a version that only a deployment knows") {
  const auto balancer = [](const std::string& frontend) {
    return lifted(template_of(kNetwork + R"(, {"type": "Microsoft.Network/loadBalancers", "name": "lb",
        "sku": {"name": "Standard"}, "properties": {"frontendIPConfigurations": [{"name": "f", "properties": {)" +
                              kSubnet + frontend + "}}]}}"));
  };
  CHECK(has_unknown(balancer(R"(, "privateIPAddressVersion": "IPv6")"), "a frontend of IPv6 is not read"));
  CHECK_FALSE(has_unknown(balancer(""), "a frontend of IPv6 is not read"));
  const std::string nic = R"({"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
      "ipConfigurations": [{"name": "a", "properties": {)" +
                          kSubnet + R"(, "privateIPAddressVersion": "[parameters('version')]"}}]}})";
  CHECK(has_unknown(lifted(template_of(kNetwork + ", " + nic, R"("version": {"type": "string"})")),
                    "of which family a configuration is"));
}

namespace {

/// A balancer with a frontend and a pool for each family, and these rules: "a frontend's name, a pool's name, a port".
Estate balanced(const std::string& rules) {
  const auto pool = [](const std::string& name) {
    return R"("loadBalancerBackendAddressPools": [{"id":
        "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', ')" +
           name + R"(')]"}])";
  };
  return lifted(template_of(
      kNetwork + R"(, {"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
      "ipConfigurations": [{"name": "a", "properties": {)" +
      kSubnet + ", " + pool("four") + R"(}}, {"name": "b", "properties": {)" + kSubnet + ", " + pool("six") +
      R"(, "privateIPAddressVersion": "IPv6"}}]}},
      {"type": "Microsoft.Network/loadBalancers", "name": "lb", "sku": {"name": "Standard"}, "properties": {
      "frontendIPConfigurations": [{"name": "f4", "properties": {)" +
      kSubnet + R"(}}, {"name": "f6", "properties": {)" + kSubnet +
      R"(, "privateIPAddressVersion": "IPv6"}}],
      "backendAddressPools": [{"name": "four"}, {"name": "six"}], "loadBalancingRules": [)" +
      rules + "]}}"));
}

std::string balancing(const std::string& name, const std::string& frontend, const std::string& pool,
                      const std::string& port) {
  const auto part = [](const std::string& list, const std::string& of) {
    return R"({"id": "[resourceId('Microsoft.Network/loadBalancers/)" + list + "', 'lb', '" + of + R"(')]"})";
  };
  return R"({"name": ")" + name + R"(", "properties": {"protocol": "Tcp", "disableOutboundSnat": true,
      "frontendIPConfiguration": )" +
         part("frontendIPConfigurations", frontend) + R"(, "backendAddressPool": )" +
         part("backendAddressPools", pool) + R"(, "frontendPort": )" + port + R"(, "backendPort": )" + port + "}}";
}

}  // namespace

TEST_CASE("two frontends, one of each family, that do the same are one balancer's") {
  const Estate both = balanced(balancing("a", "f4", "four", "443") + ", " + balancing("b", "f6", "six", "443"));
  CHECK_FALSE(has_unknown(both, "a frontend of IPv6 is not read"));
  REQUIRE(both.balancers.size() == 1);
  CHECK(both.interfaces[both.balancers.front().interface].name == "lb");
  CHECK_FALSE(both.interfaces[both.balancers.front().interface].ipv4_alone);
  CHECK(both.balancers.front().forwards.size() == 1);
}

TEST_CASE("a frontend of IPv6 that does something else is told, and so is a rule over two families") {
  const std::string first = balancing("a", "f4", "four", "443") + ", ";
  CHECK(has_unknown(balanced(first + balancing("b", "f6", "six", "444")), "a frontend of IPv6 is not read"));
  CHECK(has_unknown(balanced(balancing("a", "f4", "four", "443")), "a frontend of IPv6 is not read"));
  CHECK(has_unknown(balanced(first + balancing("b", "f6", "four", "443")), "are not of one family"));
  CHECK(has_unknown(balanced(balancing("a", "f4", "six", "443") + ", " + balancing("b", "f6", "six", "443")),
                    "are not of one family"));
}

TEST_CASE("what a site behind a gateway of VPN has of IPv6 may or may not be carried") {
  const std::string far = R"(, {"type": "Microsoft.Network/virtualNetworkGateways", "name": "gw", "properties": {
      "gatewayType": "Vpn", "ipConfigurations": [{"name": "d", "properties": {)" +
                          kSubnet + R"(}}]}},
      {"type": "Microsoft.Network/localNetworkGateways", "name": "far", "properties": {
      "localNetworkAddressSpace": {"addressPrefixes": [PREFIXES]}}},
      {"type": "Microsoft.Network/connections", "name": "c", "properties": {"connectionType": "IPsec",
      "virtualNetworkGateway1": {"id": "[resourceId('Microsoft.Network/virtualNetworkGateways', 'gw')]"},
      "localNetworkGateway2": {"id": "[resourceId('Microsoft.Network/localNetworkGateways', 'far')]"}}})";
  const auto with = [&](const std::string& prefixes) {
    std::string text = far;
    text.replace(text.find("PREFIXES"), 8, prefixes);
    return lifted(template_of(kNetwork + text));
  };
  CHECK(has_unknown(with(R"("192.168.0.0/24", "2001:db8::/48")"), "whether a gateway carries what"));
  CHECK_FALSE(has_unknown(with(R"("192.168.0.0/24")"), "whether a gateway carries what"));
}
