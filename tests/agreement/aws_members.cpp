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
      // Where nothing is said it is public if its network has an Internet gateway. (RDS API reference,
      // "CreateDBInstance", `PubliclyAccessible`.)
      made.has_public_address = !p.contains("PubliclyAccessible") || flag(resolve(p["PubliclyAccessible"]));
      for (const json& group : p.at("VPCSecurityGroups")) made.groups.push_back(logical_id(text(group)));
      Ip address = subnets_.at(made.subnet).block.base + 10;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({id, false, address, made.has_public_address});
    }
  });
}

/// To whom an action hands on; with a family to whom of it alone: by instance in IPv6 who has a primary address.
/// (elasticloadbalancing/latest/network/target-group-register-targets.html.)
void AwsInterpreter::add_targets(const json& actions, const std::string& family, std::pair<int, int> listens,
                                 Targets& to) const {
  const auto properties = [&](const std::string& id) { return document_.at("Resources").at(id).at("Properties"); };
  for (const json& action : actions) {
    const std::string target = logical_id(text(action.at("TargetGroupArn")));
    const json group = properties(target);
    if (!family.empty() && text(group.value("IpAddressType", json("ipv4"))) != family) continue;
    const int protocol = text(group.at("Protocol")) == "UDP" ? kUdp : kTcp;
    const int port = number(resolve(group.at("Port")));
    const json said = resolve(group.value("HealthCheckPort", json("traffic-port")));
    const int check = said == "traffic-port" ? port : number(said);
    each(document_, "AWS::AutoScaling::AutoScalingGroup", [&](const std::string& id, const json& g) {
      const json launch = properties(logical_id(text(g.at("LaunchTemplate").at("LaunchTemplateId"))));
      const json interfaces = launch.at("LaunchTemplateData").value("NetworkInterfaces", json::array({json::object()}));
      const json interface = interfaces.at(0);
      if (family == "ipv6" && !flag(resolve(interface.value("PrimaryIpv6", json(false))))) return;
      for (const json& arn : g.value("TargetGroupARNs", json::array())) {
        if (logical_id(text(arn)) == target) to.insert({id, listens, {protocol, port}, check});
      }
    });
  }
}

/// A network balancer keeps the client's address where its targets have the client's family; a rule of its listener
/// parts the families. (elasticloadbalancing/latest/network/create-rule.html.)
void AwsInterpreter::read_balancers() {
  each(document_, "AWS::ElasticLoadBalancingV2::LoadBalancer", [&](const std::string& id, const json& p) {
    const std::string type = p.contains("Type") ? text(p.at("Type")) : "application";
    if (type == "gateway") return;  // nobody's end
    Interface made;
    made.has_public_address = text(p.at("Scheme")) == "internet-facing";
    const bool network = type == "network";
    made.shows_client = network;  // to instances (elasticloadbalancing/latest/network, "Client IP preservation")
    Targets in_ipv6;
    for (const json& group : p.at("SecurityGroups")) made.groups.push_back(logical_id(text(group)));
    each(document_, "AWS::ElasticLoadBalancingV2::Listener", [&](const std::string& name, const json& listener) {
      if (logical_id(text(listener.at("LoadBalancerArn"))) != id) return;
      const std::string protocol = text(listener.at("Protocol"));
      const std::pair listens(protocol == "UDP" ? kUdp : kTcp, number(resolve(listener.at("Port"))));
      made.listeners.insert(listens);
      add_targets(listener.at("DefaultActions"), network ? "ipv4" : "", listens, made.targets);
      if (!network) return add_targets(listener.at("DefaultActions"), "", listens, in_ipv6);
      each(document_, "AWS::ElasticLoadBalancingV2::ListenerRule", [&](const std::string&, const json& rule) {
        if (logical_id(text(rule.at("ListenerArn"))) != name) return;
        const json condition = resolve(rule.at("Conditions").at(0));
        if (condition.at("SourceIpConfig").at("IpAddressType") == "ipv6")
          add_targets(rule.at("Actions"), "ipv6", listens, in_ipv6);
      });
    });
    for (const json& subnet : p.at("Subnets")) {
      made.subnet = logical_id(text(subnet));
      Ip address = subnets_.at(made.subnet).block.base + 5;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({id, true, address, made.has_public_address});
      const bool dual = p.contains("IpAddressType") && text(p["IpAddressType"]) == "dualstack";
      if (!dual || !subnets_.at(made.subnet).ipv6) continue;
      Interface other = made;
      other.targets = in_ipv6;
      add_ipv6(other, id, true);
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
