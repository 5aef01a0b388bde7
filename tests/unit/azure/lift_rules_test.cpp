#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "backends/azure/lift_rules.h"
#include "compiler/net/prefix.h"
#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::estate;
namespace net = crenel::net;

namespace {

constexpr const char* kGroup = "Microsoft.Network/networkSecurityGroups";
constexpr const char* kMembers = "Microsoft.Network/applicationSecurityGroups";

/// A network whose subnet has the security group `nsg` with these rules.
Estate with_rules(const std::string& rules, const std::string& more = "", std::string_view parameters = "") {
  const std::string reference = R"("networkSecurityGroup": {)" + id(kGroup, "nsg") + "}";
  return lifted(template_of(security_group("nsg", rules) + ", " + network(reference) + more, parameters));
}

Rule only_rule(const std::string& more, std::string_view parameters = "") {
  const Estate estate = with_rules(rule("r", 100, "Inbound", "Allow", more), "", parameters);
  return rule_named(list_named(estate, "nsg").in, "r");
}

std::vector<std::string> names(const std::vector<Rule>& rules) {
  std::vector<std::string> out;
  out.reserve(rules.size());
  for (const Rule& each : rules) out.push_back(each.name);
  return out;
}

const std::vector<std::string> kDefaults = {"default rule 65000", "default rule 65001", "default rule 65500"};

const std::vector<Block>& everywhere() {
  static const std::vector<Block> blocks = {block("0.0.0.0/0"), block("::/0")};
  return blocks;
}

}  // namespace

TEST_CASE("a security group without rules is open inside of the network, to probes, and to the Internet") {
  const Estate estate = with_rules("");
  const RuleList& list = list_named(estate, "nsg");
  CHECK(list.stateful);
  REQUIRE(names(list.in) == kDefaults);
  REQUIRE(names(list.out) == kDefaults);
  for (const auto* direction : {&list.in, &list.out}) {
    CHECK((*direction)[0].allow);
    CHECK((*direction)[0].source.blocks == std::vector<Block>{block("10.0.0.0/16")});
    CHECK((*direction)[0].destination.blocks == std::vector<Block>{block("10.0.0.0/16")});
    CHECK((*direction)[1].allow);
    CHECK_FALSE((*direction)[2].allow);
    CHECK((*direction)[2].source.anyone);
    CHECK((*direction)[2].destination.anyone);
  }
  CHECK(list.in[1].source.platform);
  CHECK_FALSE(list.in[1].source.anyone);
  CHECK(list.out[1].destination.blocks == everywhere());
  CHECK(list.out[1].destination.except == std::vector<Block>{block("10.0.0.0/16")});
}

TEST_CASE("a subnet without a security group has no list") {
  CHECK(subnet_named(lifted(template_of(network())), "net/app").lists.empty());
}

TEST_CASE("both the subnet's group and the interface's are asked") {
  const Estate estate = with_rules("", ", " + security_group("own", "") + ", " + network_interface("nic", "own"));
  REQUIRE(subnet_named(estate, "net/app").lists.size() == 1);
  CHECK(estate.rule_lists[subnet_named(estate, "net/app").lists.front()].name == "nsg");
  const Interface& nic = interface_named(estate, "nic");
  REQUIRE(nic.lists.size() == 1);
  REQUIRE(nic.lists.front().size() == 1);
  CHECK(estate.rule_lists[nic.lists.front().front()].name == "own");
}

TEST_CASE("rules stand in the order of their priorities, before the provider's own") {
  const Estate estate = with_rules(rule("later", 300, "Inbound", "Allow") + "," + rule("out", 150, "outbound", "deny") +
                                   "," + rule("first", 200, "INBOUND", "Deny"));
  const RuleList& list = list_named(estate, "nsg");
  CHECK(names(list.in) ==
        std::vector<std::string>{"first", "later", "default rule 65000", "default rule 65001", "default rule 65500"});
  CHECK_FALSE(list.in[0].allow);
  CHECK(list.in[1].allow);
  CHECK(names(list.out).front() == "out");
  CHECK_FALSE(list.out[0].allow);
  CHECK(estate.unknowns.empty());
}

TEST_CASE("rules that are resources of their own are rules of their group") {
  const std::string child = R"(, {"type": "Microsoft.Network/networkSecurityGroups/securityRules", "name": "nsg/child",
    "properties": {"priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
    "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "22"}})";
  const Estate estate = with_rules(rule("inline", 200, "Inbound", "Deny"), child);
  const RuleList& list = list_named(estate, "nsg");
  CHECK(names(list.in).front() == "child");
  CHECK(list.in.front().kinds == std::vector<Kind>{kind(6, 22, 22)});
  CHECK_FALSE(list.in.front().source.unknown);
}

TEST_CASE("a rule that may not be there matches perhaps") {
  const std::string child = R"(, {"type": "Microsoft.Network/networkSecurityGroups/securityRules", "name": "nsg/child",
    "condition": "[parameters('on')]", "properties": {"priority": 100, "direction": "Inbound", "access": "Allow",
    "protocol": "Tcp", "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
    "destinationPortRange": "22"}})";
  const Estate estate = with_rules("", child, R"("on": {"type": "bool"})");
  CHECK(rule_named(list_named(estate, "nsg").in, "child").source.unknown);
}

TEST_CASE("two rules of one priority: the provider refuses them, and so they are not read as if in order") {
  CHECK(has_unknown(with_rules(rule("a", 100, "Inbound", "Allow") + "," + rule("b", 100, "Inbound", "Deny")),
                    "priority 100"));
  CHECK_FALSE(has_unknown(with_rules(rule("a", 100, "Inbound", "Allow") + "," + rule("b", 100, "Outbound", "Deny")),
                          "priority"));
}

TEST_CASE("every address is of both families, a zero block of one") {
  const Rule star = only_rule(R"("sourceAddressPrefix": "*")");
  CHECK(star.source.anyone);
  CHECK(star.source.platform);
  const Rule zero = only_rule(R"("sourceAddressPrefix": "0.0.0.0/0")");
  CHECK_FALSE(zero.source.anyone);
  CHECK(zero.source.platform);
  CHECK(zero.source.blocks == std::vector<Block>{block("0.0.0.0/0")});
}

TEST_CASE("one rule may hold many blocks and ports, in either spelling or both") {
  const Rule both = only_rule(R"("sourceAddressPrefix": "", "sourceAddressPrefixes": ["10.1.0.0/16", "192.0.2.7"],
    "destinationPortRange": "80", "destinationPortRanges": ["443", "8000-8080"])");
  CHECK(both.source.blocks == std::vector<Block>{block("10.1.0.0/16"), block("192.0.2.7/32")});
  CHECK(both.kinds == std::vector<Kind>{kind(6, 80, 80), kind(6, 443, 443), kind(6, 8000, 8080)});
  const Rule loose = only_rule(R"("sourceAddressPrefix": "10.1.2.3/16")");
  CHECK(loose.source.blocks == std::vector<Block>{block("10.1.0.0/16")});
}

TEST_CASE("the port that a conversation comes from is asked too") {
  const Rule from = only_rule(R"("sourcePortRange": "1024-65535", "destinationPortRange": "53")");
  REQUIRE(from.kinds.size() == 1);
  CHECK(from.kinds.front().source_ports == net::Interval{1024, 65535});
  CHECK(from.kinds.front().ports == net::Interval{53, 53});
}

TEST_CASE("protocols: every one may have ports, ICMP has neither types nor codes") {
  const Rule any = only_rule(R"("protocol": "*", "destinationPortRange": "443")");
  REQUIRE(any.kinds.size() == 1);
  CHECK_FALSE(any.kinds.front().protocol.has_value());
  CHECK(any.kinds.front().ports == net::Interval{443, 443});
  CHECK(only_rule(R"("protocol": "Icmp")").kinds == std::vector<Kind>{kind(1, 0, 65535)});
  CHECK(only_rule(R"("protocol": "UDP", "destinationPortRange": "53")").kinds == std::vector<Kind>{kind(17, 53, 53)});
  CHECK(only_rule(R"("protocol": "Esp")").kinds == std::vector<Kind>{kind(50, 0, 65535)});
  const Rule open = only_rule(R"("protocol": "[parameters('p')]")", R"("p": {"type": "string"})");
  CHECK(open.source.unknown);
  CHECK(open.kinds == std::vector<Kind>{Kind{}});
}

TEST_CASE("a rule of blocks that hold the address of probes is for them, too") {
  for (const char* access : {"Allow", "Deny"}) {
    const auto probes = [&](const std::string& prefix) {
      const Estate estate =
          with_rules(rule("r", 100, "Inbound", access, R"("sourceAddressPrefix": ")" + prefix + "\""));
      return rule_named(list_named(estate, "nsg").in, "r").source.platform;
    };
    CHECK(probes("128.0.0.0/1"));
    CHECK(probes("0.0.0.0/0"));
    CHECK(probes("168.63.129.16/32"));
    CHECK(probes("168.63.129.16"));
    CHECK_FALSE(probes("0.0.0.0/1"));
    CHECK_FALSE(probes("10.0.0.0/8"));
    CHECK_FALSE(probes("Internet"));
  }
}

TEST_CASE("a tag beside that of the load balancer is read") {
  const Rule both = only_rule(R"("sourceAddressPrefixes": ["AzureLoadBalancer", "Internet"])");
  CHECK(both.source.platform);
  CHECK_FALSE(both.source.blocks.empty());
}

TEST_CASE("the tag of the load balancer is its probes, not its clients") {
  const Rule tag = only_rule(R"("sourceAddressPrefix": "AzureLoadBalancer")");
  CHECK(tag.source.platform);
  CHECK_FALSE(tag.source.anyone);
  CHECK(tag.source.blocks.empty());
  CHECK(tag.source.perhaps.empty());
}

TEST_CASE("the tag Internet is everything but the network") {
  const Rule tag = only_rule(R"("sourceAddressPrefix": "Internet")");
  CHECK(tag.source.blocks == everywhere());
  CHECK(tag.source.except == std::vector<Block>{block("10.0.0.0/16")});
  CHECK_FALSE(tag.source.platform);
}

TEST_CASE("public addresses that a gateway leads to are perhaps of the Internet, private ones are not") {
  crenel::azure::lifting::TagMeaning meaning;
  meaning.network = {block("10.0.0.0/16"), block("192.168.0.0/24"), block("128.0.0.0/2")};
  meaning.connected = {block("192.168.0.0/24"), block("128.0.0.0/2")};
  const Peers tag = crenel::azure::lifting::internet(meaning);
  CHECK(tag.except == std::vector<Block>{block("10.0.0.0/16"), block("192.168.0.0/24")});
  CHECK(tag.blocks == std::vector<Block>{block("0.0.0.0/1"), block("192.0.0.0/2"), block("::/0")});
  CHECK(tag.perhaps == std::vector<Block>{block("128.0.0.0/2")});
}

TEST_CASE("the tag VirtualNetwork is what routes lead to as well, and a default route may be among it") {
  const auto tag = [](const std::string& prefix, const std::string& hop) {
    const std::string subnet = R"("networkSecurityGroup": {)" + id(kGroup, "nsg") + R"(}, "routeTable": {)" +
                               id("Microsoft.Network/routeTables", "rt") + "}";
    const Estate estate = lifted(template_of(
        R"({"type": "Microsoft.Network/routeTables", "name": "rt", "properties": {"routes": [{"name": "x",
            "properties": {"addressPrefix": ")" +
        prefix + R"(", "nextHopType": ")" + hop + R"("}}]}}, )" +
        security_group("nsg", rule("r", 100, "Inbound", "Allow", R"("sourceAddressPrefix": "VirtualNetwork")")) + ", " +
        network(subnet)));
    return rule_named(list_named(estate, "nsg").in, "r").source;
  };
  const Peers routed = tag("172.16.0.0/12", "None");
  CHECK(routed.blocks == std::vector<Block>{block("10.0.0.0/16"), block("172.16.0.0/12")});
  CHECK(routed.perhaps.empty());
  CHECK(routed.platform);
  const Peers all = tag("0.0.0.0/0", "None");
  CHECK(all.blocks == std::vector<Block>{block("10.0.0.0/16")});
  CHECK(all.perhaps == everywhere());
}

TEST_CASE("the tag VirtualNetwork is the peers and the sites too") {
  const auto peering = [](const std::string& name, const std::string& remote) {
    return R"({"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "name": ")" + name +
           R"(", "properties": {"remoteVirtualNetwork": {)" + id("Microsoft.Network/virtualNetworks", remote) + "}}}";
  };
  const std::string other = R"({"type": "Microsoft.Network/virtualNetworks", "name": "other",
    "properties": {"addressSpace": {"addressPrefixes": ["10.9.0.0/16"]}}})";
  const Estate estate = with_rules(rule("r", 100, "Inbound", "Allow", R"("sourceAddressPrefix": "VirtualNetwork")"),
                                   ", " + other + ", " + peering("net/a", "other") + ", " + peering("other/b", "net"));
  const Rule& tag = rule_named(list_named(estate, "nsg").in, "r");
  CHECK(tag.source.blocks == std::vector<Block>{block("10.0.0.0/16"), block("10.9.0.0/16")});
  CHECK(estate.peerings.size() == 1);
}

TEST_CASE("other tags are public addresses that nobody knows") {
  const Rule tag = only_rule(R"("sourceAddressPrefix": "Storage.WestEurope")");
  CHECK(tag.source.blocks.empty());
  CHECK(tag.source.perhaps == everywhere());
  CHECK(only_rule(R"("sourceAddressPrefix": "10.0.0")").source.unknown);
}

TEST_CASE("a parameter is an address only where nothing else can be meant") {
  const char* rule_text = R"("sourceAddressPrefix": "[parameters('From')]")";
  CHECK(only_rule(rule_text, R"("From": {"type": "string", "minLength": 9})").source.blocks.size() == 1);
  CHECK(only_rule(rule_text, R"("From": {"type": "string", "allowedValues": ["10.0.0.0/8", "::/0"]})")
            .source.blocks.size() == 1);
  CHECK(
      only_rule(rule_text, R"("From": {"type": "string", "minLength": 9, "allowedValues": ["10.0.0.0/8", "Internet"]})")
          .source.unknown);
  CHECK(only_rule(rule_text, R"("From": {"type": "string", "defaultValue": "10.0.0.0/8"})").source.unknown);
  CHECK(only_rule(rule_text, R"("From": {"type": "string"})").source.unknown);
  CHECK(only_rule(rule_text, R"("From": {"type": "string", "defaultValue": "*"})").source.unknown);
}

TEST_CASE("application security groups: members are known by them, and one without members leaves a rule in doubt") {
  const std::string asg =
      R"(, {"type": "Microsoft.Network/applicationSecurityGroups", "name": "web", "properties": {}})";
  const std::string to = R"("destinationApplicationSecurityGroups": [{)" + id(kMembers, "web") + "}]";
  const std::string member =
      ", " + network_interface("nic", "", R"("applicationSecurityGroups": [{)" + id(kMembers, "web") + "}]");
  const std::string rules = rule("r", 100, "Inbound", "Allow", to);
  const Estate joined = with_rules(rules, asg + member);
  REQUIRE(joined.tags.size() == 1);
  CHECK(joined.unknowns.empty());
  const Rule& with = rule_named(list_named(joined, "nsg").in, "r");
  CHECK(with.destination.tags == interface_named(joined, "nic").tags);
  CHECK(with.destination.blocks.empty());
  CHECK_FALSE(with.destination.unknown);
  const Estate empty = with_rules(rules, asg);
  CHECK(rule_named(list_named(empty, "nsg").in, "r").destination.unknown);
  const Estate elsewhere = with_rules(rules, member);
  CHECK(rule_named(list_named(elsewhere, "nsg").in, "r").destination.unknown);
}

TEST_CASE("a group that is not in the template may admit and deny everything") {
  const std::string reference = R"("networkSecurityGroup": {)" + id(kGroup, "elsewhere") + "}";
  const Estate estate = lifted(template_of(network(reference)));
  CHECK(has_unknown(estate, "security group `elsewhere` is not in this template"));
  CHECK(list_named(estate, "elsewhere").in.front().source.unknown);
}

TEST_CASE("a property of a rule that nobody knows is said, not skipped") {
  const Estate estate = with_rules(rule("r", 100, "Inbound", "Allow", R"("sourceCountries": ["XX"])"));
  CHECK(has_unknown(estate, "property `sourceCountries` of the security rule is not read"));
}
