#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kSubnets =
    "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
    "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.1.0/24}}\n"
    "  Edge: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Main}}\n"
    "  OfA: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: !Ref A, NetworkAclId: !Ref Edge}}\n";

std::string entry(const std::string& id, int number, const std::string& members, const std::string& acl = "!Ref Edge") {
  return "  " + id + ": {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: " + acl +
         ", RuleNumber: " + std::to_string(number) + ", " + members + "}}\n";
}

}  // namespace

TEST_CASE("a network ACL is stateless, asked at its subnet, and denies what no entry names") {
  const Lifted made = lifted_resources(kSubnets);
  CHECK(made.part("rules Edge stateless") == "rules Edge stateless\n");
  CHECK(made.part("subnet A").find("rules Edge") != std::string::npos);
}

TEST_CASE("a subnet without a list of its own has the default one, which admits all and so is none") {
  CHECK(lifted_resources(kSubnets).part("subnet B").find("rules") == std::string::npos);
}

TEST_CASE("what is of another network is refused, and so nothing is known of the stack") {
  const std::string far =
      "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
      "  FarAcl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Far}}\n"
      "  FarTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Far}}\n"
      "  OwnTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Main}}\n";
  const auto unknown = [&](const std::string& more) { return lifted_resources(kSubnets + far + more).unknowns(); };
  CHECK(unknown("  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, "
                "Properties: {SubnetId: !Ref B, RouteTableId: !Ref OwnTable}}\n")
            .empty());
  CHECK(unknown("  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, "
                "Properties: {SubnetId: !Ref B, RouteTableId: !Ref FarTable}}\n")
            .find("the route table of another network") != std::string::npos);
  CHECK(unknown("  OfB: {Type: AWS::EC2::SubnetNetworkAclAssociation, "
                "Properties: {SubnetId: !Ref B, NetworkAclId: !Ref FarAcl}}\n")
            .find("the network ACL of another network") != std::string::npos);
}

TEST_CASE("entries count by number, not by their order in the template") {
  const Lifted made = lifted_resources(
      kSubnets + entry("Last", 300, "Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0") +
      entry("First", 100, "Protocol: 6, RuleAction: deny, CidrBlock: 10.9.0.0/16, PortRange: {From: 22, To: 22}") +
      entry("Out", 100,
            "Protocol: 17, RuleAction: allow, Egress: true, Ipv6CidrBlock: '::/0', PortRange: {From: 53, "
            "To: 53}"));
  CHECK(made.part("rules Edge stateless") ==
        "rules Edge stateless\n"
        "  in deny tcp/22 from 10.9.0.0/16 to anyone, entry 100\n"
        "  in allow every protocol from 0.0.0.0/0 to anyone, entry 300\n"
        "  out allow udp/53 from anyone to ::/0, entry 100\n");
  CHECK(made.unknowns().empty());
}

TEST_CASE("two entries of one direction with one number are not both made") {
  const Lifted made =
      lifted_resources(kSubnets + entry("One", 100, "Protocol: -1, RuleAction: allow, CidrBlock: 10.1.0.0/16") +
                       entry("Two", 100, "Protocol: -1, RuleAction: deny, CidrBlock: 10.1.0.0/16"));
  CHECK(made.unknowns() == "two entries of one network ACL have the number 100: EC2 refuses the second\n");
}

TEST_CASE("ICMP of an entry is a type and a code of its own") {
  const Lifted made = lifted_resources(
      kSubnets +
      entry("Ping", 100, "Protocol: 1, RuleAction: allow, CidrBlock: 10.0.0.0/8, Icmp: {Type: 8, Code: -1}"));
  CHECK(made.lines("in ") == Lines{"in allow icmp/2048..2303 from 10.0.0.0/8 to anyone, entry 100"});
}

TEST_CASE("entries added to the default list come beside what it admits by itself") {
  const Lifted made =
      lifted_resources(kSubnets + entry("Early", 50, "Protocol: -1, RuleAction: deny, CidrBlock: 10.9.0.0/16",
                                        "!GetAtt Main.DefaultNetworkAcl"));
  CHECK(made.part("rules default network ACL of Main stateless") ==
        "rules default network ACL of Main stateless\n"
        "  in deny every protocol from 10.9.0.0/16 to anyone, entry 50\n"
        "  in allow every protocol from anyone to anyone, entry 100\n"
        "  out allow every protocol from anyone to anyone, entry 100\n");
  CHECK(made.part("subnet B").find("rules default network ACL of Main") != std::string::npos);
}

TEST_CASE("an entry whose number or action is not known may decide, or not") {
  const std::string parameters =
      "Parameters: {Number: {Type: Number}, Action: {Type: String}}\nResources:\n" + std::string(kSubnets);
  const Lifted made = crenel::tests::lifted(
      parameters +
      "  One: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Edge, RuleNumber: !Ref Number, "
      "Protocol: -1, RuleAction: allow, CidrBlock: 10.1.0.0/16}}\n" +
      entry("Two", 100, "Protocol: -1, RuleAction: !Ref Action, CidrBlock: 10.2.0.0/16"));
  CHECK(made.lines("in ") == Lines{"in allow every protocol from perhaps 10.1.0.0/16 to anyone, entry of One",
                                   "in allow every protocol from perhaps 10.2.0.0/16 to anyone, entry 100",
                                   "in deny every protocol from perhaps 10.2.0.0/16 to anyone, entry 100"});
}

TEST_CASE("an entry of another template's list, and a list for another's subnet, are said") {
  const Lifted made = lifted_resources(
      kSubnets + entry("Far", 100, "Protocol: -1, RuleAction: allow, CidrBlock: 10.1.0.0/16", "acl-1") +
      "  OfFar: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: subnet-1, NetworkAclId: !Ref "
      "Edge}}\n");
  CHECK(made.unknowns() ==
        "`Far` belongs to a network ACL that is not in the template\n"
        "`OfFar` gives a network ACL to a subnet that is not in the template\n");
}
