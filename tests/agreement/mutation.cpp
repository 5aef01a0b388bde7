#include "tests/agreement/mutation.h"

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace crenel::agreement {
namespace {

using nlohmann::json;

/// One change that could be made.
struct Change {
  std::string what;
  std::function<void()> make;
};

const std::vector<std::string>& words_for(const std::string& key) {
  static const std::map<std::string, std::vector<std::string>> table = [] {
    const std::vector<std::string> blocks = {"0.0.0.0/0",      "10.0.0.0/8",   "172.16.0.0/12", "192.168.4.0/22",
                                             "203.0.113.0/24", "10.20.0.0/16", "10.0.1.0/24",   "172.20.8.16/28",
                                             "8.8.8.8/32",     "128.0.0.0/1"};
    std::vector<std::string> prefixes = blocks;
    for (const char* tag : {"*", "VirtualNetwork", "Internet", "AzureLoadBalancer"}) prefixes.emplace_back(tag);
    std::map<std::string, std::vector<std::string>> all;
    for (const char* each : {"CidrIp", "CidrBlock", "DestinationCidrBlock", "addressPrefix"}) all[each] = blocks;
    for (const char* each : {"sourceAddressPrefix", "destinationAddressPrefix"}) all[each] = prefixes;
    all["access"] = {"Allow", "Deny"};
    all["RuleAction"] = {"allow", "deny"};
    all["direction"] = {"Inbound", "Outbound"};
    all["IpProtocol"] = {"tcp", "udp", "icmp", "-1"};
    all["nextHopType"] = {"None", "Internet", "VirtualNetworkGateway", "VnetLocal"};
    all["destinationPortRange"] = {"*", "22", "443", "80", "0-65535", "8000-9000", "5432"};
    all["InternetGatewayBlockMode"] = {"block-bidirectional", "block-ingress"};
    all["InternetGatewayExclusionMode"] = {"allow-bidirectional", "allow-egress"};
    all["Scheme"] = {"internal", "internet-facing"};
    return all;
  }();
  static const std::vector<std::string> none;
  const auto found = table.find(key);
  return found == table.end() ? none : found->second;
}

const std::vector<int>& numbers_for(const std::string& key) {
  static const std::vector<int> ports = {22, 80, 443, 1024, 5432, 8080, 8443, 65535};
  static const std::vector<int> numbers = {101, 105, 150, 999, 2000, 4000};
  static const std::vector<int> none;
  static const std::set<std::string> port_keys = {"FromPort", "ToPort", "From", "To", "Port", "port", "backendPort"};
  if (port_keys.contains(key)) return ports;
  return key == "priority" || key == "RuleNumber" ? numbers : none;
}

/// A member that is a text; empty when there is none.
std::string text_at(const json& node, const char* key) {
  return node.is_object() && node.contains(key) && node.at(key).is_string() ? node.at(key).get<std::string>() : "";
}

/// Types of resources without which a template says something else, and still says something.
bool can_go(const std::string& type) {
  static const std::set<std::string> types = {"AWS::EC2::SecurityGroupIngress",
                                              "AWS::EC2::SecurityGroupEgress",
                                              "AWS::EC2::NetworkAclEntry",
                                              "AWS::EC2::Route",
                                              "AWS::EC2::VPCBlockPublicAccessExclusion",
                                              "AWS::EC2::VPCBlockPublicAccessOptions",
                                              "AWS::EC2::SubnetNetworkAclAssociation",
                                              "AWS::EC2::VPNConnectionRoute",
                                              "AWS::EC2::VPNGatewayRoutePropagation"};
  return types.contains(type);
}

const std::set<std::string> kListsOfRules = {"securityRules", "SecurityGroupIngress",      "SecurityGroupEgress",
                                             "routes",        "applicationSecurityGroups", "addressPrefixes"};
const std::set<std::string> kMembersThatCanGo = {"networkSecurityGroup", "natGateway", "routeTable",
                                                 "publicIPAddressConfiguration", "gatewayDefaultSite"};
const std::set<std::string> kReferences = {"SourceSecurityGroupId", "DestinationSecurityGroupId", "GroupId",
                                           "networkSecurityGroup", "RouteTableId"};
const std::set<std::string> kSwitches = {"AssociatePublicIpAddress", "disableBgpRoutePropagation", "Egress"};

class Collector {
 public:
  Collector(json& document, Random& random) : random_(random) {
    references(document);
    // A provider refuses a table or group of another network: such templates say nothing.
    one_network_ = document.dump().find("AWS::EC2::VPC\"") == document.dump().rfind("AWS::EC2::VPC\"");
    visit(document, "");
  }

  std::vector<Change> changes;

 private:
  template <class T>
  const T& one_of(const std::vector<T>& values) {
    return values[random_() % values.size()];
  }

  void references(const json& node) {
    if (node.is_object()) {
      for (const auto& [key, value] : node.items()) {
        if (kReferences.contains(key)) others_[key].push_back(value);
      }
    }
    if (node.is_structured()) {
      for (const auto& child : node) references(child);
    }
  }

  void add(const std::string& path, const std::string& what, std::function<void()> make) {
    changes.push_back({path + ": " + what, std::move(make)});
  }

  void visit(json& node, const std::string& path) {
    // Address blocks of networks and subnets stay: hosts are placed in them.
    const std::string type = text_at(node, "Type");
    const std::string azure = text_at(node, "type");
    if (type == "AWS::EC2::VPC" || type == "AWS::EC2::Subnet" || type == "AWS::EC2::FlowLog") return;
    if (azure == "Microsoft.Resources/deployments") return;
    const bool network = azure == "Microsoft.Network/virtualNetworks";
    if (node.is_array()) {
      for (std::size_t i = 0; i < node.size(); ++i) visit(node[i], path + "/" + std::to_string(i));
      return;
    }
    if (!node.is_object()) return;
    std::vector<std::string> keys;
    for (const auto& [key, value] : node.items()) keys.push_back(key);
    const bool was_inside_network = inside_network_;
    inside_network_ = inside_network_ || network;
    for (const auto& key : keys) member(node, key, path + "/" + key);
    for (const auto& key : keys) visit(node[key], path + "/" + key);
    inside_network_ = was_inside_network;
  }

  void member(json& node, const std::string& key, const std::string& path) {
    json& value = node[key];
    const bool place = key == "addressPrefix" || key == "addressPrefixes";
    if (inside_network_ && place) return;
    if (can_go(text_at(value, "Type"))) {
      add(path, "taken out", [&node, key] { node.erase(key); });
    }
    if (kMembersThatCanGo.contains(key)) add(path, "taken out", [&node, key] { node.erase(key); });
    if (kListsOfRules.contains(key) && value.is_array() && !value.empty()) {
      const std::size_t index = random_() % value.size();
      add(path, "element taken out", [&value, index] { value.erase(index); });
    }
    if (one_network_ && kReferences.contains(key) && others_[key].size() > 1) {
      add(path, "another one", [&value, other = one_of(others_[key])] { value = other; });
    }
    if (kSwitches.contains(key) && value.is_boolean()) {
      add(path, "turned over", [&value] { value = !value.get<bool>(); });
    }
    if (const auto& words = words_for(key); !words.empty() && (value.is_string() || value.is_object())) {
      add(path, "another word", [&value, word = one_of(words)] { value = word; });
    }
    if (const auto& numbers = numbers_for(key); !numbers.empty() && value.is_number()) {
      add(path, "another number", [&value, number = one_of(numbers)] { value = number; });
    }
  }

  Random& random_;
  std::map<std::string, std::vector<json>> others_;
  bool inside_network_ = false;
  bool one_network_ = true;
};

}  // namespace

std::string mutate(json& document, Random& random) {
  Collector collector(document, random);
  if (collector.changes.empty()) return "";
  Change& change = collector.changes[random() % collector.changes.size()];
  change.make();
  return change.what;
}

}  // namespace crenel::agreement
