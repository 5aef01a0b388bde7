#include "backends/azure/reverting.h"

#include <doctest/doctest.h>

#include <string>

#include "backends/azure/prevention.h"

using namespace crenel::azure;

namespace {

std::string text() { return std::string(code_text(kRevertText).value_or("")); }

bool is_put_back(std::string_view type) {
  return type == kNetworkSecurityGroup.name || type == kRouteTable.name || type == kVirtualNetwork.name;
}

/// "sourceAddressPrefixes" of "properties.sourceAddressPrefixes[*]", "routeTable" of "properties.routeTable.id".
std::string first_name(std::string_view path) {
  constexpr std::string_view kStart = "properties.";
  path.remove_prefix(kStart.size());
  return std::string(path.substr(0, path.find_first_of(".[")));
}

}  // namespace

TEST_CASE("the workflow asks with the version that the template is written for") {
  for (const ResourceType& each : {kNetworkSecurityGroup, kRouteTable, kVirtualNetwork}) {
    CHECK(text().find("?api-version=" + std::string(each.api_version) + "'") != std::string::npos);
  }
}

TEST_CASE("the workflow compares what a policy looks at of rules, routes and subnets") {
  std::size_t compared = 0;
  for (const PolicyList& list : policy_lists()) {
    if (!is_put_back(list.type) || list.parameter == "peerings") continue;
    for (const std::string_view path : list.properties) {
      const std::string name = first_name(path);
      CAPTURE(name);
      CHECK(text().find("['" + name + "']") != std::string::npos);
      ++compared;
    }
  }
  CHECK(compared > 20);
}
