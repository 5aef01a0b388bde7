#include <algorithm>
#include <sstream>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

/// What an expression says, as text: functions by their own words.
std::string said(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("Fn::Join")) {
    std::string out;
    for (const json& part : value.at("Fn::Join").at(1)) out += said(part);
    return out;
  }
  std::string out = value.dump();
  std::replace(out.begin(), out.end(), '"', '\'');
  return out;
}

/// Properties as the list of a guard's function has them: every scalar is a text.
json plain(const json& value) {
  if (value.is_array()) {
    json out = json::array();
    for (const json& each : value) out.push_back(plain(each));
    return out;
  }
  const bool function = value.is_object() && value.size() == 1 &&
                        (value.begin().key() == "Ref" || value.begin().key().starts_with("Fn::"));
  if (!value.is_object() || function) return said(value);
  json out = json::object();
  for (const auto& [name, each] : value.items()) out[name] = plain(each);
  return out;
}

class Undoing {
 public:
  Undoing(const json& document, const json& guard) : resources_(document.at("Resources")), guard_(guard) {}

  std::vector<std::string> run() {
    const std::string stem = pascal(guard_.at("guard")) + "Revert";
    if (!resources_.contains(stem + "Function")) return {"a guard that undoes nothing: " + stem};
    const json& function = resources_.at(stem + "Function").at("Properties");
    const std::multiset<json> listed = rows(said(function.at("Code").at("ZipFile")));
    std::multiset<json> wanted = {
        json::array({"Guard", {{"Within", std::to_string(guard_.at("undoes").at("within_seconds").get<int>())}}})};
    for (const json& network : guard_.at("undoes").at("networks")) add(pascal(network) + "Vpc", wanted);
    if (listed != wanted) faults_.push_back("undone is not what the template says: " + stem);
    if (refs(function.at("Role")) != Words{stem + "Role"}) faults_.push_back("somebody else undoes: " + stem);
    role(stem);
    return std::move(faults_);
  }

 private:
  std::multiset<json> rows(const std::string& code) {
    const std::string start = "WANTED = r'''\n";
    const std::size_t end = code.find("'''\n\"\"\"");
    std::multiset<json> out;
    if (!code.starts_with(start) || end == std::string::npos) {
      faults_.emplace_back("a function without a list of what it puts back");
      return out;
    }
    // Functions of the template stand between the marks of a text, with marks of their own kind.
    std::istringstream lines(code.substr(start.size(), end - start.size()));
    for (std::string line; std::getline(lines, line);) out.insert(json::parse(line));
    return out;
  }

  static Words refs(const json& value) {
    Words out;
    if (value.is_object() && value.contains("Ref")) out.insert(value.at("Ref").get<std::string>());
    if (value.is_object() && value.contains("Fn::GetAtt")) out.insert(value.at("Fn::GetAtt").at(0).get<std::string>());
    return out;
  }

  [[nodiscard]] bool is_in(const json& properties, const char* name, const std::string& network) const {
    if (!properties.contains(name)) return false;
    for (const std::string& id : refs(properties.at(name))) {
      if (id == network) return true;
      if (resources_.contains(id) && is_in(resources_.at(id).value("Properties", json::object()), "VpcId", network)) {
        return true;
      }
    }
    return false;
  }

  void add(const std::string& network, std::multiset<json>& out) const {
    out.insert(json::array({"Network", plain({{"VpcId", {{"Ref", network}}}})}));
    for (const auto& [id, resource] : resources_.items()) {
      const std::string type = resource.at("Type");
      const std::string kind = type.substr(type.rfind(':') + 1);
      const json properties = resource.value("Properties", json::object());
      if (kind == "SecurityGroup" && is_in(properties, "VpcId", network)) {
        const json group = plain({{"GroupId", {{"Fn::GetAtt", {id, "GroupId"}}}}});
        out.insert(json::array({kind, group}));
        for (const char* side : {"SecurityGroupIngress", "SecurityGroupEgress"}) {
          for (json rule : properties.value(side, json::array())) {
            rule = plain(rule);
            rule.update(group);
            out.insert(json::array({side, rule}));
          }
        }
      }
      const bool own = (kind == "NetworkAcl" || kind == "RouteTable") && is_in(properties, "VpcId", network);
      if (own) out.insert(json::array({kind, plain({{kind + "Id", {{"Ref", id}}}})}));
      const char* of = kind == "Route" ? "RouteTableId" : kind == "NetworkAclEntry" ? "NetworkAclId" : "GroupId";
      const bool rule = kind == "Route" || kind == "NetworkAclEntry" || kind == "SecurityGroupIngress" ||
                        kind == "SecurityGroupEgress";
      if (rule && is_in(properties, of, network)) out.insert(json::array({kind, plain(properties)}));
    }
  }

  void role(const std::string& stem) {
    std::set<json> networks;
    for (const json& network : guard_.at("undoes").at("networks")) {
      json arn;
      arn["Fn::Sub"] = "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc/${" + pascal(network) + "Vpc}";
      networks.insert(std::move(arn));
    }
    for (const auto& [id, resource] : resources_.items()) {
      if (resource.at("Type") != "AWS::IAM::RolePolicy") continue;
      const json& properties = resource.at("Properties");
      if (!refs(properties.at("RoleName")).contains(stem + "Role")) continue;
      for (const json& statement : properties.at("PolicyDocument").at("Statement")) {
        const std::string actions = statement.at("Action").dump();
        const bool changes = actions.find("ec2:") != std::string::npos && actions.find("Describe") == std::string::npos;
        if (!changes) continue;
        const json& keys = statement.at("Condition").at("ArnEquals").at("ec2:Vpc");
        if (std::set<json>(keys.begin(), keys.end()) != networks) faults_.push_back("it may change others: " + id);
      }
    }
  }

  const json& resources_;
  const json& guard_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_undoing(const json& document, const json& guard) {
  return Undoing(document, guard).run();
}

}  // namespace crenel::checker
