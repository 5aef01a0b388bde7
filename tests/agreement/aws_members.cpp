#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/aws_reading.h"

/// Whose interfaces are not those of instances: databases, balancers, the near ends of private ways, functions.
namespace crenel::agreement {

using namespace reading;

/// An address in each subnet of its group: in which of them it stands, Amazon chooses. (RDS user guide, "Working with a
/// DB instance in a VPC".)
void AwsInterpreter::read_databases() {
  each(document_, "AWS::RDS::DBInstance", [&](const std::string& id, const json& p) {
    const std::string subnets = logical_id(text(p.at("DBSubnetGroupName")));
    for (const json& subnet : document_.at("Resources").at(subnets).at("Properties").at("SubnetIds")) {
      Interface made;
      made.subnet = logical_id(text(subnet));
      made.has_public_address = flag(resolve(p.at("PubliclyAccessible")));
      for (const json& group : p.at("VPCSecurityGroups")) made.groups.push_back(logical_id(text(group)));
      Ip address = subnets_.at(made.subnet).block.base + 10;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({id, false, address, made.has_public_address});
    }
  });
}

void AwsInterpreter::read_balancers() {
  each(document_, "AWS::ElasticLoadBalancingV2::LoadBalancer", [&](const std::string& id, const json& p) {
    if (text(p.at("Type")) == "gateway") return;  // nobody's end
    Interface made;
    made.has_public_address = text(p.at("Scheme")) == "internet-facing";
    for (const json& group : p.at("SecurityGroups")) made.groups.push_back(logical_id(text(group)));
    each(document_, "AWS::ElasticLoadBalancingV2::Listener", [&](const std::string&, const json& listener) {
      if (logical_id(text(listener.at("LoadBalancerArn"))) != id) return;
      const std::string protocol = text(listener.at("Protocol"));
      made.listeners.insert({protocol == "UDP" ? kUdp : kTcp, number(resolve(listener.at("Port")))});
      for (const json& action : listener.at("DefaultActions")) {
        const std::string target = logical_id(text(action.at("TargetGroupArn")));
        const json properties = document_.at("Resources").at(target).at("Properties");
        const int target_protocol = text(properties.at("Protocol")) == "UDP" ? kUdp : kTcp;
        const int port = number(resolve(properties.at("Port")));
        each(document_, "AWS::AutoScaling::AutoScalingGroup", [&](const std::string& group, const json& g) {
          for (const json& arn : g.value("TargetGroupARNs", json::array())) {
            if (logical_id(text(arn)) == target) made.targets.insert({group, {target_protocol, port}});
          }
        });
      }
    });
    for (const json& subnet : p.at("Subnets")) {
      made.subnet = logical_id(text(subnet));
      Ip address = subnets_.at(made.subnet).block.base + 5;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({id, true, address, made.has_public_address});
      const bool dual = p.contains("IpAddressType") && text(p["IpAddressType"]) == "dualstack";
      if (dual && subnets_.at(made.subnet).ipv6) add_ipv6(made, id, true);
    }
  });
}

/// After all hosts, whose addresses they leave as they are.
void AwsInterpreter::read_doors() {
  const auto add = [&](const std::string& id, const json& subnets, const json& groups) {
    for (const json& subnet : subnets) {
      Interface made;
      made.subnet = logical_id(text(subnet));
      for (const json& group : groups) made.groups.push_back(logical_id(text(group)));
      Ip address = subnets_.at(made.subnet).block.base + 10;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      doors_.push_back({id, false, address, false});
    }
  };
  each(document_, "AWS::EC2::VPCEndpoint", [&](const std::string& id, const json& p) {
    // only answers come from it, to what was sent by it (PrivateLink, "Gateway Load Balancer endpoints")
    if (text(p.value("VpcEndpointType", json("Gateway"))) == "GatewayLoadBalancer") return;
    add(id, p.value("SubnetIds", json::array()), p.value("SecurityGroupIds", json::array()));
  });
  each(document_, "AWS::Lambda::Function", [&](const std::string& id, const json& p) {
    if (p.contains("VpcConfig")) add(id, p["VpcConfig"].at("SubnetIds"), p["VpcConfig"].at("SecurityGroupIds"));
  });
}

}  // namespace crenel::agreement
