#include <algorithm>
#include <array>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

/// Types by which somebody would open a network.
constexpr std::array<const char*, 7> kOfNetworks = {
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/routeTables",
    "Microsoft.Network/natGateways",
    "Microsoft.Network/publicIPAddresses",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    "Microsoft.Network/applicationSecurityGroups",
};

const json* role_of(const json& document, const std::string& stem) {
  const std::string variable = stem + "PreventRoleName";
  for (const json& each : document.at("resources")) {
    const bool named = each.at("name") == "[variables('" + variable + "')]";
    if (named && each.at("type") == "Microsoft.Authorization/roleDefinitions") return &each;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> check_role_without(const json& document, const json& guard) {
  const std::string stem = pascal(guard.at("guard"));
  const json* role = role_of(document, stem);
  if (role == nullptr || role->contains("condition")) return {"a guard that has surely no role: " + stem};
  const json& properties = role->at("properties");
  const json& permissions = properties.at("permissions");
  if (permissions.size() != 1) return {"a role with several permissions: " + stem};
  const json& only = permissions.at(0);
  std::vector<std::string> faults;
  if (only.at("actions") != json::array({"*"}) || !only.at("dataActions").empty()) {
    faults.push_back("a role that lets do something else: " + stem);
  }
  std::set<json> wanted = {"Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
                           "Microsoft.Resources/deploymentStacks/manageDenySetting/action"};
  for (const json& each : document.at("resources")) {
    for (const char* type : kOfNetworks) {
      if (each.at("type") != type) continue;
      wanted.insert(std::string(type) + "/write");
      wanted.insert(std::string(type) + "/delete");
    }
  }
  const json& without = only.at("notActions");
  for (const json& each : wanted) {
    const bool left_out = std::find(without.begin(), without.end(), each) != without.end();
    if (!left_out) faults.push_back("it does not leave out " + each.get<std::string>() + ": " + stem);
  }
  if (properties.at("assignableScopes") != json::array({"[resourceGroup().id]"})) {
    faults.push_back("a role that can be given elsewhere: " + stem);
  }
  return faults;
}

}  // namespace crenel::checker
