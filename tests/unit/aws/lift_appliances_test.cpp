#include <doctest/doctest.h>

#include <string>

#include "compiler/estate/estate.h"
#include "tests/unit/aws/lifted.h"

/// Routes to interfaces and over transit gateways, as anybody may have written them.
namespace {

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using namespace crenel::estate;

constexpr const char* kNetwork =
    "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
    "  Box: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.1.0/24}}\n"
    "  Own: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Main}}\n"
    "  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Own}}\n";

std::string route(const std::string& target) {
  return "  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Own, DestinationCidrBlock: 0.0.0.0/0, " +
         target + "}}\n";
}

std::string interface(const std::string& check) {
  return "  Nic: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Box, SourceDestCheck: " + check +
         "}}\n";
}

constexpr const char* kInstance =
    "  Vm: {Type: AWS::EC2::Instance, Properties: {NetworkInterfaces: [{DeviceIndex: '0', NetworkInterfaceId: !Ref "
    "Nic}]}}\n";

/// Where 0.0.0.0/0 leads in the table `Own`.
std::string target_in(const Estate& estate, const std::string& table) {
  for (const RouteTable& each : estate.route_tables) {
    if (each.name != table) continue;
    for (const Route& one : each.routes) {
      if (!(one.destination == Block{.base = crenel::net::whole(crenel::net::Family::V4), .part = {}})) continue;
      if (const auto* interface = std::get_if<InterfaceId>(&one.target)) return estate.interfaces[*interface].name;
      if (std::holds_alternative<NowhereTarget>(one.target)) return "nowhere";
      if (const auto* unknown = std::get_if<UnknownTarget>(&one.target)) return "unknown: " + unknown->why;
      return "elsewhere";
    }
  }
  return "none";
}

std::string leads(const std::string& more) { return target_in(lifted_resources(kNetwork + more).estate, "Own"); }

TEST_CASE("a route to an interface leads there when the check is off, and an instance has it") {
  const std::string to = route("NetworkInterfaceId: !Ref Nic");
  CHECK(leads(interface("false") + kInstance + to) == "Nic");
  CHECK(leads(interface("true") + kInstance + to) == "nowhere");
  CHECK(leads(interface("false") + to).find("no instance of the template has") != std::string::npos);
  CHECK(leads(interface("!Ref Somewhere") + kInstance + to).starts_with("unknown"));
}

TEST_CASE("a route to an instance leads to its one interface") {
  const std::string to = route("InstanceId: !Ref Vm");
  CHECK(leads(interface("false") + kInstance + to) == "Nic");
  CHECK(leads("  Vm: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Box, SourceDestCheck: false}}\n" + to) ==
        "Vm");
  CHECK(leads("  Vm: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Box}}\n" + to) == "nowhere");
}

/// Two instances behind a gateway load balancer, in subnets of their own.
constexpr const char* kGateway =
    "  Lb: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.2.0/28}}\n"
    "  Sg: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !Ref Main, SecurityGroupIngress: "
    "[{IpProtocol: udp, FromPort: 6081, ToPort: 6081, CidrIp: 10.0.2.0/28}, {IpProtocol: tcp, FromPort: 80, ToPort: "
    "80, "
    "CidrIp: 10.0.2.0/24}]}}\n"
    "  Launch: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Sg]}}}\n"
    "  Boxes: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '2', MaxSize: '2', VPCZoneIdentifier: "
    "[!Ref Box], LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: '1'}, TargetGroupARNs: [!Ref Targets]}}\n"
    "  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: gateway, Subnets: [!Ref Lb]}}\n"
    "  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Protocol: GENEVE, Port: 6081, VpcId: "
    "!Ref "
    "Main}}\n"
    "  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, "
    "DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}\n"
    "  Offer: {Type: AWS::EC2::VPCEndpointService, Properties: {AcceptanceRequired: false, GatewayLoadBalancerArns: "
    "[!Ref Balancer]}}\n"
    "  Near: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Main, VpcEndpointType: GatewayLoadBalancer, "
    "ServiceName: !Sub 'com.amazonaws.vpce.${AWS::Region}.${Offer}', SubnetIds: [!Ref Box]}}\n";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST_CASE("a route to an endpoint leads to the instances behind its gateway load balancer") {
  const std::string to = route("VpcEndpointId: !Ref Near");
  const Lifted made = lifted_resources(kNetwork + std::string(kGateway) + to);
  CHECK(target_in(made.estate, "Own") == "Boxes");
  CHECK(made.estate.unknowns.empty());
  for (const Interface& each : made.estate.interfaces) {
    if (each.name != "Boxes") continue;
    CHECK(each.role == Role::Appliance);
    CHECK(each.tunnelled);
  }
  CHECK(made.estate.balancers.size() == 0);
}

TEST_CASE("what is not understood of a gateway load balancer leaves a route to its endpoint unknown") {
  const std::string to = route("VpcEndpointId: !Ref Near");
  const auto why = [&](const char* from, const char* by) { return leads(changed(kGateway, from, by) + to); };
  CHECK(why("${Offer}'", "vpce-svc-0123456789abcdef0'").find("a service that is not in the template") !=
        std::string::npos);
  CHECK(why("AcceptanceRequired: false", "AcceptanceRequired: true").find("has to accept") != std::string::npos);
  CHECK(why("Protocol: GENEVE, Port: 6081", "Protocol: TCP, Port: 6081").find("what it hands on") != std::string::npos);
  CHECK(why("Port: 6081, VpcId", "Port: 6081, TargetType: ip, VpcId").find("what it hands on") != std::string::npos);
  CHECK(why("Type: forward", "Type: fixed-response").find("what it hands on") != std::string::npos);
  CHECK(why("[!Ref Targets]", "[!Ref Elsewhere]").find("who is behind it") != std::string::npos);
  CHECK(why("SubnetIds: [!Ref Box]", "SubnetIds: [!Ref A]").find("where none of the instances") != std::string::npos);
  CHECK(why("FromPort: 6081, ToPort: 6081", "FromPort: 6080, ToPort: 6080").find("whose rules may not take") !=
        std::string::npos);
  CHECK(why("10.0.2.0/24", "10.0.3.0/24").find("whose rules may not take") != std::string::npos);
  CHECK(leads(std::string(kGateway) + route("VpcEndpointId: vpce-1")).find("not in the template") != std::string::npos);
}

TEST_CASE("others than the account who may put endpoints before a service are told") {
  const auto said = [](const std::string& who) {
    return lifted_resources(
               kNetwork + std::string(kGateway) +
               "  May: {Type: AWS::EC2::VPCEndpointServicePermissions, Properties: {ServiceId: !Ref Offer, "
               "AllowedPrincipals: [" +
               who + "]}}\n")
        .unknowns();
  };
  const std::string own = "!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'";
  CHECK(said(own).empty());
  CHECK(said(own + ", 'arn:aws:iam::111122223333:root'").find("put endpoints before a service") != std::string::npos);
  CHECK(said("'*'").find("lets `*` put endpoints before a service") != std::string::npos);
}

TEST_CASE("answers that come back by another endpoint make the routes to both unknown") {
  const std::string near = std::string(kGateway).substr(std::string(kGateway).find("  Near:"));
  const std::string second = changed(near, "  Near:", "  Other:");
  const std::string nat =
      "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Lb, AllocationId: x}}\n"
      "  Of: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Main}}\n"
      "  OfBox: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Box, RouteTableId: !Ref "
      "Of}}\n"
      "  On: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Of, DestinationCidrBlock: 0.0.0.0/0, "
      "NatGatewayId: "
      "!Ref Nat}}\n"
      "  OfNat: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Main}}\n"
      "  AtNat: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Lb, RouteTableId: !Ref "
      "OfNat}}\n";
  const auto back = [](const std::string& block, const std::string& endpoint) {
    return "  Back: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref OfNat, DestinationCidrBlock: " + block +
           ", VpcEndpointId: !Ref " + endpoint + "}}\n";
  };
  const std::string all = std::string(kGateway) + second + nat + route("VpcEndpointId: !Ref Near");
  CHECK(leads(all + back("10.0.0.0/24", "Near")) == "Boxes");
  CHECK(leads(all + back("10.0.3.0/24", "Other")) == "Boxes");
  CHECK(leads(all + back("10.0.0.0/24", "Other")).find("answers may come back by another") != std::string::npos);
}

constexpr const char* kFar =
    "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
    "  F: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Far, CidrBlock: 10.1.0.0/24}}\n"
    "  FarTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Far}}\n"
    "  OfF: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref F, RouteTableId: !Ref "
    "FarTable}}\n"
    "  FarOut: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref FarTable, DestinationCidrBlock: 0.0.0.0/0, "
    "TransitGatewayId: !Ref Tgw}}\n"
    "  Tgw: {Type: AWS::EC2::TransitGateway}\n"
    "  AtFar: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref Tgw, VpcId: !Ref Far, "
    "SubnetIds: [!Ref F]}}\n"
    "  AtMain: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref Tgw, VpcId: !Ref "
    "Main, SubnetIds: [!Ref A]}}\n"
    "  T: {Type: AWS::EC2::TransitGatewayRouteTable, Properties: {TransitGatewayId: !Ref Tgw}}\n"
    "  Join: {Type: AWS::EC2::TransitGatewayRouteTableAssociation, Properties: {TransitGatewayAttachmentId: !Ref "
    "AtFar, TransitGatewayRouteTableId: !Ref T}}\n";

std::string transit_route(const std::string& id, const std::string& block, const std::string& more) {
  return "  " + id + ": {Type: AWS::EC2::TransitGatewayRoute, Properties: {TransitGatewayRouteTableId: !Ref T, " +
         "DestinationCidrBlock: " + block + ", " + more + "}}\n";
}

TEST_CASE("over a transit gateway a route leads where the far attachment's subnets send it") {
  const std::string near = kNetwork + interface("false") + kInstance + route("NetworkInterfaceId: !Ref Nic") + kFar;
  const std::string on = transit_route("On", "0.0.0.0/0", "TransitGatewayAttachmentId: !Ref AtMain");
  const Lifted made = lifted_resources(near + on);
  CHECK(target_in(made.estate, "FarTable") == "Nic");
  // the far network's own addresses, too: the two reach each other there
  CHECK(made.estate.peerings.size() == 1);
  CHECK(target_in(lifted_resources(near).estate, "FarTable") == "nowhere");
  CHECK(target_in(lifted_resources(near + transit_route("On", "0.0.0.0/0", "Blackhole: true")).estate, "FarTable") ==
        "nowhere");
  const Lifted narrow = lifted_resources(near + on + transit_route("Not", "203.0.113.0/24", "Blackhole: true"));
  CHECK(target_in(narrow.estate, "FarTable") == "Nic");
  CHECK(narrow.part("routes FarTable").find("203.0.113.0/24") != std::string::npos);
}

TEST_CASE("what of a transit gateway is not in the template is not known") {
  const std::string near = kNetwork + interface("false") + kInstance + route("NetworkInterfaceId: !Ref Nic");
  CHECK(target_in(lifted_resources(near + "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
                                          "  FarTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Far}}\n"
                                          "  FarOut: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref FarTable, "
                                          "DestinationCidrBlock: 0.0.0.0/0, TransitGatewayId: tgw-1}}\n")
                      .estate,
                  "FarTable")
            .starts_with("unknown"));
}

}  // namespace
