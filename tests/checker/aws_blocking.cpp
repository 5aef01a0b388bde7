#include <algorithm>
#include <map>

#include "tests/checker/data_rules.h"

/// VPC Block Public Access (Amazon VPC User Guide, "Block public access to VPCs and subnets").
namespace crenel::checker {
namespace {

using nlohmann::json;

/// The resource that a value names, by `Ref` or an attribute.
std::string named(const json& value) {
  if (!value.is_object() || value.size() != 1) return {};
  if (value.contains("Ref")) return value.at("Ref").get<std::string>();
  return value.contains("Fn::GetAtt") ? value.at("Fn::GetAtt").at(0).get<std::string>() : std::string();
}

class Blocking {
 public:
  Blocking(const json& document, const json& certificate)
      : resources_(document.at("Resources")), certificate_(certificate) {
    for (const auto& [id, resource] : resources_.items()) {
      if (resource.at("Type") == "AWS::EC2::Subnet") subnets_.insert(id);
    }
  }

  std::vector<std::string> run(const json& guard) {
    const std::string id = pascal(guard.at("guard")) + "PublicAccessOptions";
    if (!resources_.contains(id)) return {"a guard that blocks no public access: " + id};
    const json& options = resources_.at(id);
    if (options.contains("Condition") ||
        options.at("Properties").at("InternetGatewayBlockMode") != "block-bidirectional")
      faults_.push_back("it blocks less: " + id);
    const json after = options.value("DependsOn", json::array());
    const Words before = after.is_array() ? after.get<Words>() : Words{after.get<std::string>()};
    for (const auto& [name, resource] : resources_.items()) {
      const std::string type = resource.at("Type");
      if (type == "AWS::EC2::VPCBlockPublicAccessOptions" && name != id) faults_.push_back("a second mode: " + name);
      if (type != "AWS::EC2::VPCBlockPublicAccessExclusion") continue;
      if (!before.contains(name)) faults_.push_back("it may come after the block: " + name);
      exclusion(name, resource);
    }
    for (const json& pair : certificate_.at("admitted")) needs(pair.at("from"), pair.at("to"));
    spread();
    for (const auto& [subnet, mode] : spared_) {
      const auto needed = needed_.find(subnet);
      if (needed == needed_.end()) faults_.push_back("spared, and no flow needs it: " + subnet);
      if (needed != needed_.end() && mode && !needed->second)
        faults_.push_back("spared both ways for no flow: " + subnet);
    }
    for (const auto& [subnet, both] : needed_) {
      const auto found = spared_.find(subnet);
      if (found == spared_.end() || (both && !found->second)) faults_.push_back("a flow is cut off: " + subnet);
    }
    return std::move(faults_);
  }

 private:
  void exclusion(const std::string& name, const json& resource) {
    const json& properties = resource.at("Properties");
    const std::string subnet = properties.contains("SubnetId") ? named(properties.at("SubnetId")) : std::string();
    if (!subnets_.contains(subnet) || resource.contains("Condition") || spared_.contains(subnet)) {
      faults_.push_back("it is not of one subnet of the template: " + name);
      return;
    }
    spared_[subnet] = properties.at("InternetGatewayExclusionMode") == "allow-bidirectional";
  }

  /// Ends inside are called by what their resources are called by.
  [[nodiscard]] Words subnets_of(const std::string& declared) const {
    Words out;
    for (const auto& [id, resource] : resources_.items()) {
      const std::string stem = pascal(declared);
      const bool its = id == stem + "Group" || id == stem + "LoadBalancer" || id == stem + "NetworkInterface" ||
                       id == stem + "Function";
      if (!its) continue;
      const json& properties = resource.at("Properties");
      for (const char* list : {"VPCZoneIdentifier", "Subnets"}) {
        for (const json& each : properties.value(list, json::array())) out.insert(named(each));
      }
      if (properties.contains("SubnetId")) out.insert(named(properties.at("SubnetId")));
      if (properties.contains("VpcConfig")) {
        for (const json& each : properties.at("VpcConfig").at("SubnetIds")) out.insert(named(each));
      }
    }
    return out;
  }

  [[nodiscard]] bool is_outside(const std::string& end) const {
    return resources_.dump().find('"' + pascal(end) + "SecurityGroup\"") == std::string::npos;
  }

  /// A link leads there, which is no matter of the Internet.
  [[nodiscard]] bool is_linked(const std::string& end) const {
    return std::any_of(resources_.items().begin(), resources_.items().end(), [&](const auto& each) {
      const std::string type = each.value().at("Type");
      const bool link = type == "AWS::EC2::VPNConnection" || type == "AWS::EC2::VPCPeeringConnection" ||
                        type == "AWS::DirectConnect::DirectConnectGatewayAssociation";
      return link && each.key().find("To" + pascal(end)) != std::string::npos;
    });
  }

  void needs(const std::string& from, const std::string& to) {
    if (is_outside(from) == is_outside(to) || is_linked(is_outside(from) ? from : to)) return;
    for (const std::string& subnet : subnets_of(is_outside(from) ? to : from)) by_routes(subnet, 0);
  }

  /// What leaves a subnet by a default route, or is answered by it.
  void by_routes(const std::string& subnet, int steps) {
    if (steps > 2) return;
    for (const auto& [id, association] : resources_.items()) {
      if (association.at("Type") != "AWS::EC2::SubnetRouteTableAssociation") continue;
      if (named(association.at("Properties").at("SubnetId")) != subnet) continue;
      const std::string table = named(association.at("Properties").at("RouteTableId"));
      for (const auto& [name, route] : resources_.items()) {
        if (route.at("Type") != "AWS::EC2::Route" || named(route.at("Properties").at("RouteTableId")) != table)
          continue;
        by_route(subnet, route.at("Properties"), steps);
      }
    }
  }

  void by_route(const std::string& subnet, const json& route, int steps) {
    const auto place = [&](const char* property) {
      return named(resources_.at(named(route.at(property))).at("Properties").at("SubnetId"));
    };
    if (route.contains("GatewayId") &&
        resources_.at(named(route.at("GatewayId"))).at("Type") == "AWS::EC2::InternetGateway") {
      needed_[subnet] = true;
    }
    if (route.contains("EgressOnlyInternetGatewayId")) needed_.emplace(subnet, false);
    if (route.contains("NatGatewayId")) {
      needed_.emplace(subnet, false);
      needed_[place("NatGatewayId")] = true;
    }
    const bool everywhere = route.value("DestinationCidrBlock", json()) == "0.0.0.0/0";
    if (everywhere && route.contains("NetworkInterfaceId")) by_routes(place("NetworkInterfaceId"), steps + 1);
  }

  /// A tier is open in all its zones, whichever of them has a member now.
  void spread() {
    const auto tier = [](std::string subnet) { return subnet.substr(0, subnet.rfind("Zone")); };
    for (const auto& [subnet, both] : std::map<std::string, bool>(needed_)) {
      for (const std::string& other : subnets_) {
        if (tier(other) == tier(subnet)) needed_[other] = needed_[other] || both;
      }
    }
  }

  const json& resources_;
  const json& certificate_;
  Words subnets_;
  std::map<std::string, bool> spared_;  ///< both ways
  std::map<std::string, bool> needed_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_blocking(const json& document, const json& certificate, const json& guard) {
  return Blocking(document, certificate).run(guard);
}

}  // namespace crenel::checker
