#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/command/edited.h"

/// Guards that mail changes on Azure, from outside: whom, what is told of a template that mails less, what is refused.
namespace {

using namespace crenel::tests;
using json = Edited::Json;

const std::string kProgram = project_root() / "tests/agreement/programs/mailed.crenel";
const std::string kGroup = "Microsoft.Insights/actionGroups";
const std::string kAlert = "Microsoft.Insights/activityLogAlerts";
const std::string kLock = "Microsoft.Authorization/locks";

struct Mailed : Edited {
  Mailed() : Edited(kProgram, "mailed.azure") {}
  json& group() { return named(kGroup, "DriftGuardMail")["properties"]; }
  json& alert(const std::string& name) { return named(kAlert, "DriftGuard" + name)["properties"]; }
  json& leaf(const std::string& name, std::size_t index) { return alert(name)["condition"]["allOf"][index]; }
};

using Change = void (*)(Mailed&);

Outcome built(const std::string& guard, const std::string& provider = "azure") {
  const ScratchFolder folder;
  const std::string program = folder / "a.crenel";
  write_text(program, "pattern a(image : image) for " + provider +
                          " {\n"
                          "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
                          "  group app in main.app { image = image }\n"
                          "  guard g { watch = [main]  revert = none  " +
                          guard + " }\n}\n");
  return run_crenel({"build", program, "-o", folder / "out"});
}

std::string refused(const std::string& addresses) {
  const Outcome outcome = built("on azure { alert_emails = [" + addresses + "] }");
  CAPTURE(addresses);
  CHECK(outcome.exit_code == 1);
  return outcome.err;
}

}  // namespace

TEST_CASE("a guard that mails alone is built, and verified as equal") {
  Mailed made;
  CHECK(made.verified().exit_code == 0);
  CHECK(made.group()["emailReceivers"].size() == 1);
  CHECK(made.certificate()["data"]["guards"][0]["mails"] == json::array({"security@example.org"}));
}

TEST_CASE("an alert that tells more mails no less") {
  const std::vector<Change> more = {
      [](Mailed& at) { at.leaf("NetworkChanges", 1) = at.leaf("NetworkChanges", 0); },
      [](Mailed& at) { at.alert("MachineChanges")["scopes"] = {"[subscription().id]"}; },
      [](Mailed& at) { at.alert("MachineChanges").erase("enabled"); },
      [](Mailed& at) {
        at.leaf("SecurityRulesWrite", 1)["equals"] = "MICROSOFT.NETWORK/networksecuritygroups/securityRules/WRITE";
      },
      [](Mailed& at) {
        at.leaf("NetworkChanges", 2)["anyOf"].push_back({{"field", "resourceType"}, {"equals", "A.B/c"}});
      },
  };
  for (const Change change : more) {
    Mailed made;
    change(made);
    const Outcome outcome = made.verified();
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
  }
}

TEST_CASE("alerts of Azure that tell less") {
  const std::vector<std::pair<std::string, Change>> weaker = {
      {"has an alert that is disabled", [](Mailed& at) { at.alert("ServiceChanges")["enabled"] = false; }},
      {"mails nobody of `Microsoft.Storage/storageAccounts/write` and",
       [](Mailed& at) { at.alert("ServiceChanges")["enabled"] = false; }},
      {"has an alert of another resource group",
       [](Mailed& at) { at.alert("RightChanges")["scopes"] = {"[concat(resourceGroup().id, '2')]"}; }},
      {"mails nobody of `Microsoft.Network/virtualNetworks/write` and 1 other operation",
       [](Mailed& at) { at.leaf("NetworkChanges", 2)["anyOf"].erase(0); }},
      {"mails nobody of `Microsoft.Compute/virtualMachineScaleSets/write` and",
       [](Mailed& at) {
         at.alert("MachineChanges")["condition"]["allOf"].push_back({{"field", "caller"}, {"equals", "a@example.org"}});
       }},
      {"it is not known whether `drift` mails of every `Microsoft.Compute/virtualMachineScaleSets/write` and",
       [](Mailed& at) {
         at.alert("MachineChanges")["condition"]["allOf"].push_back({{"field", "level"}, {"equals", "Error"}});
       }},
      {"mails nobody of `Microsoft.Compute/virtualMachineScaleSets/write` and",
       [](Mailed& at) { at.leaf("MachineChanges", 1)["equals"] = "Failed"; }},
      {"mails nobody of `Microsoft.Compute/virtualMachineScaleSets/write` and",
       [](Mailed& at) { at.alert("MachineChanges")["condition"]["allOf"].erase(0); }},
      {"mails nobody of `Microsoft.Network/networkSecurityGroups/delete`",
       [](Mailed& at) { at.drop(kAlert, "DriftGuardNetworkSecurityGroupsDelete"); }},
      {"mails nobody of `Microsoft.Network/publicIPAddresses/delete` in the rest of the subscription",
       [](Mailed& at) { at.alert("PublicIPAddressesDelete")["scopes"] = {"[resourceGroup().id]"}; }},
      {"it is not known whether `drift` mails of every `Microsoft.Authorization/policyAssignments/write`",
       [](Mailed& at) {
         at.leaf("PolicyAssignmentsWrite", 1) = {{"field", "operationName"},
                                                 {"containsAny", {"Microsoft.Authorization/policyAssignments/write"}}};
       }},
      {"it is not known whether `drift` has all its alerts",
       [](Mailed& at) {
         at.document["parameters"]["Some"] = {{"type", "bool"}};
         at.named(kAlert, "DriftGuardRightChanges")["condition"] = "[parameters('Some')]";
       }},
      {"mails nobody of `Microsoft.Authorization/policyAssignments/write`",
       [](Mailed& at) { at.alert("PolicyAssignmentsWrite")["actions"]["actionGroups"] = json::array(); }},
  };
  for (const auto& [words, change] : weaker) {
    Mailed made;
    change(made);
    made.check_told(words);
  }
}

TEST_CASE("a guard of Azure that mails others, or nobody") {
  const std::vector<std::pair<std::string, Change>> weaker = {
      {"has an action group that mails nobody", [](Mailed& at) { at.group().erase("emailReceivers"); }},
      {"mails `security@example.org` of no change", [](Mailed& at) { at.group()["emailReceivers"].clear(); }},
      {"mails `mallory@example.org` of changes; the design does not name it",
       [](Mailed& at) {
         at.group()["emailReceivers"].push_back({{"name", "m"}, {"emailAddress", "mallory@example.org"}});
       }},
      {"mails nobody: its action group is disabled", [](Mailed& at) { at.group()["enabled"] = false; }},
      {"its action group may be disabled", [](Mailed& at) { at.group().erase("enabled"); }},
      {"an address is given at deployment",
       [](Mailed& at) {
         at.document["parameters"]["Some"] = {{"type", "string"}};
         at.group()["emailReceivers"][0]["emailAddress"] = "[parameters('Some')]";
       }},
      {"drift", [](Mailed& at) { at.drop(kGroup, "DriftGuardMail"); }},
      {"no lock is on its action group", [](Mailed& at) { at.drop(kLock, "DriftGuardMailLock"); }},
      {"no lock is on an alert that tells of deleted locks",
       [](Mailed& at) { at.drop(kLock, "DriftGuardRightChangesLock"); }},
  };
  for (const auto& [words, change] : weaker) {
    Mailed made;
    change(made);
    made.check_told(words);
  }
}

TEST_CASE("whom a guard mails no more is a change that broadens") {
  Mailed made;
  made.group()["emailReceivers"].clear();
  const Outcome outcome = made.differing();
  CHECK(outcome.exit_code == 3);
  CHECK((outcome.out + outcome.err).find("mails security@example.org") != std::string::npos);
}

TEST_CASE("what is no mail address is refused, and a list of nobody") {
  for (const char* each : {"security", "@example.org", "security@", "security@example", "a@b@example.org",
                           "a..b@example.org", ".a@example.org", "a@-example.org", "a@example-.org", "a@example..org",
                           "a b@example.org", "a@192.0.2.1", "a@[192.0.2.1]", "[resourceGroup().id]",
                           "very.long.name.of.a.department.of.network.security@mail.example.org"}) {
    const std::string told = refused("\"" + std::string(each) + "\"");
    CHECK(told.find("CRN2020") != std::string::npos);
    CHECK(told.find(each) != std::string::npos);
  }
  const Outcome nobody = built("prevent = true  on azure { alert_emails = [] }");
  CHECK(nobody.exit_code == 1);
  CHECK(nobody.err.find("leave it out where nobody is mailed") != std::string::npos);
  CHECK(built("on azure { alert_emails = [\"a.b-c+d@x1.example.co.uk\", \"A@EXAMPLE.ORG\"] }").exit_code == 0);
}

TEST_CASE("a guard that only mails guards nothing where nobody mails") {
  CHECK(built("").err.find("CRN0456") != std::string::npos);
  const Outcome aws = built("on azure { alert_emails = [\"a@example.org\"] }", "aws, azure");
  CHECK(aws.exit_code == 1);
  CHECK(aws.err.find("CRN0456") != std::string::npos);
  CHECK(aws.err.find("does nothing at another") != std::string::npos);
}

TEST_CASE("a subscription has so many alert rules") {
  std::string guards;
  for (int i = 0; i < 9; ++i) {
    guards += " }\n  guard g" + std::to_string(i) +
              " { watch = [main]  revert = none  on azure { alert_emails = [\"a@example.org\"] }";
  }
  const Outcome outcome = built("prevent = true" + guards);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("108 alert rules") != std::string::npos);
}
