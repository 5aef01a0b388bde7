#include <doctest/doctest.h>

#include <string>

#include "tests/unit/aws/lifted.h"

using crenel::tests::lifted;
using crenel::tests::Lifted;
using Codes = std::vector<std::string>;

TEST_CASE("what is no template is said to be none") {
  for (const char* text :
       {"{}", "[]", "Parameters: {Image: {Type: String}}\n", "Resources: [1]\n", "Resources: text\n"}) {
    CAPTURE(text);
    const Lifted made = lifted(text);
    CHECK(!made.made);
    CHECK(made.codes == Codes{"CRN1101"});
  }
}

TEST_CASE("every resource without a type is reported") {
  const Lifted made = lifted("Resources:\n  A: {Properties: {}}\n  B: text\n  C: {Type: AWS::EC2::VPC}\n");
  CHECK(!made.made);
  CHECK(made.codes == Codes{"CRN1102", "CRN1102"});
}

TEST_CASE("a template without resources is an empty estate") {
  const Lifted made = lifted(R"({"Resources": {}})");
  CHECK(made.made);
  CHECK(crenel::estate::dump(made.estate).empty());
}

TEST_CASE("JSON and YAML of one template are one estate") {
  const Lifted json =
      lifted(R"({"Resources": {"Main": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
    "A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Main"}, "MapPublicIpOnLaunch": true,
      "CidrBlock": {"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": ["Main", "CidrBlock"]}, 4, 8]}]}}}}})");
  const Lifted yaml = lifted(R"(
Resources:
  Main:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  A:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Main
      MapPublicIpOnLaunch: "true"
      CidrBlock: !Select [1, !Cidr [!GetAtt Main.CidrBlock, 4, 8]]
)");
  CHECK(crenel::estate::dump(json.estate) == crenel::estate::dump(yaml.estate));
  CHECK(json.part("subnet A") == "subnet A\n  of Main\n  blocks 10.0.1.0/24\n  routes main route table of Main\n");
}

TEST_CASE("every place has its resource, its path and its span") {
  const std::string text = R"(
Resources:
  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Main
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}
)";
  crenel::base::Sources sources;
  const Lifted made = lifted(text);
  CHECK(crenel::estate::dump(made.estate).find("(no span)") == std::string::npos);
  for (const auto& list : made.estate.rule_lists) {
    if (list.name != "Web") continue;
    REQUIRE(list.in.size() == 1);
    const crenel::estate::Place& place = list.in.front().place;
    CHECK(place.resource == "Web");
    CHECK(place.path == "/Resources/Web/Properties/SecurityGroupIngress/0");
    CHECK(text.substr(place.span.begin, place.span.end - place.span.begin) ==
          "{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}");
  }
}
