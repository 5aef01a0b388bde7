#include <algorithm>
#include <array>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

const std::string kGroup = "Microsoft.Network/networkSecurityGroups";
const std::string kTable = "Microsoft.Network/routeTables";

/// What the identity needs, and may: to look and write, and to join what it writes to what is there.
constexpr std::array<const char*, 10> kMay = {
    "Microsoft.Network/applicationSecurityGroups/joinNetworkSecurityRule/action",
    "Microsoft.Network/natGateways/join/action",
    "Microsoft.Network/networkSecurityGroups/join/action",
    "Microsoft.Network/networkSecurityGroups/read",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/routeTables/join/action",
    "Microsoft.Network/routeTables/read",
    "Microsoft.Network/routeTables/write",
    "Microsoft.Network/virtualNetworks/subnets/read",
    "Microsoft.Network/virtualNetworks/subnets/write",
};

/// YAML's numbers come as texts.
bool is_zero(const json& value) { return value.is_number() ? value.get<double>() == 0 : value == "0"; }

std::string call_of(const std::string& type, const std::string& name) {
  return "resourceId('" + type + "', '" + name + "')";
}

class PutBack {
 public:
  PutBack(const json& document, const json& guard)
      : resources_(document.at("resources")), guard_(guard), stem_(pascal(guard.at("guard")) + "Revert") {}

  std::vector<std::string> run() {
    const json* made = named("Microsoft.Logic/workflows", stem_);
    if (made == nullptr || made->contains("condition")) return {"a guard that surely undoes nothing: " + stem_};
    const json& properties = made->at("properties");
    if (made->at("identity") != json({{"type", "SystemAssigned"}})) fault("somebody else undoes");
    if (properties.at("state") != "Enabled") fault("it is not run");
    const json& definition = properties.at("definition");
    clock(definition.at("triggers"));
    steps(definition.at("actions"));
    const json& listed = properties.at("parameters").at("wanted").at("value");
    std::multiset<json> wanted;
    for (const json& network : guard_.at("undoes").at("networks")) add(pascal(network) + "Network", wanted);
    if (std::multiset<json>(listed.begin(), listed.end()) != wanted) fault("undone is not what the template says");
    role();
    failures();
    return faults_;
  }

 private:
  void fault(const std::string& what) { faults_.push_back(what + ": " + stem_); }

  [[nodiscard]] const json* named(const std::string& type, const std::string& name) const {
    for (const json& each : resources_) {
      if (each.at("type") == type && each.at("name") == name) return &each;
    }
    return nullptr;
  }

  void clock(const json& triggers) {
    const int half = guard_.at("undoes").at("within_seconds").get<int>() / 2;
    const json& only = triggers.front();
    const json& interval = only.at("recurrence").at("interval");
    // a template in YAML has numbers that are read as texts
    const std::string said = interval.is_string() ? interval.get<std::string>() : interval.dump();
    const bool right = triggers.size() == 1 && only.size() == 3 && only.at("type") == "Recurrence" &&
                       only.value("operationOptions", "") == "SingleInstance" && only.at("recurrence").size() == 2 &&
                       only.at("recurrence").at("frequency") == "Second" && said == std::to_string(half);
    if (!right) fault("it is not run as often as the certificate says");
  }

  /// It asks Resource Manager alone, for elements of its list alone, and writes what they say.
  void steps(const json& actions) {
    const json& each = actions.at("Each");
    const json& inner = each.at("actions");
    const json& put = inner.at("Differ").at("actions");
    const std::string where = "@concat('https://management.azure.com',items('Each')?['id'],'?api-version=2025-05-01')";
    const json as = {{"type", "ManagedServiceIdentity"}, {"audience", "https://management.azure.com/"}};
    const json get = {{"method", "GET"}, {"uri", where}, {"authentication", as}};
    json write = get;
    write["method"] = "PUT";
    write["body"] = "@setProperty(body('Get'),'properties',items('Each')?['properties'])";
    const bool plain = actions.size() == 1 && each.at("foreach") == "@parameters('wanted')" && inner.size() == 4 &&
                       put.size() == 1 && inner.at("Get").at("inputs") == get && put.at("Put").at("inputs") == write &&
                       inner.at("Found").at("type") == "Select" && inner.at("Meant").at("type") == "Select" &&
                       inner.at("Found").at("inputs").at("select") == inner.at("Meant").at("inputs").at("select");
    if (!plain) fault("it does something else than put back");
  }

  void add_row(const std::string& id, const json& properties, std::multiset<json>& out) {
    const json row = {{"id", "[" + id + "]"}, {"properties", properties}};
    if (!out.contains(row)) out.insert(row);
  }

  /// The groups and tables that a text names.
  void add_named(const std::string& text, std::multiset<json>& out) {
    for (const json& each : resources_) {
      const std::string type = each.at("type");
      if (type != kGroup && type != kTable) continue;
      const std::string id = call_of(type, each.at("name"));
      if (text.find(id) != std::string::npos) add_row(id, each.at("properties"), out);
    }
  }

  void add(const std::string& network, std::multiset<json>& out) {
    const json* made = named("Microsoft.Network/virtualNetworks", network);
    if (made == nullptr) return fault("no network is called " + network);
    const std::string start = "resourceId('Microsoft.Network/virtualNetworks/subnets', '" + network + "', '";
    for (const json& subnet : made->at("properties").at("subnets")) {
      add_row(start + subnet.at("name").get<std::string>() + "')", subnet.at("properties"), out);
      add_named(subnet.dump(), out);
    }
    for (const json& each : resources_) {
      const std::string text = each.dump();
      const bool here =
          each.at("type") == "Microsoft.Compute/virtualMachineScaleSets" && text.find(start) != std::string::npos;
      if (here) add_named(text, out);
    }
  }

  /// Whom changes are mailed to, failures are.
  void failures() {
    if (guard_.value("mails", json::array()).empty()) return;
    const std::string group = pascal(guard_.at("guard")) + "GuardMail";
    const std::string workflow = "[" + call_of("Microsoft.Logic/workflows", stem_) + "]";
    const json* alert = named("Microsoft.Insights/metricAlerts", stem_ + "Failed");
    if (alert == nullptr) return fault("nobody is mailed that it failed");
    const json& all = alert->at("properties");
    const bool plain = all.at("enabled") == true && all.at("scopes") == json::array({workflow}) &&
                       all.at("evaluationFrequency") == "PT5M" && all.at("windowSize") == "PT5M";
    const json& counts = all.at("criteria").at("allOf");
    const json& to = all.at("actions");
    const bool counted = counts.size() == 1 && counts[0].at("metricName") == "RunsFailed" &&
                         counts[0].at("operator") == "GreaterThan" && is_zero(counts[0].at("threshold")) &&
                         counts[0].at("timeAggregation") == "Total";
    const bool sent =
        to.size() == 1 && to[0].at("actionGroupId") == "[" + call_of("Microsoft.Insights/actionGroups", group) + "]";
    if (!plain) fault("not every failure is looked at");
    if (!counted) fault("something else than failures is counted");
    if (!sent) fault("failures are mailed to somebody else");
  }

  void role() {
    const std::string who =
        "[reference(" + call_of("Microsoft.Logic/workflows", stem_) + ", '2019-05-01', 'Full').identity.principalId]";
    const std::string name = "variables('" + stem_ + "RoleName')";
    std::size_t given = 0;
    for (const json& each : resources_) {
      if (each.at("type") != "Microsoft.Authorization/roleAssignments") continue;
      const json& properties = each.at("properties");
      if (properties.at("principalId") != who) continue;
      ++given;
      const bool right = properties.at("roleDefinitionId") ==
                             "[resourceId('Microsoft.Authorization/roleDefinitions', " + name + ")]" &&
                         !each.contains("scope") && !each.contains("condition") && !properties.contains("condition");
      if (!right) fault("it has another role");
    }
    const json* made = named("Microsoft.Authorization/roleDefinitions", "[" + name + "]");
    if (given == 0 || made == nullptr) return fault("it may not undo");
    const json permissions = json::array({{{"actions", kMay},
                                           {"notActions", json::array()},
                                           {"dataActions", json::array()},
                                           {"notDataActions", json::array()}}});
    if (made->at("properties").at("permissions") != permissions) fault("it may do more or less than undo");
  }

  const json& resources_;
  const json& guard_;
  std::string stem_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check_putting_back(const json& document, const json& guard) {
  return PutBack(document, guard).run();
}

}  // namespace crenel::checker
