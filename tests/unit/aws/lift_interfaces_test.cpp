#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

std::string network(const std::string& of_subnet = "") {
  return "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
         "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24" +
         of_subnet +
         "}}\n"
         "  Web: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Main}}\n";
}

std::string instance(const std::string& members) {
  return "  Host: {Type: AWS::EC2::Instance, Properties: {" + members + "}}\n";
}

Lines addresses(const std::string& resources) { return lifted_resources(resources).lines("public "); }

const Lines kNone = {"public no, of IPv6 no"};
const Lines kPublic = {"public yes, of IPv6 no"};

}  // namespace

TEST_CASE("an instance has the subnet's public address unless its interface says otherwise") {
  const std::string listed = "NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref A, GroupSet: [!Ref Web]";
  CHECK(addresses(network() + instance("SubnetId: !Ref A")) == kNone);
  CHECK(addresses(network(", MapPublicIpOnLaunch: true") + instance("SubnetId: !Ref A")) == kPublic);
  CHECK(addresses(network(", MapPublicIpOnLaunch: true") + instance(listed + ", AssociatePublicIpAddress: false}]")) ==
        kNone);
  CHECK(addresses(network() + instance(listed + ", AssociatePublicIpAddress: 'true'}]")) == kPublic);
  CHECK(addresses(network(", MapPublicIpOnLaunch: !ImportValue flag") + instance("SubnetId: !Ref A")) ==
        Lines{"public unknown, of IPv6 no"});
}

TEST_CASE("an Elastic IP address makes an interface public, however it is given") {
  const std::string host = network() + instance("SubnetId: !Ref A");
  CHECK(addresses(host + "  Eip: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Host}}\n") == kPublic);
  CHECK(addresses(host + "  Eip: {Type: AWS::EC2::EIP}\n  Gives: {Type: AWS::EC2::EIPAssociation, Properties: "
                         "{AllocationId: !GetAtt Eip.AllocationId, InstanceId: !Ref Host}}\n") == kPublic);
  const std::string card = network() +
                           "  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref A, GroupSet: [!Ref "
                           "Web]}}\n" +
                           instance("NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: !Ref Card}]");
  CHECK(addresses(card) == kNone);
  CHECK(addresses(card + "  Eip: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Host}}\n") == kPublic);
  CHECK(addresses(card + "  Gives: {Type: AWS::EC2::EIPAssociation, Properties: {EIP: 203.0.113.1, "
                         "NetworkInterfaceId: !Ref Card}}\n") == kPublic);
}

TEST_CASE("an address of IPv6 is public by itself") {
  CHECK(addresses(network() + instance("SubnetId: !Ref A, Ipv6AddressCount: 1")) == Lines{"public no, of IPv6 yes"});
  CHECK(addresses(network(", AssignIpv6AddressOnCreation: true") + instance("SubnetId: !Ref A")) ==
        Lines{"public no, of IPv6 yes"});
  CHECK(addresses(network(", AssignIpv6AddressOnCreation: !ImportValue flag") + instance("SubnetId: !Ref A")) ==
        Lines{"public no, of IPv6 unknown"});
}

TEST_CASE("a private address that the template gives is where the instance is") {
  CHECK(lifted_resources(network() + instance("SubnetId: !Ref A, PrivateIpAddress: 10.0.0.9")).lines("addresses") ==
        Lines{"addresses 10.0.0.9/32"});
}

TEST_CASE("an instance in no subnet of the template is in a network of which nothing is known") {
  const Lifted made = lifted_resources(instance("SecurityGroups: [web]"));
  CHECK(made.part("interface Host, member").find("subnets a subnet of the default VPC") != std::string::npos);
  CHECK(made.part("interface Host, member").find("public unknown") != std::string::npos);
}

TEST_CASE("instances of a scaling group are launched as their template says") {
  const std::string launch =
      "  Launch: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: "
      "0, AssociatePublicIpAddress: true, Groups: [!Ref Web]}]}}}\n";
  const std::string group =
      "  Apps: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '4', VPCZoneIdentifier: "
      "[!Ref A], LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: !GetAtt Launch.LatestVersionNumber}}}\n";
  CHECK(lifted_resources(network() + launch + group).part("interface Apps, member") ==
        "interface Apps, member\n  stem Apps\n  subnets A\n  public yes, of IPv6 no\n  rules Web\n  tags Web\n"
        "  how many: 1 to 4\n");
}

TEST_CASE("a scaling group whose launch is not in the template may do anything") {
  const Lifted made = lifted_resources(
      network() +
      "  Apps: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '4', VPCZoneIdentifier: "
      "[!Ref A], LaunchTemplate: {LaunchTemplateId: lt-1, Version: '1'}}}\n");
  CHECK(made.part("interface Apps, unknown").find("public unknown") != std::string::npos);
  CHECK(made.unknowns() == "`Apps`: how its instances are launched is not in the template\n");
}

TEST_CASE("a scaling group that launches into an interface of the template brings nothing down") {
  const Lifted made = lifted_resources(
      network() +
      "  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref A}}\n"
      "  Launch: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: "
      "0, NetworkInterfaceId: eni-1}]}}}\n"
      "  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP}}\n"
      "  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A]}}\n"
      "  Listen: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Front, Port: 80, "
      "Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}\n"
      "  Apps: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '4', VPCZoneIdentifier: "
      "[!Ref A], TargetGroupARNs: [!Ref Targets], LaunchTemplate: {LaunchTemplateId: !Ref Launch}}}\n");
  CHECK(made.unknowns().find("`Apps` has an interface that is not in the template") != std::string::npos);
  CHECK(made.unknowns().find("the instances of `Apps` are not known") != std::string::npos);
}

TEST_CASE("an interface endpoint carries its groups, or the default one") {
  const std::string start =
      "  Queue: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Main, VpcEndpointType: Interface, ServiceName: "
      "com.amazonaws.eu-west-1.sqs, SubnetIds: [!Ref A]";
  CHECK(lifted_resources(network() + start + ", SecurityGroupIds: [!Ref Web]}}\n").lines("tags") == Lines{"tags Web"});
  CHECK(lifted_resources(network() + start + "}}\n").lines("tags") == Lines{"tags default security group of Main"});
}

TEST_CASE("an interface endpoint that names no subnets, or takes IPv6, is in doubt") {
  const std::string start =
      "  Queue: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Main, VpcEndpointType: Interface, ServiceName: "
      "com.amazonaws.eu-west-1.sqs";
  CHECK(lifted_resources(network() + start + "}}\n").unknowns() ==
        "`Queue` names no subnets: where its interfaces are is not known\n");
  CHECK(addresses(network() + start + ", SubnetIds: [!Ref A], IpAddressType: dualstack}}\n") ==
        Lines{"public no, of IPv6 unknown"});
}

TEST_CASE("a service in a subnet that gives addresses of IPv6 may have one") {
  CHECK(addresses(network(", AssignIpv6AddressOnCreation: true") +
                  "  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A], "
                  "SecurityGroupIds: [!Ref Web]}}}\n") == Lines{"public no, of IPv6 unknown"});
}

TEST_CASE("a public address that its subnet has no way out for is there all the same; the route is what lacks") {
  const Lifted made = lifted_resources(network() + instance("SubnetId: !Ref A") +
                                       "  Eip: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Host}}\n");
  CHECK(made.lines("public ") == kPublic);
  CHECK(made.part("subnet A").find("routes main route table of Main") != std::string::npos);
  CHECK(made.estate.doors.empty());
}

TEST_CASE("a gateway endpoint is routes to public addresses, which are not known") {
  const Lifted made = lifted_resources(network() +
                                       "  Store: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Main, "
                                       "ServiceName: com.amazonaws.eu-west-1.s3}}\n");
  CHECK(made.unknowns().find("`Store` puts routes to a service's public addresses") != std::string::npos);
  CHECK(made.estate.interfaces.empty());
}

TEST_CASE("a function in subnets has interfaces there, and no public address; another has none") {
  const std::string start = "  Work: {Type: AWS::Lambda::Function, Properties: {Handler: a.b";
  CHECK(lifted_resources(network(", MapPublicIpOnLaunch: true") + start +
                         ", VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Web]}}}\n")
            .part("interface Work, member") ==
        "interface Work, member\n  stem Work\n  subnets A\n  public no, of IPv6 no\n  rules Web\n  tags Web\n"
        "  how many: ? to ?\n");
  const Lifted outside = lifted_resources(network() + start + "}}\n");
  CHECK(outside.estate.interfaces.empty());
  CHECK(outside.unknowns().empty());
}

TEST_CASE("a database stands in the subnets of its group, with its groups, public when it says so") {
  const std::string start =
      "  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
      "  Base: {Type: AWS::RDS::DBInstance, Properties: {DBSubnetGroupName: !Ref Group, VPCSecurityGroups: [!GetAtt "
      "Web.GroupId], StorageEncrypted: true, DBParameterGroupName: !Ref Settings";
  const std::string around =
      network() + "  Settings: {Type: AWS::RDS::DBParameterGroup, Properties: {Parameters: {rds.force_ssl: '1'}}}\n";
  CHECK(lifted_resources(around + start + ", PubliclyAccessible: false}}\n").part("interface Base, member") ==
        "interface Base, member\n  stem Base\n  subnets A\n  public no, of IPv6 no\n  rules Web\n  tags Web\n"
        "  how many: ? to ?\n");
  CHECK(addresses(around + start + ", PubliclyAccessible: true}}\n") == kPublic);
  CHECK(addresses(around + start + "}}\n") == Lines{"public unknown, of IPv6 no"});
  CHECK(lifted_resources(around + start + ", NetworkType: DUAL}}\n").unknowns() ==
        "`NetworkType` of `Base` is not read: what it changes is not known\n");
}

TEST_CASE("a database that is not encrypted, or takes connections without TLS, is told") {
  const auto told = [](const std::string& more, const std::string& settings) {
    return lifted_resources(network() + "  Settings: {Type: AWS::RDS::DBParameterGroup, Properties: {Parameters: {" +
                            settings +
                            "}}}\n  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
                            "  Base: {Type: AWS::RDS::DBInstance, Properties: {DBSubnetGroupName: !Ref Group, "
                            "VPCSecurityGroups: [!GetAtt Web.GroupId], PubliclyAccessible: false, "
                            "DBParameterGroupName: !Ref Settings" +
                            more + "}}\n")
        .unknowns();
  };
  const std::string plain = "database `Base` does not surely encrypt what it holds\n";
  const std::string open = "database `Base` does not surely refuse connections without TLS\n";
  CHECK(told(", StorageEncrypted: true", "rds.force_ssl: '1'").empty());
  CHECK(told(", StorageEncrypted: true", "require_secure_transport: 'ON'").empty());
  CHECK(told(", StorageEncrypted: true", "require_secure_transport: '1'").empty());
  CHECK(told("", "rds.force_ssl: '1'") == plain);
  CHECK(told(", StorageEncrypted: false", "rds.force_ssl: '1'") == plain);
  CHECK(told(", StorageEncrypted: true", "rds.force_ssl: '0'") == open);
  CHECK(told(", StorageEncrypted: true", "") == open);
}

TEST_CASE("an instance of a cluster stands where its cluster does") {
  const Lifted made = lifted_resources(
      network() +
      "  Group: {Type: AWS::DocDB::DBSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
      "  All: {Type: AWS::DocDB::DBCluster, Properties: {DBSubnetGroupName: !Ref Group, VpcSecurityGroupIds: [!Ref "
      "Web]}}\n"
      "  One: {Type: AWS::DocDB::DBInstance, Properties: {DBClusterIdentifier: !Ref All}}\n"
      "  Lost: {Type: AWS::DocDB::DBInstance, Properties: {DBClusterIdentifier: elsewhere}}\n");
  CHECK(made.part("interface One, member").find("subnets A\n") != std::string::npos);
  CHECK(made.part("interface One, member").find("tags Web\n") != std::string::npos);
  CHECK(made.unknowns() == "`Lost`: its cluster is not in the template\n");
}

TEST_CASE("what is not read is unknown, in words: a property, a type, interfaces of services") {
  const Lifted made = lifted_resources(
      "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, Wormhole: true}}\n"
      "  Own: {Type: Custom::Firewall}\n"
      "  Desk: {Type: AWS::WorkSpaces::Workspace}\n"
      "  Table: {Type: AWS::DynamoDB::Table}\n");
  CHECK(made.unknowns() ==
        "`Wormhole` (VPC) is not read: what it changes is not known\n"
        "`Own` is of a type that is not read: `Custom::Firewall`\n"
        "`Desk` may have interfaces of its own in subnets: resources of type `AWS::WorkSpaces::Workspace` are not "
        "read\n");
}
