#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Guards on Azure from outside: a template whose guard somebody weakened is told.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/guarded_on_azure/input.crenel";

struct Guarded {
  ScratchFolder folder;
  json made;

  Guarded() {
    const Outcome outcome = run_crenel({"build", kProgram, "-o", folder.path()});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    made = json::parse(read_text(folder / "guarded.azure.json"));
  }
  /// The index of the first resource of a type that has `part` in it.
  std::size_t index(const std::string& type, const std::string& part) {
    for (std::size_t i = 0; i < made["resources"].size(); ++i) {
      const json& each = made["resources"][i];
      if (each["type"] == type && each.dump().find(part) != std::string::npos) return i;
    }
    FAIL("no resource of the type " << type << " has " << part);
    return 0;
  }
  json& of(const std::string& type, const std::string& part) {
    return made["resources"][index(type, part)]["properties"];
  }
  json& subscription() { return of("Microsoft.EventGrid/systemTopics/eventSubscriptions", "DriftGuard"); }
  void drop(const std::string& type, const std::string& part) { made["resources"].erase(index(type, part)); }

  void check_told(const std::string& words) {
    const std::string copy = folder / "changed.json";
    write_text(copy, made.dump(1));
    const Outcome outcome = run_crenel({"verify", copy, kProgram});
    CAPTURE(words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find(words) != std::string::npos);
  }
};

const std::string kSubscription = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
const std::string kRole = "Microsoft.Authorization/roleAssignments";
const std::string kAssignment = "Microsoft.Authorization/policyAssignments";

std::string refused(const std::string& guard, const std::string& more = "  topic alarms\n") {
  const ScratchFolder folder;
  const std::string program = folder / "a.crenel";
  write_text(program,
             "pattern a(image : image) for azure {\n"
             "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
             "  group app in main.app { image = image }\n" +
                 more + "  endpoint data in main.app for alarms\n  guard g { watch = [main]  alert = alarms  " + guard +
                 " }\n}\n");
  const Outcome outcome = run_crenel({"build", program, "-o", folder / "out"});
  CHECK(outcome.exit_code == 1);
  return outcome.err;
}

}  // namespace

TEST_CASE("guards of Azure as they were built are verified as equal") {
  Guarded made;
  const Outcome outcome = run_crenel({"verify", made.folder / "guarded.azure.json", kProgram});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("a guard of Azure that hears less") {
  Guarded events;
  events.subscription()["filter"]["includedEventTypes"].erase(1);
  events.check_told("ResourceDeleteSuccess");
  Guarded subject;
  subject.subscription()["filter"]["subjectBeginsWith"] = "/subscriptions/x";
  subject.check_told("filter names");
  Guarded filter;
  filter.subscription()["filter"]["advancedFilters"].push_back(
      {{"operatorType", "StringIn"}, {"key", "data.operationName"}, {"values", {"a"}}});
  filter.check_told("a filter that is not read");
  Guarded end;
  end.subscription()["expirationTimeUtc"] = "2027-01-01T00:00:00Z";
  end.check_told("ends at a time");
}

TEST_CASE("a guard of Azure that leaves more alone, or less") {
  Guarded more;
  more.subscription()["filter"]["advancedFilters"][0]["values"].push_back("04b07795-8ddb-461a-bbee-02f9e1bf7b46");
  more.check_told("leaves alone what `04b07795-8ddb-461a-bbee-02f9e1bf7b46` changes");
  Guarded less;
  less.subscription()["filter"].erase("advancedFilters");
  less.check_told("does not leave alone");
}

TEST_CASE("a guard of Azure that tells another topic, or nobody") {
  Guarded other;
  other.subscription()["deliveryWithResourceIdentity"] =
      other.of(kSubscription, "SecondGuard")["deliveryWithResourceIdentity"];
  other.check_told("tells `noise` of a change");
  Guarded role;
  role.drop(kRole, "ResourceGroupEvents");
  role.check_told("is not surely let publish on its topic");
  Guarded gone;
  gone.drop(kSubscription, "DriftGuard");
  gone.check_told("drift");
  Guarded elsewhere;
  elsewhere.of("Microsoft.EventGrid/systemTopics", "ResourceGroups")["source"] =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/other";
  elsewhere.check_told("tells of another resource group");
}

TEST_CASE("a guard of Azure that anybody can take away, or that does not get through") {
  Guarded lock;
  lock.drop("Microsoft.Authorization/locks", "ResourceGroupEvents");
  lock.check_told("no lock is on its source");
  Guarded wall;
  wall.of("Microsoft.ServiceBus/namespaces/networkRuleSets", "AlarmsTopicName")["trustedServiceAccessEnabled"] = false;
  wall.check_told("does not get past the firewall");
}

TEST_CASE("a role of the events that no guard uses") {
  Guarded made;
  made.drop(kSubscription, "SecondGuard");
  made.check_told("noise");
}

TEST_CASE("what a guard of Azure cannot do is refused") {
  CHECK(refused("revert = 5s").find("between 1m and 24h") != std::string::npos);
  CHECK(refused("revert = none  exempt = [\"pipeline\"]").find("application (client) id") != std::string::npos);
  CHECK(refused("revert = none  exempt = [\"04b07795-8ddb-461a-bbee-02f9e1bf7b46\"]").find("the Azure CLI") !=
        std::string::npos);
  CHECK(refused("revert = none",
                "  existing topic alarms = \"/subscriptions/00000000-0000-0000-0000-000000000000/"
                "resourceGroups/c/providers/Microsoft.ServiceBus/namespaces/acme/topics/t\"\n")
            .find("CRN2037") != std::string::npos);
}

TEST_CASE("a guard of Azure may forbid and tell nobody, and leave applications alone") {
  const ScratchFolder folder;
  const std::string program = folder / "rails.crenel";
  const auto build = [&](const std::string& more) {
    write_text(program,
               "pattern rails(image : image) for azure {\n"
               "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
               "  group app in main.app { image = image }\n"
               "  guard rails { watch = [main]  revert = none  " +
                   more + " }\n}\n");
    return run_crenel({"build", program, "-o", folder.path()});
  };
  CHECK(build("prevent = true").exit_code == 0);
  CHECK(run_crenel({"verify", folder / "rails.azure.json", program}).exit_code == 0);
  CHECK(build("prevent = true  exempt = [\"6c1ae4a5-0d9c-4f0a-9d0a-3b8b0d6f2a11\"]").exit_code == 0);
  CHECK(run_crenel({"verify", folder / "rails.azure.json", program}).exit_code == 0);
  json made = json::parse(read_text(folder / "rails.azure.json"));
  for (json& each : made["resources"]) {
    if (each["type"] == kAssignment) each["properties"]["parameters"]["leftAlone"]["value"].push_back("x");
  }
  write_text(folder / "more.json", made.dump(1));
  const Outcome more = run_crenel({"verify", folder / "more.json", program});
  CHECK(more.exit_code == 1);
  CHECK(more.err.find("leaves alone what `x` changes") != std::string::npos);
}

TEST_CASE("a policy of Azure follows what a design says in Azure's own words") {
  const ScratchFolder folder;
  const std::string program = folder / "raw.crenel";
  write_text(program,
             "pattern raw(image : image) for azure {\n"
             "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
             "  group app in main.app {\n"
             "    image = image\n"
             "    on azure { override \"AppNsg\" { \"securityRules.0.properties.priority\" = 4000 } }\n"
             "  }\n"
             "  guard rails { watch = [main]  revert = none  prevent = true }\n}\n");
  const Outcome outcome = run_crenel({"build", program, "-o", folder.path()});
  CAPTURE(outcome.err);
  const std::string made = outcome.exit_code == 0 ? read_text(folder / "raw.azure.json") : std::string();
  CHECK(made.find("AppNsg/DenyInRest[4000]") != std::string::npos);
}

TEST_CASE("a policy of Azure that denies less, or is not there") {
  const std::vector<std::pair<std::string, void (*)(json&, json&)>> weaker = {
      {"has a policy that is not enforced", [](json& at, json&) { at["enforcementMode"] = "DoNotEnforce"; }},
      {"does not hold for everything in its resource group",
       [](json& at, json&) { at["notScopes"] = {"[resourceId('Microsoft.Network/virtualNetworks', 'MainNetwork')]"}; }},
      {"does not hold for everything in its resource group",
       [](json& at, json&) {
         at["resourceSelectors"] = {{{"name", "a"}}};
       }},
      {"it is not known whether `drift` has a policy of this version",
       [](json& at, json&) { at["definitionVersion"] = "1.*.*"; }},
      {"whose definition is not in the template",
       [](json& at, json&) { at["policyDefinitionId"] = "/providers/Microsoft.Authorization/policyDefinitions/x"; }},
      {"denies nothing: its effect is `audit`", [](json&, json& of) { of["policyRule"]["then"]["effect"] = "audit"; }},
      {"with a rule that is not read",
       [](json&, json& of) { of["policyRule"]["then"]["effect"] = "[[parameters('effect')]"; }},
      {"with a rule that is not read", [](json&, json& of) { of["policyRule"]["if"]["allOf"][1]["anyOf"].erase(1); }},
      {"does not look at everything", [](json&, json& of) { of["mode"] = "Indexed"; }},
      {"denies no change to `x`", [](json& at, json&) { at["parameters"]["leftAlone"]["value"].push_back("x"); }},
      {"denies changes to `6c1ae4a5-0d9c-4f0a-9d0a-3b8b0d6f2a11`, whom it leaves alone",
       [](json& at, json&) { at["parameters"]["leftAlone"]["value"].clear(); }},
      {"lets pass what the template does not make: `Microsoft.Network/publicIPAddresses/Mine`",
       [](json& at, json&) {
         at["parameters"]["things"]["value"].push_back("Microsoft.Network/publicIPAddresses/Mine");
       }},
      {"denies what the template makes: `webnsg/denyinrest",
       [](json& at, json&) { at["parameters"]["rules"]["value"].erase(0); }},
      {"lets pass what the template does not make: `WebScaleSet`",
       [](json& at, json&) { at["parameters"]["public"]["value"].push_back("WebScaleSet"); }},
      {"counts other members of `webnsg` than the template has",
       [](json& at, json&) { at["parameters"]["ruleCounts"]["value"]["webnsg"] = 1; }},
      {"has a policy with a list that is not read", [](json& at, json&) { at["parameters"].erase("routes"); }},
  };
  for (const auto& [words, change] : weaker) {
    Guarded made;
    const std::size_t index = made.index("Microsoft.Resources/deployments", "policyDefinitions");
    change(made.of(kAssignment, "policyDefinitionId"),
           made.made["resources"][index]["properties"]["template"]["resources"][0]["properties"]);
    made.check_told(words);
  }
  Guarded gone;
  gone.drop(kAssignment, "DriftPrevent");
  gone.check_told("`drift` has no policy that denies changes");
  Guarded undefined;
  undefined.drop("Microsoft.Resources/deployments", "policyDefinitions");
  undefined.check_told("whose definition is not in the template");
  Guarded elsewhere;
  elsewhere
      .made["resources"][elsewhere.index("Microsoft.Resources/deployments", "policyDefinitions")]["subscriptionId"] =
      "00000000-0000-0000-0000-000000000000";
  elsewhere.check_told("whose definition is not in the template");
  Guarded exempted;
  exempted.made["resources"].push_back(
      {{"type", "Microsoft.Authorization/policyExemptions"},
       {"apiVersion", "2022-07-01-preview"},
       {"name", "Some"},
       {"properties",
        {{"policyAssignmentId", "[resourceId('Microsoft.Authorization/policyAssignments', 'DriftPrevent')]"},
         {"exemptionCategory", "Waiver"}}}});
  exempted.check_told("has a policy that something is exempt from");
  Guarded perhaps;
  perhaps.made["parameters"]["Some"] = {{"type", "bool"}};
  perhaps.made["resources"][perhaps.index(kAssignment, "DriftPrevent")]["condition"] = "[parameters('Some')]";
  perhaps.check_told("it is not known whether `drift` has its policy");
}

TEST_CASE("what a policy of Azure denies no more is a change that broadens") {
  Guarded made;
  made.of(kAssignment, "policyDefinitionId")["enforcementMode"] = "DoNotEnforce";
  const std::string copy = made.folder / "weaker.json";
  write_text(copy, made.made.dump(1));
  const Outcome outcome = run_crenel({"diff", made.folder / "guarded.azure.json", copy});
  CHECK(outcome.exit_code == 3);
  CHECK((outcome.out + outcome.err).find("has a policy that is not enforced") != std::string::npos);
}

TEST_CASE("a guard of Azure whose role lets do more, or that is gone") {
  const std::string type = "Microsoft.Authorization/roleDefinitions";
  const auto permission = [&](Guarded& made) -> json& { return made.of(type, "DriftPrevent")["permissions"][0]; };
  Guarded less;
  permission(less)["notActions"].erase(permission(less)["notActions"].size() - 1);
  less.check_told("`drift` does not forbid `microsoft.network/");
  Guarded more;
  permission(more)["notActions"].push_back("Microsoft.Compute/*/write");
  more.check_told("`drift` forbids `Microsoft.Compute/*/write`, too");
  Guarded second;
  second.of(type, "DriftPrevent")["permissions"].push_back({{"actions", {"Microsoft.Network/*"}}});
  second.check_told("`drift` has a role that lets do something else than everything but changes");
  Guarded data;
  permission(data)["dataActions"] = {"Microsoft.KeyVault/vaults/*"};
  data.check_told("`drift` has a role that lets do something else than everything but changes");
  Guarded wider;
  wider.of(type, "DriftPrevent")["assignableScopes"] = {"[subscription().id]"};
  wider.check_told("`drift` has a role that is not for its resource group alone");
  Guarded perhaps;
  perhaps.made["parameters"]["Some"] = {{"type", "bool"}};
  perhaps.made["resources"][perhaps.index(type, "DriftPrevent")]["condition"] = "[parameters('Some')]";
  perhaps.check_told("it is not known whether `drift` has its role");
  Guarded gone;
  gone.drop(type, "DriftPrevent");
  gone.check_told("`drift` has no role to give in place of Contributor");
  gone.drop("Microsoft.Authorization/policyAssignments", "DriftPrevent");
  gone.check_told("`drift` forbids nobody a change");
}
