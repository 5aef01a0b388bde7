#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// The paper's analytics on both providers: who does what with which service is the same but for what the providers do
/// differently, which is written out here; and the loop of Azure's template, opened by hand, is told.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/library/input.crenel";
const std::string kAzure = "data_analytics_on_azure.azure";

struct Library {
  ScratchFolder folder;

  Library() {
    const Outcome outcome = run_crenel({"build", kProgram, "-o", folder.path()});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
  }
  [[nodiscard]] json certificate(const std::string& name) const {
    return json::parse(read_text(folder / (name + ".certificate.json")));
  }
};

std::set<std::string> relation(const json& certificate) {
  std::set<std::string> out;
  for (const json& each : certificate["data"]["admitted"]) {
    out.insert(each["from"].get<std::string>() + " -> " + each["to"].get<std::string>() + " : " +
               each["actions"].get<std::string>());
  }
  return out;
}

}  // namespace

TEST_CASE("analytics admits the same on both providers, but for keys and for who ends an instance") {
  const Library made;
  const std::set<std::string> aws = relation(made.certificate("data_analytics.aws"));
  const std::set<std::string> azure = relation(made.certificate(kAzure));
  std::set<std::string> only_aws;
  std::set_difference(aws.begin(), aws.end(), azure.begin(), azure.end(), std::inserter(only_aws, only_aws.end()));
  CHECK(only_aws == std::set<std::string>{"analysis -> keys : encrypt, decrypt", "archiver -> analysis : terminate"});
  CHECK(std::includes(aws.begin(), aws.end(), azure.begin(), azure.end()));
}

TEST_CASE("no packets are exchanged with anybody, and every claim is proved, on both") {
  const Library made;
  for (const std::string& name : {std::string("data_analytics.aws"), kAzure}) {
    CAPTURE(name);
    const json certificate = made.certificate(name);
    CHECK(certificate["admitted"].empty());
    CHECK(certificate["proof"]["template"] == "equal");
    CHECK(certificate["claims"].size() >= 7);
    for (const json& claim : certificate["claims"]) CHECK(claim["verdict"] == "proved");
  }
}

TEST_CASE("the closed loop of Azure, opened by hand, is told") {
  const Library made;
  const json whole = json::parse(read_text(made.folder / (kAzure + ".json")));
  const auto told = [&](const std::string& type, const std::string& part, const std::string& path, const json& value) {
    json changed = whole;
    for (json& each : changed["resources"]) {
      if (each["type"] != type || each.dump().find(part) == std::string::npos) continue;
      each[json::json_pointer(path)] = value;
      const std::string copy = made.folder / "changed.json";
      write_text(copy, changed.dump(1));
      const Outcome outcome = run_crenel({"verify", copy, kProgram + ":" + "data_analytics_on_azure"});
      CAPTURE(type);
      CAPTURE(path);
      CAPTURE(outcome.err);
      CHECK(outcome.exit_code == 1);
      return;
    }
    FAIL("no resource of the type " << type << " has " << part);
  };
  const std::string account = "Microsoft.Storage/storageAccounts";
  told(account, "variables('InboxStoreName')", "/properties/networkAcls/defaultAction", "Allow");
  told(account, "variables('ResultsStoreName')", "/properties/allowSharedKeyAccess", true);
  told("Microsoft.ServiceBus/namespaces", "variables('JobsQueueName')", "/properties/publicNetworkAccess", "Enabled");
  told("Microsoft.Authorization/roleAssignments", "analysis -> inbox : read (store)", "/properties/condition", nullptr);
  told("Microsoft.EventGrid/systemTopics/eventSubscriptions", "InboxEvents",
       "/properties/deliveryWithResourceIdentity/destination/properties/queueName", "elsewhere");
}
