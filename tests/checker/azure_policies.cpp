#include <algorithm>
#include <stdexcept>

#include "tests/checker/data_rules.h"
#include "tests/checker/policy_engine.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

constexpr const char* kStranger = "00000000-0000-0000-0000-00000000dead";
const std::string kNetwork = "Microsoft.Network/";

/// A text of the template, what only a deployment knows of it in braces.
std::string known(const std::string& text) {
  if (text.starts_with("[[")) return text.substr(1);
  if (!text.starts_with("[") || !text.ends_with("]")) return text;
  const std::string source = text.substr(1, text.size() - 2);
  const std::string call = "concat(";
  if (!source.starts_with(call)) return "{" + source + "}";
  std::string out;
  std::string argument;
  int depth = 0;
  bool quoted = false;
  const auto end = [&] {
    const std::size_t first = argument.find_first_not_of(' ');
    argument.erase(0, first == std::string::npos ? argument.size() : first);
    const bool literal = argument.starts_with("'") && std::count(argument.begin(), argument.end(), '\'') == 2;
    out += literal ? argument.substr(1, argument.size() - 2) : "{" + argument + "}";
    argument.clear();
  };
  for (const char c : source.substr(call.size(), source.size() - call.size() - 1)) {
    if (c == '\'') quoted = !quoted;
    if (!quoted) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && !quoted && depth == 0) {
      end();
    } else {
      argument += c;
    }
  }
  end();
  return out;
}

json known(const json& value) {
  if (value.is_string()) return known(value.get<std::string>());
  json out = value;
  if (value.is_structured()) {
    for (auto& each : out) each = known(json(each));
  }
  return out;
}

json named(const std::string& name, json properties) { return {{"name", name}, {"properties", std::move(properties)}}; }

class PolicyChecker {
 public:
  PolicyChecker(const json& document, const json& guard)
      : document_(document), guard_(guard), stem_(pascal(guard.at("guard")) + "Prevent") {}

  std::vector<std::string> run() {
    const json* assigned = assignment();
    if (assigned == nullptr || assigned->contains("condition") || assigned->contains("scope")) {
      return {"a guard that surely assigns no policy: " + stem_};
    }
    const json& properties = assigned->at("properties");
    if (properties.value("enforcementMode", "Default") != "Default") fault("is not enforced");
    for (const char* narrows : {"notScopes", "overrides", "resourceSelectors", "definitionVersion"}) {
      if (properties.contains(narrows)) fault("does not hold everywhere");
    }
    const json* defined = definition(properties.at("policyDefinitionId"));
    if (defined == nullptr) return {"a policy without a definition: " + stem_};
    if (defined->at("mode") != "All" || defined->at("policyRule").at("then") != json{{"effect", "deny"}}) {
      fault("denies less than everything");
    }
    policy_.rule = known(defined->at("policyRule"));
    for (const auto& [name, value] : properties.at("parameters").items()) {
      policy_.parameters[name] = known(value.at("value"));
    }
    if (policy_.parameters.at("leftAlone") != guard_.at("forbids").at("all_but")) fault("leaves others alone");
    for (const bool null : {true, false}) {
      policy_.missing_is_null = null;
      own();
      foreign();
    }
    return std::move(faults_);
  }

 private:
  void fault(const std::string& what) {
    const std::string text = "its policy " + what + ": " + stem_;
    if (std::find(faults_.begin(), faults_.end(), text) == faults_.end()) faults_.push_back(text);
  }

  [[nodiscard]] const json* assignment() const {
    for (const json& each : document_.at("resources")) {
      if (each.at("type") == "Microsoft.Authorization/policyAssignments" && each.at("name") == stem_) return &each;
    }
    return nullptr;
  }

  /// In a deployment to the subscription, by the name that the deployment is given.
  [[nodiscard]] const json* definition(const std::string& id) const {
    for (const json& each : document_.at("resources")) {
      const bool above = each.at("type") == "Microsoft.Resources/deployments" && each.contains("subscriptionId") &&
                         !each.contains("resourceGroup") && !each.contains("condition");
      if (!above) continue;
      const json& inner = each.at("properties").at("template").at("resources").at(0);
      const std::string name = each.at("properties").at("parameters").at("name").at("value");
      const bool fits = inner.at("type") == "Microsoft.Authorization/policyDefinitions" &&
                        inner.at("name") == "[parameters('name')]" &&
                        id == "[subscriptionResourceId('Microsoft.Authorization/policyDefinitions', " +
                                  name.substr(1, name.size() - 2) + ")]";
      if (fits) return &inner.at("properties");
    }
    return nullptr;
  }

  bool denied(const std::string& type, const std::string& name, const json& properties,
              const std::string& who = kStranger) {
    return applies(policy_, {.type = type, .name = name, .properties = properties, .application = who});
  }
  void must_deny(const std::string& what, const std::string& type, const std::string& name, const json& properties) {
    if (!denied(type, name, properties)) fault("lets pass " + what);
    for (const json& who : guard_.at("forbids").at("all_but")) {
      if (denied(type, name, properties, who)) fault("does not leave alone " + who.get<std::string>());
    }
    if (!denied(type, name, properties, "")) fault("lets pass, of whoever has no application, " + what);
  }

  /// What the template makes passes, whoever deploys it.
  void own() {
    for (const json& each : document_.at("resources")) {
      const std::string type = each.at("type");
      const std::string name = known(each.at("name").get<std::string>());
      const json properties = known(each.value("properties", json::object()));
      if (denied(type, name, properties)) fault("denies what its template makes: " + name);
      changed(type, name, properties);
    }
  }

  /// And every one of these changes of it is denied.
  void changed(const std::string& type, const std::string& name, const json& properties) {
    if (type == kNetwork + "networkSecurityGroups") group(type, name, properties);
    if (type == kNetwork + "routeTables") table(type, name, properties);
    if (type == kNetwork + "virtualNetworks") network(type, name, properties);
    if (type == kNetwork + "virtualNetworks/virtualNetworkPeerings") {
      json other = properties;
      other["remoteVirtualNetwork"]["id"] = "/elsewhere";
      must_deny("a peering with another network", type, name, other);
    }
    if (type == "Microsoft.Compute/virtualMachineScaleSets") {
      json other = properties;
      json& interface =
          other["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]["properties"];
      interface.erase("networkSecurityGroup");
      must_deny("members without rules", type, name, other);
    }
  }

  static json open_rule() {
    return {{"priority", 101},
            {"direction", "Inbound"},
            {"access", "Allow"},
            {"protocol", "*"},
            {"sourceAddressPrefix", "*"},
            {"sourcePortRange", "*"},
            {"destinationPortRange", "*"},
            {"destinationAddressPrefix", "*"}};
  }

  void group(const std::string& type, const std::string& name, const json& properties) {
    json more = properties;
    more["securityRules"].push_back(named("Open", open_rule()));
    must_deny("a rule that admits anybody", type, name, more);
    must_deny("a rule that admits anybody, by itself", type + "/securityRules", name + "/Open", open_rule());
    const json& all = properties.value("securityRules", json::array());
    for (std::size_t i = 0; i < all.size(); ++i) {
      json fewer = properties;
      fewer["securityRules"].erase(i);
      must_deny("that a rule is taken away", type, name, fewer);
      json early = properties;
      early["securityRules"][i]["properties"]["priority"] = 99;
      must_deny("a rule that stands before the others", type, name, early);
      const std::string one = name + "/" + all[i].at("name").get<std::string>();
      if (denied(type + "/securityRules", one, all[i].at("properties"))) fault("denies a rule of its template: " + one);
      for (const auto& [member, value] : all[i].at("properties").items()) {
        if (member == "description") continue;
        json wider = properties;
        json& rule = wider["securityRules"][i]["properties"];
        rule[member] = value.is_array() ? json::array() : json("other");
        must_deny("another " + member + " of a rule", type, name, wider);
        must_deny("another " + member + " of a rule by itself", type + "/securityRules", one, rule);
      }
    }
  }

  void table(const std::string& type, const std::string& name, const json& properties) {
    const json out = {{"addressPrefix", "0.0.0.0/1"}, {"nextHopType", "Internet"}};
    json more = properties;
    more["routes"].push_back(named("Out", out));
    must_deny("a route to the Internet", type, name, more);
    must_deny("a route to the Internet, by itself", type + "/routes", name + "/Out", out);
    json none = properties;
    none.erase("routes");
    if (!properties.value("routes", json::array()).empty()) must_deny("that routes are taken away", type, name, none);
    json learnt = properties;
    learnt["disableBgpRoutePropagation"] = !properties.value("disableBgpRoutePropagation", false);
    must_deny("another propagation of routes", type, name, learnt);
  }

  void network(const std::string& type, const std::string& name, const json& properties) {
    json peered = properties;
    peered["virtualNetworkPeerings"].push_back(named("P", {{"remoteVirtualNetwork", {{"id", "/elsewhere"}}}}));
    must_deny("a peering in a network", type, name, peered);
    must_deny("a peering of a network", type + "/virtualNetworkPeerings", name + "/P",
              {{"remoteVirtualNetwork", {{"id", "/elsewhere"}}}});
    const json& all = properties.value("subnets", json::array());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string one = name + "/" + all[i].at("name").get<std::string>();
      if (denied(type + "/subnets", one, all[i].at("properties"))) fault("denies a subnet of its template: " + one);
      for (const char* member : {"networkSecurityGroup", "routeTable", "natGateway"}) {
        json other = properties;
        json& subnet = other["subnets"][i]["properties"];
        if (subnet.contains(member)) {
          subnet.erase(member);
        } else {
          subnet[member]["id"] = "/other";
        }
        must_deny(std::string("a subnet with another ") + member, type, name, other);
        must_deny(std::string("a subnet by itself with another ") + member, type + "/subnets", one, subnet);
      }
    }
  }

  /// And what the template does not make at all.
  void foreign() {
    const json nothing = json::object();
    for (const char* type :
         {"publicIPAddresses", "publicIPPrefixes", "natGateways", "virtualNetworkGateways", "loadBalancers",
          "applicationGateways", "bastionHosts", "virtualNetworks", "networkSecurityGroups", "routeTables"}) {
      must_deny(std::string("another one of ") + type, kNetwork + type, "Foreign", nothing);
    }
    const json address = {{"publicIPAddress", {{"id", "/a"}}}, {"publicIpAddress", {{"id", "/a"}}}};
    must_deny("a public address of a machine", kNetwork + "networkInterfaces", "Nic",
              {{"ipConfigurations", json::array({named("c", address)})}});
    must_deny("a machine that forwards", kNetwork + "networkInterfaces", "Nic", {{"enableIPForwarding", true}});
    if (denied(kNetwork + "networkInterfaces", "Nic", {{"ipConfigurations", json::array({named("c", nothing)})}})) {
      fault("denies a machine's interface");
    }
  }

  const json& document_;
  const json& guard_;
  std::string stem_;
  Policy policy_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_policy(const json& document, const json& guard) {
  try {
    return PolicyChecker(document, guard).run();
  } catch (const std::exception& error) {
    return {std::string("a policy that cannot be read: ") + error.what()};
  }
}

}  // namespace crenel::checker
