#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "backends/azure/resource_types.h"
#include "tests/unit/azure/lifted.h"

/// Every template that the goldens have, written as others would write it: each says the same estate.

using namespace crenel::azure;
using namespace crenel::azure::tests;
using Json = nlohmann::ordered_json;

namespace {

const std::string kGroups(kNetworkSecurityGroup.name);
const std::string kNetworks(kVirtualNetwork.name);

std::vector<std::filesystem::path> templates() {
  std::vector<std::filesystem::path> out;
  for (const auto& each :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(CRENEL_SOURCE_DIR) / "tests/golden")) {
    if (each.path().filename().string().ends_with(".azure.json")) out.push_back(each.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Without what is made of a guard's workflow: its list is of one spelling, and of another one it is not read.
Json read(const std::filesystem::path& path) {
  std::ifstream file(path);
  Json out = Json::parse(file);
  Json kept = Json::array();
  for (const Json& each : out["resources"]) {
    if (each.dump().find("DriftRevert") == std::string::npos) kept.push_back(each);
  }
  out["resources"] = kept;
  return out;
}

/// The estate without the places in the template, which every spelling has others of; and without what is said of a
/// guard's policy, whose lists are of one spelling: it denies the others.
std::string estate_of(const Json& json) {
  std::istringstream dump(crenel::estate::dump(lifted(json.dump())));
  std::string out;
  for (std::string line; std::getline(dump, line);) {
    if (line.find("weak: has a policy that") == std::string::npos) out += line.substr(0, line.find("  @ ")) + "\n";
  }
  return out;
}

void for_each(Json& json, const std::string& type, const std::function<void(Json&)>& change) {
  for (Json& each : json["resources"]) {
    if (each["type"] == type) change(each);
  }
}

void for_each_rule(Json& json, const std::function<void(Json&)>& change) {
  for_each(json, kGroups, [&](Json& group) {
    for (Json& rule : group["properties"]["securityRules"]) change(rule["properties"]);
  });
}

Json take(Json& from, const std::string& member) {
  Json out = from[member];
  from.erase(member);
  return out;
}

/// Parts of a resource become resources of their own, whose names are made by an expression.
void bring_out(Json& json, const std::string& type, const std::string& part) {
  Json more = Json::array();
  for_each(json, type, [&](Json& parent) {
    for (const Json& each : take(parent["properties"], part)) {
      const std::string name =
          "[concat('" + parent["name"].get<std::string>() + "', '/', '" + each["name"].get<std::string>() + "')]";
      more.push_back({{"type", type + "/" + part},
                      {"apiVersion", parent["apiVersion"]},
                      {"name", name},
                      {"properties", each["properties"]}});
    }
  });
  for (const Json& each : more) json["resources"].push_back(each);
}

void rules_as_resources(Json& json) { bring_out(json, kGroups, "securityRules"); }
void subnets_as_resources(Json& json) { bring_out(json, kNetworks, "subnets"); }

void rules_inside_their_group(Json& json) {
  for_each(json, kGroups, [](Json& group) {
    Json children = Json::array();
    for (const Json& each : take(group["properties"], "securityRules")) {
      children.push_back({{"type", "securityRules"}, {"name", each["name"]}, {"properties", each["properties"]}});
    }
    group["resources"] = children;
  });
}

void lists_of_one(Json& json) {
  for_each_rule(json, [](Json& rule) {
    for (const char* member : {"sourceAddressPrefix", "destinationAddressPrefix"}) {
      if (!rule.contains(member)) continue;
      const std::string text = rule[member];
      // a tag stands alone
      if (text.front() != '[' && (text.front() < '0' || text.front() > '9')) continue;
      rule[std::string(member) + "es"] = Json::array({take(rule, member)});
    }
    for (const char* member : {"sourcePortRange", "destinationPortRange"}) {
      if (rule.contains(member)) rule[std::string(member) + "s"] = Json::array({take(rule, member)});
    }
  });
}

void rules_copied_from_a_variable(Json& json) {
  int i = 0;
  for_each(json, kGroups, [&](Json& group) {
    const std::string variable = "rules" + std::to_string(i++);
    json["variables"][variable] = take(group["properties"], "securityRules");
    const std::string element = "[variables('" + variable + "')[copyIndex('securityRules')]";
    group["properties"]["copy"] =
        Json::array({{{"name", "securityRules"},
                      {"count", "[length(variables('" + variable + "'))]"},
                      {"input", {{"name", element + ".name]"}, {"properties", element + ".properties]"}}}}});
  });
}

void everything_in_a_nested_deployment(Json& json) {
  Json inner = json;
  Json given = Json::object();
  for (auto& [name, parameter] : inner["parameters"].items()) {
    given[name] = {{"value", "[parameters('" + name + "')]"}};
    parameter = {{"type", parameter["type"]}};
  }
  json["variables"] = Json::object();
  json["resources"] = Json::array({{{"type", std::string(kDeployment.name)},
                                    {"apiVersion", "2022-09-01"},
                                    {"name", "all"},
                                    {"properties",
                                     {{"mode", "Incremental"},
                                      {"expressionEvaluationOptions", {{"scope", "inner"}}},
                                      {"parameters", given},
                                      {"template", inner}}}}});
}

void symbolic_names(Json& json) {
  Json resources = Json::object();
  int i = 0;
  for (const Json& each : json["resources"]) resources["r" + std::to_string(i++)] = each;
  json["languageVersion"] = "2.0";
  json["resources"] = resources;
}

std::string upper(std::string text) {
  for (char& each : text) each = static_cast<char>(each >= 'a' && each <= 'z' ? each - 'a' + 'A' : each);
  return text;
}

void other_letters_and_texts_for_numbers(Json& json) {
  for_each_rule(json, [](Json& rule) {
    for (const char* member : {"access", "direction", "protocol"}) rule[member] = upper(rule[member]);
    rule["priority"] = std::to_string(rule["priority"].get<int>());
  });
  for_each(json, kGroups, [](Json& group) { group["type"] = upper(group["type"]); });
}

void rules_in_another_order(Json& json) {
  for_each(json, kGroups, [](Json& group) {
    Json& rules = group["properties"]["securityRules"];
    std::reverse(rules.begin(), rules.end());
  });
}

void conditions_that_hold(Json& json) {
  json["variables"]["on"] = true;
  for (Json& each : json["resources"]) each["condition"] = "[and(variables('on'), not(equals('a', 'b')))]";
}

}  // namespace

TEST_CASE("a template in a foreign spelling says the same estate") {
  const auto paths = templates();
  REQUIRE(paths.size() >= 10);
  for (const auto& path : paths) {
    CAPTURE(path.filename().string());
    const Json original = read(path);
    const std::string expected = estate_of(original);
    // a gateway of a direct line learns its routes: the one thing that no template says
    CHECK((expected.find("unknown") == std::string::npos) == (expected.find(", learns") == std::string::npos));
    const auto says_the_same = [&](const char* spelling, const std::function<void(Json&)>& change) {
      Json changed = original;
      change(changed);
      CAPTURE(spelling);
      CHECK(changed != original);
      CHECK(estate_of(changed) == expected);
    };
    says_the_same("rules as resources", rules_as_resources);
    says_the_same("rules inside their group", rules_inside_their_group);
    says_the_same("subnets as resources", subnets_as_resources);
    says_the_same("lists of one", lists_of_one);
    says_the_same("rules copied from a variable", rules_copied_from_a_variable);
    says_the_same("everything in a nested deployment", everything_in_a_nested_deployment);
    says_the_same("symbolic names", symbolic_names);
    says_the_same("other letters, texts for numbers", other_letters_and_texts_for_numbers);
    says_the_same("rules in another order", rules_in_another_order);
    says_the_same("conditions that hold", conditions_that_hold);
  }
}
