#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// What is wrong with a template as a whole is told where the pattern or the stack is declared.
namespace {

using namespace crenel::tests;

nlohmann::json first_of(const std::string& program) {
  const ScratchFolder folder;
  const std::string path = folder / "a.crenel";
  write_text(path, program);
  const Outcome outcome = run_crenel({"check", path, "--diagnostics", "json"});
  CHECK(outcome.exit_code == 1);
  return nlohmann::json::parse(outcome.err).at("diagnostics").at(0);
}

std::string networks(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    out += "  network n" + number + " { space = 10." + number + ".0.0/16  subnet a : private { size = /24 } }\n";
  }
  return out;
}

}  // namespace

TEST_CASE("networks of two stacks that link to one site have addresses of their own") {
  const auto program = [](const std::string& second, const std::string& environments) {
    return "site dc { addresses = [172.16.0.0/16]  device = 198.51.100.4 }\n"
           "environment test { stage = test  on aws { account = \"222222222222\" } }\n"
           "environment prod { stage = prod  on aws { account = \"333333333333\" } }\n"
           "pattern linked(space : cidr(/16../20) within 10.0.0.0/8, key : secret) for aws {\n"
           "  network main { space = space  subnet app : private { size = /24 } }\n"
           "  link main to dc by vpn { key = key } because \"x\"\n"
           "}\n"
           "stack one on aws in prod { region = eu_west_1  use linked(space: 10.1.0.0/16) as a }\n"
           "stack two on aws in " +
           environments + " { region = eu_west_1  use linked(space: " + second + ") as b }\n";
  };
  const auto found = first_of(program("10.1.32.0/20", "test"));
  CHECK(found.at("code") == "CRN0411");
  CHECK(found.at("message") ==
        "network `a.main` of `one.prod` and network `b.main` of `two.test` overlap in 10.1.32.0/20");
  CHECK(found.at("start").at("line") == 5);
  CHECK(first_of(program("10.2.0.0/16", "test, prod")).at("message") ==
        "network `b.main` of `two.test` and network `b.main` of `two.prod` overlap in 10.2.0.0/16");

  const ScratchFolder folder;
  write_text(folder / "a.crenel", program("10.2.0.0/16", "test"));
  CHECK(run_crenel({"check", folder / "a.crenel"}).exit_code == 0);
}

TEST_CASE("limits of a Region and errors of a whole target have a place") {
  const std::string stack =
      "environment prod { stage = prod  on aws { account = \"333333333333\" } }\n"
      "stack shop on aws in prod {\n  region = eu_wst\n";
  const std::vector<std::pair<std::string, std::pair<int, std::string>>> cases = {
      {"pattern many() for aws {\n" + networks(6) + "}\n", {1, "CRN1002"}},
      {"pattern nothing() for aws { }\n", {1, "CRN1015"}},
      {stack + networks(1) + "}\n", {3, "CRN1011"}},
  };
  for (const auto& [program, expected] : cases) {
    CAPTURE(program);
    const auto found = first_of(program);
    CHECK(found.at("code") == expected.second);
    REQUIRE(found.contains("start"));
    CHECK(found.at("start").at("line") == expected.first);
  }
}

TEST_CASE("an override of a pattern follows it into the stacks that use it") {
  const ScratchFolder folder;
  write_text(folder / "a.crenel",
             "environment prod { stage = prod  on aws { account = \"333333333333\" } }\n"
             "pattern fleet(image : image) for aws {\n"
             "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
             "  group app in main.app {\n"
             "    image = image\n"
             "    on aws { override \"AppLaunchTemplate\" { \"LaunchTemplateData.EbsOptimized\" = true } }\n"
             "  }\n"
             "}\n"
             "stack shop on aws in prod {\n"
             "  region = eu_west_1\n"
             "  use fleet(image: \"ami-0123456789abcdef0\") as my_shop\n"
             "}\n");
  CHECK(run_crenel({"check", folder / "a.crenel"}).exit_code == 0);
  CHECK(run_crenel({"build", folder / "a.crenel", "-o", folder / "out"}).exit_code == 0);
  const auto made = nlohmann::json::parse(read_text(folder / "out/shop.prod.aws.json"));
  const auto& resources = made.at("Resources");
  CHECK(resources.at("MyShopAppLaunchTemplate").at("Properties").at("LaunchTemplateData").at("EbsOptimized") == true);
}
