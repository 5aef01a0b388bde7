#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "tests/command/edited.h"

/// Guards that forbid changes, from outside: what somebody edited of the policy is told.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/golden/reverted/input.crenel";
constexpr const char* kWeaker = "CRN0919";
constexpr const char* kUndecided = "CRN0913";

struct Made : Edited {
  Made() : Edited(kProgram, "reverted.aws") {}
  Json& policy() { return resource("DriftPreventPolicy"); }
  Json& statement() { return policy()["Properties"]["PolicyDocument"]["Statement"][0]; }
  Json& spared() { return statement()["Condition"]["ArnNotLike"]["aws:PrincipalArn"]; }
};

using Edit = std::function<void(Made&)>;

void check_told(const std::string& what, const char* code, const std::string& words, const Edit& edit) {
  CAPTURE(what);
  Made made;
  edit(made);
  const Outcome outcome = made.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find(code) != std::string::npos);
  CHECK(outcome.err.find(words) != std::string::npos);
}

void erase(Edited::Json& list, const std::string& text) {
  const auto found = std::find(list.begin(), list.end(), Edited::Json(text));
  REQUIRE(found != list.end());
  list.erase(found);
}

constexpr const char* kOther = "`drift` has a policy that does something else than forbid changes to others";

}  // namespace

TEST_CASE("a policy that forbids less, or more") {
  check_told("a call less", kWeaker, "`drift` does not forbid `ec2:CreateRoute`",
             [](Made& made) { erase(made.statement()["Action"], "ec2:CreateRoute"); });
  check_told("one call", kWeaker, "and 107 other calls that change networks",
             [](Made& made) { made.statement()["Action"] = "ec2:CreateRoute"; });
  check_told("a call more", kWeaker, "`drift` forbids `ec2:DescribeVpcs`, too",
             [](Made& made) { made.statement()["Action"].push_back("ec2:DescribeVpcs"); });
  check_told("a call that may be there", kWeaker, "`drift` does not forbid `directconnect:", [](Made& made) {
    made.document["Parameters"]["Some"] = {{"Type", "String"}};
    made.statement()["Action"][0] = {{"Ref", "Some"}};
  });
}

TEST_CASE("a policy that does something else") {
  check_told("allows", kWeaker, kOther, [](Made& made) { made.statement()["Effect"] = "Allow"; });
  check_told("one network", kWeaker, kOther,
             [](Made& made) { made.statement()["Resource"] = "arn:aws:ec2:*:*:vpc/vpc-1"; });
  check_told("all but those", kWeaker, kOther, [](Made& made) {
    made.statement()["NotAction"] = made.statement()["Action"];
    made.statement().erase("Action");
  });
  check_told("another statement", kWeaker, kOther, [](Made& made) {
    made.policy()["Properties"]["PolicyDocument"]["Statement"].push_back(
        {{"Effect", "Allow"}, {"Action", "ec2:*"}, {"Resource", "*"}});
  });
  check_told("to nobody but those", kWeaker, kOther, [](Made& made) {
    made.statement()["Condition"]["ArnLike"] = made.statement()["Condition"]["ArnNotLike"];
    made.statement()["Condition"].erase("ArnNotLike");
  });
  check_told("sometimes", kWeaker, kOther, [](Made& made) {
    made.statement()["Condition"]["Bool"] = {{"aws:MultiFactorAuthPresent", "false"}};
  });
  check_told("to everybody", kWeaker, kOther, [](Made& made) { made.statement().erase("Condition"); });
}

TEST_CASE("a policy that spares others") {
  check_told("everybody", kWeaker, "`drift` does not forbid `*` to change networks",
             [](Made& made) { made.spared().push_back("*"); });
  check_told("somebody", kWeaker, "`drift` does not forbid `arn:aws:iam::111122223333:role/mallory` to change networks",
             [](Made& made) { made.spared().push_back("arn:aws:iam::111122223333:role/mallory"); });
  check_told("a role of the template", kWeaker, "`drift` does not forbid `arn:", [](Made& made) {
    made.spared().push_back({{"Fn::Sub", "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*"}});
  });
  check_told("not the one who deploys", kWeaker, "`drift` forbids `network-pipeline` to change networks",
             [](Made& made) { made.spared().erase(0); });
  check_told("not its own function", kWeaker, "`drift` forbids its own function to undo changes",
             [](Made& made) { made.spared().erase(made.spared().size() - 1); });
  check_told(
      "perhaps", kUndecided, "it is not known whether `drift` forbids changes to everybody else", [](Made& made) {
        made.document["Parameters"]["Some"] = {{"Type", "String"}};
        made.document["Conditions"]["Given"] = {{"Fn::Equals", {{{"Ref", "Some"}}, "x"}}};
        made.spared().push_back({{"Fn::If", {"Given", "arn:aws:iam::111122223333:role/x", {{"Ref", "AWS::NoValue"}}}}});
      });
}

TEST_CASE("a policy that is gone, or may be") {
  check_told("gone", kWeaker, "`drift` forbids nobody a change", [](Made& made) {
    made.document["Resources"].erase("DriftPreventPolicy");
    made.document["Outputs"].erase("DriftPreventPolicyArn");
  });
  check_told("another guard's", kWeaker, "`second` forbids changes; the design says that it does not",
             [](Made& made) { made.document["Resources"]["SecondPreventPolicy"] = made.policy(); });
  check_told("in some deployments", kWeaker, kOther, [](Made& made) {
    made.document["Parameters"]["Some"] = {{"Type", "String"}};
    made.document["Conditions"]["Given"] = {{"Fn::Equals", {{{"Ref", "Some"}}, "x"}}};
    made.policy()["Condition"] = "Given";
  });
}

TEST_CASE("a difference of two templates tells that less is forbidden") {
  Made made;
  made.document["Resources"].erase("DriftPreventPolicy");
  made.document["Outputs"].erase("DriftPreventPolicyArn");
  const Outcome outcome = made.differing();
  CAPTURE(outcome.out);
  CHECK(outcome.out.find("has a policy that forbids them") != std::string::npos);
  CHECK(outcome.out.find("a guard is gone or tells less") != std::string::npos);
  CHECK(outcome.exit_code == 3);
}

TEST_CASE("a guard may do nothing but forbid; then somebody has to be left alone") {
  const ScratchFolder folder;
  const std::string program = folder / "rails.crenel";
  const auto write = [&](const std::string& guard) {
    write_text(program,
               "pattern rails(image : image) for aws {\n"
               "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
               "  group app in main.app { image = image }\n" +
                   guard + "}\n");
  };
  write("  guard rails { watch = [main]  revert = none  prevent = true  exempt = [\"pipeline\"] }\n");
  const Outcome built = run_crenel({"build", program, "-o", folder.path()});
  CAPTURE(built.err);
  CHECK(built.exit_code == 0);
  const std::string made = folder / "rails.aws.json";
  CHECK(run_crenel({"verify", made, program}).exit_code == 0);
  Edited::Json wider = Edited::Json::parse(read_text(made));
  wider["Resources"]["RailsPreventPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]["Condition"]["ArnNotLike"]
       ["aws:PrincipalArn"]
           .push_back("arn:aws:iam::111122223333:role/mallory");
  write_text(made, wider.dump(1));
  const Outcome told = run_crenel({"verify", made, program});
  CHECK(told.exit_code == 1);
  CHECK(told.err.find("`rails` leaves alone what `arn:aws:iam::111122223333:role/mallory` changes") !=
        std::string::npos);
  write("  guard rails { watch = [main]  revert = none  prevent = true }\n");
  const Outcome refused = run_crenel({"check", program});
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("CRN1026") != std::string::npos);
}
