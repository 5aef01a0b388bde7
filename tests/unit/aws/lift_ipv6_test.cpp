#include <doctest/doctest.h>

#include <string>

#include "tests/unit/aws/lifted.h"

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;

namespace {

const std::string kNetwork =
    "  MainVpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  MainIpv6Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref MainVpc, AmazonProvidedIpv6CidrBlock: "
    "true}}\n";

/// A subnet with the n-th /64 of the network's block.
std::string subnet(const std::string& name, int third, int part) {
  return "  " + name + ":\n    Type: AWS::EC2::Subnet\n    DependsOn: MainIpv6Block\n    Properties:\n" +
         "      VpcId: !Ref MainVpc\n      CidrBlock: 10.0." + std::to_string(third) + ".0/24\n" +
         "      Ipv6CidrBlock: !Select [" + std::to_string(part) +
         ", !Cidr [!Select [0, !GetAtt MainVpc.Ipv6CidrBlocks], " + std::to_string(part + 1) + ", 64]]\n";
}

std::string instance(const std::string& subnet, const std::string& more) {
  return "  WebInstance:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n      "
         "NetworkInterfaces:\n" +
         ("        - {DeviceIndex: 0, SubnetId: !Ref " + subnet + ", GroupSet: [sg-1]" + more + "}\n");
}

}  // namespace

TEST_CASE("a block that Amazon gives is a /56 of its network's, and subnets have parts of it") {
  const Lifted made = lifted_resources(kNetwork + subnet("A", 0, 0) + subnet("B", 1, 1));
  CHECK(made.unknowns().empty());
  REQUIRE(made.estate.symbols.size() == 1);
  const auto& given = made.estate.symbols[crenel::estate::SymbolId(0)].given;
  REQUIRE(given);
  CHECK(given->network == "Main");
  CHECK(given->length == 56);
  CHECK(crenel::net::to_string(given->within) == "2000::/3");
  CHECK(made.part("subnet B").find("/64 number 1 of <${MainVpc.Ipv6CidrBlocks}[0]>") != std::string::npos);
}

TEST_CASE("two subnets that are given one block are told, whatever the family") {
  const auto said = [](const std::string& more) { return lifted_resources(kNetwork + more).unknowns(); };
  CHECK(said(subnet("A", 0, 1) + subnet("B", 1, 1)).find("`B` has addresses that `A` has too") != std::string::npos);
  CHECK(said(subnet("A", 0, 0) + subnet("B", 0, 1)).find("`B` has addresses that `A` has too") != std::string::npos);
  const std::string by_hand =
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref MainVpc, CidrBlock: 10.0.0.0/24, Ipv6CidrBlock: "
      "'2001:db8::/64'}}\n"
      "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref MainVpc, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: "
      "'2001:db8::/64'}}\n";
  CHECK(said(by_hand).find("`B` has addresses that `A` has too") != std::string::npos);
}

TEST_CASE("a second block of a network is told: which of them is the first is not known") {
  const Lifted made = lifted_resources(
      kNetwork +
      "  More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref MainVpc, AmazonProvidedIpv6CidrBlock: true}}\n");
  CHECK(made.unknowns().find("`More` is a second block of IPv6") != std::string::npos);
}

TEST_CASE("an instance has IPv6 where it is given an address, by itself or by its subnet") {
  const auto alone = [](const std::string& more) {
    return lifted_resources(kNetwork + subnet("A", 0, 0) + instance("A", more)).part("interface WebInstance, member");
  };
  CHECK(alone("").find("IPv4 alone") != std::string::npos);
  CHECK(alone(", Ipv6AddressCount: 0").find("IPv4 alone") != std::string::npos);
  CHECK(alone(", Ipv6AddressCount: 1").find("IPv4 alone") == std::string::npos);
  CHECK(alone(", Ipv6AddressCount: 1").find("of IPv6 yes") != std::string::npos);
}

TEST_CASE("addresses of IPv6 in a subnet that has none are told") {
  const std::string without =
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref MainVpc, CidrBlock: 10.0.0.0/24}}\n";
  const auto said = [&](const std::string& more) {
    return lifted_resources(kNetwork + without + instance("A", more)).unknowns();
  };
  CHECK(said("").find("not known to have any") == std::string::npos);
  CHECK(said(", Ipv6AddressCount: 1").find("in a subnet that is not known to have any") != std::string::npos);
}

TEST_CASE("hosts that act as what is not in the template are told, whatever the template keeps") {
  const std::string without =
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref MainVpc, CidrBlock: 10.0.0.0/24}}\n"
      "  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SubnetId: !Ref A, IamInstanceProfile: !Ref ";
  CHECK(lifted_resources(kNetwork + without + "Gone}}\n").unknowns().find("acts as a role that is not in") !=
        std::string::npos);
  CHECK(lifted_resources(kNetwork + without +
                         "Its}}\n  Its: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}\n" +
                         "  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: "
                         "Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}}}\n")
            .unknowns()
            .find("acts as a role") == std::string::npos);
}

TEST_CASE("a way out for IPv6 that nothing outside opens") {
  const Lifted made = lifted_resources(
      kNetwork + "  Out: {Type: AWS::EC2::EgressOnlyInternetGateway, Properties: {VpcId: !Ref MainVpc}}\n" +
      "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref MainVpc}}\n" +
      "  Away: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '::/0', "
      "EgressOnlyInternetGatewayId: !Ref Out}}\n");
  CHECK(made.unknowns().empty());
  CHECK(made.part("routes Table").find("::/0 -> door Out") != std::string::npos);
}
