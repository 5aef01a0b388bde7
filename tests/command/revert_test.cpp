#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "tests/command/edited.h"

/// Guards that undo changes, from outside: what somebody edited of the function, its list, its role or its rule is
/// told.
namespace {

using namespace crenel::tests;
using json = Edited::Json;

const std::string kProgram = project_root() / "tests/golden/reverted/input.crenel";
constexpr const char* kWeaker = "CRN0919";
constexpr const char* kUndecided = "CRN0913";

struct Reverted : Edited {
  Reverted() : Edited(kProgram, "reverted.aws") {}
  /// The texts between the intrinsic functions of the function's code.
  json& pieces() { return properties("DriftRevertFunction")["Code"]["ZipFile"]["Fn::Join"][1]; }
};

using Edit = std::function<void(Reverted&)>;

void check_told(const std::string& what, const char* code, const std::string& words, const Edit& edit) {
  CAPTURE(what);
  Reverted made;
  edit(made);
  const Outcome outcome = made.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find(code) != std::string::npos);
  CHECK(outcome.err.find(words) != std::string::npos);
}

void replace(json& text, const std::string& from, const std::string& to) {
  std::string changed = text;
  const std::size_t at = changed.find(from);
  REQUIRE(at != std::string::npos);
  text = changed.replace(at, from.size(), to);
}

/// The statement of the role's policy by which it changes networks.
json& put_back(Reverted& made) {
  for (json& statement : made.properties("DriftRevertPolicy")["PolicyDocument"]["Statement"]) {
    if (statement["Sid"] == "PutBack") return statement;
  }
  FAIL("no such statement");
  return made.document;
}

constexpr const char* kOther = "`drift` puts something else back than what the template says";

}  // namespace

TEST_CASE("what was built undoes what the design says") {
  Reverted made;
  const Outcome outcome = made.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("a list or a text that somebody edited") {
  const auto edited = [](const std::string& what, const Edit& edit) {
    check_told(what, kWeaker, kOther, edit);
    check_told(what, kUndecided, "DriftRevertRole", edit);
  };
  edited("a port", [](Reverted& made) {
    for (json& piece : made.pieces()) {
      if (piece.is_string() && piece.get<std::string>().find("\"ToPort\":\"5432\"") != std::string::npos) {
        return replace(piece, "\"ToPort\":\"5432\"", "\"ToPort\":\"65535\"");
      }
    }
    FAIL("no such port");
  });
  edited("whom a row is about", [](Reverted& made) {
    for (json& piece : made.pieces()) {
      if (piece == json{{"Fn::GetAtt", {"StoreSecurityGroup", "GroupId"}}}) {
        piece = {{"Fn::GetAtt", {"WebSecurityGroup", "GroupId"}}};
        return;
      }
    }
    FAIL("no such group");
  });
  edited("the code", [](Reverted& made) { replace(made.pieces().back(), "import json\n", "import json, os\n"); });
  edited("an environment", [](Reverted& made) {
    made.properties("DriftRevertFunction")["Environment"] = {{"Variables", {{"PYTHONPATH", "/opt"}}}};
  });
  edited("a layer", [](Reverted& made) {
    made.properties("DriftRevertFunction")["Layers"] = {"arn:aws:lambda:eu-west-1:111122223333:layer:x:1"};
  });
}

TEST_CASE("a rule of the network that the list does not have") {
  check_told("a rule", kWeaker, kOther, [](Reverted& made) {
    json rule = made.properties("WebSecurityGroup")["SecurityGroupEgress"][0];
    rule["IpProtocol"] = "tcp";
    rule["FromPort"] = 22;
    rule["ToPort"] = 22;
    made.properties("WebSecurityGroup")["SecurityGroupEgress"].push_back(rule);
  });
}

TEST_CASE("a role that may change more, or that others act as") {
  check_told("no condition", kUndecided, "DriftRevertRole", [](Reverted& made) { put_back(made).erase("Condition"); });
  check_told("another network", kUndecided, "DriftRevertRole",
             [](Reverted& made) { put_back(made)["Condition"]["ArnEquals"]["ec2:Vpc"] = "*"; });
  check_told("another call", kUndecided, "DriftRevertRole",
             [](Reverted& made) { put_back(made)["Action"].push_back("ec2:CreateVpcPeeringConnection"); });
  check_told("another service", kUndecided, "DriftRevertRole", [](Reverted& made) {
    made.properties("DriftRevertRole")["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"] = {
        "lambda.amazonaws.com", "ec2.amazonaws.com"};
  });
  check_told("another function", kUndecided, "DriftRevertRole", [](Reverted& made) {
    json other = made.document["Resources"]["DriftRevertFunction"];
    other["Properties"]["Code"]["ZipFile"] = "def handler(event, context): pass";
    made.document["Resources"]["OtherFunction"] = other;
  });
}

TEST_CASE("a role that may do less than undoing takes") {
  const std::string words = "`drift` may not do all that undoing takes";
  check_told("a call less", kWeaker, words, [](Reverted& made) { put_back(made)["Action"].erase(0); });
  check_told("groups alone", kWeaker, words, [](Reverted& made) { put_back(made)["Resource"].erase(0); });
  check_told("a denial", kWeaker, words, [](Reverted& made) {
    json denial = put_back(made);
    denial["Effect"] = "Deny";
    denial["Sid"] = "Denied";
    made.properties("DriftRevertPolicy")["PolicyDocument"]["Statement"].push_back(denial);
  });
}

TEST_CASE("a function that is not started, or not run to its end") {
  check_told("off", kWeaker, "`drift` is not started by changes",
             [](Reverted& made) { made.properties("DriftRevertRule")["State"] = "DISABLED"; });
  check_told("fewer calls", kWeaker, "`drift` does not undo `ec2:", [](Reverted& made) {
    made.properties("DriftRevertRule")["EventPattern"]["detail"]["eventName"].erase(0);
  });
  check_told("more exempt", kWeaker, "`drift` does not undo what `mallory` changes", [](Reverted& made) {
    made.properties("DriftRevertRule")["EventPattern"]["detail"]["userIdentity"]["userName"][1]["anything-but"]
        .push_back("mallory");
  });
  check_told("itself", kWeaker, "`drift` is started by what it does itself", [](Reverted& made) {
    json& names = made.properties("DriftRevertRule")["EventPattern"]["detail"]["userIdentity"]["sessionContext"]
                                                    ["sessionIssuer"]["userName"][1]["anything-but"];
    names.erase(names.size() - 1);
  });
  check_told("no permission", kWeaker, "`drift` may not start its function",
             [](Reverted& made) { made.document["Resources"].erase("DriftRevertPermission"); });
  check_told("no run", kWeaker, "`drift` is not kept to one run at a time",
             [](Reverted& made) { made.properties("DriftRevertFunction")["ReservedConcurrentExecutions"] = 0; });
  check_told("no time", kWeaker, "`drift` is stopped before it is done",
             [](Reverted& made) { made.properties("DriftRevertFunction")["Timeout"] = 3; });
  check_told("later", kWeaker, "`drift` takes 3000 seconds to undo a change",
             [](Reverted& made) { replace(made.pieces().front(), "\"300\"", "\"3000\""); });
  check_told("gone", kWeaker, "`drift` undoes no change", [](Reverted& made) {
    for (const char* role : {"Function", "Rule", "Permission"}) {
      made.document["Resources"].erase(std::string("DriftRevert") + role);
    }
  });
}

TEST_CASE("failures that nobody is told of") {
  const std::string words = "`drift` does not surely tell what it could not undo";
  check_told("no dead letters", kWeaker, words,
             [](Reverted& made) { made.properties("DriftRevertFunction").erase("DeadLetterConfig"); });
  check_told("no publishing", kWeaker, words, [](Reverted& made) {
    json& statements = made.properties("DriftRevertPolicy")["PolicyDocument"]["Statement"];
    statements.erase(statements.size() - 1);
  });
  check_told("no key", kWeaker, words, [](Reverted& made) {
    json& statements = made.properties("KeysKey")["KeyPolicy"]["Statement"];
    for (auto at = statements.begin(); at != statements.end(); ++at) {
      if ((*at)["Sid"] != "TellingOfFailures") continue;
      statements.erase(at);
      return;
    }
    FAIL("no such statement");
  });
}

TEST_CASE("somebody else who starts the function, or changes it") {
  check_told("anybody", "CRN0911", "invoke", [](Reverted& made) {
    json open = made.document["Resources"]["DriftRevertPermission"];
    open["Properties"]["Principal"] = "*";
    open["Properties"].erase("SourceArn");
    made.document["Resources"]["OpenPermission"] = open;
  });
}

TEST_CASE("a difference of two templates tells that less is undone") {
  Reverted made;
  for (const char* role : {"Function", "Rule", "Permission", "Role", "Policy"}) {
    made.document["Resources"].erase(std::string("DriftRevert") + role);
  }
  const Outcome outcome = made.differing();
  CAPTURE(outcome.out);
  CHECK(outcome.out.find("undoes those of Main within 300 s") != std::string::npos);
  CHECK(outcome.out.find("a guard is gone or tells less") != std::string::npos);
  CHECK(outcome.exit_code == 3);
}

TEST_CASE("guards that cannot undo are refused") {
  const ScratchFolder folder;
  const auto refused = [&](const std::string& guards) {
    const std::string program = folder / "refused.crenel";
    write_text(program,
               "pattern p(image : image) for aws {\n"
               "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
               "  group app in main.app { image = image }\n  vault keys\n  topic alarms { key = keys }\n" +
                   guards + "}\n");
    const Outcome outcome = run_crenel({"check", program});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    return outcome.err;
  };
  CHECK(refused("  guard g { watch = [main]  revert = 5m  exempt = [\"p\"] }\n").find("nobody would be told") !=
        std::string::npos);
  CHECK(refused("  guard g { watch = [main]  alert = alarms  revert = 5m }\n").find("CRN1025") != std::string::npos);
  CHECK(refused("  guard g { watch = [main]  alert = alarms  revert = 5s  exempt = [\"p\"] }\n").find("CRN1010") !=
        std::string::npos);
  const std::string one = " { watch = [main]  alert = alarms  revert = 5m  exempt = [\"p\"] }\n";
  CHECK(refused("  guard g" + one + "  guard h" + one).find("another guard does so") != std::string::npos);
}
