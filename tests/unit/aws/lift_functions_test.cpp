#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::lifted;
using crenel::tests::Lifted;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kSections = R"(
Parameters:
  Space: {Type: String}
  Second: {Type: Number}
  Admin: {Type: String}
  Fixed: {Type: String, AllowedValues: [10.7.0.0/16]}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
Mappings:
  Blocks:
    dev: {vpc: 10.1.0.0/16, same: 10.3.0.0/16}
    prod: {vpc: 10.2.0.0/16, same: 10.3.0.0/16}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Never: !Equals [!Ref Stage, test]
  Always: !Not [!Condition Never]
  Both: !And [!Condition Always, !Equals [a, a]]
  Round: !Condition Round
)";

/// The addresses of a network whose `CidrBlock` is that.
std::string spaces(const std::string& block) {
  const Lifted made = lifted(std::string(kSections) + "Resources:\n  Main: {Type: AWS::EC2::VPC, Properties: " +
                             "{CidrBlock: " + block + "}}\n");
  const Lines lines = made.lines("spaces ");
  return lines.empty() ? "" : lines.front().substr(7) + (made.unknowns().empty() ? "" : " (not read)");
}

/// The peers of a rule whose `CidrIp` is that.
std::string peers(const std::string& block) {
  const Lifted made = lifted(std::string(kSections) +
                             "Resources:\n  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
                             "  Web: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Main, "
                             "SecurityGroupIngress: [{IpProtocol: -1, CidrIp: " +
                             block + "}]}}\n");
  const Lines lines = made.lines("in allow every protocol from ");
  return lines.empty() ? "" : lines.front().substr(29, lines.front().find(" to ") - 29);
}

}  // namespace

TEST_CASE("what can be computed is") {
  CHECK(spaces("!Sub '10.${X}.0.0/16'") == "<address space of Main> (not read)");
  CHECK(spaces("!Sub ['10.${X}.0.0/16', {X: 9}]") == "10.9.0.0/16");
  CHECK(spaces("!Join ['/', [!Join [., [10, 4, 0, 0]], 16]]") == "10.4.0.0/16");
  CHECK(spaces("!Select [1, !Split [',', '10.1.0.0/16,10.2.0.0/16']]") == "10.2.0.0/16");
  CHECK(spaces("!Select [3, !Cidr [10.0.0.0/8, 4, 16]]") == "10.3.0.0/16");
  CHECK(spaces("!FindInMap [Blocks, prod, vpc]") == "10.2.0.0/16");
  CHECK(spaces("{'Fn::FindInMap': [Blocks, dev, vpc]}") == "10.1.0.0/16");
  CHECK(spaces("!Ref Fixed") == "10.7.0.0/16");
}

TEST_CASE("a parameter is a symbol, and so is what only a deployment gives") {
  CHECK(spaces("!Ref Space") == "<Space>");
  CHECK(spaces("!Ref Stored") == "<value stored under `Stored`>");
  CHECK(spaces("!ImportValue block") == "<import of block>");
  CHECK(spaces("'{{resolve:ssm:block}}'") == "<{{resolve:ssm:block}}>");
  CHECK(spaces("!Select [1, !Cidr [!Ref Space, 4, 14]]") == "/18 number 1 of <Space>");
  CHECK(spaces("!Select [2, !Cidr [!Select [1, !Cidr [!Ref Space, 4, 14]], 4, 12]]") == "/20 number 6 of <Space>");
  CHECK(spaces("!Sub '10.${Second}.0.0/16'") == "<10.${Second}.0.0/16>");
  CHECK(spaces("!Sub '10.${Second}.32.0/20'") == "/20 number 2 of <10.${Second}.0.0/16>");
  CHECK(peers("!Sub '${Admin}/32'") == "<Admin>");
}

TEST_CASE("a key of a mapping that is not known leaves a choice, unless all say the same") {
  CHECK(peers("!FindInMap [Blocks, !Ref Stage, vpc]") == "perhaps 10.1.0.0/16, perhaps 10.2.0.0/16");
  CHECK(peers("!FindInMap [Blocks, !Ref Stage, same]") == "10.3.0.0/16");
}

TEST_CASE("conditions are decided where every deployment decides them alike") {
  CHECK(peers("!If [Prod, 10.1.0.0/16, 10.2.0.0/16]") == "perhaps 10.1.0.0/16, perhaps 10.2.0.0/16");
  CHECK(peers("!If [Never, 10.1.0.0/16, 10.2.0.0/16]") == "10.2.0.0/16");
  CHECK(peers("!If [Always, 10.1.0.0/16, 10.2.0.0/16]") == "10.1.0.0/16");
  CHECK(peers("!If [Both, 10.1.0.0/16, 10.2.0.0/16]") == "10.1.0.0/16");
  CHECK(peers("!If [Round, 10.1.0.0/16, 10.2.0.0/16]") == "perhaps 10.1.0.0/16, perhaps 10.2.0.0/16");
  CHECK(peers("!If [Missing, 10.1.0.0/16, 10.1.0.0/16]") == "10.1.0.0/16");
}

TEST_CASE("resources of a condition that no deployment has are not there") {
  const auto made = [](const std::string& condition) {
    return lifted(std::string(kSections) + "Resources:\n  Main: {Type: AWS::EC2::VPC, Condition: " + condition +
                  ", Properties: {CidrBlock: 10.0.0.0/16}}\n");
  };
  CHECK(made("Never").estate.networks.empty());
  CHECK(made("Always").estate.networks.size() == 1);
  CHECK(made("Prod").estate.networks.size() == 1);
}

TEST_CASE("a resource's own condition holds inside of it") {
  const Lifted made = lifted(std::string(kSections) +
                             "Resources:\n  Main: {Type: AWS::EC2::VPC, Condition: Prod, Properties: {CidrBlock: !If "
                             "[Prod, 10.1.0.0/16, 10.2.0.0/16]}}\n");
  CHECK(made.lines("spaces ") == Lines{"spaces 10.1.0.0/16"});
}

TEST_CASE("functions that are not read, or read wrongly, are unknown and bring nothing down") {
  for (const char* block :
       {"!Transform {Name: X}", "!Select [9, [a]]", "!Select [a, b]", "!Cidr [10.0.0.0/16, 999, 8]", "!Cidr nonsense",
        "!FindInMap [Blocks, none, vpc]", "!GetAtt Nothing", "!GetAtt No.Thing", "!Ref Nothing", "!Join [a]",
        "!Split [',']", "!If [Prod]", "!Sub [a]", "{Ref: [a]}", "{Ref: Space, Other: b}", "!GetAtt Main.CidrBlock"}) {
    CAPTURE(block);
    CHECK(spaces(block) == "<address space of Main> (not read)");
  }
}

TEST_CASE("a template that is rewritten before it is carried out is not understood") {
  const Lifted made = lifted(
      "Transform: AWS::Serverless-2016-10-31\nResources: {'Fn::ForEach::Nets': [A, [b], {}], "
      "'Fn::Transform': {Name: 'AWS::Include'}}\n");
  CHECK(made.unknowns() ==
        "the template is rewritten before it is carried out: what comes of that is not known\n"
        "`Fn::ForEach::Nets` makes resources that are not read\n"
        "`Fn::Transform` makes resources that are not read\n");
}

TEST_CASE("two names of one network by a condition are a network of which nothing is known") {
  const Lifted made = lifted(std::string(kSections) +
                             "Resources:\n  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
                             "  A: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.0.0/24, VpcId: !If [Prod, "
                             "!Ref Main, vpc-1]}}\n");
  CHECK(made.unknowns().starts_with("which VPC this is, is not known: "));
}
