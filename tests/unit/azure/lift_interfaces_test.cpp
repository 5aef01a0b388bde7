#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::estate;

namespace {

constexpr const char* kGroup = "Microsoft.Network/networkSecurityGroups";
constexpr const char* kAddresses = "Microsoft.Network/publicIPAddresses";
constexpr const char* kSubnetId = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]";

std::string address(std::string_view sku) {
  return R"({"type": "Microsoft.Network/publicIPAddresses", "name": "ip", "sku": {"name": ")" + std::string(sku) +
         R"("}, "properties": {}})";
}

std::string with_address() { return R"("publicIPAddress": {)" + id(kAddresses, "ip") + "}"; }

std::string pool_of(std::string_view balancer, std::string_view pool) {
  return R"("loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', ')" +
         std::string(balancer) + "', '" + std::string(pool) + R"(')]"}])";
}

/// A balancer `lb` of port 80 to the pool `all`, port 8080; `frontend` is its frontend's properties.
std::string balancer(std::string_view frontend, std::string_view more = "") {
  const std::string part = R"({"id": "[resourceId('Microsoft.Network/loadBalancers/)";
  return R"({"type": "Microsoft.Network/loadBalancers", "name": "lb", "sku": {"name": "Standard"}, "properties": {
    "frontendIPConfigurations": [{"name": "front", "properties": {)" +
         std::string(frontend) + R"(}}], "backendAddressPools": [{"name": "all"}], "probes": [{"name": "probe",
    "properties": {"protocol": "Http", "port": 8081, "requestPath": "/"}}], "loadBalancingRules": [{"name": "web",
    "properties": {"frontendIPConfiguration": )" +
         part + R"(frontendIPConfigurations', 'lb', 'front')]"}, "backendAddressPool": )" + part +
         R"(backendAddressPools', 'lb', 'all')]"}, "probe": )" + part +
         R"(probes', 'lb', 'probe')]"}, "protocol": "Tcp", "frontendPort": 80, "backendPort": 8080)" +
         std::string(more) + "}}]}}";
}

std::string endpoint() {
  return R"({"type": "Microsoft.Network/privateEndpoints", "name": "pe", "properties": {"subnet": {"id": ")" +
         std::string(kSubnetId) + R"("}, "privateLinkServiceConnections": []}})";
}

bool takes_from_internet(const Estate& estate, const Interface& of) {
  // the first rule of the lists on it that names the Internet decides
  for (const auto& set : of.lists) {
    for (const RuleListId list : set) {
      for (const Rule& each : estate.rule_lists[list].in) {
        if (!each.source.except.empty() || each.source.anyone) return each.allow;
      }
    }
  }
  return true;
}

}  // namespace

TEST_CASE("an interface stands where its configuration says, with a fixed address where it has one") {
  const std::string fixed = R"("privateIPAllocationMethod": "Static", "privateIPAddress": "10.0.0.9")";
  const Estate estate = lifted(template_of(network() + ", " + network_interface("nic", "", fixed)));
  const Interface& nic = interface_named(estate, "nic");
  CHECK(nic.role == Role::Member);
  CHECK(nic.subnets.size() == 1);
  CHECK(nic.addresses == std::vector<Block>{block("10.0.0.9/32")});
  CHECK(nic.public_address == PublicAddress::No);
  CHECK(nic.lists.empty());
  CHECK(nic.least == 1);
  CHECK(nic.most == 1);
}

TEST_CASE("an interface whose addresses are in several subnets is told") {
  const auto made = [](const std::string& second) {
    const std::string nic = R"({"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
      "ipConfigurations": [{"name": "one", "properties": {"subnet": {"id": ")" +
                            std::string(kSubnetId) + R"("}}}, {"name": "two", "properties": {"subnet": {"id": ")" +
                            second + R"("}}}]}})";
    return lifted(template_of(network() + ", " + nic));
  };
  CHECK_FALSE(has_unknown(made(kSubnetId), "in several subnets"));
  CHECK(has_unknown(made("[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'other')]"),
                    "in several subnets"));
}

TEST_CASE("how many members a scale set has: its capacity, what scales it, or the bounds of a parameter") {
  const auto count = [](const std::string& capacity, const std::string& more = "", const std::string& member = "") {
    const std::string set = R"({"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "AppScaleSet", )" +
                            member + R"("sku": {"capacity": )" + capacity +
                            R"(}, "properties": {"virtualMachineProfile": {
      "networkProfile": {"networkInterfaceConfigurations": [{"name": "n", "properties": {"ipConfigurations": [
      {"name": "one", "properties": {"subnet": {"id": ")" +
                            kSubnetId + R"("}}}]}}]}}}})";
    const Estate estate = lifted(
        template_of(network() + ", " + set + more, R"("n": {"type": "int", "minValue": 1, "maxValue": 5}, "on": {})"));
    const Interface& made = interface_named(estate, "AppScaleSet");
    CHECK(made.stem == "App");
    return std::pair(made.least, made.most);
  };
  using Bounds = std::pair<std::optional<int>, std::optional<int>>;
  CHECK(count("3") == Bounds(3, 3));
  CHECK(count(R"("[parameters('n')]")") == Bounds(1, 5));
  CHECK(count(R"("[add(parameters('n'), 1)]")") == Bounds());
  CHECK(count("3", "", R"("condition": "[parameters('on')]", )") == Bounds(0, 3));
  const std::string scaled = R"(, {"type": "microsoft.insights/autoscalesettings", "name": "s", "properties": {
    "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'AppScaleSet')]",
    "profiles": [{"name": "a", "capacity": {"minimum": "2", "maximum": "6", "default": "2"}, "rules": []}]}})";
  CHECK(count("3", scaled) == Bounds(2, 6));
}

TEST_CASE("a standard public address is closed where no security group opens it, a basic one open") {
  const auto nic = [](const char* sku, const std::string& subnet_part, const std::string& group) {
    const Estate estate =
        lifted(template_of(network(subnet_part) + ", " + address(sku) + ", " + security_group("nsg", "") + ", " +
                           network_interface("nic", group, with_address())));
    const Interface& made = interface_named(estate, "nic");
    CHECK(made.public_address == PublicAddress::Yes);
    return made.lists.empty() ? std::string("open") : estate.rule_lists[made.lists.front().front()].name;
  };
  CHECK(nic("Basic", "", "") == "open");
  CHECK(nic("Standard", "", "") == "no security group: closed to the Internet");
  CHECK(nic("Standard", "", "nsg") == "nsg");
  CHECK(nic("Standard", R"("networkSecurityGroup": {)" + id(kGroup, "nsg") + "}", "") == "open");
}

TEST_CASE("a public address is of one family") {
  const std::string six = R"({"type": "Microsoft.Network/publicIPAddresses", "name": "ip", "sku": {"name": "Standard"},
    "properties": {"publicIPAddressVersion": "IPv6"}})";
  const Estate estate =
      lifted(template_of(network() + ", " + six + ", " + network_interface("nic", "", with_address())));
  CHECK(interface_named(estate, "nic").public_address == PublicAddress::No);
  CHECK(interface_named(estate, "nic").public_address_v6 == PublicAddress::Yes);
}

TEST_CASE("a list that only a deployment knows is said, wherever it stands") {
  const auto with = [](const std::string& type, const std::string& list) {
    return lifted(template_of(R"({"type": "Microsoft.Network/)" + type + R"(", "name": "x", "properties": {")" + list +
                                  R"(": "[parameters('p')]"}})",
                              R"("p": {"type": "array"})"));
  };
  for (const auto& [type, list] :
       std::initializer_list<std::pair<const char*, const char*>>{{"virtualNetworks", "subnets"},
                                                                  {"virtualNetworks", "virtualNetworkPeerings"},
                                                                  {"networkInterfaces", "ipConfigurations"},
                                                                  {"loadBalancers", "loadBalancingRules"},
                                                                  {"loadBalancers", "inboundNatRules"},
                                                                  {"loadBalancers", "frontendIPConfigurations"},
                                                                  {"applicationGateways", "requestRoutingRules"},
                                                                  {"applicationGateways", "httpListeners"}}) {
    CHECK(has_unknown(with(type, list), std::string("`") + list + "` of the"));
  }
}

TEST_CASE("what is made twice is not read as if it were one of the two") {
  const std::string two = network_interface("nic") + ", " + network_interface("nic");
  CHECK(has_unknown(lifted(template_of(network() + ", " + two)), "`nic` is made twice"));
  CHECK_FALSE(has_unknown(lifted(template_of(network() + ", " + network_interface("nic"))), "twice"));
}

TEST_CASE("options that change what rules mean are not read over") {
  const std::string untracked = R"({"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
    "disableTcpStateTracking": true, "ipConfigurations": [{"name": "one", "properties": {"subnet": {"id": ")" +
                                std::string(kSubnetId) + R"("}}}]}})";
  CHECK(has_unknown(lifted(template_of(network() + ", " + untracked)), "do not remember conversations"));
  CHECK(has_unknown(lifted(template_of(network() + ", " + address("Standard") + ", " +
                                       balancer(with_address(), R"(, "enableFloatingIP": true)"))),
                    "leaves the frontend's address"));
}

TEST_CASE("a public address that may not be there, or is elsewhere, may be one") {
  const Estate estate = lifted(template_of(network() + ", " + network_interface("nic", "", with_address())));
  CHECK(interface_named(estate, "nic").public_address == PublicAddress::Unknown);
}

TEST_CASE("a private endpoint is concerned by rules only where its subnet says so") {
  const std::string group = R"("networkSecurityGroup": {)" + id(kGroup, "nsg") + "}";
  const auto lists = [&](const std::string& policies) {
    const Estate estate =
        lifted(template_of(security_group("nsg", "") + ", " + network(group + policies) + ", " + endpoint()));
    const Interface& made = interface_named(estate, "pe");
    REQUIRE(made.subnets.size() == 1);
    // it opens nothing, whatever the subnet's rules are
    REQUIRE(made.lists.size() == 1);
    CHECK(estate.rule_lists[made.lists.front().front()].out.empty());
    return estate.subnets[made.subnets.front()].lists.size();
  };
  CHECK(lists("") == 0);
  CHECK(lists(R"(, "privateEndpointNetworkPolicies": "Disabled")") == 0);
  CHECK(lists(R"(, "privateEndpointNetworkPolicies": "RouteTableEnabled")") == 0);
  CHECK(lists(R"(, "privateEndpointNetworkPolicies": "Enabled")") == 1);
  CHECK(lists(R"(, "privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled")") == 1);
}

TEST_CASE("a service endpoint is a way to services that is not read") {
  CHECK(has_unknown(lifted(template_of(network(R"("serviceEndpoints": [{"service": "Microsoft.Storage"}])"))),
                    "service endpoints"));
}

TEST_CASE("a load balancer rewrites addresses: targets see the client, probes are the platform's") {
  const Estate estate = lifted(template_of(network() + ", " + address("Standard") + ", " + balancer(with_address()) +
                                           ", " + network_interface("nic", "", pool_of("lb", "all"))));
  CHECK(estate.unknowns.empty());
  REQUIRE(estate.balancers.size() == 1);
  const Balancer& made = estate.balancers.front();
  CHECK(made.keeps_client_address);
  CHECK(made.rewrites_only);
  CHECK(made.public_frontend);
  CHECK_FALSE(made.known_by_tag);
  CHECK(estate.interfaces[made.interface].subnets.empty());
  REQUIRE(made.forwards.size() == 1);
  const Forward& forward = made.forwards.front();
  CHECK(forward.listen == kind(6, 80, 80));
  CHECK(forward.to == kind(6, 8080, 8080));
  CHECK(forward.probe == kind(6, 8081, 8081));
  CHECK(forward.probe_from_platform);
  const Interface& nic = interface_named(estate, "nic");
  CHECK(estate.interfaces[forward.target].name == "nic");
  CHECK_FALSE(takes_from_internet(estate, nic));
}

TEST_CASE("ports of a frontend that lead to one member each") {
  const std::string part = R"({"id": "[resourceId('Microsoft.Network/loadBalancers/)";
  const auto rule = [&](const std::string& more) {
    const std::string nat = R"(, {"type": "Microsoft.Network/loadBalancers/inboundNatRules", "name": "lb/ssh",
      "properties": {"frontendIPConfiguration": )" +
                            part + R"(frontendIPConfigurations', 'lb', 'front')]"}, "protocol": "Tcp", )" + more + "}}";
    return lifted(template_of(network() + ", " + address("Standard") + ", " + balancer(with_address()) + nat + ", " +
                              network_interface("nic", "",
                                                pool_of("lb", "all") + R"(, "loadBalancerInboundNatRules": [)" + part +
                                                    R"(inboundNatRules', 'lb', 'ssh')]"}])")));
  };
  const Estate one = rule(R"("frontendPort": 50000, "backendPort": 22)");
  REQUIRE(one.balancers.size() == 1);
  REQUIRE(one.balancers.front().forwards.size() == 2);
  CHECK(one.balancers.front().forwards.back().listen == kind(6, 50000, 50000));
  CHECK(one.balancers.front().forwards.back().to == kind(6, 22, 22));
  const Estate many = rule(R"("frontendPortRangeStart": 500, "frontendPortRangeEnd": 599, "backendPort": 22,
    "backendAddressPool": )" +
                           part + R"(backendAddressPools', 'lb', 'all')]"})");
  REQUIRE(many.balancers.front().forwards.size() == 2);
  CHECK(many.balancers.front().forwards.back().listen == kind(6, 500, 599));
}

TEST_CASE("an internal load balancer gives no way out and takes nothing from outside") {
  const std::string frontend = R"("subnet": {"id": ")" + std::string(kSubnetId) + "\"}";
  const Estate estate = lifted(template_of(network(R"("defaultOutboundAccess": false)") + ", " + balancer(frontend) +
                                           ", " + network_interface("nic", "", pool_of("lb", "all"))));
  REQUIRE(estate.balancers.size() == 1);
  CHECK_FALSE(estate.balancers.front().public_frontend);
  CHECK(estate.interfaces[estate.balancers.front().interface].subnets.size() == 1);
  CHECK(interface_named(estate, "nic").public_address == PublicAddress::No);
}

TEST_CASE("a public load balancer is a way out too, unless its rules say no") {
  const auto way_out = [](const char* more) {
    const Estate estate =
        lifted(template_of(network(R"("defaultOutboundAccess": false)") + ", " + address("Standard") + ", " +
                           balancer(with_address(), more) + ", " + network_interface("nic", "", pool_of("lb", "all"))));
    return interface_named(estate, "nic").public_address;
  };
  CHECK(way_out("") == PublicAddress::Unknown);
  CHECK(way_out(R"(, "disableOutboundSnat": true)") == PublicAddress::No);
}

TEST_CASE("an application gateway is a machine that ends conversations and opens its own") {
  const std::string part = R"({"id": "[resourceId('Microsoft.Network/applicationGateways/)";
  const std::string gateway =
      R"({"type": "Microsoft.Network/applicationGateways", "name": "FrontGateway", "properties": {
    "sku": {"name": "WAF_v2", "tier": "WAF_v2", "capacity": 2},
    "gatewayIPConfigurations": [{"name": "one", "properties": {"subnet": {"id": ")" +
      std::string(kSubnetId) + R"("}}}],
    "frontendIPConfigurations": [{"name": "public", "properties": {)" +
      with_address() + R"(}}],
    "frontendPorts": [{"name": "p443", "properties": {"port": 443}}],
    "backendAddressPools": [{"name": "all"}],
    "backendHttpSettingsCollection": [{"name": "plain", "properties": {"port": 80, "protocol": "Http"}}],
    "httpListeners": [{"name": "listener", "properties": {"frontendIPConfiguration": )" +
      part + R"(frontendIPConfigurations', 'FrontGateway', 'public')]"}, "frontendPort": )" + part +
      R"(frontendPorts', 'FrontGateway', 'p443')]"}, "protocol": "Https"}}],
    "requestRoutingRules": [{"name": "all", "properties": {"httpListener": )" +
      part + R"(httpListeners', 'FrontGateway', 'listener')]"}, "backendAddressPool": )" + part +
      R"(backendAddressPools', 'FrontGateway', 'all')]"}, "backendHttpSettings": )" + part +
      R"(backendHttpSettingsCollection', 'FrontGateway', 'plain')]"}}}]}})";
  const std::string pool =
      R"("applicationGatewayBackendAddressPools": [)" + part + R"(backendAddressPools', 'FrontGateway', 'all')]"}])";
  const Estate estate = lifted(
      template_of(network() + ", " + address("Standard") + ", " + gateway + ", " + network_interface("nic", "", pool)));
  CHECK(estate.unknowns.empty());
  const Interface& made = interface_named(estate, "FrontGateway");
  CHECK(made.role == Role::Balancer);
  CHECK(made.stem == "Front");
  CHECK(made.public_address == PublicAddress::Yes);
  CHECK(made.subnets.size() == 1);
  REQUIRE(estate.balancers.size() == 1);
  const Balancer& balancer = estate.balancers.front();
  CHECK_FALSE(balancer.keeps_client_address);
  CHECK_FALSE(balancer.rewrites_only);
  REQUIRE(balancer.forwards.size() == 1);
  CHECK(balancer.forwards.front().listen == kind(6, 443, 443));
  CHECK(balancer.forwards.front().to == kind(6, 80, 80));
  CHECK(balancer.forwards.front().probe == kind(6, 80, 80));
  CHECK_FALSE(balancer.forwards.front().probe_from_platform);
}

TEST_CASE("what stands before every rule list and is not read is said: no verdict may hold without it") {
  for (const char* type : {"Microsoft.Network/networkManagers", "Microsoft.Network/firewallPolicies",
                           "Microsoft.ContainerService/managedClusters", "Contoso.Network/appliances"}) {
    const Estate estate =
        lifted(template_of(R"({"type": ")" + std::string(type) + R"(", "name": "x", "properties": {}})"));
    CHECK(has_unknown(estate, type));
  }
}

TEST_CASE("services stand in no network unless they are told to") {
  const auto site = [](const char* more) {
    return lifted(
        template_of(R"({"type": "Microsoft.Web/sites", "name": "x", "properties": {)" + std::string(more) + "}}"));
  };
  CHECK(site("").unknowns.empty());
  CHECK(has_unknown(site(R"("virtualNetworkSubnetId": "[parameters('subnet')]")"), "stands in a subnet"));
}
