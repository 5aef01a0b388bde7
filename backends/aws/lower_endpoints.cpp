#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;

constexpr int kTls = 443;

/// What may be asked for on this way, and by whom: no other account's things, and no more than the flows say.
Value endpoint_policy(const Lowering& to, const InterfaceEndpoint& way) {
  std::vector<Statement> statements;
  for (const std::size_t index : way.grants) {
    const DataGrant& grant = to.plan.data.grants[index];
    for (Statement& one : allowances(to, grant)) {
      one.sid += "By" + sid_name(to.design, grant.from);
      one.principal = "*";
      Array who;
      for (Value& principal : principals_of(to, grant)) who.push_back(std::move(principal));
      one.conditions.add("ArnEquals", "aws:PrincipalArn", Value(std::move(who)));
      statements.push_back(std::move(one));
    }
  }
  return policy_document(statements);
}

std::string statement_text(const Lowering& to, const InterfaceEndpoint& way, const model::Endpoint& member) {
  for (const std::size_t index : way.grants) {
    const DataGrant& grant = to.plan.data.grants[index];
    if (grant.from == member) return describe(to.design, grant.statements.front());
  }
  return {};
}

void lower_rules(Lowering& to, std::size_t index, const model::Endpoint& member) {
  const InterfaceEndpoint& way = to.plan.data.endpoints[index];
  const model::Origin& origin = to.design.private_paths[way.path].origin;
  const std::string endpoint = endpoint_name(to, index);
  const std::string near = thing_name(to.design, member, "");
  const std::string text = statement_text(to, way, member);
  const Value members = attribute(near + "SecurityGroup", "GroupId");
  const Value service = attribute(endpoint + "SecurityGroup", "GroupId");
  const auto rule = [&](const Value& of, std::string_view side, const Value& peer) {
    Value out;
    out.set("GroupId", of);
    out.set("IpProtocol", "tcp");
    out.set("FromPort", kTls);
    out.set("ToPort", kTls);
    out.set(std::string(side), peer);
    out.set("Description", text);
    return out;
  };
  to.add(kSecurityGroupIngress, endpoint + "IngressFrom" + near + "Tcp443", "endpoint", origin,
         rule(service, "SourceSecurityGroupId", members));
  to.add(kSecurityGroupEgress, near + "EgressTo" + endpoint + "Tcp443", "endpoint", origin,
         rule(members, "DestinationSecurityGroupId", service));
}

}  // namespace

void lower_endpoint(Lowering& to, std::size_t index) {
  const InterfaceEndpoint& way = to.plan.data.endpoints[index];
  const model::Origin& origin = to.design.private_paths[way.path].origin;
  const std::string path = model::to_string(origin.path);
  const std::string name = endpoint_name(to, index);
  const std::string service(service_word(way.cloud));
  const Value vpc = reference_to(network_name(to.design, to.design.tiers[way.tier].network, "Vpc"));
  to.add(kSecurityGroup, name + "SecurityGroup", "endpoint", origin,
         object({{"GroupDescription", rule_text("The private path " + path + " to " + service)},
                 {"VpcId", vpc},
                 {"SecurityGroupEgress", array({no_egress()})},
                 {"Tags", to.tags(path + " " + service)}}));
  Value properties;
  properties.set("VpcId", vpc);
  properties.set("ServiceName", substitute("com.amazonaws.${" + std::string(kRegion) + "}." + service));
  properties.set("VpcEndpointType", "Interface");
  properties.set("SubnetIds", Value(subnet_refs(to.design, way.tier)));
  properties.set("SecurityGroupIds", array({attribute(name + "SecurityGroup", "GroupId")}));
  // amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html: the one service whose own name does not
  // lead to its endpoint.
  properties.set("PrivateDnsEnabled", way.cloud != Cloud::Tables);
  if (way.cloud == Cloud::Storage) {
    // Otherwise only requests that come from outside the VPC take this way, and the VPC needs a gateway endpoint.
    properties.set("DnsOptions", object({{"PrivateDnsOnlyForInboundResolverEndpoint", "AllResolvers"}}));
  }
  properties.set("PolicyDocument", endpoint_policy(to, way));
  properties.set("Tags", to.tags(path + " " + service));
  to.add(kVpcEndpoint, name, "endpoint", origin, std::move(properties));
  for (const model::Endpoint& member : way.members) lower_rules(to, index, member);
}

}  // namespace crenel::aws
