#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

std::string attribute_of(const Template& made, const std::string& id, std::string_view list, const std::string& key) {
  for (const Value& one : elements(property(made, id, list))) {
    if (text(at(one, {"Key"})) == key) return text(at(one, {"Value"}));
  }
  return "";
}

struct Inside {
  Builder make;
  model::GroupId web;
  model::GroupId caller;
  model::BalancerId front;
};

Inside inside(model::TierKind kind) {
  Inside out;
  const auto main = out.make.network("main", "10.0.0.0/16");
  const auto edge = out.make.tier(main, "edge", kind);
  const auto tier = out.make.tier(main, "app", model::TierKind::Private);
  out.web = out.make.group("web", tier);
  out.caller = out.make.group("caller", tier);
  out.front = out.make.balancer("front", edge, out.web, model::Layer::Application, tcp(80), tcp(80));
  out.make.flow(out.caller, out.front, tcp(80), "caller -> front : http");
  return out;
}

}  // namespace

TEST_CASE("a public balancer speaks TLS by a modern policy that is named") {
  const Template made = compiled(crenel::tests::public_network());
  CHECK(text(property(made, "FrontLoadBalancer", "Scheme")) == "internet-facing");
  CHECK(text(property(made, "FrontTcp443Listener", "Protocol")) == "HTTPS");
  CHECK(text(property(made, "FrontTcp443Listener", "SslPolicy")) == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
  CHECK(attribute_of(made, "FrontLoadBalancer", "LoadBalancerAttributes",
                     "routing.http.drop_invalid_header_fields.enabled") == "true");
  CHECK(depends_on(made, "FrontLoadBalancer", "MainEdgeDefaultRoute"));
}

TEST_CASE("the check asks for the path that the design names") {
  const Template made = compiled(crenel::tests::public_network());
  CHECK(text(property(made, "FrontTcp443TargetGroup", "HealthCheckPath")) == "/healthz");
  CHECK(text(at(property(made, "FrontTcp443TargetGroup", "Matcher"), {"HttpCode"})) == "200");
  CHECK(text(property(made, "FrontTcp443TargetGroup", "Protocol")) == "HTTP");
  CHECK(number(property(made, "FrontTcp443TargetGroup", "Port")) == 80);
}

TEST_CASE("only production is protected from deletion") {
  const std::string key = "deletion_protection.enabled";
  const Template prod = compiled(crenel::tests::three_tiers());
  CHECK(attribute_of(prod, "FrontLoadBalancer", "LoadBalancerAttributes", key) == "true");
  const Template free = compiled(crenel::tests::public_network());
  CHECK(attribute_of(free, "FrontLoadBalancer", "LoadBalancerAttributes", key) == "false");
}

TEST_CASE("trap 32: a network balancer has its security group from the start") {
  const Template made = compiled(crenel::tests::network_balancer());
  CHECK(text(property(made, "FrontLoadBalancer", "Type")) == "network");
  CHECK(elements(property(made, "FrontLoadBalancer", "SecurityGroups")).size() == 1);
  CHECK(text(property(made, "FrontTcp7000Listener", "Protocol")) == "TCP");
}

TEST_CASE("trap 15: a server behind a network balancer sees the client and takes packets from the balancer only") {
  const Template made = compiled(crenel::tests::network_balancer());
  CHECK(attribute_of(made, "FrontTcp7000TargetGroup", "TargetGroupAttributes", "preserve_client_ip.enabled") == "true");
  CHECK(inline_lines(made, "PlaySecurityGroup", false).empty());
  CHECK(depends_on(made, "PlayIngressFromFrontTcp7001", "FrontSecurityGroup"));
  CHECK(of_type(made, kSecurityGroupIngress).size() == 1);
}

TEST_CASE("trap 16: a UDP service is checked over TCP, by the balancer alone") {
  const Template made = compiled(odd_one());
  CHECK(text(property(made, "GameUdp7000Listener", "Protocol")) == "UDP");
  CHECK(text(property(made, "GameUdp7000TargetGroup", "HealthCheckProtocol")) == "TCP");
  CHECK(depends_on(made, "LeftIngressFromGameTcp7001", "GameSecurityGroup"));
  CHECK(depends_on(made, "GameEgressToLeftTcp7001", "LeftSecurityGroup"));
  // Nobody reaches the balancer itself over TCP.
  for (const std::string& line : inline_lines(made, "GameSecurityGroup", false)) CHECK(line.rfind("udp", 0) == 0);
}

TEST_CASE("a balancer that only members call is internal, wherever it stands") {
  for (const auto kind : {model::TierKind::Private, model::TierKind::Public}) {
    const Template made = compiled(inside(kind).make.design);
    CHECK(text(property(made, "FrontLoadBalancer", "Scheme")) == "internal");
    CHECK(text(property(made, "FrontTcp80Listener", "Protocol")) == "HTTP");
  }
}

TEST_CASE("a public balancer cannot be called from inside: its name is public") {
  Inside one = inside(model::TierKind::Public);
  one.make.flow(model::Internet{}, one.front, tcp(80), "internet -> front : http");
  const auto found = diagnosed(one.make.design);
  REQUIRE(found.all().size() == 1);
  CHECK(found.all().front().code == "CRN1007");
  CHECK(found.all().front().message.find("caller -> front") != std::string::npos);
  CHECK(found.all().front().notes.front().message.find("internet -> front") != std::string::npos);
}

TEST_CASE("an application balancer takes two zones, a network balancer is content with one") {
  model::Design design = crenel::tests::network_balancer();
  design.networks[model::NetworkId(0)].zones = 1;
  for (model::Tier& tier : design.tiers) tier.zone_blocks.resize(1);
  CHECK(codes(design).empty());
  design.balancers[model::BalancerId(0)].layer = model::Layer::Application;
  CHECK(codes(design) == std::vector<std::string>{"CRN1004"});
}

TEST_CASE("a network balancer does not change the protocol") {
  model::Design design = crenel::tests::network_balancer();
  design.balancers[model::BalancerId(0)].forwards[0].listen = udp(7000);
  CHECK(codes(design) == std::vector<std::string>{"CRN1013"});
}
