#include "tests/mutation/mutants.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/mutation/replacements.h"

namespace crenel::mutation {
namespace {

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

bool is_reference(const Json& node) {
  return node.is_object() && node.size() == 1 && (node.contains("Ref") || node.begin().key().starts_with("Fn::"));
}

/// An account that keeps records of packets, the leave to write them, or what makes them in another resource group.
/// (Flow logs on Azure are told by tests of the commands.)
bool is_of_records(const Json& resource) {
  const std::string type = resource.value("type", "");
  const bool can_be = type == "Microsoft.Storage/storageAccounts" ||
                      type == "Microsoft.Authorization/roleAssignments" || type == "Microsoft.Resources/deployments";
  return can_be && resource.dump().find("FlowLog") != std::string::npos;
}

class Collector {
 public:
  explicit Collector(const Json& document) : references_(document) {
    if (document.contains("Resources")) {
      for (const auto& [name, resource] : document.at("Resources").items()) {
        one(resource, "/Resources/" + escaped(name), "Type", "Properties");
      }
    }
    if (document.contains("resources")) {
      const Json& all = document.at("resources");
      for (std::size_t i = 0; i < all.size(); ++i) one(all[i], "/resources/" + std::to_string(i), "type", "properties");
    }
  }

  std::vector<Mutant> take() { return std::move(mutants_); }

 private:
  void one(const Json& resource, const std::string& path, const char* type, const char* properties) {
    type_ = resource.value(type, "");
    if (!leaves_out(type_).empty() || is_of_records(resource)) return;
    remove(path);
    if (resource.contains("scope")) part("scope", resource.at("scope"), path + "/scope");
    if (type_ == "Microsoft.Resources/deployments") return elsewhere(resource.at(properties), path + "/" + properties);
    if (resource.contains(properties)) inside(resource.at(properties), path + "/" + properties);
  }

  /// What is deployed into another resource group: what it is given, and each resource of its template.
  void elsewhere(const Json& deployment, const std::string& path) {
    if (deployment.contains("parameters")) inside(deployment.at("parameters"), path + "/parameters");
    const Json& all = deployment.at("template").at("resources");
    for (std::size_t i = 0; i < all.size(); ++i) {
      one(all[i], path + "/template/resources/" + std::to_string(i), "type", "properties");
    }
  }

  void remove(const std::string& path) {
    mutants_.push_back({.type = type_, .path = path, .what = "removed", .removed = true, .value = {}});
  }

  void inside(const Json& node, const std::string& path) {
    if (node.is_object()) {
      for (const auto& [key, value] : node.items()) part(key, value, path + "/" + escaped(key));
    } else if (node.is_array()) {
      for (std::size_t i = 0; i < node.size(); ++i) part(key_, node[i], path + "/" + std::to_string(i));
    }
  }

  void part(const std::string& key, const Json& value, const std::string& path) {
    if (is_label(key)) return;
    remove(path);
    if (value.is_structured() && !is_reference(value)) {
      const std::string outer = std::exchange(key_, key);
      inside(value, path);
      key_ = outer;
      return;
    }
    for (Json& other : replacements(key, value, references_)) {
      mutants_.push_back({.type = type_,
                          .path = path,
                          .what = value.dump() + " becomes " + other.dump(),
                          .removed = false,
                          .value = std::move(other)});
    }
  }

  References references_;
  std::string type_;
  std::string key_;  ///< of the list that is gone through
  std::vector<Mutant> mutants_;
};

}  // namespace

std::string_view leaves_out(std::string_view type) {
  static const std::map<std::string_view, std::string_view> kLeftOut = {
      {"AWS::Logs::LogGroup", "it keeps records"},
      {"AWS::IAM::Role", "it says who may write records"},
      {"AWS::SSM::Parameter", "it names an image"},
      {"Microsoft.Network/networkWatchers", "it records packets and decides about none"},
      {"Microsoft.Insights/autoscaleSettings", "how many machines there are, within the bounds of the set"},
  };
  const auto found = kLeftOut.find(type);
  return found == kLeftOut.end() ? std::string_view() : found->second;
}

std::vector<Mutant> mutants(const Json& document) { return Collector(document).take(); }

Json applied(const Json& document, const Mutant& mutant) {
  Json out = document;
  const Json::json_pointer place(mutant.path);
  if (!mutant.removed) {
    out[place] = mutant.value;
    return out;
  }
  Json& parent = out[place.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
  } else {
    parent.erase(place.back());
  }
  return out;
}

}  // namespace crenel::mutation
