#include <algorithm>
#include <array>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

/// Calls by which somebody would open a network, by the type of what they change (Service Authorization Reference of
/// Amazon EC2, access level "Write").
struct Opening {
  const char* type;
  std::vector<const char*> calls;
};
const std::array<Opening, 11>& openings() {
  static const std::array<Opening, 11> all = {{
      {"AWS::EC2::VPC", {"CreateVpcPeeringConnection", "AcceptVpcPeeringConnection", "AssociateVpcCidrBlock"}},
      {"AWS::EC2::Subnet", {"CreateSubnet", "ModifySubnetAttribute"}},
      {"AWS::EC2::RouteTable", {"CreateRoute", "ReplaceRoute", "DeleteRoute"}},
      {"AWS::EC2::SubnetRouteTableAssociation", {"AssociateRouteTable", "ReplaceRouteTableAssociation"}},
      {"AWS::EC2::VPCGatewayAttachment", {"AttachInternetGateway", "AttachVpnGateway"}},
      {"AWS::EC2::SecurityGroup",
       {"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "ModifySecurityGroupRules"}},
      {"AWS::EC2::NetworkAcl", {"CreateNetworkAclEntry", "ReplaceNetworkAclEntry", "DeleteNetworkAclEntry"}},
      {"AWS::EC2::SubnetNetworkAclAssociation", {"ReplaceNetworkAclAssociation"}},
      {"AWS::EC2::VPCBlockPublicAccessOptions", {"ModifyVpcBlockPublicAccessOptions"}},
      {"AWS::EC2::VPCBlockPublicAccessExclusion",
       {"CreateVpcBlockPublicAccessExclusion", "ModifyVpcBlockPublicAccessExclusion",
        "DeleteVpcBlockPublicAccessExclusion"}},
      {"AWS::EC2::VPCEndpoint", {"CreateVpcEndpoint", "ModifyVpcEndpoint"}},
  }};
  return all;
}

std::set<json> listed(const json& value) {
  if (value.is_array()) return {value.begin(), value.end()};
  return {value};
}

/// Somebody of that name: roles and users, in a path or in none.
void add(const std::string& who, std::set<json>& out) {
  if (who.starts_with("arn:")) {
    out.insert(who);
    return;
  }
  for (const char* kind : {"role/", "role/*/", "user/", "user/*/"}) {
    json arn;
    arn["Fn::Sub"] = "arn:${AWS::Partition}:iam::${AWS::AccountId}:" + std::string(kind) + who;
    out.insert(std::move(arn));
  }
}

bool only_reads(const std::string& action) {
  const std::string call = action.substr(action.find(':') + 1);
  return call.starts_with("Describe") || call.starts_with("Get") || call.starts_with("List") ||
         call.starts_with("Search") || call.find_first_of("*?") != std::string::npos;
}

}  // namespace

std::vector<std::string> check_forbidding(const json& document, const json& guard) {
  const std::string stem = pascal(guard.at("guard"));
  const std::string id = stem + "PreventPolicy";
  const json& resources = document.at("Resources");
  if (!resources.contains(id)) return {"a guard that forbids nothing: " + stem};
  const json& policy = resources.at(id).at("Properties").at("PolicyDocument");
  if (resources.at(id).contains("Condition") || policy.at("Statement").size() != 1) {
    return {"more than one denial, or one that may not be there: " + id};
  }
  const json& only = policy.at("Statement").at(0);
  std::vector<std::string> faults;
  if (only.at("Effect") != "Deny" || only.at("Resource") != "*") faults.push_back("it forbids less: " + id);
  const std::set<json> actions = listed(only.at("Action"));
  for (const json& action : actions) {
    if (only_reads(action)) faults.push_back("it forbids looking: " + action.get<std::string>());
  }
  for (const Opening& each : openings()) {
    const bool made = std::any_of(resources.begin(), resources.end(),
                                  [&](const json& other) { return other.at("Type") == each.type; });
    for (const char* call : each.calls) {
      const std::string action = "ec2:" + std::string(call);
      if (made && !actions.contains(action)) faults.push_back("it does not forbid " + action + ": " + id);
    }
  }
  std::set<json> spared;
  for (const json& who : guard.at("forbids").at("all_but")) add(who, spared);
  if (guard.contains("undoes")) spared.insert(json{{"Fn::GetAtt", json::array({stem + "RevertRole", "Arn"})}});
  const json& condition = only.at("Condition");
  const bool by_who = condition.size() == 1 && condition.contains("ArnNotLike") &&
                      condition.at("ArnNotLike").size() == 1 && condition.at("ArnNotLike").contains("aws:PrincipalArn");
  if (!by_who || listed(condition.at("ArnNotLike").at("aws:PrincipalArn")) != spared) {
    faults.push_back("it spares others than those left alone: " + id);
  }
  return faults;
}

}  // namespace crenel::checker
