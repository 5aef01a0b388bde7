#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/aws_reading.h"

/// Gateway load balancers. (Elastic Load Balancing, "Gateway Load Balancers"; PrivateLink, "Access an inspection system
/// using a Gateway Load Balancer endpoint".)
namespace crenel::agreement {

using namespace reading;

namespace {

constexpr int kGenevePort = 6081;

}  // namespace

/// A balancer's address in each of its subnets sends in UDP to port 6081 of every member, is answered to the same port,
/// and asks in TCP whether the member is well. Member and balancer stand in subnets of their own.
bool AwsInterpreter::speaks_geneve(const std::string& scaling_group, const std::string& group,
                                   const json& subnets) const {
  const json target = document_.at("Resources").at(group).at("Properties");
  const int probe = number(resolve(target.value("HealthCheckPort", json(80))));
  bool any = false;
  for (const auto& [address, member] : interfaces_) {
    if (member.scaling_group != scaling_group) continue;
    any = true;
    const Subnet& at = subnets_.at(member.subnet);
    for (const json& one : subnets) {
      const Subnet& away = subnets_.at(logical_id(text(one)));
      const Ip balancer = away.block.base + 4;
      if (!groups_admit(member, true, balancer, nullptr, kUdp, kGenevePort)) return false;
      if (!groups_admit(member, false, balancer, nullptr, kUdp, kGenevePort)) return false;
      if (!groups_admit(member, true, balancer, nullptr, kTcp, probe)) return false;
      if (&at == &away) continue;
      for (const bool in : {true, false}) {
        if (!acl_admits(at, in, balancer, kUdp, kGenevePort)) return false;
        if (!acl_admits(away, in, address, kUdp, kGenevePort)) return false;
      }
      if (!crosses(at, {balancer, address, kTcp, probe}, false)) return false;
      if (!crosses(away, {balancer, address, kTcp, probe}, true)) return false;
    }
  }
  return any;
}

void AwsInterpreter::read_inspection() {
  const json& resources = document_.at("Resources");
  each(document_, "AWS::EC2::VPCEndpoint", [&](const std::string& id, const json& p) {
    if (text(p.value("VpcEndpointType", json("Gateway"))) != "GatewayLoadBalancer") return;
    const std::string name = p.at("ServiceName").at("Fn::Sub").get<std::string>();
    const std::size_t service = name.rfind("${") + 2;
    const json offered = resources.at(name.substr(service, name.size() - service - 1)).at("Properties");
    if (!offered.contains("AcceptanceRequired") || flag(resolve(offered["AcceptanceRequired"]))) return;
    if (offered.at("GatewayLoadBalancerArns").size() != 1) throw std::invalid_argument(id + ": several balancers");
    const std::string balancer = logical_id(text(offered["GatewayLoadBalancerArns"][0]));
    const json subnets = resources.at(balancer).at("Properties").at("Subnets");
    if (p.at("SubnetIds").size() != 1) throw std::invalid_argument(id + ": one subnet, and no more");
    each(document_, "AWS::ElasticLoadBalancingV2::Listener", [&](const std::string&, const json& listener) {
      if (logical_id(text(listener.at("LoadBalancerArn"))) != balancer) return;
      const std::string group = logical_id(text(listener.at("DefaultActions").at(0).at("TargetGroupArn")));
      const json target = resources.at(group).at("Properties");
      if (text(target.at("Protocol")) != "GENEVE" || number(resolve(target.at("Port"))) != kGenevePort) return;
      each(document_, "AWS::AutoScaling::AutoScalingGroup", [&](const std::string& scaling, const json& g) {
        for (const json& arn : g.value("TargetGroupARNs", json::array())) {
          if (logical_id(text(arn)) != group || !speaks_geneve(scaling, group, subnets)) continue;
          inspected_[id] = logical_id(text(p["SubnetIds"][0]));
        }
      });
    });
  });
}

/// The packet comes out of the endpoint as it went in, whatever groups the instances have, and goes on by the table of
/// the endpoint's subnet; its answer has to come in by the same endpoint, because another zone's knows nothing of it.
bool AwsInterpreter::by_endpoint(const Packet& packet, const Subnet& from, const std::string& endpoint) const {
  const auto found = inspected_.find(endpoint);
  if (found == inspected_.end()) return false;
  const Subnet& at = subnets_.at(found->second);
  if (&at == &from || !leads_inside(at, packet.from)) return false;
  if (!crosses(at, packet, false) || !crosses(at, packet, true)) return false;
  const Route* onward = route(at, packet.to);
  if (!onward || onward->target != Route::Target::Nat) return false;
  const Subnet& translation = subnets_.at(nat_subnets_.at(onward->nat));
  const Route* out = route(translation, packet.to);
  const Route* back = route(translation, packet.from);
  return out && out->target == Route::Target::InternetGateway && !is_private(packet.to) && back &&
         back->target == Route::Target::Endpoint && back->endpoint == endpoint && crosses(translation, packet, false) &&
         crosses(translation, packet, true);
}

}  // namespace crenel::agreement
