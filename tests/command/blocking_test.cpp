#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/command/edited.h"

/// Guards that block public access, from outside: what somebody edited of the block, or of what it spares, is told.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/golden/blocked/input.crenel";
constexpr const char* kNarrower = "CRN0912";
constexpr const char* kWeaker = "CRN0919";
constexpr const char* kUndecided = "CRN0913";

struct Made : Edited {
  Made() : Edited(kProgram, "blocked.aws") {}
  Json& resources() { return document["Resources"]; }
  Json& options() { return resources()["RailsPublicAccessOptions"]; }
  Json& exclusion(const std::string& subnet) { return resources()["Main" + subnet + "PublicAccessExclusion"]; }
  void remove(const std::string& subnet) {
    REQUIRE(resources().erase("Main" + subnet + "PublicAccessExclusion") == 1);
    options().erase("DependsOn");
  }
};

using Edit = std::function<void(Made&)>;

void check_told(const std::string& what, const std::vector<std::string>& words, const Edit& edit) {
  CAPTURE(what);
  Made made;
  edit(made);
  const Outcome outcome = made.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  for (const std::string& each : words) {
    CAPTURE(each);
    CHECK(outcome.err.find(each) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("each exclusion that is taken out is told, by what it cuts off") {
  for (const char* zone : {"EdgeZone1", "EdgeZone2"}) {
    const std::string closed = std::string("Main") + zone + "Subnet is closed to the Internet";
    check_told(zone, {kNarrower, "-> front tcp/443", closed}, [&](Made& made) { made.remove(zone); });
  }
  for (const char* zone : {"WebZone1", "WebZone2"}) {
    check_told(zone, {kUndecided, "web -> ", "not both its subnet and this one are excluded"},
               [&](Made& made) { made.remove(zone); });
  }
}

TEST_CASE("an exclusion that spares less, more or another") {
  check_told("the balancer's lets out only", {kNarrower, "-> front tcp/443"}, [](Made& made) {
    made.exclusion("EdgeZone1")["Properties"]["InternetGatewayExclusionMode"] = "allow-egress";
  });
  check_told("the servers' lets in", {kWeaker, "`rails` leaves `MainWebZone1Subnet` more open to the Internet"},
             [](Made& made) {
               made.exclusion("WebZone1")["Properties"]["InternetGatewayExclusionMode"] = "allow-bidirectional";
             });
  check_told("the data's", {kWeaker, "`rails` leaves `MainDataZone1Subnet` more open to the Internet"}, [](Made& made) {
    made.resources()["More"] = made.exclusion("WebZone1");
    made.resources()["More"]["Properties"]["SubnetId"]["Ref"] = "MainDataZone1Subnet";
  });
  check_told("the whole network's", {kWeaker, "MainDataZone1Subnet", "MainDataZone2Subnet"}, [](Made& made) {
    made.resources()["More"] = {
        {"Type", "AWS::EC2::VPCBlockPublicAccessExclusion"},
        {"Properties", {{"InternetGatewayExclusionMode", "allow-bidirectional"}, {"VpcId", {{"Ref", "MainVpc"}}}}}};
  });
  check_told("somebody else's", {kWeaker, "`rails` leaves `subnet-0123456789abcdef0` open to the Internet"},
             [](Made& made) {
               made.resources()["More"] = made.exclusion("WebZone1");
               made.resources()["More"]["Properties"]["SubnetId"] = "subnet-0123456789abcdef0";
             });
  check_told("perhaps the data's", {kUndecided, "whether `rails` leaves `MainDataZone1Subnet` open"}, [](Made& made) {
    made.document["Parameters"]["Some"] = {{"Type", "String"}};
    made.resources()["More"] = made.exclusion("WebZone1");
    made.resources()["More"]["Properties"]["SubnetId"]["Ref"] = "MainDataZone1Subnet";
    made.resources()["More"]["Properties"]["InternetGatewayExclusionMode"] = {{"Ref", "Some"}};
  });
}

TEST_CASE("a block that is gone, or does less") {
  check_told("gone", {kWeaker, "`rails` blocks no public access"},
             [](Made& made) { made.resources().erase("RailsPublicAccessOptions"); });
  check_told("inward alone", {kWeaker, "`rails` blocks only what comes in from the Internet"},
             [](Made& made) { made.options()["Properties"]["InternetGatewayBlockMode"] = "block-ingress"; });
  check_told("what a parameter says", {kUndecided, "it is not known whether `rails` blocks public access"},
             [](Made& made) {
               made.document["Parameters"]["Some"] = {{"Type", "String"}};
               made.options()["Properties"]["InternetGatewayBlockMode"] = {{"Ref", "Some"}};
             });
  check_told("twice", {"an account has one in a Region"},
             [](Made& made) { made.resources()["MorePublicAccessOptions"] = made.options(); });
}

TEST_CASE("a difference of two templates tells that less is blocked") {
  Made made;
  made.resources()["More"] = made.exclusion("WebZone1");
  made.resources()["More"]["Properties"]["SubnetId"]["Ref"] = "MainDataZone1Subnet";
  const Outcome opened = made.differing();
  CAPTURE(opened.out);
  CHECK(opened.exit_code == 3);
  CHECK(opened.out.find("blocks public access but for") != std::string::npos);
  made.resources().erase("RailsPublicAccessOptions");
  const Outcome gone = made.differing();
  CAPTURE(gone.out);
  CHECK(gone.exit_code == 3);
}

TEST_CASE("of two stacks in one place the second is refused, and another Region is another place") {
  const ScratchFolder folder;
  const std::string program = folder / "stacks.crenel";
  const auto check = [&](const std::string& other, const std::string& region) {
    write_text(program,
               "environment prod { stage = prod  on aws { account = \"111122223333\" } }\n"
               "environment test { stage = test  on aws { account = \"111122223333\" } }\n"
               "environment lab { stage = dev  on aws { account = \"444455556666\" } }\n"
               "pattern shop() for aws {\n"
               "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
               "  group app in main.app { image = \"ami-0123456789abcdef0\" }\n"
               "  guard rails { watch = [main]  revert = none  prevent = true  exempt = [\"p\"]\n"
               "    on aws { block_public_access = true } }\n"
               "}\n"
               "stack first on aws in prod { region = eu_west_1  use shop() as office }\n"
               "stack second on aws in " +
                   other + " { region = " + region + "  use shop() as office }\n");
    return run_crenel({"check", program});
  };
  const Outcome same = check("prod", "eu_west_1");
  CAPTURE(same.err);
  CHECK(same.err.find("CRN0754") != std::string::npos);
  CHECK(same.err.find("`first.prod` and `second.prod` both make the mode of VPC Block Public Access in eu-west-1, and "
                      "account 111122223333 has one") != std::string::npos);
  CHECK(check("test", "eu_west_1").err.find("CRN0754") != std::string::npos);
  CHECK(check("prod", "eu_central_1").exit_code == 0);
  CHECK(check("lab", "eu_west_1").exit_code == 0);
}
