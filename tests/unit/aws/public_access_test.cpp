#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/lifted.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;
using crenel::tests::Lifted;
using crenel::tests::lifted_resources;

/// VPC Block Public Access, written and read.
namespace {

using Lines = std::vector<std::string>;

/// A public tier with a balancer, a private one that leaves by NAT, an isolated one, and a guard.
struct Blocked {
  Builder make;
  model::GroupId web;

  Blocked() {
    make.design.name = "blocked";
    const auto main = make.network("main", "10.3.0.0/16");
    const auto edge = make.tier(main, "edge", model::TierKind::Public);
    const auto inner = make.tier(main, "web", model::TierKind::Private);
    const auto data = make.tier(main, "data", model::TierKind::Isolated);
    make.design.tiers[inner].way_out = model::NatWayOut{};
    web = make.group("web", inner);
    make.group("data", data);
    const auto front = make.balancer("front", edge, web, model::Layer::Network, tcp(443), tcp(443));
    make.flow(model::Internet{}, front, tcp(443), "internet -> front : https");
    make.flow(web, model::Internet{}, tcp(443), "web -> internet : https via nat", {model::ViaNat{}});
    add_guard("rails");
  }
  void add_guard(const std::string& name) {
    model::Guard guard;
    guard.origin.path = {name};
    guard.networks = {model::NetworkId(0)};
    guard.prevent = true;
    guard.exempt = {"network-pipeline"};
    guard.settings["aws"]["block_public_access"] = true;
    make.design.guards.add(std::move(guard));
  }
  model::Guard& guard() { return make.design.guards[model::GuardId(0)]; }
};

Lines exclusions(const Template& made) {
  Lines out;
  for (const Resource* one : of_type(made, kPublicAccessExclusion)) {
    out.push_back(one->entry.id + " " + text(at(one->entry.body, {"InternetGatewayExclusionMode"})) + " " +
                  in_words(at(one->entry.body, {"SubnetId"})));
  }
  return out;
}

const std::string kPlaces = R"(
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Edge: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Inner: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
)";

std::string mode(const std::string& word) {
  return "  Block: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {InternetGatewayBlockMode: " + word +
         "}}\n";
}
std::string spare(const std::string& name, const std::string& mode, const std::string& what) {
  return "  " + name +
         ": {Type: AWS::EC2::VPCBlockPublicAccessExclusion, Properties: {InternetGatewayExclusionMode: " + mode + ", " +
         what + "}}\n";
}

/// What the estate says of each subnet: "" where it is open.
Lines access(const std::string& resources) {
  Lines out;
  for (const estate::Subnet& subnet : lifted_resources(kPlaces + resources).estate.subnets) {
    switch (subnet.internet) {
      case estate::InternetAccess::Open:
        out.push_back(subnet.name + " open");
        break;
      case estate::InternetAccess::Translated:
        out.push_back(subnet.name + " outward");
        break;
      case estate::InternetAccess::Closed:
        out.push_back(subnet.name + " closed");
        break;
      case estate::InternetAccess::Unknown:
        out.push_back(subnet.name + " ?");
        break;
    }
  }
  return out;
}

constexpr const char* kBoth = "block-bidirectional";
constexpr const char* kInward = "block-ingress";

}  // namespace

// ---- written
TEST_CASE("each subnet that a flow needs open is spared, and no other, before the block comes") {
  Blocked blocked;
  const Template made = compiled(blocked.make.design);
  CHECK(exclusions(made).size() == 4);
  for (const char* zone : {"MainEdgeZone1", "MainEdgeZone2"}) {
    const std::string id = std::string(zone) + "PublicAccessExclusion";
    CHECK(text(property(made, id, "InternetGatewayExclusionMode")) == "allow-bidirectional");
    CHECK(depends_on(made, id, std::string(zone) + "Subnet"));
    CHECK(depends_on(made, "RailsPublicAccessOptions", id));
  }
  for (const char* zone : {"MainWebZone1", "MainWebZone2"}) {
    const std::string id = std::string(zone) + "PublicAccessExclusion";
    CHECK(text(property(made, id, "InternetGatewayExclusionMode")) == "allow-egress");
    CHECK(depends_on(made, "RailsPublicAccessOptions", id));
  }
  CHECK(text(property(made, "RailsPublicAccessOptions", "InternetGatewayBlockMode")) == kBoth);
}

TEST_CASE("instances start once their way to the Internet is spared, of a stack that is changed, too") {
  Blocked blocked;
  const Template made = compiled(blocked.make.design);
  for (const char* subnet : {"MainWebZone1", "MainWebZone2", "MainEdgeZone1", "MainEdgeZone2"}) {
    CHECK(depends_on(made, "WebGroup", std::string(subnet) + "PublicAccessExclusion"));
    CHECK(!depends_on(made, "DataGroup", std::string(subnet) + "PublicAccessExclusion"));
  }
}

TEST_CASE("a guard that says nothing of it blocks nothing, and one that says false does not either") {
  Blocked blocked;
  blocked.guard().settings["aws"]["block_public_access"] = false;
  CHECK(of_type(compiled(blocked.make.design), kPublicAccessOptions).empty());
  blocked.guard().settings.clear();
  CHECK(of_type(compiled(blocked.make.design), kPublicAccessOptions).empty());
}

TEST_CASE("what could not hold is refused") {
  Blocked loose;
  loose.guard().prevent = false;
  CHECK(codes(loose.make.design) == Lines{"CRN1027"});
  Blocked twice;
  twice.add_guard("more");
  CHECK(codes(twice.make.design) == Lines{"CRN1027"});
  model::Design fleet = inspected_by_two();
  CHECK(codes(fleet).empty());
  fleet.guards.add(Blocked().guard());
  CHECK(codes(fleet) == Lines{"CRN1027"});
}

TEST_CASE("exclusions count against the account's quota") {
  Blocked blocked;
  model::Environment environment;
  environment.origin.path = {"small"};
  environment.settings["aws"]["public_access_exclusions_per_region"] = std::int64_t{3};
  blocked.make.design.environment = environment;
  CHECK(codes(blocked.make.design) == Lines{"CRN1002"});
}

// ---- read
TEST_CASE("modes and what exclusions spare of them") {
  const std::string edge = "SubnetId: !Ref Edge";
  CHECK(access("") == Lines{"Edge open", "Inner open"});
  CHECK(access(spare("One", "allow-egress", edge)) == Lines{"Edge open", "Inner open"});
  CHECK(access(mode(kBoth)) == Lines{"Edge closed", "Inner closed"});
  CHECK(access(mode(kInward)) == Lines{"Edge outward", "Inner outward"});
  CHECK(access(mode("\"off\"")) == Lines{"Edge open", "Inner open"});
  CHECK(access(mode(kBoth) + spare("One", "allow-bidirectional", edge)) == Lines{"Edge open", "Inner closed"});
  CHECK(access(mode(kBoth) + spare("One", "allow-egress", edge)) == Lines{"Edge outward", "Inner closed"});
  CHECK(access(mode(kInward) + spare("One", "allow-bidirectional", edge)) == Lines{"Edge open", "Inner outward"});
  CHECK(access(mode(kInward) + spare("One", "allow-egress", edge)) == Lines{"Edge outward", "Inner outward"});
  CHECK(access(mode(kBoth) + spare("One", "allow-egress", "VpcId: !Ref Vpc")) ==
        Lines{"Edge outward", "Inner outward"});
}

TEST_CASE("what is not known of a block is open to doubt, but what is spared whatever the mode") {
  const std::string edge = "SubnetId: !Ref Edge";
  CHECK(access(mode("!Ref AWS::Region")) == Lines{"Edge ?", "Inner ?"});
  CHECK(access(mode("!Ref AWS::Region") + spare("One", "allow-bidirectional", edge)) == Lines{"Edge open", "Inner ?"});
  CHECK(access(mode("block-everything")) == Lines{"Edge ?", "Inner ?"});
  CHECK(access(mode(kBoth) + spare("One", "!Ref AWS::Region", edge)) == Lines{"Edge ?", "Inner closed"});
  CHECK(access(mode(kBoth) + spare("One", "allow-egress", edge) + spare("Two", "allow-bidirectional", edge)) ==
        Lines{"Edge ?", "Inner closed"});
  CHECK(access(mode(kBoth) + spare("One", "allow-egress", edge) + spare("Two", "allow-egress", edge)) ==
        Lines{"Edge outward", "Inner closed"});
}

TEST_CASE("an exclusion of nothing, of two at once, or with what is not read is said") {
  const auto unknowns = [](const std::string& resources) { return lifted_resources(kPlaces + resources).unknowns(); };
  CHECK(unknowns(mode(kBoth) + spare("One", "allow-egress", "Tags: []")).find("`One`") != std::string::npos);
  CHECK(unknowns(mode(kBoth) + spare("One", "allow-egress", "SubnetId: !Ref Edge, VpcId: !Ref Vpc")).find("`One`") !=
        std::string::npos);
  CHECK(unknowns(mode(kBoth) + spare("One", "allow-egress", "SubnetId: !Ref Edge, Other: 1")).find("`Other`") !=
        std::string::npos);
  CHECK(unknowns(mode(kBoth) + "  More: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: "
                               "{InternetGatewayBlockMode: block-ingress}}\n")
            .find("`More` is a second mode") != std::string::npos);
  CHECK(unknowns(mode(kBoth) + spare("One", "allow-egress", "SubnetId: !Ref Edge")).empty());
}

TEST_CASE("a NAT gateway with one of the two subnets spared, and the other not, is open to doubt") {
  const std::string nat =
      "  Gateway: {Type: AWS::EC2::InternetGateway}\n"
      "  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref "
      "Gateway}}\n"
      "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Edge}}\n"
      "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"
      "  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, "
      "NatGatewayId: !Ref Nat}}\n"
      "  Its: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Inner, RouteTableId: !Ref "
      "Table}}\n";
  const auto leads = [&](const std::string& more) {
    const Lifted made = lifted_resources(kPlaces + nat + more);
    for (const estate::Subnet& subnet : made.estate.subnets) {
      if (subnet.name != "Inner") continue;
      const auto& target = made.estate.route_tables[subnet.routes].routes.back().target;
      return std::holds_alternative<estate::UnknownTarget>(target) ? "perhaps" : "to the gateway";
    }
    return "";
  };
  const std::string edge = spare("One", "allow-bidirectional", "SubnetId: !Ref Edge");
  const std::string inner = spare("Two", "allow-egress", "SubnetId: !Ref Inner");
  CHECK(leads("") == std::string("to the gateway"));
  CHECK(leads(mode(kBoth)) == std::string("to the gateway"));
  CHECK(leads(mode(kBoth) + edge) == std::string("perhaps"));
  CHECK(leads(mode(kBoth) + inner) == std::string("perhaps"));
  CHECK(leads(mode(kBoth) + edge + inner) == std::string("to the gateway"));
  CHECK(leads(mode(kInward) + edge) == std::string("to the gateway"));
}

TEST_CASE("a block is a guard's, by its name, or stands for one") {
  const auto guards = [](const std::string& resources) {
    Lines out;
    for (const estate::Guard& guard : lifted_resources(kPlaces + resources).estate.guards) {
      std::string line = guard.name + (guard.blocking == true ? " blocks" : " does not block");
      for (const estate::Weakness& weak : guard.weaknesses) line += (weak.sure ? "; " : "; perhaps ") + weak.what;
      out.push_back(line);
    }
    return out;
  };
  CHECK(guards("").empty());
  CHECK(guards(mode(kBoth)) == Lines{"Block blocks"});
  CHECK(guards("  RailsPublicAccessOptions: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: "
               "{InternetGatewayBlockMode: block-bidirectional}}\n") == Lines{"Rails blocks"});
  CHECK(guards(mode(kInward)) == Lines{"Block blocks; blocks only what comes in from the Internet"});
  CHECK(guards(mode("\"off\"")) == Lines{"Block does not block"});
  CHECK(guards(mode("!Ref AWS::Region")) == Lines{"Block blocks; perhaps blocks public access"});
  CHECK(guards(mode(kBoth) + spare("One", "allow-egress", "VpcId: vpc-1")) ==
        Lines{"Block blocks; leaves `vpc-1` open to the Internet, which the template does not make"});
}
