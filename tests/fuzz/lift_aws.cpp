#include "backends/aws/backend.h"
#include "tests/fuzz/lift.h"
#include "tests/fuzz/target.h"

namespace crenel::fuzz {
namespace {

void run(std::string_view input) {
  static const backend::Backend backend = aws::backend();
  lift(backend, input);
}

bool is_seed(std::string_view path) { return path.ends_with(".aws.json") || path.ends_with(".aws.yaml"); }

}  // namespace

const Target& target() {
  static const Target all = {.name = "lift_aws",
                             .run = run,
                             .is_seed = is_seed,
                             .words = {"Ref",
                                       "Fn::GetAtt",
                                       "Fn::Sub",
                                       "Fn::If",
                                       "Fn::Join",
                                       "Fn::Select",
                                       "Fn::Cidr",
                                       "Fn::GetAZs",
                                       "Fn::Equals",
                                       "Fn::Not",
                                       "Condition",
                                       "Conditions",
                                       "Parameters",
                                       "Resources",
                                       "Properties",
                                       "Type",
                                       "Mappings",
                                       "Fn::FindInMap",
                                       "DependsOn",
                                       "Fn::ImportValue",
                                       "AWS::NoValue",
                                       "AWS::Region",
                                       "AWS::EC2::SecurityGroup",
                                       "AWS::EC2::SecurityGroupIngress",
                                       "AWS::EC2::SecurityGroupEgress",
                                       "AWS::EC2::NetworkAclEntry",
                                       "AWS::EC2::Route",
                                       "AWS::EC2::Instance",
                                       "AWS::EC2::NetworkInterface",
                                       "AWS::EC2::VPCPeeringConnection",
                                       "AWS::RDS::DBInstance",
                                       "Transform",
                                       "Rules",
                                       "-1",
                                       "tcp",
                                       "udp",
                                       "icmp",
                                       "icmpv6",
                                       "6",
                                       "0",
                                       "65535",
                                       "65536",
                                       "22",
                                       "0.0.0.0/0",
                                       "::/0",
                                       "10.0.0.0/8",
                                       "10.0.0.1/8",
                                       "10.0.0.0/33",
                                       "999.0.0.0/8",
                                       "${AWS::Region}",
                                       "${Vpc.CidrBlock}",
                                       "${",
                                       "true",
                                       "false",
                                       "CidrIp",
                                       "CidrIpv6",
                                       "SourceSecurityGroupId",
                                       "DestinationPrefixListId",
                                       "GroupId",
                                       "FromPort",
                                       "ToPort",
                                       "IpProtocol",
                                       "RuleNumber",
                                       "RuleAction",
                                       "Egress",
                                       "SubnetId",
                                       "VpcId",
                                       "RouteTableId",
                                       "GatewayId",
                                       "NatGatewayId"},
                             .documents = true};
  return all;
}

}  // namespace crenel::fuzz
