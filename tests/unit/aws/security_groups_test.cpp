#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "backends/aws/values.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kNothing = "icmp 252-86 255.255.255.255/32";

/// Group, direction, peer, protocol, ports of every rule, inline or not.
Lines all_rules(const Template& made) {
  Lines out;
  for (const Resource* group : of_type(made, kSecurityGroup)) {
    for (const bool egress : {false, true}) {
      for (const std::string& line : inline_lines(made, group->entry.id, egress)) {
        out.push_back(group->entry.id + (egress ? " out " : " in ") + line);
      }
    }
  }
  for (const bool egress : {false, true}) {
    for (const Resource* rule : of_type(made, egress ? kSecurityGroupEgress : kSecurityGroupIngress)) {
      const Value& body = rule->entry.body;
      const std::string peer = in_words(at(body, {egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId"})) +
                               in_words(at(body, {"CidrIp"}));
      out.push_back(in_words(at(body, {"GroupId"})) + (egress ? " out " : " in ") + text(at(body, {"IpProtocol"})) +
                    " " + std::to_string(number(at(body, {"FromPort"}))) + "-" +
                    std::to_string(number(at(body, {"ToPort"}))) + " " + peer);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("trap 3: every security group says what may leave it, so AWS adds no allow-all") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    for (const Resource* group : of_type(made, kSecurityGroup)) {
      CAPTURE(group->entry.id);
      CHECK_FALSE(inline_lines(made, group->entry.id, true).empty());
    }
  }
  const Template made = compiled(crenel::tests::public_network());
  CHECK(inline_lines(made, "WebSecurityGroup", true) == Lines{kNothing});
  CHECK(inline_lines(made, "FrontSecurityGroup", true) == Lines{kNothing});
}

/// It has no group: the appliances behind it know it by its subnets. No other rule that stands alone names addresses.
bool is_of_gateway_balancer(const Resource& rule) { return rule.entry.id.find("BalancerZone") != std::string::npos; }

TEST_CASE("trap 34: every rule has a peer, and both ends of a flow between groups have their rule") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    const Lines rules = all_rules(made);
    for (const std::string& rule : rules) {
      CAPTURE(rule);
      CHECK(rule.back() != ' ');
    }
    std::multiset<std::string> open;
    for (const Resource* rule : of_type(made, kSecurityGroupEgress)) {
      const Value& body = rule->entry.body;
      if (is_of_gateway_balancer(*rule)) continue;
      // an appliance knows who sends to it by addresses
      if (in_words(at(body, {"DestinationSecurityGroupId"})).find("Firewall") != std::string::npos) continue;
      open.insert(in_words(at(body, {"GroupId"})) + in_words(at(body, {"DestinationSecurityGroupId"})) +
                  text(at(body, {"IpProtocol"})) + std::to_string(number(at(body, {"FromPort"}))));
    }
    for (const Resource* rule : of_type(made, kSecurityGroupIngress)) {
      const Value& body = rule->entry.body;
      if (is_of_gateway_balancer(*rule)) continue;
      const auto met = open.find(in_words(at(body, {"SourceSecurityGroupId"})) + in_words(at(body, {"GroupId"})) +
                                 text(at(body, {"IpProtocol"})) + std::to_string(number(at(body, {"FromPort"}))));
      REQUIRE(met != open.end());
      open.erase(met);
    }
    CHECK(open.empty());
  }
}

TEST_CASE("trap 35: no group holds one rule twice") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Lines rules = all_rules(compiled(design));
    CHECK(std::set<std::string>(rules.begin(), rules.end()).size() == rules.size());
  }
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16");
  const auto tier = make.tier(main, "app", model::TierKind::Public);
  const auto app = make.group("app", tier);
  const auto desk = make.site("desk", {block("203.0.113.0/25"), block("203.0.113.128/25")});
  make.flow(desk, app, tcp(22), "desk -> app : ssh");
  make.flow(desk, app, tcp(20, 30), "desk -> app : low");
  make.flow(desk, app, tcp(22), "desk -> app : ssh again");
  const Template made = compiled(make.design);
  CHECK(inline_lines(made, "AppSecurityGroup", false) == Lines{"tcp 20-30 203.0.113.0/24"});
  const auto rule = elements(property(made, "AppSecurityGroup", "SecurityGroupIngress")).front();
  CHECK(text(at(rule, {"Description"})) == "desk to app: ssh; desk to app: low; desk to app: ssh again");
}

TEST_CASE("trap 2, 25: nothing uses the default security group") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    CHECK(document::to_json(to_value(made)).find("DefaultSecurityGroup") == std::string::npos);
    for (const Resource* launch : of_type(made, kLaunchTemplate)) {
      const auto interfaces = elements(at(launch->entry.body, {"LaunchTemplateData", "NetworkInterfaces"}));
      if (interfaces.empty()) continue;  // an appliance's is a resource of its own
      REQUIRE(interfaces.size() == 1);
      CHECK(elements(at(interfaces.front(), {"Groups"})).size() == 1);
    }
    for (const Resource* instance : of_type(made, kInstance)) {
      CHECK(elements(at(instance->entry.body, {"NetworkInterfaces"})).size() == 1);
    }
    for (const Resource* interface : of_type(made, kNetworkInterface)) {
      CHECK(elements(at(interface->entry.body, {"GroupSet"})).size() == 1);
    }
    for (const Resource* balancer : of_type(made, kLoadBalancer)) {
      if (text(at(balancer->entry.body, {"Type"})) == "gateway") continue;  // it can have none
      CHECK(elements(at(balancer->entry.body, {"SecurityGroups"})).size() == 1);
    }
  }
}

TEST_CASE("trap 5: members of a group reach each other only where a flow says so") {
  for (const model::Design& design : samples()) {
    const bool said = std::any_of(design.flows.begin(), design.flows.end(),
                                  [](const model::Flow& flow) { return flow.from == flow.to; });
    const Template made = compiled(design);
    bool found = false;
    for (const Resource* rule : of_type(made, kSecurityGroupIngress)) {
      const Value& body = rule->entry.body;
      found = found || at(body, {"GroupId"}) == at(body, {"SourceSecurityGroupId"});
    }
    CAPTURE(design.name);
    CHECK(found == said);
  }
}

TEST_CASE("management is never open to every address") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    for (const Resource* group : of_type(made, kSecurityGroup)) {
      for (const Value& rule : elements(at(group->entry.body, {"SecurityGroupIngress"}))) {
        const bool ssh = text(at(rule, {"IpProtocol"})) == "-1" ||
                         (number(at(rule, {"FromPort"})) <= 22 && 22 <= number(at(rule, {"ToPort"})));
        CHECK_FALSE((ssh && in_words(at(rule, {"CidrIp"})) == "0.0.0.0/0"));
      }
    }
  }
  const Template made = compiled(crenel::tests::public_network_direct());
  CHECK(inline_lines(made, "WebSecurityGroup", false) == Lines{"tcp 22-22 203.0.113.10/32"});
}

TEST_CASE("traps 29, 30: all protocols, ICMP types and protocols without ports") {
  const Template made = compiled(odd_one());
  CHECK(text(property(made, "RightIngressFromLeftAllTraffic", "IpProtocol")) == "-1");
  CHECK(property(made, "RightIngressFromLeftAllTraffic", "FromPort").is_null());
  CHECK(text(property(made, "LeftIngressFromRightIcmp8", "IpProtocol")) == "icmp");
  CHECK(number(property(made, "LeftIngressFromRightIcmp8", "FromPort")) == 8);
  CHECK(text(property(made, "LeftIngressFromLeftSctp", "IpProtocol")) == "132");
  CHECK(property(made, "LeftIngressFromLeftSctp", "FromPort").is_null());
}

TEST_CASE("descriptions keep to the letters that EC2 takes and carry the reason") {
  const std::string allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/()#,@[]+=;{}!$*";
  for (model::Design design : samples()) {
    const model::StatementId first = design.flows.front().statement;
    design.statements[first].because =
        "it's \"safe\" & sound \xE2\x80\x94 50% <more> | caf\xC3\xA9? " + std::string(400, 'x');
    const Template made = compiled(design);
    for (const Resource* group : of_type(made, kSecurityGroup)) {
      for (const char* side : {"SecurityGroupIngress", "SecurityGroupEgress"}) {
        for (const Value& rule : elements(at(group->entry.body, {side}))) {
          const std::string said = text(at(rule, {"Description"}));
          CHECK_FALSE(said.empty());
          CHECK(said.size() <= 255);
          CHECK(said.find_first_not_of(allowed) == std::string::npos);
        }
      }
    }
  }
  const Template made = compiled(crenel::tests::public_network());
  const auto rule = elements(property(made, "FrontSecurityGroup", "SecurityGroupIngress")).front();
  CHECK(text(at(rule, {"Description"})) == "internet to front: https. the service we publish");
}
