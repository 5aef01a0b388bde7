#include "tests/checker/addresses.h"

#include <sstream>

namespace crenel::checker {
namespace {

using nlohmann::json;

void add(const json& object, const char* key, std::multiset<std::string>& out) {
  if (!object.is_object() || !object.contains(key)) return;
  const json& value = object.at(key);
  for (const json& each : value.is_array() ? value : json::array({value})) {
    if (each.is_string() && is_block(each)) out.insert(each.get<std::string>());
  }
}

// CloudFormation: AWS::EC2::VPC, AWS::EC2::Subnet
void add_of_resource(const json& resource, std::multiset<std::string>& out) {
  const json type = resource.value("Type", json());
  if (type != "AWS::EC2::VPC" && type != "AWS::EC2::Subnet") return;
  for (const char* key : {"CidrBlock", "Ipv6CidrBlock"}) add(resource.value("Properties", json::object()), key, out);
}

void add_of_subnet(const json& properties, std::multiset<std::string>& out) {
  for (const char* key : {"addressPrefix", "addressPrefixes"}) add(properties, key, out);
}

// Resource Manager: Microsoft.Network/virtualNetworks with its subnets inside or beside it; templates lie in templates
void add_of_node(const json& node, std::multiset<std::string>& out) {
  if (node.is_object()) {
    const json type = node.value("type", json());
    const json properties = node.value("properties", json::object());
    if (type == "Microsoft.Network/virtualNetworks") {
      add(properties.value("addressSpace", json::object()), "addressPrefixes", out);
      for (const json& subnet : properties.value("subnets", json::array())) {
        add_of_subnet(subnet.value("properties", json::object()), out);
      }
    }
    if (type == "Microsoft.Network/virtualNetworks/subnets") add_of_subnet(properties, out);
  }
  if (node.is_structured()) {
    for (const json& each : node) add_of_node(each, out);
  }
}

}  // namespace

bool is_block(const std::string& text) {
  return text.find('/') != std::string::npos && text.find_first_not_of("0123456789abcdef.:/") == std::string::npos;
}

std::multiset<std::string> blocks_of(const json& document) {
  std::multiset<std::string> out;
  if (document.contains("Resources")) {
    for (const json& resource : document.at("Resources")) add_of_resource(resource, out);
  } else {
    add_of_node(document, out);
  }
  return out;
}

std::multiset<std::string> blocks_said(const json& certificate) {
  std::multiset<std::string> out;
  for (const json& row : certificate.at("addresses")) {
    const std::string of = row.at("of");
    if (!of.starts_with("network ") && !of.starts_with("subnet ")) continue;
    std::istringstream blocks(row.at("blocks").get<std::string>());
    for (std::string block; std::getline(blocks >> std::ws, block, ',');) {
      if (is_block(block)) out.insert(block);
    }
  }
  return out;
}

}  // namespace crenel::checker
