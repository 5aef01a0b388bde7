#include "backends/azure/lower.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using tests::at;
using tests::built;
using tests::elements;
using tests::resource;
using tests::resources;
using tests::text_of;

namespace {

std::vector<Value> samples() {
  std::vector<Value> out;
  for (const model::Design& design :
       {tests::public_network(), tests::public_network_direct(), tests::private_network(),
        tests::private_network_known(), tests::three_tiers(), tests::network_balancer(), tests::two_tiers_one_site()}) {
    out.push_back(built(tests::for_azure(design)));
  }
  return out;
}

Value subnet_named(const Value& made, const std::string& name) {
  for (const Value& network : resources(made, kVirtualNetwork)) {
    for (const Value& subnet : elements(at(network, {"properties", "subnets"}))) {
      if (text_of(at(subnet, {"name"})) == name) return subnet;
    }
  }
  FAIL("no subnet " << name);
  return {};
}

/// Next hop by destination.
std::vector<std::pair<std::string, std::string>> routes_of(const Value& made, const std::string& table) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Value& route : elements(at(resource(made, kRouteTable, table), {"properties", "routes"}))) {
    out.emplace_back(text_of(at(route, {"properties", "addressPrefix"})),
                     text_of(at(route, {"properties", "nextHopType"})));
  }
  return out;
}

Value only_interface(const Value& scale_set) {
  return at(scale_set, {"properties", "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations", "0",
                        "properties"});
}

bool is_within(const std::vector<Value>& list, const std::string& text) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Value& each) { return text_of(each).find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("no subnet has Azure's implicit way out, and it is said explicitly") {
  for (const Value& made : samples()) {
    for (const Value& network : resources(made, kVirtualNetwork)) {
      for (const Value& subnet : elements(at(network, {"properties", "subnets"}))) {
        CHECK(at(subnet, {"properties", "defaultOutboundAccess"}) == Value(false));
      }
    }
  }
}

TEST_CASE("every interface has its group's security group and no other") {
  for (const Value& made : samples()) {
    const std::vector<Value> sets = resources(made, kScaleSet);
    CHECK_FALSE(sets.empty());
    std::set<std::string> groups;
    for (const Value& set : sets) {
      const std::string group = text_of(at(only_interface(set), {"networkSecurityGroup", "id"}));
      CHECK(group.find("networkSecurityGroups") != std::string::npos);
      CHECK(groups.insert(group).second);
      CHECK(at(only_interface(set), {"enableIPForwarding"}) == Value(false));
    }
  }
}

TEST_CASE("a rule names only application security groups that an interface joins") {
  for (const Value& made : samples()) {
    std::set<std::string> joined;
    for (const Value& set : resources(made, kScaleSet)) {
      const Value configuration = at(only_interface(set), {"ipConfigurations", "0", "properties"});
      for (const Value& id : elements(at(configuration, {"applicationSecurityGroups"}))) {
        joined.insert(text_of(at(id, {"id"})));
      }
    }
    CHECK(joined.size() == resources(made, kApplicationSecurityGroup).size());
    for (const Value& group : resources(made, kNetworkSecurityGroup)) {
      for (const Value& rule : elements(at(group, {"properties", "securityRules"}))) {
        for (const char* side : {"sourceApplicationSecurityGroups", "destinationApplicationSecurityGroups"}) {
          const std::vector<Value> named = elements(at(rule, {"properties", side}));
          CHECK(named.size() <= 1);
          for (const Value& id : named) CHECK(joined.contains(text_of(at(id, {"id"}))));
        }
      }
    }
  }
}

TEST_CASE("whatever a resource refers to is waited for") {
  const Value made = built(tests::for_azure(tests::three_tiers()));
  const Value set = resource(made, kScaleSet, "WebScaleSet");
  const std::vector<Value> needs = elements(at(set, {"dependsOn"}));
  for (const char* name : {"'WebAsg'", "'WebNsg'", "'ShopMainNetwork'", "'FrontGateway'"})
    CHECK(is_within(needs, name));
  CHECK_FALSE(is_within(needs, "'AppNsg'"));
  const std::vector<Value> of_network = elements(at(resource(made, kVirtualNetwork, "ShopMainNetwork"), {"dependsOn"}));
  CHECK(is_within(of_network, "'ShopMainNat'"));
  CHECK(is_within(of_network, "'ShopMainEdgeTierNsg'"));
  CHECK_FALSE(is_within(of_network, "'ShopMainNetwork'"));
}

TEST_CASE("a private tier without a way out has none, and learns no gateway's routes") {
  const Value made = built(tests::for_azure(tests::three_tiers()));
  CHECK(routes_of(made, "ShopMainWebRoutes") ==
        std::vector<std::pair<std::string, std::string>>{{"0.0.0.0/0", "None"}});
  CHECK(at(resource(made, kRouteTable, "ShopMainWebRoutes"), {"properties", "disableBgpRoutePropagation"}) ==
        Value(true));
  CHECK_FALSE(at(subnet_named(made, "Web"), {"properties", "routeTable"}).is_null());
  // by NAT, the way that Azure has itself is the one to leave
  CHECK(at(subnet_named(made, "App"), {"properties", "routeTable"}).is_null());
  CHECK_FALSE(at(subnet_named(made, "App"), {"properties", "natGateway"}).is_null());
  CHECK(at(subnet_named(made, "Web"), {"properties", "natGateway"}).is_null());
}

TEST_CASE("with a link every tier has exactly the routes of its own flows") {
  const Value made = built(tests::for_azure(tests::two_tiers_one_site()));
  using Routes = std::vector<std::pair<std::string, std::string>>;
  CHECK(routes_of(made, "MainAppRoutes") ==
        Routes{{"172.20.0.0/16", "VirtualNetworkGateway"}, {"0.0.0.0/0", "VirtualNetworkGateway"}});
  CHECK(routes_of(made, "MainDataRoutes") == Routes{{"172.20.0.0/16", "VirtualNetworkGateway"}, {"0.0.0.0/0", "None"}});
  for (const Value& table : resources(made, kRouteTable)) {
    CHECK(at(table, {"properties", "disableBgpRoutePropagation"}) == Value(true));
  }
}

TEST_CASE("Internet traffic by a site needs the gateway's default site") {
  const Value made = built(tests::private_network());
  const Value gateway = resource(made, kVirtualNetworkGateway, "MainVpnGateway");
  CHECK(text_of(at(gateway, {"properties", "gatewayDefaultSite", "id"})).find("MainToDatacenterSite") !=
        std::string::npos);
  model::Design only_talks = tests::private_network();
  only_talks.tiers.begin()->way_out = model::NoWayOut{};
  only_talks.flows.pop_back();
  const Value without = built(only_talks);
  CHECK(
      at(resource(without, kVirtualNetworkGateway, "MainVpnGateway"), {"properties", "gatewayDefaultSite"}).is_null());
}

TEST_CASE("a VPN is IKEv2 with one proposal of eight fields and a key that no template holds") {
  const Value made = built(tests::private_network());
  const Value properties = at(resource(made, kConnection, "MainToDatacenterConnection"), {"properties"});
  CHECK(text_of(at(properties, {"connectionProtocol"})) == "IKEv2");
  CHECK(text_of(at(properties, {"sharedKey"})) == "[parameters('VpnKey')]");
  CHECK(text_of(at(made, {"parameters", "VpnKey", "type"})) == "securestring");
  CHECK(at(made, {"parameters", "VpnKey", "defaultValue"}).is_null());
  const std::vector<Value> policies = elements(at(properties, {"ipsecPolicies"}));
  REQUIRE(policies.size() == 1);
  CHECK(std::get<document::Object>(policies[0].node()).size() == 8);
  // the gateway's subnet has no security group: one would stop the gateway
  const Value subnet = subnet_named(made, "GatewaySubnet");
  CHECK(at(subnet, {"properties", "networkSecurityGroup"}).is_null());
  CHECK(at(subnet, {"properties", "routeTable"}).is_null());
}

TEST_CASE("a strict tier's subnet has a security group, another tier's has none") {
  CHECK_FALSE(
      at(subnet_named(built(tests::private_network()), "App"), {"properties", "networkSecurityGroup"}).is_null());
  const Value open = built(tests::for_azure(tests::private_network_known()));
  CHECK(at(subnet_named(open, "App"), {"properties", "networkSecurityGroup"}).is_null());
}

TEST_CASE("an application balancer ends TLS with a modern policy behind an enforcing firewall") {
  const Value made = built(tests::public_network());
  const Value gateway = resource(made, kApplicationGateway, "FrontGateway");
  CHECK(text_of(at(gateway, {"properties", "sslPolicy", "policyName"})) == "AppGwSslPolicy20220101S");
  CHECK(text_of(at(gateway, {"properties", "httpListeners", "0", "properties", "protocol"})) == "Https");
  CHECK(text_of(at(gateway, {"properties", "sslCertificates", "0", "properties", "keyVaultSecretId"})) ==
        "[parameters('Certificate')]");
  CHECK(text_of(at(gateway, {"identity", "userAssignedIdentities"})).find("FrontCertificateIdentity") !=
        std::string::npos);
  const Value policy = resource(made, kFirewallPolicy, "FrontFirewall");
  CHECK(text_of(at(policy, {"properties", "policySettings", "mode"})) == "Prevention");
  CHECK_FALSE(at(subnet_named(made, "Edge"), {"properties", "networkSecurityGroup"}).is_null());
}

TEST_CASE("without the firewall there is neither policy nor its price") {
  model::Design design = tests::public_network();
  design.balancers.begin()->settings["azure"]["firewall"] = false;
  const Value made = built(design);
  CHECK(resources(made, kFirewallPolicy).empty());
  const Value gateway = resource(made, kApplicationGateway, "FrontGateway");
  CHECK(text_of(at(gateway, {"properties", "sku", "name"})) == "Standard_v2");
  CHECK(at(gateway, {"properties", "firewallPolicy"}).is_null());
}

TEST_CASE("a target over TLS proves a name under a root that the deployer gives") {
  model::Design design = tests::public_network();
  design.balancers.begin()->forwards[0].target_tls = true;
  const Value made = built(design);
  const Value gateway = resource(made, kApplicationGateway, "FrontGateway");
  const Value settings = at(gateway, {"properties", "backendHttpSettingsCollection", "0", "properties"});
  CHECK(text_of(at(settings, {"protocol"})) == "Https");
  CHECK(text_of(at(settings, {"hostName"})) == "[parameters('FrontTargetHostName')]");
  CHECK(elements(at(settings, {"trustedRootCertificates"})).size() == 1);
  CHECK_FALSE(at(made, {"parameters", "FrontTargetRootCertificate"}).is_null());
  CHECK(at(built(tests::public_network()), {"parameters", "FrontTargetRootCertificate"}).is_null());
}

TEST_CASE("a network balancer is no way out, and its targets keep the way for answers") {
  const Value made = built(tests::for_azure(tests::network_balancer()));
  const Value balancer = resource(made, kLoadBalancer, "FrontBalancer");
  const Value rule = at(balancer, {"properties", "loadBalancingRules", "0", "properties"});
  CHECK(at(rule, {"disableOutboundSnat"}) == Value(true));
  CHECK(tests::number_of(at(rule, {"frontendPort"})) == 7000);
  CHECK(tests::number_of(at(rule, {"backendPort"})) == 7001);
  // 0.0.0.0/0 to nowhere would drop the answers to its clients
  CHECK(resources(made, kRouteTable).empty());
}

TEST_CASE("a network balancer in a private tier has an address of the tier") {
  model::Design design = tests::for_azure(tests::network_balancer());
  model::Tier& edge = *design.tiers.begin();
  edge.kind = model::TierKind::Private;
  edge.way_out = model::NoWayOut{};
  design.flows.pop_back();  // the Internet's
  const model::GroupId caller = tests::add_group(design, "caller", design.tiers.ids().back());
  const model::GroupId play = tests::group_named(design, "play");
  tests::add_flow(design, caller, design.balancers.ids().front(), tests::tcp(7000), "caller -> front : tcp/7000");
  tests::add_flow(design, caller, play, tests::tcp(7001), "caller -> play : tcp/7001");
  const Value made = built(design);
  CHECK(resources(made, kPublicAddress).empty());
  const Value frontend =
      at(resource(made, kLoadBalancer, "FrontBalancer"), {"properties", "frontendIPConfigurations", "0"});
  CHECK(text_of(at(frontend, {"properties", "subnet", "id"})).find("'Edge'") != std::string::npos);
  CHECK(at(frontend, {"properties", "publicIPAddress"}).is_null());
  CHECK(resources(made, kRouteTable).size() == 2);
}

TEST_CASE("public addresses are static and of all zones, and there are none that nothing uses") {
  for (const Value& made : samples()) {
    for (const Value& address : resources(made, kPublicAddress)) {
      CHECK(text_of(at(address, {"properties", "publicIPAllocationMethod"})) == "Static");
      CHECK(text_of(at(address, {"sku", "name"})).starts_with("Standard"));
      CHECK(elements(at(address, {"zones"})).size() == 3);
    }
  }
  CHECK(resources(built(tests::for_azure(tests::private_network_known())), kPublicAddress).size() == 1);
}

TEST_CASE("only a group that asks for it has public addresses") {
  const auto has_public = [](const Value& made) {
    const Value set = resource(made, kScaleSet, "WebScaleSet");
    return !at(only_interface(set), {"ipConfigurations", "0", "properties", "publicIPAddressConfiguration"}).is_null();
  };
  CHECK_FALSE(has_public(built(tests::public_network())));
  CHECK(has_public(built(tests::for_azure(tests::public_network_direct()))));
}
