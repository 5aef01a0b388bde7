#include "tests/checker/policy_engine.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/checker/data_rules.h"
#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// The engine against what the documentation says of it, and what the checker finds in a policy that lets more pass.
namespace {

using namespace crenel::checker;
using nlohmann::json;

bool holds(const json& condition, const json& properties, bool null = true) {
  const Policy policy{.rule = {{"if", condition}}, .parameters = {{"names", {"One", "two"}}}, .missing_is_null = null};
  return applies(policy, {.type = "Microsoft.Network/networkSecurityGroups",
                          .name = "one",
                          .properties = properties,
                          .application = "me"});
}

const json kTwoRules = {
    {"securityRules",
     {{{"name", "a"}, {"properties", {{"access", "Allow"}, {"priority", 100}, {"sourcePortRanges", {"1", "2"}}}}},
      {{"name", "b"}, {"properties", {{"access", "Deny"}, {"priority", 200}}}}}}};

const char* const kAccess = "Microsoft.Network/networkSecurityGroups/securityRules[*].access";

struct Golden {
  json made = json::parse(crenel::tests::read_text(crenel::tests::project_root() /
                                                   "tests/golden/guarded_on_azure/expected/guarded.azure.json"));
  json guard = {{"guard", "drift"}, {"forbids", {{"all_but", {"6c1ae4a5-0d9c-4f0a-9d0a-3b8b0d6f2a11"}}}}};
  json& assigned() {
    for (json& each : made["resources"]) {
      if (each["type"] == "Microsoft.Authorization/policyAssignments") return each["properties"];
    }
    throw std::runtime_error("no assignment");
  }
  json& defined() {
    for (json& each : made["resources"]) {
      const bool above = each["type"] == "Microsoft.Resources/deployments" && each.contains("subscriptionId");
      if (above) return each["properties"]["template"]["resources"][0]["properties"];
    }
    throw std::runtime_error("no definition");
  }
  std::string first_fault() {
    const auto all = check_policy(made, guard);
    return all.empty() ? "" : all.front();
  }
};

}  // namespace

TEST_CASE("a condition on an array's members has to hold for each, and a count is of those for which it holds") {
  CHECK_FALSE(holds({{"field", kAccess}, {"equals", "allow"}}, kTwoRules));
  CHECK(holds({{"field", kAccess}, {"in", {"allow", "DENY"}}}, kTwoRules));
  CHECK(holds({{"field", kAccess}, {"equals", "allow"}}, json::object()));
  const json where = {{"field", kAccess}, {"equals", "allow"}};
  const json count = {{"field", "Microsoft.Network/networkSecurityGroups/securityRules[*]"}, {"where", where}};
  CHECK(holds({{"count", count}, {"equals", 1}}, kTwoRules));
  CHECK_FALSE(holds({{"count", count}, {"greater", 1}}, kTwoRules));
  CHECK(holds({{"count", count}, {"less", 1}}, json::object()));
}

TEST_CASE("functions of a policy") {
  const auto is = [](const std::string& expression, const json& value) {
    return holds({{"value", "[" + expression + "]"}, {"equals", value}}, kTwoRules);
  };
  CHECK(is("concat('x', string(field('Microsoft.Network/networkSecurityGroups/securityRules[*].sourcePortRanges[*]')))",
           "x[\"1\",\"2\"]"));
  CHECK(is("length(field('Microsoft.Network/networkSecurityGroups/securityRules[*]'))", 2));
  CHECK(is("coalesce(tryGet(requestContext().identity, 'appid'), 'nobody')", "ME"));
  CHECK(is("coalesce(tryGet(requestContext().identity, 'idtyp'), 0)", 0));
  CHECK(is("concat(field('name'), '/', toLower('X'), replace('aba', 'a', 'c'))", "one/xcbc"));
  CHECK(holds({{"value", "[field('name')]"}, {"in", "[parameters('names')]"}}, kTwoRules));
  CHECK_THROWS(static_cast<void>(is("resourceId('a', 'b')", "x")));
  CHECK_THROWS(static_cast<void>(holds({{"field", "Microsoft.Network/made/up"}, {"equals", "x"}}, kTwoRules)));
}

TEST_CASE("the policy that the golden template has denies what it should, and nothing of its own") {
  Golden golden;
  CHECK(golden.first_fault() == "");
}

TEST_CASE("a policy that lets more pass is found out") {
  const auto found = [](const std::function<void(Golden&)>& change) {
    Golden golden;
    change(golden);
    return golden.first_fault();
  };
  CHECK(found([](Golden& it) { it.defined()["policyRule"]["then"]["effect"] = "audit"; }).find("denies less") !=
        std::string::npos);
  CHECK(found([](Golden& it) { it.assigned()["enforcementMode"] = "DoNotEnforce"; }).find("not enforced") !=
        std::string::npos);
  CHECK(found([](Golden& it) {
          it.assigned()["parameters"]["leftAlone"]["value"].push_back("x");
        }).find("leaves others alone") != std::string::npos);
  CHECK(found([](Golden& it) {
          it.defined()["policyRule"]["if"]["allOf"][1]["anyOf"].erase(1);
        }).find("lets pass a rule that admits anybody") != std::string::npos);
  CHECK(found([](Golden& it) {
          it.assigned()["parameters"]["things"]["value"].push_back("Microsoft.Network/publicIPAddresses/Foreign");
        }).find("another one of publicIPAddresses") != std::string::npos);
  CHECK(found([](Golden& it) {
          it.assigned()["parameters"]["rules"]["value"].erase(0);
        }).find("denies what its template makes: WebNsg") != std::string::npos);
  CHECK(found([](Golden& it) {
          it.assigned()["parameters"]["ruleCounts"]["value"]["webnsg"] = 1;
        }).find("that a rule is taken away") != std::string::npos);
  CHECK(found([](Golden& it) { it.assigned()["policyDefinitionId"] = "/elsewhere"; }).find("without a definition") !=
        std::string::npos);
  CHECK(found([](Golden& it) {
          it.defined()["policyRule"]["if"] = {{"odd", 1}};
        }).find("cannot be read") != std::string::npos);
}

TEST_CASE("policies of designs with peers, public addresses, both families and what is said in Azure's own words") {
  using namespace crenel::tests;
  for (const std::string name : {"hub_and_spoke", "network_balancer", "ipv6_on_both", "own_words"}) {
    CAPTURE(name);
    std::string program = read_text(project_root() / "tests/golden" / name / "input.crenel");
    const std::size_t at = program.find("\n  network ");
    REQUIRE(at != std::string::npos);
    const std::size_t begin = at + std::string("\n  network ").size();
    const std::string network = program.substr(begin, program.find(' ', begin) - begin);
    program.insert(at, "\n  guard rails { watch = [" + network +
                           "]  revert = none  prevent = true  exempt = [\"6c1ae4a5-0d9c-4f0a-9d0a-3b8b0d6f2a11\"] }");
    const ScratchFolder folder;
    std::filesystem::copy(project_root() / "tests/golden" / name, std::filesystem::path(folder / "in"),
                          std::filesystem::copy_options::recursive);
    write_text(folder / "in/input.crenel", program);
    const Outcome outcome = run_crenel({"build", folder / "in/input.crenel", "-o", folder / "out"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    std::size_t checked = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder / "out")) {
      if (!each.path().string().ends_with(".azure.json")) continue;
      const json made = json::parse(read_text(each.path()));
      if (made.dump().find("policyAssignments") == std::string::npos) continue;
      json guard = {{"guard", "rails"}, {"forbids", {{"all_but", {"6c1ae4a5-0d9c-4f0a-9d0a-3b8b0d6f2a11"}}}}};
      CHECK(check_policy(made, guard) == std::vector<std::string>());
      ++checked;
    }
    CHECK(checked >= 1);
  }
}
