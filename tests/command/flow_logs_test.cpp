#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "tests/command/edited.h"

/// Flow logs, from outside: what records a network less than the design says is told.
namespace {

using namespace crenel::tests;
using Json = Edited::Json;

const std::string kProgram = project_root() / "tests/golden/kept_logs/input.crenel";
constexpr const char* kFlowLogs = "Microsoft.Resources/deployments";

using Edit = std::function<void(Edited&)>;

std::string told(const std::string& provider, const Edit& edit) {
  Edited copy(kProgram, "kept_logs." + provider);
  edit(copy);
  const Outcome outcome = copy.verified();
  return outcome.exit_code == 0 ? "equal" : outcome.err;
}

bool says(const std::string& text, const std::string& words) {
  CAPTURE(text);
  CAPTURE(words);
  return text.find(words) != std::string::npos;
}

Json& statement(Edited& copy, const std::string& policy, const std::string& sid) {
  Json& all = copy.properties(policy).at(policy.ends_with("Key") ? "KeyPolicy" : "PolicyDocument").at("Statement");
  for (Json& each : all) {
    if (each.at("Sid") == sid) return each;
  }
  FAIL("no statement " << sid);
  return all.front();
}

Json& log_of(Edited& copy, const std::string& network) {
  return copy.of(kFlowLogs, network + "FlowLog").at("properties").at("template").at("resources").at(0);
}

}  // namespace

TEST_CASE("flow logs as they were built are verified as equal") {
  CHECK(told("aws", [](Edited&) {}) == "equal");
  CHECK(told("azure", [](Edited&) {}) == "equal");
}

TEST_CASE("AWS: a log that is gone, leaves out packets or goes elsewhere") {
  CHECK(says(told("aws", [](Edited& copy) { copy.document["Resources"].erase("MainFlowLog"); }),
             "`main` has no flow log"));
  CHECK(says(told("aws", [](Edited& copy) { copy.document["Resources"].erase("SpareFlowLog"); }),
             "`spare` has no flow log"));
  CHECK(says(told("aws", [](Edited& copy) { copy.properties("LabFlowLog")["TrafficType"] = "REJECT"; }),
             "`lab` has a flow log that leaves out packets"));
  CHECK(says(told("aws", [](Edited& copy) { copy.properties("LabFlowLog")["LogFormat"] = "${srcaddr}"; }),
             "fields of its own choice"));
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    Json& log = copy.properties("MainFlowLog");
                    log["LogDestination"] = "arn:aws:s3:::another-bucket";
                  }),
             "`main` has its flow logs in"));
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    Json& log = copy.properties("SpareFlowLog");
                    log = copy.properties("LabFlowLog");
                    log["ResourceId"] = {{"Ref", "SpareVpc"}};
                  }),
             "`spare` has its flow logs in `records`; the design says that they are kept by themselves"));
  CHECK(says(told("aws", [](Edited& copy) { copy.properties("SpareFlowLog").erase("DeliverLogsPermissionArn"); }),
             "a flow log that nobody may write"));
}

TEST_CASE("AWS: logs that may not be written, and more who write") {
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    statement(copy, "RecordsBucketPolicy", "WrittenByFlowLogs")["Action"] = "s3:GetObject";
                  }),
             "may not be written into its store"));
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    statement(copy, "RecordsBucketPolicy", "OnlyDeclaredWrite")["Condition"].erase("Null");
                  }),
             "may not be written into its store"));
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    statement(copy, "KeysKey", "WritingOfFlowLogs")["Principal"]["Service"] = "logs.amazonaws.com";
                  }),
             "may not be written into its store"));
  const std::string of_others =
      told("aws", [](Edited& copy) { statement(copy, "RecordsBucketPolicy", "WrittenByFlowLogs").erase("Condition"); });
  CHECK(says(of_others, "CRN0911"));
  CHECK(says(of_others, "delivery.logs.amazonaws.com"));
  CHECK(says(told("aws",
                  [](Edited& copy) {
                    statement(copy, "RecordsBucketPolicy",
                              "WrittenByFlowLogs")["Condition"]["StringEquals"]["aws:SourceAccount"] = "111122223333";
                  }),
             "may not be written into its store"));
}

TEST_CASE("Azure: a log that is gone, is off, goes elsewhere, or that nobody may write") {
  CHECK(says(told("azure", [](Edited& copy) { log_of(copy, "Main")["properties"]["enabled"] = false; }),
             "`main` has a flow log that is switched off"));
  CHECK(says(told("azure",
                  [](Edited& copy) {
                    Json& all = copy.document["resources"];
                    all.erase(std::find(all.begin(), all.end(), copy.of(kFlowLogs, "LabFlowLog")));
                  }),
             "`lab` has no flow log"));
  CHECK(says(told("azure",
                  [](Edited& copy) {
                    Json& given = copy.of(kFlowLogs, "SpareFlowLog")["properties"]["parameters"]["storage"];
                    given = copy.of(kFlowLogs, "LabFlowLog")["properties"]["parameters"]["storage"];
                  }),
             "`spare` has its flow logs in `records`"));
  CHECK(says(told("azure",
                  [](Edited& copy) {
                    Json& account = copy.of("Microsoft.Storage/storageAccounts", "'Records'");
                    account["properties"]["networkAcls"]["bypass"] = "None";
                  }),
             "keeps out Network Watcher"));
  CHECK(says(told("azure",
                  [](Edited& copy) {
                    Json& account = copy.of("Microsoft.Storage/storageAccounts", "'Records'");
                    account["properties"]["publicNetworkAccess"] = "Disabled";
                  }),
             "with its public endpoint closed"));
}

TEST_CASE("a log that goes is a change, and a weaker one") {
  Edited copy(kProgram, "kept_logs.aws");
  copy.document["Resources"].erase("LabFlowLog");
  const Outcome outcome = copy.differing();
  CAPTURE(outcome.out);
  CHECK(says(outcome.out, "flow log"));
  CHECK(says(outcome.out, "recorded in RecordsBucket"));
}
