#include <doctest/doctest.h>

#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// `crenel test`: the `test` declarations of a file.
namespace {

using crenel::tests::Outcome;
using crenel::tests::ScratchFolder;

const std::string& design() {
  static const std::string text = R"(import std/services { https, ssh, admin }

policy corporate {
  rule no_login : mandatory
    because "nobody logs in from outside"
    never internet -> inside : admin
  rule two_members : warning
    because "a group of one is out when its zone is"
    require group g : g.max >= 2
}

pattern desk(image : image, open : bool = false) {
  network main { space = 10.0.0.0/16  subnet edge : public { size = /24 } }
  group front in main.edge { image = image  public_address = true }
  allow internet -> front : https
  allow internet -> front : ssh when open
}

)";
  return text;
}

Outcome run(const std::string& tests) {
  const ScratchFolder scratch;
  crenel::tests::write_text(scratch / "desk.crenel", design() + tests);
  return crenel::tests::run_crenel({"test", "desk.crenel"}, {scratch.path(), {}});
}

TEST_CASE("tests that pass: a claim, a requirement, a rule and a code that fail") {
  const Outcome outcome = run(R"(
test "the door is open" of desk(image: "ami-0123456789abcdef0") on aws {
  always internet -> front : https
  never  203.0.113.7 -> front : tcp/22
  require group g : g.zones == 2
}
test "an open desk is refused" of desk(image: "img", open: true) { under corporate  fails corporate.no_login }
test "advice is noticed" of desk(image: "img") { under corporate  fails two_members }
test "the desk is no secret" of desk(image: "img") { never internet -> front  fails CRN0601 }
)");
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out ==
        "passed  the door is open (aws)\n"
        "passed  an open desk is refused (aws, azure)\n"
        "passed  advice is noticed (aws, azure)\n"
        "passed  the desk is no secret (aws, azure)\n"
        "4 passed, 0 failed\n");
}

TEST_CASE("a test fails by what it does not expect, and by what it expects in vain: CRN0981") {
  const Outcome outcome = run(R"(
test "nobody gets in" of desk(image: "img") { never internet -> front }
test "a closed desk is refused" of desk(image: "img") { under corporate  fails no_login }
test "one fault hides another" of desk(image: "img", open: true) { under corporate  never internet -> front  fails no_login }
test "the door is open" of desk(image: "img") { always internet -> front : https }
)");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.out ==
        "FAILED  nobody gets in (aws, azure)\n"
        "FAILED  a closed desk is refused (aws, azure)\n"
        "FAILED  one fault hides another (aws, azure)\n"
        "passed  the door is open (aws, azure)\n"
        "1 passed, 3 failed\n");
  CHECK(outcome.err.find("CRN0981") != std::string::npos);
  CHECK(outcome.err.find("nothing breaks `no_login`, and this test says that it fails") != std::string::npos);
  CHECK(outcome.err.find("found by this test") != std::string::npos);
}

TEST_CASE("a test names a rule that it is under") {
  const Outcome outcome = run("test \"t\" of desk(image: \"img\") { fails no_login }\n");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("CRN0201") != std::string::npos);
  CHECK(outcome.out.empty());
}

TEST_CASE("a file without tests passes none") {
  const Outcome outcome = run("");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out == "0 passed, 0 failed\n");
}

TEST_CASE("waivers are judged on the day that is given") {
  const ScratchFolder scratch;
  crenel::tests::write_text(scratch / "shop.crenel", design() + R"(
environment prod { waivers = "waivers.crenel"  under corporate }
stack shop on aws in prod { region = eu_west_1  use desk(image: "ami-0123456789abcdef0") as lobby }
)");
  crenel::tests::write_text(scratch / "waivers.crenel", R"(import "shop.crenel" { corporate, shop }
waive corporate.two_members for group shop.lobby.front
  because "there is one desk" owner "netsec" ticket "SEC-1" until 2027-01-31
)");
  const auto check = [&](const std::string& day, const std::string& epoch) {
    std::vector<std::string> arguments = {"check", "shop.crenel"};
    if (!day.empty()) arguments.insert(arguments.end(), {"--as-of", day});
    return crenel::tests::run_crenel(arguments, {scratch.path(), {{"SOURCE_DATE_EPOCH", epoch}}});
  };
  CHECK(check("2027-01-31", "0").exit_code == 0);
  CHECK(check("2027-02-01", "0").exit_code == 1);
  CHECK(check("2027-02-01", "0").err.find("CRN0972") != std::string::npos);
  CHECK(check("", "1801439999").exit_code == 0);  // 2027-01-31, the last second
  CHECK(check("", "1801440000").exit_code == 1);
  CHECK(check("", "soon").exit_code == 2);
}

}  // namespace
