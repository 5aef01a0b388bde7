#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "backends/azure/changes.h"
#include "backends/azure/guards.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"

using namespace crenel::azure;

/// The table of operations that change what the lift reads: no type without one that a guard is told of, or the reason
/// why it is not. Every property of a type is changed by the `write` of the type.
namespace {

const Change* row_of(std::string_view type) {
  const auto found =
      std::find_if(changes().begin(), changes().end(), [&](const Change& each) { return each.type == type; });
  return found == changes().end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every type that the lift reads has a row of the table, and one that is written") {
  for (const std::string_view type : lifting::read_types()) {
    const std::string name(type);
    CAPTURE(name);
    const Change* row = row_of(type);
    REQUIRE(row != nullptr);
    // What lies in another resource group, as flow logs do, is past what a guard hears.
    CHECK((!row->past.empty() || std::find(row->verbs.begin(), row->verbs.end(), Verb::Write) != row->verbs.end()));
  }
}

TEST_CASE("every type that is written, but what only keeps a number, has a row") {
  for (const std::string_view type :
       {kPeering.name, kFirewallPolicy.name, kFlowLog.name, kKey.name, kPrivateEndpoint.name, kPrivateNames.name,
        kPrivateZone.name, kPrivateZoneLink.name, kPlan.name, kPostgresSetting.name, kMySqlSetting.name, kLock.name,
        kActivityAlert.name, kActionGroup.name, kMetricAlert.name}) {
    const std::string name(type);
    CAPTURE(name);
    CHECK(row_of(type) != nullptr);
  }
}

TEST_CASE("a type stands once, with an operation or the reason why no guard is told") {
  std::set<std::string_view> seen;
  for (const Change& each : changes()) {
    const std::string name(each.type);
    CAPTURE(name);
    CHECK(seen.insert(each.type).second);
    CHECK((!each.verbs.empty() || !each.past.empty()));
  }
}

TEST_CASE("operations that change networks are the table's, each once") {
  const auto all = network_operations();
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
  const auto has = [&](const std::string& each) { return std::find(all.begin(), all.end(), each) != all.end(); };
  CHECK(has("Microsoft.Network/virtualNetworks/write"));
  CHECK(has("Microsoft.Network/virtualNetworks/subnets/*/action"));
  CHECK(has("Microsoft.Network/networkSecurityGroups/securityRules/delete"));
  for (const std::string& each : all)
    CHECK((each.starts_with("Microsoft.Network/") || each.starts_with("Microsoft.Logic/workflows/")));
}

TEST_CASE("writing, deleting and acting are told") {
  const auto types = watched_event_types();
  CHECK(types.size() == 3);
  for (const std::string_view each : types) CHECK(each.ends_with("Success"));
  CHECK(untold_changes().size() == 3);
}

TEST_CASE("the parts of the table are the table, and alerts on all of it are far from what a subscription has") {
  std::size_t rows = 0;
  for (const Changes& part : parts_of_changes()) rows += part.rows.size();
  CHECK(rows == changes().size());
  const auto benchmarked =
      std::count_if(changes().begin(), changes().end(), [](const Change& each) { return each.benchmarked; });
  CHECK(benchmarked == 4);
  for (const Change& each : changes()) {
    const std::string name(each.type);
    CAPTURE(name);
    const auto has = [&](Verb verb) {
      return std::find(each.verbs.begin(), each.verbs.end(), verb) != each.verbs.end();
    };
    if (each.benchmarked) CHECK((has(Verb::Write) && has(Verb::Delete)));
  }
  CHECK(alert_rules() == parts_of_changes().size() + 8);
}
