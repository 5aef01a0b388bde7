#include <algorithm>
#include <array>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

const std::string kAlert = "Microsoft.Insights/activityLogAlerts";
const std::string kGroup = "Microsoft.Insights/actionGroups";

/// What the CIS benchmark asks alerts for of what a template here makes.
constexpr std::array<const char*, 6> kInSubscription = {
    "Microsoft.Authorization/policyAssignments/write", "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Network/networkSecurityGroups/write",   "Microsoft.Network/networkSecurityGroups/delete",
    "Microsoft.Network/publicIPAddresses/write",       "Microsoft.Network/publicIPAddresses/delete",
};

/// Lists in a resource whose members are resources of a type of their own.
struct Inside {
  const char* list;
  const char* type;
};
constexpr std::array<Inside, 3> kInside = {{
    {"subnets", "Microsoft.Network/virtualNetworks/subnets"},
    {"securityRules", "Microsoft.Network/networkSecurityGroups/securityRules"},
    {"routes", "Microsoft.Network/routeTables/routes"},
}};

json leaf(const char* field, const std::string& equals) { return {{"field", field}, {"equals", equals}}; }

std::string id_of(const json& resource) {
  return "[resourceId('" + resource.at("type").get<std::string>() + "', '" + resource.at("name").get<std::string>() +
         "')]";
}

class MailChecker {
 public:
  MailChecker(const json& document, const json& guard)
      : document_(document), guard_(guard), stem_(pascal(guard.at("guard")) + "GuardMail") {}

  std::vector<std::string> run() {
    const json* group = find_group();
    if (group == nullptr) return {"a guard that has surely no action group: " + stem_};
    addresses(group->at("properties"));
    find_alerts(id_of(*group));
    if (!is_locked(*group)) fault("an action group without a lock");
    for (const std::string& type : types()) {
      for (const char* verb : {"/write", "/delete"}) {
        if (alert_of(type, type + verb, false) == nullptr) fault("no mail of " + type + verb);
      }
    }
    for (const std::string operation : kInSubscription) {
      const std::string type = operation.substr(0, operation.rfind('/'));
      if (alert_of(type, operation, true) == nullptr) fault("no mail of " + operation + " in the subscription");
    }
    const json* locks = alert_of("Microsoft.Authorization/locks", "Microsoft.Authorization/locks/delete", false);
    if (locks == nullptr || !is_locked(*locks)) fault("no locked alert that tells of locks");
    return faults_;
  }

 private:
  void fault(const std::string& what) { faults_.push_back(what + ": " + stem_); }

  [[nodiscard]] const json* find_group() const {
    for (const json& each : document_.at("resources")) {
      if (each.at("type") == kGroup && each.at("name") == stem_ && !each.contains("condition")) return &each;
    }
    return nullptr;
  }

  void addresses(const json& group) {
    json all = json::array();
    for (const json& each : group.value("emailReceivers", json::array())) all.push_back(each.at("emailAddress"));
    std::sort(all.begin(), all.end());
    if (group.at("enabled") != true) fault("an action group that is off");
    if (all != guard_.at("mails")) fault("other addresses than the certificate has");
  }

  void find_alerts(const std::string& group) {
    for (const json& each : document_.at("resources")) {
      if (each.at("type") != kAlert || each.contains("condition")) continue;
      const json& properties = each.at("properties");
      const json& to = properties.at("actions").at("actionGroups");
      const bool on = properties.at("enabled") == true;
      const bool there =
          std::any_of(to.begin(), to.end(), [&](const json& one) { return one.value("actionGroupId", "") == group; });
      if (on && there) alerts_.push_back(&each);
    }
  }

  [[nodiscard]] const json* alert_of(const std::string& type, const std::string& operation, bool everywhere) const {
    for (const json* each : alerts_) {
      const json& properties = each->at("properties");
      const json& scopes = properties.at("scopes");
      const bool whole = scopes == json::array({"[subscription().id]"});
      if (!whole && (everywhere || scopes != json::array({"[resourceGroup().id]"}))) continue;
      const json& all = properties.at("condition").at("allOf");
      const auto holds = [&](const json& one) { return is_true(one, type, operation); };
      if (all.size() >= 2 && std::all_of(all.begin(), all.end(), holds)) return each;
    }
    return nullptr;
  }

  static bool is_true(const json& one, const std::string& type, const std::string& operation) {
    if (one.contains("anyOf") && one.size() == 1) {
      const json& any = one.at("anyOf");
      return std::any_of(any.begin(), any.end(), [&](const json& each) { return is_true(each, type, operation); });
    }
    return one == leaf("category", "Administrative") || one == leaf("status", "Succeeded") ||
           one == leaf("resourceType", type) || one == leaf("operationName", operation);
  }

  [[nodiscard]] std::set<std::string> types() const {
    std::set<std::string> out;
    for (const json& each : document_.at("resources")) {
      out.insert(each.at("type").get<std::string>());
      if (!each.contains("properties")) continue;
      for (const Inside& inside : kInside) {
        if (each.at("properties").contains(inside.list)) out.insert(inside.type);
      }
    }
    return out;
  }

  [[nodiscard]] bool is_locked(const json& resource) const {
    const json& all = document_.at("resources");
    return std::any_of(all.begin(), all.end(), [&](const json& each) {
      return each.at("type") == "Microsoft.Authorization/locks" && each.value("scope", "") == id_of(resource) &&
             !each.contains("condition") && each.at("properties").at("level") == "CanNotDelete";
    });
  }

  const json& document_;
  const json& guard_;
  std::string stem_;
  std::vector<const json*> alerts_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_mails(const json& document, const json& guard) {
  return MailChecker(document, guard).run();
}

}  // namespace crenel::checker
