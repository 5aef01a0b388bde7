#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/command/edited.h"

/// What a function needs to run, from outside: its packets have to get to the storage that it keeps its state in.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/golden/functions_on_azure/input.crenel";
constexpr const char* kGroup = "Microsoft.Network/networkSecurityGroups";

/// Turns the rule of that name over, and says what is told.
Outcome denied(const std::string& group, const std::string& rule) {
  Edited copy(kProgram, "intake.azure");
  bool found = false;
  for (auto& each : copy.of(kGroup, group).at("properties").at("securityRules")) {
    if (each.at("name") != rule) continue;
    each["properties"]["access"] = "Deny";
    found = true;
  }
  REQUIRE(found);
  return copy.verified();
}

}  // namespace

TEST_CASE("a function that does not get to its state is told, whichever side denies it") {
  for (const auto& [group, rule] :
       {std::pair("MainRunTierNsg", "AllowOutHostOfStarter"), std::pair("MainWorkTierNsg", "AllowInHostOfStarter")}) {
    const Outcome outcome = denied(group, rule);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("does not get to the storage that it keeps its state in by `StarterHostBlobEndpoint`") !=
          std::string::npos);
    CHECK(outcome.err.find("StarterHostQueueEndpoint") != std::string::npos);
    CHECK(outcome.err.find("securityRules") != std::string::npos);
    CHECK(outcome.err.find("Teller") == std::string::npos);
  }
}

TEST_CASE("a function's role for more than the storage of its state is told") {
  Edited copy(project_root() / "tests/agreement/programs/undone_beside_function.crenel",
              "undone_beside_function.azure");
  CHECK(copy.verified().exit_code == 0);
  bool found = false;
  for (auto& each : copy.document.at("resources")) {
    const bool of_host = each.value("scope", "").find("WorkerHostName") != std::string::npos;
    if (found || each.at("type") != "Microsoft.Authorization/roleAssignments" || !of_host) continue;
    each.erase("scope");
    found = true;
  }
  REQUIRE(found);
  copy.check_told("has a role for more than the storage that it keeps its state in");
}
