#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kHost =
    "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
    "  Web: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Main}}\n"
    "  Host: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref Web]}}\n";

std::string balancer(const std::string& members) {
  return "  Front: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A], " + members +
         "}}\n";
}

std::string listener(const std::string& protocol, const std::string& action) {
  return "  Listen: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Front, Port: 443, "
         "Protocol: " +
         protocol + ", DefaultActions: [" + action + "]}}\n";
}

std::string targets(const std::string& members) {
  return "  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: !Ref Main, Targets: [{Id: !Ref "
         "Host}], " +
         members + "}}\n";
}

constexpr const char* kForward = "{Type: forward, TargetGroupArn: !Ref Group}";

}  // namespace

TEST_CASE("an application balancer hands on from its own addresses, and rules know it by its group") {
  const Lifted made = lifted_resources(kHost + balancer("SecurityGroups: [!Ref Web], Scheme: internal") +
                                       listener("HTTPS", kForward) + targets("Port: 8080, Protocol: HTTP"));
  CHECK(made.part("balancer Front") ==
        "balancer Front\n"
        "  keeps client address false, known by tag true, rewrites only false, public frontend false\n"
        "  forward tcp/443 to Host tcp/8080, probe tcp/8080\n");
  CHECK(made.part("interface Front, balancer") ==
        "interface Front, balancer\n  stem Front\n  subnets A\n  public no, of IPv6 no\n  rules Web\n  tags Web\n"
        "  how many: ? to ?\n");
  CHECK(made.unknowns().empty());
}

TEST_CASE("a balancer without a scheme faces the Internet; without a group an application balancer has the default") {
  const std::string part = lifted_resources(kHost + balancer("Type: application")).part("interface Front, balancer");
  CHECK(part.find("public yes") != std::string::npos);
  CHECK(part.find("tags default security group of Main") != std::string::npos);
}

TEST_CASE("a network balancer without a group from the start is open to everybody") {
  const Lifted made = lifted_resources(kHost + balancer("Type: network"));
  for (const auto& interface : made.estate.interfaces) {
    if (interface.name == "Front") CHECK(interface.lists.empty());
  }
  CHECK(lifted_resources(kHost + balancer("Type: network, SecurityGroups: [!Ref Web]"))
            .part("interface Front, balancer")
            .find("rules Web") != std::string::npos);
}

TEST_CASE("addresses of a balancer are of the families that it says") {
  const auto said = [](const std::string& family) {
    const auto lines =
        lifted_resources(kHost + balancer("SecurityGroups: [!Ref Web], IpAddressType: " + family)).lines("public ");
    return lines.back();
  };
  CHECK(said("ipv4") == "public yes, of IPv6 no");
  CHECK(said("dualstack") == "public yes, of IPv6 yes");
  CHECK(said("dualstack-without-public-ipv4") == "public no, of IPv6 yes");
}

TEST_CASE("a network balancer with an empty list of groups has none") {
  const Lifted made = lifted_resources(kHost + balancer("Type: network, SecurityGroups: []"));
  for (const auto& interface : made.estate.interfaces) {
    if (interface.name == "Front") CHECK(interface.lists.empty());
  }
}

TEST_CASE("whether targets of a network balancer see the client depends on their type and protocol") {
  const auto keeps = [](const std::string& protocol, const std::string& members) {
    const Lifted made = lifted_resources(kHost + balancer("Type: network") + listener(protocol, kForward) +
                                         targets("Port: 443, Protocol: " + protocol + members));
    REQUIRE(made.estate.balancers.size() == 1);
    return made.estate.balancers.front().keeps_client_address;
  };
  CHECK(keeps("TCP", ""));
  CHECK(keeps("TCP", ", TargetType: instance"));
  CHECK_FALSE(keeps("TCP", ", TargetType: ip"));
  CHECK(keeps("UDP", ", TargetType: ip"));
  CHECK_FALSE(keeps("TCP", ", TargetGroupAttributes: [{Key: preserve_client_ip.enabled, Value: 'false'}]"));
  CHECK(keeps("TCP", ", TargetType: ip, TargetGroupAttributes: [{Key: preserve_client_ip.enabled, Value: 'true'}]"));
}

TEST_CASE("a listener of two protocols is two ways through, and its probe comes over TCP") {
  const Lifted made = lifted_resources(kHost + balancer("Type: network") + listener("TCP_UDP", kForward) +
                                       targets("Port: 53, Protocol: TCP_UDP, HealthCheckPort: '8053'"));
  CHECK(made.lines("forward") ==
        Lines{"forward tcp/443 to Host tcp/53, probe tcp/8053", "forward udp/443 to Host udp/53, probe tcp/8053"});
}

TEST_CASE("weights and rules of a listener lead to further target groups") {
  const std::string two =
      "  Second: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 81, Protocol: HTTP, Targets: "
      "[{Id: "
      "!Ref Host, Port: 9090}]}}\n";
  const Lifted weighted = lifted_resources(
      kHost + balancer("SecurityGroups: [!Ref Web]") +
      listener("HTTP",
               "{Type: forward, ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref Group, Weight: 0}, "
               "{TargetGroupArn: !Ref Second, Weight: 1}]}}") +
      targets("Port: 80, Protocol: HTTP") + two);
  CHECK(weighted.lines("forward") == Lines{"forward tcp/443 to Host tcp/9090, probe tcp/9090"});
  const Lifted ruled = lifted_resources(
      kHost + balancer("SecurityGroups: [!Ref Web]") + listener("HTTP", kForward) +
      targets("Port: 80, Protocol: HTTP") + two +
      "  More: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listen, Priority: 1, "
      "Conditions: [{Field: path-pattern, Values: [/b]}], Actions: [{Type: forward, TargetGroupArn: !Ref Second}]}}\n");
  CHECK(ruled.lines("forward") ==
        Lines{"forward tcp/443 to Host tcp/80, probe tcp/80", "forward tcp/443 to Host tcp/9090, probe tcp/9090"});
}

TEST_CASE("a rule of a network balancer is for one family, and targets see who calls in their own") {
  const std::string group =
      "  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP}}\n"
      "  Six: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: TCP, IpAddressType: "
      "ipv6}}\n";
  const auto said = [&](const std::string& primary, const std::string& rule,
                        const std::string& registered = "!Ref Group, !Ref Six") {
    const std::string fleet =
        "  Launch: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, "
        "NetworkInterfaces: "
        "[{DeviceIndex: 0, Ipv6AddressCount: 1, Groups: [!Ref Web]" +
        primary +
        "}]}}}\n"
        "  Fleet: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '1', "
        "VPCZoneIdentifier: [!Ref A], TargetGroupARNs: [" +
        registered +
        "], LaunchTemplate: {LaunchTemplateId: !Ref "
        "Launch, Version: !GetAtt Launch.LatestVersionNumber}}}\n";
    std::string network = kHost;
    network.insert(network.find("CidrBlock: 10.0.0.0/24"), "Ipv6CidrBlock: '2001:db8::/64', ");
    return lifted_resources(network + balancer("Type: network, IpAddressType: dualstack, SecurityGroups: [!Ref Web]") +
                            listener("TCP", kForward) + group + fleet + rule);
  };
  const auto rule = [](const std::string& family) {
    return "  More: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listen, Priority: "
           "1, Conditions: [{Field: source-ip, SourceIpConfig: {IpAddressType: " +
           family + "}}], Actions: [{Type: forward, TargetGroupArn: !Ref Six}]}}\n";
  };
  CHECK(said(", PrimaryIpv6: true", rule("ipv6")).unknowns().empty());
  CHECK(said(", PrimaryIpv6: true", rule("ipv6")).lines("forward") ==
        Lines{"forward tcp/443 to Fleet tcp/80, probe tcp/80, IPv4 alone",
              "forward tcp/443 to Fleet tcp/80, probe tcp/80, IPv6 alone"});
  // who calls in IPv4 finds nobody
  const Lifted one = said(", PrimaryIpv6: true", rule("ipv6"), "!Ref Six");
  CHECK(one.unknowns().empty());
  CHECK(one.lines("forward") == Lines{"forward tcp/443 to Fleet tcp/80, probe tcp/80, IPv6 alone"});
  CHECK(said("", rule("ipv6")).unknowns().find("have a primary address of IPv6") != std::string::npos);
  CHECK(said(", PrimaryIpv6: true", rule("ipv4")).unknowns().find("of another family than its own") !=
        std::string::npos);
  CHECK(said(", PrimaryIpv6: true", rule("!Ref AWS::Region"))
            .unknowns()
            .find("which conversations `More` is for is not known") != std::string::npos);
  CHECK(said(", PrimaryIpv6: true", "").unknowns().find("`Group` is handed conversations of another family") !=
        std::string::npos);
}

TEST_CASE("a listener that answers by itself is not modelled, and that is said") {
  const Lifted made =
      lifted_resources(kHost + balancer("SecurityGroups: [!Ref Web]") +
                       listener("HTTP", "{Type: redirect, RedirectConfig: {StatusCode: HTTP_301, Protocol: HTTPS}}"));
  CHECK(made.unknowns().find("`Listen` hands on to nobody in the template") != std::string::npos);
}

TEST_CASE("what a listener hands on to may depend on the deployment, or be elsewhere") {
  CHECK(lifted_resources(kHost + balancer("SecurityGroups: [!Ref Web]") +
                         listener("HTTP", "{Type: forward, TargetGroupArn: 'arn:aws:elsewhere'}"))
            .unknowns()
            .find("`Listen` hands on to a target group that is not in the template") != std::string::npos);
  const Lifted open = crenel::tests::lifted(
      "Parameters: {Stage: {Type: String}}\nConditions: {Blue: !Equals [!Ref Stage, blue]}\nResources:\n" +
      std::string(kHost) + balancer("SecurityGroups: [!Ref Web]") +
      listener("HTTP",
               "{Type: forward, ForwardConfig: !If [Blue, {TargetGroups: [{TargetGroupArn: !Ref Group}]}, !Ref "
               "AWS::NoValue]}") +
      targets("Port: 80, Protocol: HTTP"));
  CHECK(open.unknowns().find("what `Listen` hands on to depends on a condition") != std::string::npos);
}

TEST_CASE("tasks are registered by their service, at the port of their container") {
  const Lifted made = lifted_resources(
      kHost + balancer("SecurityGroups: [!Ref Web]") + listener("HTTPS", kForward) +
      "  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, TargetType: "
      "ip}}\n"
      "  Tasks: {Type: AWS::ECS::Service, Properties: {LoadBalancers: [{TargetGroupArn: !Ref Group, ContainerName: a, "
      "ContainerPort: 8080}], NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: DISABLED, Subnets: [!Ref "
      "A], "
      "SecurityGroups: [!Ref Web]}}}}\n");
  CHECK(made.lines("forward") == Lines{"forward tcp/443 to Tasks tcp/8080, probe tcp/8080"});
  CHECK(made.unknowns().empty());
}

TEST_CASE("a balancer of the first generation names its listeners, instances and scaling groups itself") {
  const std::string start =
      "  Front: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {Subnets: [!Ref A], SecurityGroups: [!Ref "
      "Web], Instances: [!Ref Host], Listeners: [{LoadBalancerPort: '80', InstancePort: '8080', Protocol: HTTP}]";
  const Lifted made = lifted_resources(kHost + start + ", HealthCheck: {Target: 'HTTP:8081/alive'}}}\n");
  CHECK(made.part("balancer Front") ==
        "balancer Front\n"
        "  keeps client address false, known by tag true, rewrites only false, public frontend false\n"
        "  forward tcp/80 to Host tcp/8080, probe tcp/8081\n");
  CHECK(made.part("interface Front, balancer").find("public yes") != std::string::npos);
  CHECK(made.unknowns().empty());
  CHECK(lifted_resources(kHost + start + "}}\n").unknowns() == "where `Front` asks its targets is not known\n");
  CHECK(
      lifted_resources(kHost + start + ", Scheme: internal}}\n").part("interface Front, balancer").find("public no") !=
      std::string::npos);
}
