#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/azure/lifted.h"

/// Assignments of policies that are named as a guard's: what is missing of one, and what its lists say.

using namespace crenel::azure::tests;

namespace {

std::string assignment(const std::string& things, const std::string& more = "") {
  return R"({"type": "Microsoft.Authorization/policyAssignments", "apiVersion": "2025-03-01", "name": "DriftPrevent",)"
         R"("properties": {"policyDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/policyDefinitions', )"
         R"('elsewhere')]")" +
         more + R"(, "parameters": {"leftAlone": {"value": ["b", "a", "b"]}, "things": {"value": )" + things + "}}}}";
}

bool says(const std::string& resources, const std::string& part) {
  const auto estate = lifted(template_of(resources));
  REQUIRE(estate.guards.size() == 1);
  const auto& all = estate.guards.front().weaknesses;
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& each) { return each.what.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("an assignment alone is a guard without a role, whose definition nobody sees") {
  const auto estate = lifted(template_of(assignment("[]")));
  REQUIRE(estate.guards.size() == 1);
  CHECK(estate.guards.front().name == "Drift");
  CHECK(estate.guards.front().forbidding);
  CHECK(estate.guards.front().exempt == std::vector<std::string>{"a", "b"});
  CHECK(says(assignment("[]"), "has no role to give"));
  CHECK(says(assignment("[]"), "definition is not in the template"));
  CHECK(says(assignment("[]"), "a list that is not read"));
}

TEST_CASE("the names of a policy's lists are those of the template, in whichever letters") {
  const std::string group = security_group("g", rule("In", 100, "Inbound", "Deny"));
  const std::string of_group = R"(["microsoft.network/NETWORKSECURITYGROUPS/G"])";
  CHECK_FALSE(says(group + "," + assignment(of_group), "securitygroups/g"));
  CHECK_FALSE(says(group + "," + assignment(of_group), "SECURITYGROUPS/G"));
  CHECK(says(group + "," + assignment("[]"),
             "denies what the template makes: `microsoft.network/networksecuritygroups/g`"));
  CHECK(says(assignment(of_group), "lets pass what the template does not make"));
  CHECK(says(group + "," + assignment("\"[parameters('Some')]\""), "a list that is not read"));
}

TEST_CASE("an assignment that is not enforced, or for parts of the group") {
  CHECK(says(assignment("[]", R"(, "enforcementMode": "DoNotEnforce")"), "is not enforced"));
  CHECK_FALSE(says(assignment("[]", R"(, "enforcementMode": "Default", "notScopes": [])"), "is not enforced"));
  CHECK_FALSE(says(assignment("[]", R"(, "notScopes": [])"), "does not hold for everything"));
  CHECK(says(assignment("[]", R"(, "overrides": "[parameters('Some')]")"), "does not hold for everything"));
}
