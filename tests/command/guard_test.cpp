#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Guards from outside: a template whose guard somebody weakened is told.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/guarded/input.crenel";

struct Guarded {
  ScratchFolder folder;
  json made;

  Guarded() {
    const Outcome outcome = run_crenel({"build", kProgram, "-o", folder.path()});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    made = json::parse(read_text(folder / "guarded.aws.json"));
  }
  json& rule(const std::string& name) { return made["Resources"][name]["Properties"]; }

  void check_told(const std::string& code, const std::string& words) {
    const std::string copy = folder / "changed.json";
    write_text(copy, made.dump(1));
    const Outcome outcome = run_crenel({"verify", copy, kProgram});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find(code) != std::string::npos);
    CHECK(outcome.err.find(words) != std::string::npos);
  }
};

void erase(json& list, const std::string& text) {
  for (auto at = list.begin(); at != list.end(); ++at) {
    if (*at != text) continue;
    list.erase(at);
    return;
  }
  FAIL("not there: " << text);
}

}  // namespace

TEST_CASE("what was built is verified as equal") {
  Guarded made;
  const Outcome outcome = run_crenel({"verify", made.folder / "guarded.aws.json", kProgram});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("a call that is taken off the list") {
  Guarded made;
  for (auto& [name, resource] : made.made["Resources"].items()) {
    if (name.rfind("DriftWatch", 0) != 0) continue;
    json& calls = resource["Properties"]["EventPattern"]["detail"]["eventName"];
    if (std::find(calls.begin(), calls.end(), json("CreateRoute")) != calls.end()) erase(calls, "CreateRoute");
  }
  made.check_told("CRN0919", "`drift` does not tell of `ec2:CreateRoute`");
}

TEST_CASE("a rule that is switched off, or listens elsewhere") {
  Guarded off;
  off.rule("DriftWatch1Rule")["State"] = "DISABLED";
  off.check_told("CRN0919", "`drift` does not tell of");
  Guarded narrowed;
  narrowed.rule("DriftWatch1Rule")["EventPattern"]["detail"]["errorCode"] = {"AccessDenied"};
  narrowed.check_told("CRN0913", "drift");
}

TEST_CASE("somebody whose changes are left alone, too") {
  Guarded made;
  for (auto& [name, resource] : made.made["Resources"].items()) {
    if (name.rfind("DriftWatch", 0) != 0) continue;
    resource["Properties"]["EventPattern"]["detail"]["userIdentity"]["userName"][1]["anything-but"].push_back(
        "mallory");
  }
  made.check_told("CRN0919", "`drift` leaves alone what `mallory` changes");
}

TEST_CASE("a test of callers that says nothing is no test that leaves nobody out") {
  Guarded made;
  made.rule("DriftWatch1Rule")["EventPattern"]["detail"]["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"][1] =
      json::object();
  made.check_told("CRN0913", "drift");
}

TEST_CASE("a guard that is gone, and one that nothing declares") {
  Guarded made;
  json& all = made.made["Resources"];
  std::vector<std::string> names;
  for (auto& [name, resource] : all.items()) {
    if (name.rfind("SecondWatch", 0) == 0) names.push_back(name);
  }
  REQUIRE_FALSE(names.empty());
  for (const std::string& name : names) all.erase(name);
  made.check_told("CRN0915", "`second`");
  Guarded more;
  more.made["Resources"]["OtherRule"] = more.made["Resources"]["DriftWatch1Rule"];
  more.check_told("CRN0914", "OtherRule");
}

TEST_CASE("the policies of the topic and its key: wider; the topic's without the guard") {
  Guarded wider;
  for (json& statement : wider.rule("AlarmsTopicPolicy")["PolicyDocument"]["Statement"]) {
    if (statement["Sid"] == "PublishedByEvents") statement["Principal"] = "*";
  }
  // Alone that lets nobody else in: whoever publishes needs the key, too.
  for (json& statement : wider.rule("KeysKey")["KeyPolicy"]["Statement"]) {
    if (statement["Sid"] == "PublishingByEvents") statement["Principal"] = "*";
  }
  wider.check_told("CRN0911", "publish");
  Guarded closed;
  json& statements = closed.rule("AlarmsTopicPolicy")["PolicyDocument"]["Statement"];
  for (auto at = statements.begin(); at != statements.end(); ++at) {
    if ((*at)["Sid"] != "PublishedByEvents") continue;
    statements.erase(at);
    break;
  }
  closed.check_told("CRN0919", "`drift` is not surely let publish");
}

TEST_CASE("a key that EventBridge may not use") {
  Guarded made;
  json& statements = made.rule("KeysKey")["KeyPolicy"]["Statement"];
  for (auto at = statements.begin(); at != statements.end(); ++at) {
    if ((*at)["Sid"] != "PublishingByEvents") continue;
    statements.erase(at);
    break;
  }
  made.check_told("CRN0919", "`drift` is not surely let publish");
}

TEST_CASE("a topic that no vault keeps has a key of its own, which lets the guard's messages in") {
  const ScratchFolder folder;
  const std::string program = folder / "plain.crenel";
  write_text(program, R"(pattern p(image : image) for aws {
  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }
  group app in main.app { image = image }
  topic alarms
  topic quiet
  endpoint ends in main.app for alarms
  guard drift { watch = [main]  alert = alarms  revert = none }
  allow app -> alarms : publish
}
)");
  const Outcome built = run_crenel({"build", program, "-o", folder.path()});
  CAPTURE(built.err);
  REQUIRE(built.exit_code == 0);
  json made = json::parse(read_text(folder / "p.aws.json"));
  json& resources = made["Resources"];
  CHECK(resources["AlarmsTopic"]["Properties"]["KmsMasterKeyId"]["Fn::GetAtt"][0] == "AlarmsTopicKey");
  CHECK(resources["QuietTopic"]["Properties"]["KmsMasterKeyId"] == "alias/aws/sns");
  CHECK_FALSE(resources.contains("QuietTopicKey"));
  json& statements = resources["AlarmsTopicKey"]["Properties"]["KeyPolicy"]["Statement"];
  std::vector<std::string> names;
  for (const json& statement : statements) names.push_back(statement["Sid"]);
  CHECK(names == std::vector<std::string>{"AdministrationByTheAccount", "AlarmsByApp", "PublishingByEvents"});
  const std::string copy = folder / "changed.json";
  write_text(copy, made.dump(1));
  CHECK(run_crenel({"verify", copy, program}).exit_code == 0);
  statements.erase(2);
  write_text(copy, made.dump(1));
  const Outcome told = run_crenel({"verify", copy, program});
  CAPTURE(told.err);
  CHECK(told.exit_code == 1);
  CHECK(told.err.find("`drift` is not surely let publish") != std::string::npos);
}

TEST_CASE("a topic or a key that was made elsewhere tells of nothing: its policy is not the template's to write") {
  const ScratchFolder folder;
  const auto refused = [&](const std::string& things) {
    const std::string program = folder / "elsewhere.crenel";
    write_text(program,
               "pattern p(image : image) for aws {\n"
               "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
               "  group app in main.app { image = image }\n" +
                   things + "  guard drift { watch = [main]  alert = alarms  revert = none }\n}\n");
    const Outcome outcome = run_crenel({"check", program});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    return outcome.err;
  };
  const std::string topic = refused("  existing topic alarms = \"arn:aws:sns:eu-west-1:111122223333:alarms\"\n");
  CHECK(topic.find("CRN1024") != std::string::npos);
  CHECK(topic.find("it is made elsewhere") != std::string::npos);
  const std::string key = refused(
      "  existing vault keys = \"arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef\"\n"
      "  topic alarms { key = keys }\n");
  CHECK(key.find("CRN1024") != std::string::npos);
  CHECK(key.find("its key is made elsewhere") != std::string::npos);
}

TEST_CASE("a difference of two templates tells of their guards") {
  Guarded made;
  const std::string older = made.folder / "guarded.aws.json";
  json changed = made.made;
  for (const auto& [name, resource] : made.made["Resources"].items()) {
    if (name.starts_with("SecondWatch")) changed["Resources"].erase(name);
  }
  json& calls = changed["Resources"]["DriftWatch1Rule"]["Properties"]["EventPattern"]["detail"]["eventName"];
  REQUIRE(calls.size() > 1);
  const std::string call = calls.back();
  calls.erase(calls.size() - 1);
  const std::string newer = made.folder / "newer.json";
  write_text(newer, changed.dump(1));
  const Outcome outcome = run_crenel({"diff", older, newer});
  CAPTURE(outcome.out);
  CHECK(outcome.out.find("guard gone: Second: tells AlarmsTopic of changes") != std::string::npos);
  CHECK(outcome.out.find("guard: Drift: ") != std::string::npos);
  CHECK(outcome.out.find(call) != std::string::npos);
  CHECK(outcome.out.find("a guard is gone or tells less") != std::string::npos);
  CHECK(outcome.exit_code == 3);
  CHECK(run_crenel({"diff", newer, older}).out.find("tells less") == std::string::npos);
  const Outcome same = run_crenel({"diff", older, older});
  for (const char* told : {"guard: ", "guard gone", "guard new"}) CHECK(same.out.find(told) == std::string::npos);
}
