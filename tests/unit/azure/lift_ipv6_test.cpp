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
