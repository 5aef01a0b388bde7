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
