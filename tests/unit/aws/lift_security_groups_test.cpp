#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kVpc = "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n";
constexpr const char* kOther = "  Other: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Main}}\n";

/// A group `Web` with these members in its properties.
std::string group(const std::string& members) {
  return "  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {VpcId: !Ref Main, " + members + "}\n";
}

/// Its rules that come in, where one is given inside.
Lines rules_in(const std::string& rule, const std::string& more = "") {
  Lines out;
  for (std::string& line : lifted_resources(kVpc + group("SecurityGroupIngress: [" + rule + "]") + more).lines("in ")) {
    if (line.ends_with("Web")) out.push_back(line);
  }
  return out;
}

Lines rules_out(const std::string& members, const std::string& more = "") {
  Lines out;
  for (std::string& line : lifted_resources(kVpc + group(members) + more).lines("out ")) {
    if (line.ends_with("Web") || line.ends_with("Beside")) out.push_back(line);
  }
  return out;
}

}  // namespace

TEST_CASE("a group without egress rules is given one that allows all of both families") {
  const Lines open = {"out allow every protocol from anyone to anyone, default outbound rule of Web"};
  CHECK(rules_out("SecurityGroupIngress: []") == open);
  CHECK(rules_out("SecurityGroupEgress: []") == open);
  CHECK(rules_out("SecurityGroupEgress: !Ref AWS::NoValue") == open);
}

TEST_CASE("one egress rule, inside or beside, takes the default away") {
  CHECK(rules_out("SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.1.0.0/16}]") ==
        Lines{"out allow tcp/443 from anyone to 10.1.0.0/16, outbound rule 1 of Web"});
  CHECK(rules_out("SecurityGroupIngress: []",
                  "  Beside: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !GetAtt Web.GroupId, "
                  "IpProtocol: -1, CidrIp: 10.1.0.0/16}}\n") ==
        Lines{"out allow every protocol from anyone to 10.1.0.0/16, Beside"});
}

TEST_CASE("an egress rule that only some deployments have leaves the default open to doubt") {
  const Lifted made = crenel::tests::lifted(
      std::string("Parameters: {Stage: {Type: String}}\nConditions: {Closed: !Equals [!Ref Stage, prod]}\n") +
      "Resources:\n" + kVpc +
      group("SecurityGroupEgress: [!If [Closed, {IpProtocol: -1, CidrIp: 10.1.0.0/16}, !Ref AWS::NoValue]]"));
  CHECK(made.lines("out ") ==
        Lines{"out allow every protocol from anyone to perhaps 10.1.0.0/16, outbound rule 1 of Web",
              "out allow every protocol from anyone to unknown, default outbound rule of Web"});
}

TEST_CASE("a rule for an address that nobody has closes a direction") {
  CHECK(rules_out("SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 127.0.0.1/32}]").empty());
  CHECK(rules_out("SecurityGroupEgress: [{IpProtocol: icmp, FromPort: 252, ToPort: 86, CidrIp: 255.255.255.255/32}]")
            .empty());
}

TEST_CASE("members of a group reach one another only by a rule that names it") {
  CHECK(rules_in("").empty());
  CHECK(lifted_resources(std::string(kVpc) + group("SecurityGroupIngress: []") +
                         "  Self: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Web, IpProtocol: "
                         "tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Web}}\n")
            .lines("in ") == Lines{"in allow tcp/80 from tag Web to anyone, Self"});
}

TEST_CASE("every way to name a peer is read") {
  const std::string tcp = "{IpProtocol: tcp, FromPort: 80, ToPort: 80, ";
  CHECK(rules_in(tcp + "CidrIp: 10.1.2.3/16}") ==
        Lines{"in allow tcp/80 from 10.1.0.0/16 to anyone, inbound rule 1 of Web"});
  CHECK(rules_in(tcp + "CidrIpv6: '2001:db8::/32'}") ==
        Lines{"in allow tcp/80 from 2001:db8::/32 to anyone, inbound rule 1 of Web"});
  CHECK(rules_in(tcp + "SourceSecurityGroupId: !GetAtt Other.GroupId}", kOther) ==
        Lines{"in allow tcp/80 from tag Other to anyone, inbound rule 1 of Web"});
  CHECK(rules_in(tcp + "SourcePrefixListId: !Ref Offices}",
                 "  Offices: {Type: AWS::EC2::PrefixList, Properties: {Entries: [{Cidr: 192.0.2.0/24}, {Cidr: "
                 "198.51.100.0/24}]}}\n") ==
        Lines{"in allow tcp/80 from 192.0.2.0/24, 198.51.100.0/24 to anyone, inbound rule 1 of Web"});
  CHECK(rules_in(tcp + "SourceSecurityGroupName: other}",
                 "  Other: {Type: AWS::EC2::SecurityGroup, Properties: {GroupName: other}}\n") ==
        Lines{"in allow tcp/80 from tag Other to anyone, inbound rule 1 of Web"});
}

TEST_CASE("a peer that the template does not make may be anybody") {
  for (const char* peer : {"SourcePrefixListId: pl-63a5400a", "SourceSecurityGroupId: sg-12345678",
                           "SourceSecurityGroupId: !ImportValue shared", "CidrIp: nonsense"}) {
    CAPTURE(peer);
    CHECK(rules_in(std::string("{IpProtocol: tcp, FromPort: 80, ToPort: 80, ") + peer + "}") ==
          Lines{"in allow tcp/80 from unknown to anyone, inbound rule 1 of Web"});
  }
}

TEST_CASE("0.0.0.0/0 is IPv4 alone, and ::/0 IPv6") {
  CHECK(rules_in("{IpProtocol: -1, CidrIp: 0.0.0.0/0}") ==
        Lines{"in allow every protocol from 0.0.0.0/0 to anyone, inbound rule 1 of Web"});
  CHECK(rules_in("{IpProtocol: -1, CidrIpv6: '::/0'}") ==
        Lines{"in allow every protocol from ::/0 to anyone, inbound rule 1 of Web"});
}

TEST_CASE("protocol -1 is every protocol, whatever the ports say") {
  CHECK(rules_in("{IpProtocol: '-1', FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}") ==
        Lines{"in allow every protocol from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
  CHECK(rules_in("{IpProtocol: '50', FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}") ==
        Lines{"in allow protocol 50 from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
}

TEST_CASE("ports of ICMP are a type and a code") {
  const auto icmp = [](const std::string& numbers) {
    return rules_in("{IpProtocol: icmp, " + numbers + ", CidrIp: 10.0.0.0/8}");
  };
  CHECK(icmp("FromPort: 8, ToPort: -1") ==
        Lines{"in allow icmp/2048..2303 from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
  CHECK(icmp("FromPort: 3, ToPort: 4") == Lines{"in allow icmp/772 from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
  CHECK(icmp("FromPort: -1, ToPort: -1") == Lines{"in allow icmp from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
}

TEST_CASE("ports that are not known, or missing, may be any") {
  const Lines doubtful = {"in allow tcp from perhaps 10.0.0.0/8 to anyone, inbound rule 1 of Web"};
  CHECK(rules_in("{IpProtocol: tcp, CidrIp: 10.0.0.0/8}") == doubtful);
  CHECK(rules_in("{IpProtocol: tcp, FromPort: -1, ToPort: -1, CidrIp: 10.0.0.0/8}") == doubtful);
  CHECK(rules_in("{IpProtocol: tcp, FromPort: !ImportValue port, ToPort: !ImportValue port, CidrIp: 10.0.0.0/8}") ==
        doubtful);
}

TEST_CASE("a rule that names nobody is not made, and that is said") {
  const Lifted made =
      lifted_resources(std::string(kVpc) + group("SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 2}]"));
  CHECK(made.lines("in ").empty());
  CHECK(made.unknowns() == "inbound rule 1 of Web names nobody: the stack is made, and the rule is not\n");
}

TEST_CASE("one rule that is no list is read as a list of one") {
  CHECK(lifted_resources(std::string(kVpc) +
                         group("SecurityGroupIngress: {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                               "10.0.0.0/8}"))
            .lines("in ") == Lines{"in allow tcp/22 from 10.0.0.0/8 to anyone, inbound rule 1 of Web"});
}

TEST_CASE("a rule beside a group that the template does not make is in no list of the template's") {
  const Lifted made = lifted_resources(
      std::string(kVpc) + group("SecurityGroupIngress: []") +
      "  Beside: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: sg-1, IpProtocol: -1, CidrIp: "
      "10.0.0.0/8}}\n  Lost: {Type: AWS::EC2::SecurityGroupIngress, Properties: {IpProtocol: -1, CidrIp: "
      "10.0.0.0/8}}\n");
  CHECK(made.part("rules Web stateful").find(" in ") == std::string::npos);
  CHECK(made.part("rules sg-1 stateful") ==
        "rules sg-1 stateful\n"
        "  in allow every protocol from unknown to anyone, rules of sg-1\n"
        "  in allow every protocol from 10.0.0.0/8 to anyone, Beside\n"
        "  out allow every protocol from anyone to unknown, rules of sg-1\n");
  CHECK(made.unknowns() == "`Lost` belongs to no security group\n");
}

TEST_CASE("the default group admits its own members and lets everything out; rules beside it add to that") {
  const Lifted made = lifted_resources(
      std::string(kVpc) +
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
      "  Host: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A}}\n"
      "  More: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Main.DefaultSecurityGroup, "
      "IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.9.0.0/16}}\n");
  CHECK(made.part("rules default security group of Main stateful") ==
        "rules default security group of Main stateful\n"
        "  in allow every protocol from tag default security group of Main to anyone, rule of default security group "
        "of Main\n"
        "  in allow tcp/22 from 10.9.0.0/16 to anyone, More\n"
        "  out allow every protocol from anyone to anyone, rule of default security group of Main\n");
  CHECK(made.lines("rules default") ==
        Lines{"rules default security group of Main stateful", "rules default security group of Main"});
}

TEST_CASE("several groups of an interface add up") {
  const Lifted made = lifted_resources(
      std::string(kVpc) + kOther + group("SecurityGroupIngress: []") +
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
      "  Host: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref Web, !Ref Other]}}\n");
  REQUIRE(made.estate.interfaces.size() == 1);
  for (const auto& interface : made.estate.interfaces) {
    REQUIRE(interface.lists.size() == 1);
    CHECK(interface.lists.front().size() == 2);
    CHECK(interface.tags.size() == 2);
  }
}

TEST_CASE("which groups an interface carries may depend on the deployment") {
  const Lifted made = crenel::tests::lifted(
      std::string("Parameters: {Stage: {Type: String}}\nConditions: {Closed: !Equals [!Ref Stage, prod]}\n") +
      "Resources:\n" + kVpc + kOther + group("SecurityGroupIngress: []") +
      "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
      "  Host: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref Web, !If [Closed, "
      "!Ref Other, !Ref AWS::NoValue]]}}\n");
  CHECK(made.unknowns() == "which security groups `Host` carries depends on a condition\n");
}
