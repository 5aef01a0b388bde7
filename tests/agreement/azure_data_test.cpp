#include "tests/agreement/azure_data.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "tests/agreement/azure_condition.h"
#include "tests/agreement/azure_interpreter.h"

using namespace crenel::agreement;

namespace {

using nlohmann::json;

/// A store, what lets somebody in, and whatever else there is.
json with(const std::string& store, const std::string& given, const std::string& more = "") {
  return json::parse(R"({"parameters": {}, "resources": [
    {"type": "Microsoft.Storage/storageAccounts", "name": "inbox", "properties": {"allowSharedKeyAccess": false,
     "allowBlobPublicAccess": false, )" +
                     store + R"(}},
    {"type": "Microsoft.Authorization/roleAssignments", "name": "one",
     "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'inbox')]", "properties": {"principalId": "clerk", )" +
                     given + "}}" + more + "]}");
}

constexpr const char* kReads =
    R"("roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')]")";
constexpr const char* kOpen = R"("networkAcls": {"defaultAction": "Allow"})";

/// "read" when the clerk may read from the Internet, "read?" when he may in part.
std::string admitted(const json& document) {
  const DataInterpreter cloud = azure_data(document, {});
  std::string out;
  for (const DataAsker& asker : cloud.askers) {
    if (asker.name != "clerk") continue;
    for (const std::string& action : cloud.actions(cloud.things.front())) {
      const DataAnswer answer = cloud.answer({.who = asker, .action = action, .thing = "inbox", .way = {}});
      if (answer.admitted != Says::No) out += (out.empty() ? "" : " ") + action + (answer.works == Says::No ? "?" : "");
    }
  }
  return out;
}

}  // namespace

TEST_CASE("conditions of roles hold by the operation and by the way") {
  const std::string link = "((!(ActionMatches{'A/read'})) OR (@Environment[isPrivateLink] BoolEquals true))";
  CHECK(holds(link, {.operation = "a/read", .by_private_link = true}) == Says::Yes);
  CHECK(holds(link, {.operation = "a/read", .by_private_link = false}) == Says::No);
  CHECK(holds(link, {.operation = "a/write", .by_private_link = false}) == Says::Yes);
  CHECK(holds("!(ActionMatches{'A/*'}) AND ActionMatches{'B'}", {.operation = "b"}) == Says::Yes);
  CHECK_THROWS_AS((void)holds("@Resource[x] StringEquals 'y'", {}), std::invalid_argument);
}

TEST_CASE("what is said of a firewall and of roles is what Azure makes of it") {
  CHECK(admitted(with(kOpen, kReads)) == "read");
  CHECK(admitted(with(R"("networkAcls": {"bypass": "None"})", kReads)) == "read");
  CHECK(admitted(with(R"("networkAcls": {"defaultAction": "Deny"})", kReads)).empty());
  CHECK(admitted(with(R"("publicNetworkAccess": "Disabled")", kReads)).empty());
  const std::string by_link =
      R"x(, "condition": "((!(ActionMatches{'*'})) OR (@Environment[isPrivateLink] BoolEquals true))")x";
  CHECK(admitted(with(kOpen, kReads + by_link)).empty());
}

TEST_CASE("a subnet's rules concern a private endpoint only where the subnet says so") {
  const auto reached = [](const std::string& policies) {
    const json document = json::parse(R"({"parameters": {}, "resources": [
      {"type": "Microsoft.Network/networkSecurityGroups", "name": "shut", "properties": {"securityRules": [
        {"name": "none", "properties": {"priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*",
         "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "*"}}]}},
      {"type": "Microsoft.Network/virtualNetworks", "name": "main", "properties": {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
        {"name": "app", "properties": {"addressPrefix": "10.0.1.0/24", "defaultOutboundAccess": false}},
        {"name": "ends", "properties": {"addressPrefix": "10.0.2.0/24", "defaultOutboundAccess": false)" +
                                      policies + R"(,
         "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'shut')]"}}}]}},
      {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "web", "properties": {"virtualMachineProfile": {
        "networkProfile": {"networkInterfaceConfigurations": [{"name": "one", "properties": {"ipConfigurations": [
        {"name": "one", "properties": {"subnet":
         {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'main', 'app')]"}}}]}}]}}}},
      {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "end", "properties": {"virtualMachineProfile": {
        "networkProfile": {"networkInterfaceConfigurations": [{"name": "one", "properties": {"privateEnd": true,
        "ipConfigurations": [{"name": "one", "properties": {"subnet":
         {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'main', 'ends')]"}}}]}}]}}}}]})");
    const AzureInterpreter cloud(document, {}, TagReading::Narrow);
    return cloud.admits({.from = ip("10.0.1.10"), .to = ip("10.0.2.10"), .protocol = kTcp, .port = 443});
  };
  CHECK(reached(""));
  CHECK(reached(R"(, "privateEndpointNetworkPolicies": "RouteTableEnabled")"));
  CHECK_FALSE(reached(R"(, "privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled")"));
  CHECK_FALSE(reached(R"(, "privateEndpointNetworkPolicies": "Enabled")"));
}

TEST_CASE("a role of the template lets do what it lists without what it leaves out") {
  const auto role = [](const std::string& permission) {
    return R"(, {"type": "Microsoft.Authorization/roleDefinitions", "name": "mine", "properties": {"permissions": [{)" +
           permission + "}]}}";
  };
  const std::string mine = R"("roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', 'mine')]")";
  const std::string blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
  CHECK(admitted(with(kOpen, mine, role(R"("dataActions": [")" + blobs + R"(add/action"])"))) == "write?");
  CHECK(admitted(with(kOpen, mine,
                      role(R"("dataActions": [")" + blobs + R"(*"], "notDataActions": [")" + blobs +
                           R"(write", "*/tags/write"])"))) == "read write? delete administer?");
  CHECK_THROWS_AS((void)admitted(with(kOpen, mine)), std::invalid_argument);
}
