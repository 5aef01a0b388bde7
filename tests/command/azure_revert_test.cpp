#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/command/edited.h"

/// Guards of Azure that undo changes, from outside: what somebody edited of the workflow, its list, its clock or its
/// role is told.
namespace {

using namespace crenel::tests;
using json = Edited::Json;

const std::string kProgram = project_root() / "tests/agreement/programs/put_back.crenel";
const std::string kWorkflow = "Microsoft.Logic/workflows";
const std::string kGroup = "Microsoft.Network/networkSecurityGroups";
const std::string kAssignment = "Microsoft.Authorization/roleAssignments";
const std::string kDefinition = "Microsoft.Authorization/roleDefinitions";

struct PutBack : Edited {
  PutBack() : Edited(kProgram, "put_back.azure") {}
  json& workflow() { return named(kWorkflow, "DriftRevert"); }
  json& definition() { return workflow()["properties"]["definition"]; }
  json& clock() { return definition()["triggers"]["Schedule"]; }
  json& rows() { return workflow()["properties"]["parameters"]["wanted"]["value"]; }
  /// What the list says of a resource.
  json& row(const std::string& name) {
    for (json& each : rows()) {
      if (each["id"].get<std::string>().find("'" + name + "'") != std::string::npos) return each;
    }
    FAIL("no row of " << name);
    return document;
  }
  json& role() { return named(kDefinition, "[variables('DriftRevertRoleName')]")["properties"]["permissions"][0]; }
  json& failed() { return named("Microsoft.Insights/metricAlerts", "DriftRevertFailed")["properties"]; }
  json& assignment() { return of(kAssignment, "DriftRevert"); }
};

using Change = void (*)(PutBack&);
using Cases = std::vector<std::pair<std::string, Change>>;

void check_all(const Cases& cases) {
  for (const auto& [words, change] : cases) {
    PutBack made;
    change(made);
    made.check_told(words);
  }
}

/// What is not read as putting back is told as that, and whoever acts as its identity may change the network.
void check_unread(const std::vector<Change>& changes) {
  for (const Change change : changes) {
    PutBack made;
    change(made);
    made.check_told("`drift` puts something else back than what the template says, or not by the known workflow");
    made.check_told("`DriftRevert's own` is given role");
  }
}

Outcome built(const std::string& guard) {
  const ScratchFolder folder;
  const std::string program = folder / "a.crenel";
  write_text(program,
             "pattern a(image : image) for azure {\n"
             "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
             "  group app in main.app { image = image }\n"
             "  guard g { watch = [main]  " +
                 guard + " }\n}\n");
  return run_crenel({"build", program, "-o", folder / "out"});
}

}  // namespace

TEST_CASE("a guard of Azure that undoes changes is built, and verified as equal") {
  PutBack made;
  CHECK(made.verified().exit_code == 0);
  CHECK(made.rows().size() == 9);
  const json undoes = {{"networks", {"main"}}, {"within_seconds", 300}};
  CHECK(made.certificate()["data"]["guards"][0]["undoes"] == undoes);
  CHECK(built("").exit_code == 0);  // within five minutes, when it does not say
}

TEST_CASE("a workflow of another text, or a list of something else") {
  check_unread({
      [](PutBack& at) {
        at.row("AppNsg")["properties"]["securityRules"][0]["properties"]["sourceAddressPrefix"] = "*";
      },
      [](PutBack& at) { at.row("AppNsg")["properties"]["securityRules"].erase(0); },
      [](PutBack& at) { at.row("MainDbRoutes")["properties"]["routes"] = json::array(); },
      [](PutBack& at) { at.row("Db")["properties"].erase("networkSecurityGroup"); },
      [](PutBack& at) { at.row("AppNsg")["id"] = at.row("StoreNsg")["id"]; },
      [](PutBack& at) { at.row("AppNsg")["id"] = "[resourceId('other', 'Microsoft.Network/routeTables', 'A')]"; },
      [](PutBack& at) { at.row("AppNsg")["etag"] = "*"; },
      [](PutBack& at) { at.named(kGroup, "AppNsg")["properties"]["securityRules"].erase(0); },
      [](PutBack& at) { at.named(kGroup, "AppNsg")["properties"]["flushConnection"] = true; },
      [](PutBack& at) {
        const json text = "@{triggerBody()}";
        at.named(kGroup, "AppNsg")["properties"]["securityRules"][0]["properties"]["description"] = text;
        at.row("AppNsg")["properties"]["securityRules"][0]["properties"]["description"] = text;
      },
      [](PutBack& at) {
        at.definition()["actions"]["Each"]["actions"]["Differ"]["actions"]["Put"]["inputs"]["body"] = "@body('Get')";
      },
      [](PutBack& at) { at.definition()["actions"]["Other"] = at.definition()["actions"]["Each"]; },
      [](PutBack& at) { at.definition()["outputs"] = json::object(); },
      [](PutBack& at) { at.workflow()["properties"]["accessControl"] = json::object(); },
      [](PutBack& at) {
        at.workflow()["properties"]["parameters"]["more"] = {{"value", 1}};
      },
      [](PutBack& at) { at.definition()["triggers"]["Second"] = at.clock(); },
      [](PutBack& at) { at.clock()["type"] = "Request"; },
      [](PutBack& at) {
        at.clock()["inputs"] = {{"uri", "https://example.org"}};
      },
      [](PutBack& at) { at.workflow()["identity"]["type"] = "SystemAssigned, UserAssigned"; },
      [](PutBack& at) {
        at.document["parameters"]["Some"] = {{"type", "bool"}};
        at.workflow()["condition"] = "[parameters('Some')]";
      },
  });
}

TEST_CASE("rules of a group in two places are not put back by one list") {
  PutBack made;
  json rule = {{"type", kGroup + "/securityRules"}, {"apiVersion", "2025-05-01"}, {"name", "AppNsg/More"}};
  rule["properties"] = made.named(kGroup, "AppNsg")["properties"]["securityRules"][0]["properties"];
  rule["properties"]["priority"] = 4000;
  made.document["resources"].push_back(rule);
  made.check_told("puts something else back than what the template says");
}

TEST_CASE("a workflow of Azure that undoes less") {
  check_all({
      {"does not undo changes of `AppNsg`", [](PutBack& at) { at.rows().erase(1); }},
      {"undoes no change of `Main`", [](PutBack& at) { at.rows().erase(at.rows().size() - 1); }},
      {"undoes no change of `Main`", [](PutBack& at) { at.rows() = json::array(); }},
      {"undoes changes of `Lab`, too",
       [](PutBack& at) {
         for (const char* part : {"BenchNsg", "LabBenchRoutes"}) {
           const json& all = at.document["resources"];
           for (const json& each : all) {
             if (each["name"] != part) continue;
             json row = {{"id", "[resourceId('" + each["type"].get<std::string>() + "', '" + part + "')]"}};
             row["properties"] = each["properties"];
             at.rows().push_back(row);
           }
         }
         json subnet;
         subnet["id"] = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'LabNetwork', 'Bench')]";
         subnet["properties"] =
             at.named("Microsoft.Network/virtualNetworks", "LabNetwork")["properties"]["subnets"][0]["properties"];
         at.rows().push_back(subnet);
       }},
      {"is not run: its workflow is disabled", [](PutBack& at) { at.workflow()["properties"]["state"] = "Disabled"; }},
      {"its workflow may be disabled", [](PutBack& at) { at.workflow()["properties"].erase("state"); }},
      {"takes 600 seconds to undo a change", [](PutBack& at) { at.clock()["recurrence"]["interval"] = 300; }},
      {"takes 18000 seconds to undo a change", [](PutBack& at) { at.clock()["recurrence"]["frequency"] = "Minute"; }},
      {"is run as often as the design says", [](PutBack& at) { at.clock()["recurrence"]["frequency"] = "Month"; }},
      {"is not run at all times", [](PutBack& at) { at.clock()["recurrence"]["startTime"] = "2030-01-01T00:00:00Z"; }},
      {"is run only where a condition holds",
       [](PutBack& at) {
         at.clock()["conditions"] = {{{"expression", "@equals(1, 2)"}}};
       }},
      {"is not kept to one run at a time", [](PutBack& at) { at.clock().erase("operationOptions"); }},
      {"no lock is on its workflow", [](PutBack& at) { at.drop("Microsoft.Authorization/locks", "DriftRevertLock"); }},
      {"`drift` undoes no change", [](PutBack& at) { at.drop(kWorkflow, "DriftRevert"); }},
      {"undoes changes by several workflows",
       [](PutBack& at) {
         json other = at.workflow();
         other["name"] = "driftrevert2";
         at.document["resources"].push_back(other);
         at.document["resources"].back()["name"] = "Drift";
       }},
  });
}

TEST_CASE("a role of Azure that may do less than undoing takes") {
  const std::string words = "`drift` may not surely do all that undoing takes";
  check_all({
      {words, [](PutBack& at) { at.role()["actions"].erase(0); }},
      {words, [](PutBack& at) { at.role()["notActions"] = {"Microsoft.Network/*/write"}; }},
      {words, [](PutBack& at) { at.assignment()["properties"]["condition"] = "false"; }},
      {words,
       [](PutBack& at) {
         at.assignment()["scope"] = "[resourceId('Microsoft.Network/networkSecurityGroups', 'AppNsg')]";
       }},
      {words,
       [](PutBack& at) {
         json& all = at.document["resources"];
         for (std::size_t i = 0; i < all.size(); ++i) {
           if (all[i]["type"] == kAssignment && all[i].dump().find("DriftRevert") != std::string::npos) {
             all.erase(i);
             return;
           }
         }
       }},
  });
}

TEST_CASE("a role of Azure that may do more than undoing takes is not known to do no more") {
  const std::string words = "what it can come to by that is not known";
  check_all({
      {words, [](PutBack& at) { at.role()["actions"].push_back("Microsoft.Compute/virtualMachines/write"); }},
      {words, [](PutBack& at) { at.role()["actions"] = {"*"}; }},
      {words, [](PutBack& at) { at.role()["dataActions"] = {"Microsoft.Storage/*"}; }},
      {words,
       [](PutBack& at) {
         at.assignment()["properties"]["roleDefinitionId"] =
             "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', "
             "'4d97b98b-1d4f-4787-a291-c67834d212e7')]";
       }},
  });
}

TEST_CASE("a difference of two templates of Azure tells that less is undone") {
  PutBack made;
  made.drop(kWorkflow, "DriftRevert");
  const Outcome outcome = made.differing();
  CAPTURE(outcome.out);
  CHECK(outcome.out.find("undoes those of Main within 300 s") != std::string::npos);
  CHECK(outcome.exit_code == 3);
}

TEST_CASE("what a workflow cannot keep to is refused") {
  CHECK(built("revert = 59s").err.find("between 1m and 24h") != std::string::npos);
  CHECK(built("revert = 25h").err.find("between 1m and 24h") != std::string::npos);
  CHECK(built("revert = 1m").exit_code == 0);
  std::string many;
  for (int i = 0; i < 3001; ++i) {
    many += (i == 0 ? "" : ", ") + std::string("198.") + std::to_string(18 + i / 256) + "." + std::to_string(i % 256) +
            ".0/30";
  }
  const ScratchFolder folder;
  const std::string program = folder / "a.crenel";
  write_text(program,
             "pattern a(image : image) for azure {\n"
             "  site office { addresses = [" +
                 many +
                 "] }\n"
                 "  network main { space = 10.0.0.0/16  subnet edge : public { size = /24 } }\n"
                 "  group door in main.edge { image = image  public_address = true }\n"
                 "  guard g { watch = [main] }\n  allow office -> door : tcp/443\n}\n");
  const std::string told = run_crenel({"check", program}).err;
  CAPTURE(told);
  CHECK(told.find("addresses in one rule of a security group that a guard puts back") != std::string::npos);
}

TEST_CASE("a run that failed is mailed, and who keeps that from happening is told") {
  const std::string nobody = "`drift` mails nobody of a run of its workflow that failed";
  const std::string unsure = "`drift` mails of every run of its workflow that failed";
  const Cases cases = {
      {nobody, [](PutBack& at) { at.failed()["actions"] = json::array(); }},
      {nobody, [](PutBack& at) { at.failed()["scopes"] = {"[resourceGroup().id]"}; }},
      {unsure, [](PutBack& at) { at.failed()["enabled"] = false; }},
      {unsure, [](PutBack& at) { at.failed()["windowSize"] = "PT1M"; }},
      {unsure, [](PutBack& at) { at.failed()["criteria"]["allOf"][0]["metricName"] = "RunsStarted"; }},
      {unsure, [](PutBack& at) { at.failed()["criteria"]["allOf"][0]["threshold"] = 3; }},
      {unsure, [](PutBack& at) { at.failed()["criteria"]["allOf"][0]["operator"] = "LessThan"; }},
      {unsure,
       [](PutBack& at) {
         json& all = at.failed()["criteria"]["allOf"];
         all.push_back(all[0]);
         all[1]["metricName"] = "RunsStarted";
       }},
  };
  check_all(cases);
}

TEST_CASE("an alert that is quicker to tell of a failed run, or says it otherwise, mails no less") {
  const std::vector<Change> alike = {
      [](PutBack& at) { at.failed()["evaluationFrequency"] = "PT1M"; },
      [](PutBack& at) { at.failed()["windowSize"] = "PT15M"; },
      [](PutBack& at) { at.failed()["autoMitigate"] = false; },
      [](PutBack& at) {
        at.failed()["criteria"]["allOf"][0]["operator"] = "GreaterThanOrEqual";
        at.failed()["criteria"]["allOf"][0]["threshold"] = 1;
      },
  };
  for (const Change change : alike) {
    PutBack made;
    change(made);
    CHECK(made.verified().exit_code == 0);
  }
}
