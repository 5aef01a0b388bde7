#include "tests/checker/template_rules.h"

#include <yaml-cpp/yaml.h>

#include <stdexcept>

namespace crenel::checker {
namespace {

using nlohmann::json;

int number(const json& value) { return value.is_number() ? value.get<int>() : std::stoi(value.get<std::string>()); }

bool flag(const json& value) { return value.is_boolean() ? value.get<bool>() : value.get<std::string>() == "true"; }

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// ---- CloudFormation
// ---------------------------------------------------------------------------------------------------
/// -1 stands for all types or codes. (AWS::EC2::SecurityGroup Ingress, AWS::EC2::NetworkAclEntry Icmp)
Packets aws_packets(const json& protocol, const json& first, const json& last) {
  Packets out;
  out.protocol = protocol_number(text(protocol));
  if (out.protocol == kAnyProtocol || first.is_null()) return out;
  out.first = number(first);
  out.last = number(last);
  if (out.protocol != 1 && out.protocol != 58) return out;
  const int type = out.first;
  const int code = out.last;
  if (type < 0) return {.protocol = out.protocol};
  out.first = type * 256 + (code < 0 ? 0 : code);
  out.last = type * 256 + (code < 0 ? 255 : code);
  return out;
}

/// Packets to and from such addresses are never seen on a network (RFC 1122, 3.2.1.3): a rule for them opens nothing.
bool is_for_nobody(const json& p) {
  const json block = p.contains("CidrIp") ? p.at("CidrIp") : json();
  return block.is_string() && (text(block) == "255.255.255.255/32" || text(block).starts_with("127."));
}

json at(const json& object, const char* key) { return object.contains(key) ? object.at(key) : json(); }

Rule security_group_rule(const json& p, const std::string& list, bool in) {
  return {.list = list, .in = in, .packets = {aws_packets(p.at("IpProtocol"), at(p, "FromPort"), at(p, "ToPort"))}};
}

Rule acl_entry(const json& p) {
  const json icmp = at(p, "Icmp");
  const json ports = at(p, "PortRange");
  return {.list = p.at("NetworkAclId").dump(),
          .in = !p.contains("Egress") || !flag(p.at("Egress")),
          .allow = text(p.at("RuleAction")) == "allow",
          .stateful = false,
          .order = number(p.at("RuleNumber")),
          .packets = {icmp.is_null() ? aws_packets(p.at("Protocol"), at(ports, "From"), at(ports, "To"))
                                     : aws_packets(p.at("Protocol"), at(icmp, "Type"), at(icmp, "Code"))}};
}

std::map<std::string, Rule> aws_rules(const json& document) {
  std::map<std::string, Rule> out;
  for (const auto& [name, resource] : document.at("Resources").items()) {
    const std::string type = resource.at("Type");
    const std::string path = "/Resources/" + name + "/Properties";
    const json p = resource.value("Properties", json::object());
    if (type == "AWS::EC2::SecurityGroup") {
      for (const char* key : {"SecurityGroupIngress", "SecurityGroupEgress"}) {
        std::size_t index = 0;
        for (const json& each : p.value(key, json::array())) {
          const std::size_t number_of_rule = index++;
          if (is_for_nobody(each)) continue;
          out[path + "/" + key + "/" + std::to_string(number_of_rule)] =
              security_group_rule(each, path, std::string(key) == "SecurityGroupIngress");
        }
      }
    } else if (type == "AWS::EC2::SecurityGroupIngress" || type == "AWS::EC2::SecurityGroupEgress") {
      if (!is_for_nobody(p))
        out[path] = security_group_rule(p, p.at("GroupId").dump(), type == "AWS::EC2::SecurityGroupIngress");
    } else if (type == "AWS::EC2::NetworkAclEntry") {
      out[path] = acl_entry(p);
    }
  }
  return out;
}

// ---- Resource Manager
// -------------------------------------------------------------------------------------------------
json one_or_many(const json& p, const std::string& one, const std::string& many) {
  if (p.contains(many) && !p.at(many).empty()) return p.at(many);
  return p.contains(one) ? json::array({p.at(one)}) : json::array();
}

std::pair<int, int> ports(const json& value) {
  const std::string said = text(value);
  if (said == "*") return {0, 65535};
  const std::size_t dash = said.find('-');
  const int first = std::stoi(said.substr(0, dash));
  return {first, dash == std::string::npos ? first : std::stoi(said.substr(dash + 1))};
}

std::string lower(std::string word) {
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

Rule security_rule(const json& p, const std::string& list) {
  Rule out{.list = list,
           .in = text(p.at("direction")) == "Inbound",
           .allow = text(p.at("access")) == "Allow",
           .everybody = at(p, "sourceAddressPrefix") == "*" && at(p, "destinationAddressPrefix") == "*",
           .order = number(p.at("priority")),
           .packets = {}};
  const int protocol = protocol_number(lower(text(p.at("protocol"))));
  for (const json& to : one_or_many(p, "destinationPortRange", "destinationPortRanges")) {
    for (const json& from : one_or_many(p, "sourcePortRange", "sourcePortRanges")) {
      const auto [first, last] = ports(to);
      const auto [source_first, source_last] = ports(from);
      out.packets.push_back({protocol, first, last, source_first, source_last});
    }
  }
  return out;
}

/// Looks everywhere: templates lie in templates.
void azure_rules(const json& node, const std::string& path, std::map<std::string, Rule>& out) {
  const json type = node.is_object() ? at(node, "type") : json();
  const json p = node.is_object() ? at(node, "properties") : json();
  if (type == "Microsoft.Network/networkSecurityGroups" && p.contains("securityRules")) {
    std::size_t index = 0;
    for (const json& rule : p.at("securityRules")) {
      out[path + "/properties/securityRules/" + std::to_string(index++)] = security_rule(rule.at("properties"), path);
    }
  } else if (type == "Microsoft.Network/networkSecurityGroups/securityRules") {
    throw std::invalid_argument("a rule apart from its list is not read: " + path);
  }
  if (node.is_object()) {
    for (const auto& [key, child] : node.items()) azure_rules(child, path + "/" + key, out);
  } else if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i) azure_rules(node[i], path + "/" + std::to_string(i), out);
  }
}

// ---- YAML
// -------------------------------------------------------------------------------------------------------------
json plain(const YAML::Node& node) {
  const std::string& tag = node.Tag();
  json out;
  if (node.IsMap()) {
    for (const auto& each : node) out[each.first.Scalar()] = plain(each.second);
  } else if (node.IsSequence()) {
    out = json::array();
    for (const auto& each : node) out.push_back(plain(each));
  } else if (node.IsScalar()) {
    const std::string& said = node.Scalar();
    const bool quoted = tag == "!";
    out = said;
    if (!quoted && (said == "true" || said == "false")) out = said == "true";
  }
  if (tag.size() < 2 || tag[0] != '!') return out;
  return json{{tag == "!Ref" ? "Ref" : "Fn::" + tag.substr(1), out}};
}

}  // namespace

std::map<std::string, Rule> rules_of(const json& document, const std::string& provider) {
  if (provider == "aws") return aws_rules(document);
  std::map<std::string, Rule> out;
  azure_rules(document.at("resources"), "/resources", out);
  return out;
}

json read_template(const std::string& text) {
  return text.starts_with("{") ? json::parse(text) : plain(YAML::Load(text));
}

}  // namespace crenel::checker
